import { CasementError } from '../../../contract/errors';
import type { Platform } from '../platform';
import { createRollbarSource } from './source';

export const rollbar: Platform = {
  sign: (key) => {
    if (!/^[\x21-\x7e]+$/.test(key)) throw new CasementError('key-refused');
    return () => Promise.resolve({ 'x-rollbar-access-token': key });
  },
  create: (fetch) => createRollbarSource(fetch),
};
