import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { score, scoreTable, type Scores } from '../../../../bench/detect/score';
import { createDetectors } from '../../../../src-main/core/redaction/detectors';
import { locales, makeLabelled } from '../../../helpers/labelled-text';
import { SeededRandom } from '../../../helpers/seeded-random';

const seed = Number(process.env.LABELLED_SEED ?? 20_240_613);

function recallOf({ rows }: Scores, label: string): number {
  return rows.find((row) => row.label === label)?.recall ?? NaN;
}

const random = new SeededRandom(seed);
const byLocale = Object.entries(locales).map(
  ([name, locale]) => [name, Array.from({ length: 200 }, () => makeLabelled(random, locale))] as const,
);
const all = byLocale.flatMap(([, texts]) => texts);

test(`values in twelve locales are found (seed ${seed})`, () => {
  const detectors = createDetectors();
  for (const [name, texts] of byLocale) {
    const scores = score(texts, detectors);
    console.log(
      `${name}: persons ${recallOf(scores, 'person').toFixed(3)}, phones ${recallOf(scores, 'phone').toFixed(3)}, without leak ${scores.withoutLeak.toFixed(3)}`,
    );
  }
  const scores = score(all, detectors);
  console.log(scoreTable(scores));
  for (const [label, least] of Object.entries({
    email: 1,
    ssn: 1,
    iban: 1,
    url: 1,
    card: 0.99,
    ip: 0.99,
    phone: 0.95,
    person: 0.75,
    address: 0.8,
    'national-id': 0.99,
  }))
    expect.soft(recallOf(scores, label), label).toBeGreaterThanOrEqual(least);
  expect(scores.withoutLeak).toBeGreaterThanOrEqual(0.8);
});

test(`known names are found (seed ${seed})`, () => {
  const names = all.flatMap(({ text, spans }) =>
    spans.filter(({ label }) => label === 'person').map(({ start, end }) => text.slice(start, end)),
  );
  const scores = score(all, createDetectors({ kinds: ['person'], seeds: [...new Set(names)] }));
  expect(recallOf(scores, 'person')).toBeGreaterThanOrEqual(0.99);
});

test('rare names are found in plain sentences, less often alone', () => {
  const names = [
    'Torbjørg Halvdansdatter',
    'Ifunanya Chukwudi',
    'Hildigrim Took',
    'Zoltán Pásztor',
    'Frealaf Greenhand',
    'Somerled Drummond',
    'Mio Rautio',
    'Aleksandra Dudová',
    'Jasmin Kohlhaas',
    'Noel Panter',
  ];
  const sentences = [
    '{} lives at the corner.',
    'We spoke to {} last week about it.',
    'Can someone call {} please?',
    'What are my options for {}?',
  ];
  const detectors = createDetectors({ kinds: ['person'] });
  const shareOf = (forms: string[]): number => {
    const texts = forms.flatMap((form) =>
      names.map((name) => {
        const start = form.indexOf('{}');
        return { text: form.replace('{}', name), spans: [{ start, end: start + name.length, label: 'person' }] };
      }),
    );
    return recallOf(score(texts, detectors), 'person');
  };
  const [inSentences, alone] = [shareOf(sentences), shareOf(['{}'])];
  console.log(`rare names: ${inSentences.toFixed(2)} in sentences, ${alone.toFixed(2)} alone`);
  expect(inSentences).toBeGreaterThanOrEqual(0.75);
});

test('the scores show a missing detector (control)', () => {
  expect(recallOf(score(all, createDetectors({ kinds: ['person'] })), 'email')).toBe(0);
});

test('at most 1 % of the strings of an interface are false positives', () => {
  const folder = join(import.meta.dirname, '../../../../src-main/contract/words');
  const strings = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/'((?:[^'\\\n]|\\.){3,200})'/g)].map(([, text = '']) => text),
  );
  const detectors = createDetectors();
  const wrong = strings.flatMap((text) =>
    detectors.find(text).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`),
  );
  console.log(`${strings.length} strings, ${wrong.length} findings: ${wrong.slice(0, 20).join(' · ')}`);
  expect(strings.length).toBeGreaterThan(300);
  expect(wrong.length / strings.length).toBeLessThanOrEqual(0.01);
});
