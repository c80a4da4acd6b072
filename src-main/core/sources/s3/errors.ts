import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { errorForStatus } from '../check-reply';
import { readText } from '../exact-json';
import type { FetchReply } from '../source';
import { parseXml, textOfChild } from './xml';

const errorLimitBytes = 64_000;

const refusedKeys = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
  'NotSignedUp',
]);
const wrongRegions = new Set([
  'AuthorizationHeaderMalformed',
  'PermanentRedirect',
  'IllegalLocationConstraintException',
]);

/**
 * Throws the error of a bucket's reply unless its status is in `fine`. The S3 error code is more precise than the
 * status.
 */
export async function expectBucketStatus(reply: FetchReply, fine: readonly number[]): Promise<void> {
  if (fine.includes(reply.status)) return;
  const code = await readCode(reply);
  if (refusedKeys.has(code)) throw new CasementError('key-refused');
  if (code === 'RequestTimeTooSkewed' || code === 'RequestExpired') throw new CasementError('remote-clock');
  if (code === 'NoSuchBucket') throw new CasementError('remote-odd', { reason: refusals.source.noBucket });
  if (wrongRegions.has(code)) throw new CasementError('remote-odd', { reason: refusals.source.otherRegion });
  // For a key without list permission, S3's status doesn't show whether the file exists.
  throw errorForStatus(reply, 'session');
}

/** Returns the error code in a reply's body; '' if there is none. */
async function readCode(reply: FetchReply): Promise<string> {
  if (!/\bxml\b/i.test(reply.headers['content-type'] ?? '')) {
    reply.discard();
    return '';
  }
  try {
    return textOfChild(parseXml(await readText(reply, errorLimitBytes)), 'Code') ?? '';
  } catch {
    // The status is enough if the body can't be read.
    return '';
  }
}
