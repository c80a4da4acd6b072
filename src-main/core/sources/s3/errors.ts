import { CasementError } from '../../../contract/errors';
import { refusals } from '../../../contract/words/refusals';
import { errorForStatus } from '../check-reply';
import { readText } from '../exact-json';
import type { FetchReply } from '../source';
import { parseXml, textOfChild, type XmlElement } from './xml';

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
  'TemporaryRedirect',
  'Redirect',
  'IllegalLocationConstraintException',
]);

/**
 * Throws the error of a bucket's reply unless its status is in `fine`. The S3 error code is more precise than the
 * status.
 */
export async function expectBucketStatus(reply: FetchReply, fine: readonly number[]): Promise<void> {
  if (fine.includes(reply.status)) return;
  const error = await readError(reply);
  const code = textOfChild(error, 'Code') ?? '';
  if (refusedKeys.has(code)) throw new CasementError('key-refused');
  if (code === 'RequestTimeTooSkewed' || code === 'RequestExpired') throw new CasementError('remote-clock');
  if (code === 'NoSuchBucket') throw new CasementError('remote-odd', { reason: refusals.source.noBucket });
  const isRedirect = reply.status >= 300 && reply.status < 400;
  const region = regionOf(reply, error);
  if (wrongRegions.has(code) || (isRedirect && region !== undefined)) {
    const reason = region === undefined ? refusals.source.otherRegion : refusals.source.regionIs(region);
    throw new CasementError('remote-odd', { reason });
  }
  // An address that a server names is never followed.
  if (isRedirect) throw new CasementError('remote-redirect');
  // For a key without list permission, S3's status doesn't show whether the file exists.
  throw errorForStatus(reply, 'session');
}

/**
 * Returns the region that a bucket is in, as the reply names it: in a header, in the error, or in the address that the error names
 * (docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
 */
function regionOf({ headers }: FetchReply, error: XmlElement | undefined): string | undefined {
  const endpoint = textOfChild(error, 'Endpoint') ?? '';
  const named = [
    headers['x-amz-bucket-region'],
    textOfChild(error, 'Region'),
    /(?:^|\.)s3[.-](?:dualstack\.)?([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(endpoint)?.[1],
  ];
  // The text of a server is shown only if it has the form of a region's name.
  return named.find((region) => region !== undefined && /^[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,4}$/.test(region));
}

/** Returns the error in a reply's body; undefined if there is none. */
async function readError(reply: FetchReply): Promise<XmlElement | undefined> {
  if (!/\bxml\b/i.test(reply.headers['content-type'] ?? '')) {
    reply.discard();
    return undefined;
  }
  try {
    return parseXml(await readText(reply, errorLimitBytes));
  } catch {
    // The status is enough if the body can't be read.
    return undefined;
  }
}
