import { isPathSegment, pathSegment } from '../path-segment';

/** Rollbar names a replay by its environment, its session and its own id. */
export interface ReplayName {
  environment: string;
  sessionId: string;
  replayId: string;
}

/** The form of a session's id in Casement: the three parts, each escaped, with slashes between. */
export function writeRemoteId({ environment, sessionId, replayId }: ReplayName): string | undefined {
  const parts = [environment, sessionId, replayId];
  if (parts.some((part) => part === '' || !isPathSegment(part))) return undefined;
  const id = parts.map(pathSegment).join('/');
  return id.length <= 200 ? id : undefined;
}

/** Returns undefined for a text that is not such an id. */
export function readRemoteId(remoteId: string): ReplayName | undefined {
  const parts = remoteId.split('/').map(decode);
  const [environment, sessionId, replayId] = parts;
  if (parts.length !== 3 || !environment || !sessionId || !replayId) return undefined;
  return parts.every((part) => part !== undefined && isPathSegment(part))
    ? { environment, sessionId, replayId }
    : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
