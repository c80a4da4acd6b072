import { expect, test } from 'vitest';
import { findingKinds } from '../../../../src-main/contract/finding-kinds';
import { createDetectors } from '../../../../src-main/core/redaction/detectors';

const detectors = createDetectors();

function found(text: string, using = detectors): string[] {
  return using.find(text).map(({ start, end, kind }) => `${kind}:${text.slice(start, end)}`);
}

test('given names without capitals are persons if there are several in a row', () => {
  expect(found('they are silvana, thelma and christopher')).toEqual([
    'person:silvana',
    'person:thelma',
    'person:christopher',
  ]);
  expect(found('silvana and ruby are gems')).toEqual([]);
});

test.each([
  ['Call (406) 555-0123 x123.', 'phone:(406) 555-0123 x123'],
  ['Tel +33 1 42 68 53 00', 'phone:+33 1 42 68 53 00'],
  ['or 079 7453 1423', 'phone:079 7453 1423'],
  ['电话 13812345678', 'phone:13812345678'],
  ['GB29 NWBK 6016 1331 9268 19.', 'iban:GB29 NWBK 6016 1331 9268 19'],
  ['The SSN is 078-05-1120', 'national-id:078-05-1120'],
  ['CPF 529.982.247-25', 'national-id:529.982.247-25'],
  ['Steuer-ID 86 095 742 719', 'national-id:86 095 742 719'],
  ['DNI 12345678Z', 'national-id:12345678Z'],
  ['NINO QQ 12 34 56 C is none, AB 12 34 56 C is', 'national-id:AB 12 34 56 C'],
  ['from 192.168.0.12 today', 'ip:192.168.0.12'],
  ['at 2001:db8::ff00:42:8329', 'ip:2001:db8::ff00:42:8329'],
  ['mac 00:1B:44:11:3A:B7', 'mac:00:1B:44:11:3A:B7'],
  ['at 48.8584, 2.2945', 'coordinates:48.8584, 2.2945'],
  ['born 12 March 1985', 'birth-date:12 March 1985'],
  ['visit http://www.foo.example/a?b=c.', 'url:http://www.foo.example/a?b=c'],
  ['visit www.foo.com now', 'url:www.foo.com'],
  ['see https://jane:pw1@host.example/x', 'url-credentials:https://jane:pw1@host.example/x'],
  ['ships to 12 Main Street, Springfield, IL 62704', 'address:12 Main Street, Springfield, IL 62704'],
  ['Hauptstraße 12, 10115 Berlin', 'address:Hauptstraße 12, 10115 Berlin'],
  ['at 48109 Wesselényi u. 94, Suite 638 today', 'address:48109 Wesselényi u. 94, Suite 638'],
  ['in Apt. 042 again', 'address:Apt. 042'],
  ['Dear Priya Raman, hello', 'person:Priya Raman'],
  ['Ms. Brown called', 'person:Brown'],
  ['Меня зовут Алексей Смирнов', 'person:Алексей Смирнов'],
  ['山田 太郎です', 'person:山田 太郎'],
  // Cues in the sentence.
  ['Wintermute said it was late.', 'person:Wintermute'],
  ['It was late, says Wintermute.', 'person:Wintermute'],
  ['it is their neighbour Quellfeld again', 'person:Quellfeld'],
  ["Quellfeld's daughter opened", 'person:Quellfeld'],
  ['Quellfeld, can you look at this?', 'person:Quellfeld'],
  ['Come in, Frank!', 'person:Frank'],
  ['we made Orvelin Hansen as an owner', 'person:Orvelin Hansen'],
  ['paid by Orvel T. Brundik today', 'person:Orvel T. Brundik'],
  // Without capitals.
  ['wrote to thelma hansen about it', 'person:thelma hansen'],
  ['wrote to thelma k. hansen about it', 'person:thelma k. hansen'],
  ['thelma lives upstairs', 'person:thelma'],
  ['my maiden name is quellfeld', 'person:quellfeld'],
  ['Phone:\n467 3395', 'phone:467 3395'],
  ['781 1704 office', 'phone:781 1704'],
  ['you can call 33 93 31', 'phone:33 93 31'],
  ['nobody is answering at 785 8949', 'phone:785 8949'],
  ['charge 4222222222222 today', 'card:4222222222222'],
  ['my card no. 060426070019 is lost', 'card:060426070019'],
  ['password: hunter2', 'secret:hunter2'],
  ['password = "rootpasswd"', 'secret:rootpasswd'],
  ['<add key="ClearTextPassword" value="Quellfeld" />', 'secret:Quellfeld'],
  ["curl -u kevin:'pRf7vG2h1L8nQkW9' -X POST", "secret:kevin:'pRf7vG2h1L8nQkW9"],
  ['BUNDLE_GEMS__EXAMPLE__COM: "cafebabe:deadbeef"', 'secret:cafebabe:deadbeef'],
  ['Authorization: Basic YnJvd3Nlcjo=', 'secret:YnJvd3Nlcjo='],
  ['is ~Gg8Q~nVhlLi2vpgxnXBGqFsbGKat~Hus1JmTa0y', 'secret:~Gg8Q~nVhlLi2vpgxnXBGqFsbGKat~Hus1JmTa0y'],
  ['ghp_' + 'a1B2'.repeat(9), 'secret:ghp_' + 'a1B2'.repeat(9)],
])('%j', (text, expected) => {
  expect(found(text)).toEqual([expected]);
});

