import { noLiteralReason } from './no-literal-reason.mjs';
import { noRawErrorCode } from './no-raw-error-code.mjs';
import { plainEnglish } from './plain-english.mjs';

/** ESLint rules of this project, each with a test in test/unit/eslint-rules. */
export const casementRules = {
  rules: { 'no-literal-reason': noLiteralReason, 'no-raw-error-code': noRawErrorCode, 'plain-english': plainEnglish },
};
