import type { PlatformLink, Reading } from '../source';

/** The addresses of PostHog's cloud that a connection may have. */
const cloudOrigins = ['https://us.posthog.com', 'https://eu.posthog.com'] as const;

/** A UUID of version 7, as PostHog's clients make for sessions. */
const sessionId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * Reads a link to a recording (`…/replay/<id>`, `…/replay/home?sessionRecordingId=<id>`) or to a person (`…/person/<distinct id>`,
 * `…/persons/<uuid>`), with or without `/project/<number>` before it.
 */
export function readPostHogLink(url: URL): PlatformLink | undefined {
  const [, project, path = ''] =
    /^(?:\/project\/(\d{1,12}))?(\/(?:replay|person|persons)(?:\/.*)?)$/.exec(url.pathname) ?? [];
  const isCloud = url.hostname === 'posthog.com' || url.hostname.endsWith('.posthog.com');
  // Other servers have such paths, too; with the project's number it is distinctive.
  if (!isCloud && project === undefined) return undefined;
  const reading = readPath(path, url.searchParams);
  if (!reading) return undefined;
  return {
    origins: isCloud ? originsOf(url) : [url.origin],
    place: { ...(project !== undefined && { project }) },
    reading,
  };
}

function originsOf({ origin }: URL): PlatformLink['origins'] {
  const known = cloudOrigins.find((cloud) => cloud === origin);
  return known === undefined ? cloudOrigins : [known];
}

function readPath(path: string, query: URLSearchParams): Reading | undefined {
  const [, page, segment = ''] = /^\/(replay|person|persons)(?:\/([^/]+)(?:\/[^/]*)?)?\/?$/.exec(path) ?? [];
  if (page === 'replay') {
    const text = query.get('sessionRecordingId') ?? decode(segment);
    return text && !['home', 'playlists', 'templates', 'settings'].includes(text)
      ? { by: 'sessionId', text: sessionId.test(text) ? text.toLowerCase() : text }
      : undefined;
  }
  const text = decode(segment);
  if (!text) return undefined;
  return page === 'person' ? { by: 'distinctId', text } : { by: 'filters', text: `person_uuid=${text}` };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** A session's id, or a distinct id of an anonymous user: both are UUIDs, so a session is tried first. */
export function recognizePostHog(text: string, origin: string): Reading[] {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  // On the connected server itself, a path without a project is known as well.
  if (url?.origin === origin) return [readPath(url.pathname, url.searchParams) ?? []].flat();
  if (!sessionId.test(trimmed)) return [];
  return [
    { by: 'sessionId', text: trimmed.toLowerCase() },
    { by: 'distinctId', text: trimmed },
  ];
}
