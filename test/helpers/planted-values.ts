/** The invented personal data in the three recordings of `resources/demo`, as written there. */
export interface PlantedRecording {
  file: string;
  values: readonly string[];
}

export const plantedRecordings: readonly PlantedRecording[] = [
  {
    file: 'demo/actual-budget-support.json.gz',
    values: [
      'Jane',
      'Doe',
      'Jane Doe Consulting',
      'jane.doe',
      'jane.doe@acme-example.com',
      'acme-example',
      '4111 1111 1111 1111',
      '4111111111111111',
      '+1 415 555 0132',
      '415 555 0132',
      '078-05-1120',
      'Rent SSN',
      '42.50',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
      'c2lnbmF0dXJl',
      'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
      'refund for jane',
    ],
  },
  {
    file: 'demo/harbor-checkout.json.gz',
    values: [
      'Priya',
      'Raman',
      'Priya Raman',
      'priya.raman@harbor-example.com',
      'harbor-example',
      '4012 8888 8888 1881',
      '4012888888881881',
      '+91 98200 12345',
      '98200 12345',
      'ABCPR1234K',
      'sess_9f8e7d6c5b4a39281706f5e4d3c2b1a0',
      '4417#',
      'gate code',
      'Ring twice',
      'Marine Drive',
      'Marine',
      'Mumbai',
      '400002',
      'was charged twice',
      'req-77aa',
    ],
  },
  {
    file: 'demo/sb-admin2-multipage-canvas.json.gz',
    values: [
      'hunter2pw',
      'Jane',
      'jane.doe@example.com',
      'demo.user@example.com',
      'tok_test_0000',
      'Bearer tok',
      'req-632921790',
      'Tiger Nixon',
      'Garrett Winters',
      'Edinburgh',
      'Douglas McGee',
      'Emily Fowler',
    ],
  },
];

/** Returns patterns that find a value in text, one for each encoding. Values under 5 characters are only found as complete words. */
export function valueForms(value: string): { form: string; pattern: RegExp }[] {
  const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const edge = value.length < 5 ? '\\b' : '';
  const forms = [
    { form: 'plain', pattern: new RegExp(`${edge}${escape(value)}${edge}`, 'i') },
    { form: 'percent', pattern: new RegExp(`${edge}${escape(encodeURIComponent(value))}${edge}`, 'i') },
    {
      form: 'plus',
      pattern: new RegExp(`${edge}${escape(encodeURIComponent(value).replaceAll('%20', '+'))}${edge}`, 'i'),
    },
  ];
  if (value.length < 5) return forms;
  const base64 = [0, 1, 2].map((before) => ({
    form: `base64 after ${before}`,
    pattern: new RegExp(escape(base64Inside(value, before))),
  }));
  return [...forms, ...base64];
}

/** Returns the base64 characters that encode only the value, if it comes after `before` other bytes. */
function base64Inside(value: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
  const first = Math.ceil((before * 8) / 6);
  return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
}
