import ipaddr from 'ipaddr.js';
import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

const v4 = /(?<![\p{Script=Latin}\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2}(?!\d))?(?![\p{Script=Latin}\d]|\.\d)/gu;
/** Four numbers after these words are a version. */
const versionBefore = /(?:\bv|version|release|build|firmware|chrome|safari|edge|firefox)[ /:v]{0,3}$/i;
const v6 =
  /(?<![\p{L}\d:.])(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?:%\w{1,16})?(?:\/\d{1,3})?(?![\p{L}\d:])/giu;
const mac =
  /(?<![\p{L}\d:.-])(?:[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}|(?<=mac\S{0,12}[\s:="]{1,4})[0-9a-f]{12})(?![\p{L}\d:-])/giu;

/** Finds IPv4 and IPv6 addresses, with an optional zone or prefix length. */
export const findIps: Detector = (text) => {
  const found: Finding[] = [];
  const windows = digitWindows(text, { before: 48, after: 48 });
  if (text.includes('.'))
    for (const { match, start, end, window } of matchWindows(windows, v4)) {
      const before = window.text.slice(Math.max(0, match.index - 12), match.index);
      if (ipaddr.IPv4.isValidFourPartDecimal(match[0].replace(/\/.*/, '')) && !versionBefore.test(before))
        found.push({ start, end, kind: 'ip' });
    }
  if (text.includes(':'))
    for (const { match, start, end } of matchWindows(windows, v6)) {
      const address = match[0].replace(/[%/].*/, '');
      if (/\d/.test(address) && address.length > 3 && ipaddr.IPv6.isValid(address))
        found.push({ start, end, kind: 'ip' });
    }
  return found.sort((a, b) => a.start - b.start);
};

/** Finds MAC addresses in groups of two or four digits. Without separators only after the word "mac". */
export const findMacs: Detector = (text) => {
  const found: Finding[] = [];
  for (const { match, start, end } of matchWindows(digitWindows(text, { before: 20, after: 20, least: 1 }), mac))
    if (!/^(?:00[:-]?){5}00$|^[\d]{2}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}$/.test(match[0]) || /:/.test(match[0]))
      found.push({ start, end, kind: 'mac' });
  return found;
};
