import { replayScheme, shellOrigin } from './origins';

const common = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
};

/** The shell: its own files only, no network, replay frames as its only frames, no HTML from text. */
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
 * The replay frame. The document that rrweb builds inside it inherits this: recorded style elements are why inline style is
 * allowed; recorded images live as data or not at all; nothing is fetched and no script of a recording has a source.
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

/** The report that is printed brings one style, which its own policy knows by its hash, and pictures as data where that allows them. */
const printCsp =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox";

export const pageHeaders = {
  shell: { ...common, 'content-security-policy': shellCsp },
  replay: { ...common, 'content-security-policy': replayCsp },
  print: { ...common, 'content-security-policy': printCsp, 'content-type': 'text/html; charset=utf-8' },
};
