import type { Connection } from '../../../src-main/contract/session';
import { signInWords } from '../../../src-main/contract/words/sign-in';
import { sourceViewWords } from '../../../src-main/contract/words/sources-view';

/** Returns the state of a source's key or sign-in, for the user. */
export const keyStateText = ({ key, isSignIn }: Connection): string =>
  isSignIn ? signInWords.states[key] : sourceViewWords.keyStates[key];
