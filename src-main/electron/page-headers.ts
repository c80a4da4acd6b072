import { replayScheme, shellOrigin } from './origins';

const common = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
};

/** The shell loads only its own files, embeds only replay frames, and can't turn text into HTML. */
const shellCsp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  `frame-src ${replayScheme}:`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/**
 * The replay frame. The document that rrweb builds in it inherits this policy. Inline styles are allowed for recorded style elements, and
 * images only as data. Nothing is loaded, and no script of a recording runs.
 */
const replayCsp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${shellOrigin}`,
  "require-trusted-types-for 'script'",
  // Permits only the document types of quirks-mode pages: see src-renderer/replay/doctypes.
  'trusted-types default',
].join('; ');

/** The printed report has an inline style sheet and images as data URLs. Its own policy, in the page, restricts both further. */
const printCsp =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox";

export const pageHeaders = {
  shell: { ...common, 'content-security-policy': shellCsp },
  replay: { ...common, 'content-security-policy': replayCsp },
  print: { ...common, 'content-security-policy': printCsp, 'content-type': 'text/html; charset=utf-8' },
};
