import type { ModelNode } from '../../recording/model/dom-model';
import { readAttribute } from '../../recording/model/read-attribute';

/** The classes that make recorders mask or leave out an element, by recorder. */
const classes: Readonly<Record<string, string>> = {
  rrweb: 'rr-mask rr-block rr-ignore',
  Sentry: 'sentry-mask sentry-block sentry-ignore',
  PostHog: 'ph-mask ph-no-capture ph-sensitive ph-ignore-input',
  FullStory: 'fs-mask fs-exclude fs-block fs-hide fs-mask-without-consent fs-exclude-without-consent',
  LogRocket: 'lr-hide _lr-hide',
  Hotjar: 'hj-suppress data-hj-suppress',
  Datadog: 'dd-privacy-mask dd-privacy-hidden dd-privacy-mask-user-input',
  Matomo: 'matomo-mask piwik-mask',
  Amplitude: 'amp-mask amp-block',
  Highlight: 'highlight-mask highlight-block highlight-ignore',
  'New Relic': 'nr-mask nr-block nr-ignore',
  Mixpanel: 'mp-mask mp-block mp-sensitive',
  Mouseflow: 'no-mouseflow mouseflow-mask',
  Smartlook: 'smartlook-hide smartlook-mask',
  Inspectlet: 'inspectlet-sensitive',
  Heap: 'heap-ignore',
};

/** The attributes for the same. A value such as `false` or `allow` takes the mark back. */
const attributes: Readonly<Record<string, string>> = {
  general: 'data-private data-sensitive',
  rrweb: 'data-rr-mask data-rr-block data-rr-is-password',
  Sentry: 'data-sentry-mask data-sentry-block data-sentry-ignore',
  PostHog: 'data-ph-no-capture data-ph-mask',
  FullStory: 'data-fs-mask data-fs-exclude data-fs-block',
  Hotjar: 'data-hj-suppress data-hj-masked',
  Clarity: 'data-clarity-mask',
  Datadog: 'data-dd-privacy',
  Matomo: 'data-matomo-mask data-piwik-mask',
  OpenReplay:
    'data-openreplay-obscured data-openreplay-masked data-openreplay-hidden data-openreplay-htmlmasked data-openreplay-ignore',
  Amplitude: 'data-amp-mask data-amp-block',
  Highlight: 'data-hl-mask data-hl-block',
  'New Relic': 'data-nr-mask data-nr-block',
  Mouseflow: 'data-mf-replace',
  Smartlook: 'data-recording-sensitive data-recording-disable',
  Contentsquare: 'data-cs-mask',
  Heap: 'data-heap-redact-text data-heap-redact-attributes',
};

const list = (table: Readonly<Record<string, string>>): string[] =>
  Object.values(table).flatMap((names) => names.split(' '));

const markedAttributes: readonly string[] = list(attributes);
const markedClass = new RegExp(`(?:^|\\s)(?:${list(classes).join('|')})(?:\\s|$)`);
const takenBack: ReadonlySet<unknown> = new Set(['false', 'allow', 'none', 'off', 'unmask', 'no', null, false]);

/** All names, for the tests. */
export const privacyMarkers = { classes: list(classes), attributes: markedAttributes };

/** Returns whether a page marks this element as private for one of the known recorders. */
export function hasPrivacyMarker(element: ModelNode): boolean {
  const className = readAttribute(element, 'class');
  if (className.includes('-') && markedClass.test(className)) return true;
  return markedAttributes.some((name) => {
    const value = element.attribute(name);
    return value !== undefined && !takenBack.has(value);
  });
}
