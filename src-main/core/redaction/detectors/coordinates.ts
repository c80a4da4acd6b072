import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

// matches: "52.5200, 13.4050", "40.7128° N, 74.0060° W"
// not: "52.52, 13.40" (fewer than three decimals)
const pair =
  /(?<![\d.\p{L}_])([+-]?\d{1,2}\.\d{3,15})°? ?[NSns]?\s{0,3}[,;/ ]\s{0,3}([+-]?\d{1,3}\.\d{3,15})°?(?: ?[EWOeow](?![\p{L}]))?(?![\d.])/gu;
// matches: "52° 31' 12\" N, 13° 24' 18\" E", "52.5° N 13.4° E"
// not: "20 °C", "52° 31'"
const degrees =
  /(?<![\d.])\d{1,2}(?:\.\d{1,10})? ?° ?(?:\d{1,2}(?:\.\d{1,8})? ?['′] ?(?:\d{1,2}(?:\.\d{1,8})? ?(?:"|″|''|') ?)?)?[NS][\s,;/]{0,4}\d{1,3}(?:\.\d{1,10})? ?° ?(?:\d{1,2}(?:\.\d{1,8})? ?['′] ?(?:\d{1,2}(?:\.\d{1,8})? ?(?:"|″|''|') ?)?)?[EWO]/gi;
// matches: "lat: 52.52", "longitude=13.405"
// not: "flat: 52.52", "lat: 52"
const named =
  /(?<![\p{L}])(?:lat|latitude|lng|lon|long|longitude|breitengrad|längengrad|latitud|longitud|широта|долгота)["']?\s{0,3}[:=]\s{0,3}["']?([+-]?\d{1,3}\.\d{2,15})(?![\d.])/giu;
// Numbers after these words are arguments of a transform or a curve.
// matches before a number: "translate(", "cubic-bezier(", "M "
// not: "near "
const argumentBefore = /(?:translate|matrix|scale|bezier|rotate|rgba?|hsla?|path|[MLCQ])[\w-]{0,4}[( ]\s{0,2}$/;

/** Finds geographic coordinates: pairs of decimal degrees with at least three decimals, degrees and minutes, and labelled numbers. */
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
