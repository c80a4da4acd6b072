import { expect, test } from 'vitest';
import { createDetectors } from '../../../../src-main/core/redaction/detectors';
import { SeededRandom } from '../../../helpers/seeded-random';

const seed = Number(process.env.SECRETS_SEED ?? 20_240_614);
const random = new SeededRandom(seed);
const detectors = createDetectors({ kinds: ['secret', 'jwt', 'url-credentials'] });

const hex = '0123456789abcdef';
const lower = 'abcdefghijklmnopqrstuvwxyz0123456789';
const mixed = `${lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

function drawn(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length))).join('');
}

const tokens: readonly [beginning: string, alphabet: string, length: number, end?: string][] = [
  ['AKIA', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16],
  ['AIza', `${mixed}_-`, 35],
  ['ghp_', mixed, 36],
  ['github_pat_', mixed, 82],
  ['glpat-', `${mixed}-`, 20],
  ['xoxb-', '0123456789', 12, '-abcdefABCDEF1234'],
  ['sk_live_', mixed, 24],
  ['SK', hex, 32],
  ['SG.', mixed, 22, `.${'aB3_'.repeat(11).slice(0, 43)}`],
  ['npm_', mixed, 36],
  ['pypi-AgEIcHlwaS5vcmc', `${mixed}_-`, 60],
  ['sk-ant-api03-', `${mixed}_-`, 93, 'AA'],
  ['sk-proj-', mixed, 48],
  ['hf_', mixed.replace(/\d/g, ''), 34],
  ['shpat_', hex, 32],
  ['sq0atp-', `${mixed}_-`, 22],
  ['phc_', mixed, 43],
  ['phx_', mixed, 43],
  ['key-', hex, 32],
  ['dop_v1_', hex, 64],
  ['glsa_', mixed, 32, '_1a2b3c4d'],
  ['hvs.', `${mixed}_-`, 90],
  ['lin_api_', mixed, 40],
  ['NRAK-', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 27],
  ['PMAK-', hex, 24, `-${hex.repeat(3).slice(0, 34)}`],
  ['dckr_pat_', `${mixed}_-`, 27],
  ['rubygems_', hex, 48],
  ['sntryu_', hex, 64],
];

/** Assignments of a value to a name, in settings and programs. */
const assignments = [
  'NAME = "VALUE"',
  "NAME: 'VALUE'",
  '"NAME": "VALUE"',
  'NAME=VALUE',
  'NAME := `VALUE`',
  'NAME => VALUE',
  '<NAME>VALUE</NAME>',
  'set("NAME", "VALUE")',
  'NAME ||= "VALUE"',
  'export NAME="VALUE"',
  '{NAME:"VALUE"}',
  "NAME ==  'VALUE'",
];
const names = [
  'adafruit_api_key',
  'AIRTABLE_TOKEN',
  'algoliaKey',
  'asana_client_secret',
  'beamerToken',
  'codecov-access-token',
  'COINBASE_ACCESS_TOKEN',
  'datadog_token',
  'dropboxSecret',
  'fastly.api.token',
  'finnhubToken',
  'gitter_token',
  'kraken-secret',
  'launchdarkly_sdk_key',
  'lobApiKey',
  'mailchimpKey',
  'mattermostToken',
  'messagebird_id_token',
  'netlifyAuthToken',
  'okta_api_token',
  'plaidClientSecret',
  'rapidapi_key',
  'sendbird_access_id',
  'snykToken',
  'travisCiToken',
  'twitch-api-token',
  'yandex_key',
  'zendesk_secret_key',
  'DB_PASSWORD',
  'client_secret',
  'x-api-key',
];

function isFound(text: string, value: string): boolean {
  const at = text.indexOf(value);
  return detectors.find(text).some(({ start, end }) => start <= at && end >= at + value.length);
}

test(`tokens with a known form are found completely, in any sentence (seed ${seed})`, () => {
  const missed: string[] = [];
  for (const [beginning, alphabet, length, end = ''] of tokens)
    for (let run = 0; run < 20; run++) {
      const token = beginning + drawn(alphabet, length) + end;
      for (const text of [
        `it was ${token}, I think`,
        `https://x.example/?k=${token}`,
        `{"a":"${token}"}`,
        `(${token})`,
      ])
        if (!isFound(text, token)) missed.push(text);
    }
  console.log(`tokens: ${missed.length} missed of ${tokens.length * 80}`, missed.slice(0, 8));
  expect(missed.length / (tokens.length * 80)).toBeLessThanOrEqual(0.01);
});

test(`random values are found beside the name of a secret (seed ${seed})`, () => {
  const missed: string[] = [];
  let tried = 0;
  for (const name of names)
    for (const form of assignments)
      for (const [alphabet, length] of [
        [hex, 32],
        [lower, 24],
        [mixed, 40],
        [`${mixed}_-`, 64],
        [lower, 16],
      ] as const) {
        const value = `a${drawn(alphabet, length - 2)}7`;
        const text = form.replaceAll('NAME', name).replace('VALUE', () => value);
        tried++;
        if (!isFound(text, value)) missed.push(text);
      }
  console.log(`assigned: ${missed.length} missed of ${tried}`, missed.slice(0, 12));
  expect(missed.length / tried).toBeLessThanOrEqual(0.01);
});

test.each([
  'commit 3f2a9c1e8b7d3f2a9c1e8b7d3f2a9c1e8b7d1234',
  'data-testid="checkout-button-primary-17"',
  'sha256-47DEQpj8 build: 2024.05.12-rc1',
  'The password is required',
  'Forgot password? Reset token expired.',
  'key: Enter, keyCode: 13',
  'session: 6fa459ea',
  'https://cdn.example.com/assets/main.8f3c2a1b.chunk.js',
])('no secret is found in %j', (text) => {
  expect(detectors.find(text)).toEqual([]);
});
