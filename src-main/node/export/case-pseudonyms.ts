import { createHmac, randomBytes } from 'node:crypto';
import { createPseudonyms, type Pseudonyms } from '../../core/redaction/private-values/pseudonyms';

/** Names for the private values of one export. Its key is random, is held here alone and is forgotten with it: nobody can ask it again. */
export function createCasePseudonyms(): Pseudonyms {
  const key = randomBytes(32);
  return createPseudonyms((text) => createHmac('sha256', key).update(text).digest('base64'));
}
