import { expect, it } from 'vitest';
import { placePage } from '../../../src-main/contract/shared/stage-fit';

it.each([
  ['fits a wide page to the width', { width: 1920, height: 1080 }, { left: 0, top: 210, scale: 0.5 }],
  ['fits a tall page to the height', { width: 480, height: 1920 }, { left: 360, top: 0, scale: 0.5 }],
  ['limits the enlargement of a small page', { width: 100, height: 200 }, { left: 405, top: 330, scale: 1.5 }],
])('%s', (_, page, place) => {
  expect(placePage({ width: 960, height: 960 }, page)).toEqual(place);
});
