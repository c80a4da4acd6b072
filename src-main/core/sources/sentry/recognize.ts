import type { PlatformLink, Reading } from '../source';
import { readReplayId } from './replay';

/** The addresses of Sentry's cloud that a connection may have. */
const cloudOrigins = ['https://us.sentry.io', 'https://de.sentry.io', 'https://sentry.io'] as const;
/** Hosts under sentry.io that are no organization. */
const otherHosts = new Set(['sentry.io', 'www.sentry.io', 'us.sentry.io', 'de.sentry.io', 'docs.sentry.io']);

/**
 * Reads a link to a replay: `https://<organization>.sentry.io/replays/<id>/` or `<origin>/organizations/<organization>/replays/<id>/`; newer
 * versions put `explore/` before `replays`, older ones the project's name before the id. A page of an issue has the replay in its query.
 */
export function readSentryLink(url: URL): PlatformLink | undefined {
  const match =
    /^(?:\/organizations\/([a-z0-9_-]+))?(?:(?:\/explore)?\/replays\/(?:[a-z0-9_-]+:)?([0-9a-f-]{32,36})|\/issues\/.*)\/?$/i.exec(
      url.pathname,
    );
  const id = match?.[2] ?? (match ? url.searchParams.get('replayId') : null);
  const replayId = id ? readReplayId(id) : undefined;
  if (replayId === undefined) return undefined;
  const isCloud = url.hostname === 'sentry.io' || url.hostname.endsWith('.sentry.io');
  const subdomain = isCloud && !otherHosts.has(url.hostname) ? url.hostname.split('.', 1)[0] : undefined;
  const organization = match?.[1] ?? subdomain;
  // Without an organization only Sentry's own hosts are distinctive.
  if (organization === undefined && !isCloud) return undefined;
  return {
    origins: isCloud ? cloudOrigins : [url.origin],
    place: { ...(organization !== undefined && { organization }) },
    reading: { by: 'sessionId', text: replayId },
  };
}

/** A replay's id, with or without dashes, or as Casement names a session: with its project. */
export function recognizeSentry(text: string): Reading[] {
  const replayId = readReplayId(text.trim());
  return replayId === undefined ? [] : [{ by: 'sessionId', text: replayId }];
}