test.each(['Priya', 'Raman, Priya', 'P. Raman', 'PRIYA RAMAN', 'priya raman', 'Príya', 'Priya\u200b Ra\u00adman'])(
  'a seeded name is found as %j',
  (written) => {
    const seeded = createDetectors({ kinds: ['person'], seeds: ['Priya Raman'] });
    expect(found(`ask ${written}'s colleague`, seeded)).toEqual([`person:${written}`]);
  },
);

test('a seeded name without blanks is found inside a sentence', () => {
  const seeded = createDetectors({ kinds: ['person'], seeds: ['王小明'] });
  expect(found('已经联系小明了', seeded)).toEqual(['person:小明']);
});

test('a date is found only on request', () => {
  expect(found('on 12 March 2024')).toEqual([]);
  expect(found('on 12 March 2024', createDetectors({ kinds: ['date'] }))).toEqual(['date:12 March 2024']);
});

test('a custom pattern finds its matches, and an invalid one is refused without being quoted', () => {
  expect(found('ticket ACME-1234', createDetectors({ ownPatterns: ['ACME-\\d+'] }))).toEqual(['own:ACME-1234']);
  expect(() => createDetectors({ ownPatterns: ['(hunter2'] })).toThrow(
    expect.objectContaining({
      code: 'policy-invalid',
      details: { reason: expect.not.stringContaining('hunter2') as string },
    }),
  );
});

test.each([
  'version 1.2.3.4 Chrome/120.0.6099.109 price $1,234.56 2024-05-12 12:30:45 build 3f2a9c1e8b7d',
  'Save Changes | Sign In | Forgot your password? | Quick Checkout | Last 30 Days | Order #10023456',
  '.btn-primary { transform: translate(12.3456px, 45.6789px); background: #ff00aa }',
])('nothing is found in %j', (text) => {
  expect(found(text)).toEqual([]);
});

const length = 1_000_000;
const hostile: readonly string[] = [
  ...[
    'a',
    '1234567890',
    '1 2 ',
    '1.',
    'a@',
    'a.',
    'A. ',
    'Aa ',
    'a:',
    'token=',
    'eyJ-',
    'http://',
    'a1:',
    '1 Main ',
    'rue De La 1',
    '王小明',
  ],
  ...[
    'a\u0301\u0301',
    '1\u200b',
    'John Smith ',
    'thelma, ',
    'Frank, ',
    'Suite 12 ',
    'card no: ',
    '-----BEGIN PRIVATE KEY-----',
    'a at b dot ',
    '+1 (406) 555-0123 ',
    "A'a-",
  ],
];

test('every detector takes linear time for a megabyte of hostile text', () => {
  const slow: string[] = [];
  let slowest = { ms: 0, what: '' };
  for (const piece of hostile) {
    const text = piece.repeat(length / piece.length);
    for (const kind of findingKinds) {
      // The detectors of `secret` and `url` find these kinds too.
      if (kind === 'jwt' || kind === 'url-credentials') continue;
      const one = createDetectors({ kinds: [kind], ownPatterns: ['(a+)+$'], seeds: ['John Smith', '王小明'] });
      // CPU time. Quadratic work takes minutes here, linear work about two seconds. The exact time is only printed, since it depends on the machine.
      const started = process.cpuUsage();
      one.find(text);
      const ms = process.cpuUsage(started).user / 1000;
      if (ms > slowest.ms) slowest = { ms, what: `${kind} on ${JSON.stringify(piece)}` };
      if (ms > 20_000) slow.push(`${kind} on ${JSON.stringify(piece)}: ${Math.round(ms)} ms`);
    }
  }
  console.log(`the slowest on 1 MB: ${slowest.what}, ${Math.round(slowest.ms)} ms`);
  expect(slow).toEqual([]);
}, 300_000);
