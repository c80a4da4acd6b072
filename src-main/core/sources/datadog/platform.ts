import type { Platform } from '../platform';
import { createDatadogSource, datadogHeaders } from './source';

/** The player's path, with the session. */
const replayPath = /^\/rum\/replay\/sessions\/([0-9a-f-]{36})\b/i;
const site = /^(?:app\.)?((?:[a-z0-9]+\.)?(?:datadoghq\.(?:com|eu)|ddog-gov\.com))$/;

export const datadog: Platform = {
  sign: (key) => {
    const headers = datadogHeaders(key);
    return () => Promise.resolve(headers);
  },
  create: (fetch, { origin }) => createDatadogSource(fetch, { origin }),
  readLink: ({ hostname, pathname }) => {
    const [, region] = site.exec(hostname) ?? [];
    const [, sessionId] = replayPath.exec(pathname) ?? [];
    if (region === undefined || sessionId === undefined) return undefined;
    return { origins: [`https://api.${region}`], place: {}, reading: { by: 'sessionId', text: sessionId } };
  },
};
