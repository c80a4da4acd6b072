import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

const pair =
  /(?<![\d.\p{L}_])([+-]?\d{1,2}\.\d{3,15})°? ?[NSns]?\s{0,3}[,;/ ]\s{0,3}([+-]?\d{1,3}\.\d{3,15})°?(?: ?[EWOeow](?![\p{L}]))?(?![\d.])/gu;
const degrees =
  /(?<![\d.])\d{1,2}(?:\.\d{1,10})? ?° ?(?:\d{1,2}(?:\.\d{1,8})? ?['′] ?(?:\d{1,2}(?:\.\d{1,8})? ?(?:"|″|''|') ?)?)?[NS][\s,;/]{0,4}\d{1,3}(?:\.\d{1,10})? ?° ?(?:\d{1,2}(?:\.\d{1,8})? ?['′] ?(?:\d{1,2}(?:\.\d{1,8})? ?(?:"|″|''|') ?)?)?[EWO]/gi;
const named =
  /(?<![\p{L}])(?:lat|latitude|lng|lon|long|longitude|breitengrad|längengrad|latitud|longitud|широта|долгота)["']?\s{0,3}[:=]\s{0,3}["']?([+-]?\d{1,3}\.\d{2,15})(?![\d.])/giu;
/** Numbers in brackets after a word are arguments of something: a transform, a curve. */
const argumentBefore = /(?:translate|matrix|scale|bezier|rotate|rgba?|hsla?|path|[MLCQ])[\w-]{0,4}[( ]\s{0,2}$/;

/** Places on earth as pairs of decimal degrees with three places or more, degrees and minutes, or after their name. */
export const findCoordinates: Detector = (text) => {
  if (!/\d[.°]/.test(text)) return [];
  const windows = digitWindows(text, { before: 20, after: 24, least: 4 });
  const found: Finding[] = [];
  for (const { match, start, end, window } of matchWindows(windows, pair)) {
    const [, latitude = '', longitude = ''] = match;
    if (Math.abs(Number(latitude)) > 90 || Math.abs(Number(longitude)) > 180) continue;
    if (!argumentBefore.test(window.text.slice(Math.max(0, match.index - 16), match.index)))
      found.push({ start, end, kind: 'coordinates' });
  }
  for (const { start, end } of matchWindows(windows, degrees)) found.push({ start, end, kind: 'coordinates' });
  for (const { match, end } of matchWindows(windows, named)) {
    const value = match[1] ?? '';
    if (Math.abs(Number(value)) <= 180) found.push({ start: end - value.length, end, kind: 'coordinates' });
  }
  return found.sort((a, b) => a.start - b.start);
};
