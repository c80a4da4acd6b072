import { createHmac, randomBytes } from 'node:crypto';
import { createPseudonyms, type Pseudonyms } from '../../core/redaction/private-values/pseudonyms';

/** Creates the pseudonyms for one export. The random key exists only in memory, so pseudonyms can't be reproduced or tested later. */
export function createCasePseudonyms(): Pseudonyms {
  const key = randomBytes(32);
  return createPseudonyms((text) => createHmac('sha256', key).update(text).digest('base64'));
}
