import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { timelineDocument } from '../../../src-main/core/export/artifact';
import { prepareExport } from '../../../src-main/core/export/prepare';
import { findPolicy } from '../../../src-main/core/redaction/policy';
import { documentFacts } from '../../../src-main/core/timeline/formats/document';
import { toSession } from '../../helpers/redacted-session';
import { documentNode, element, snapshot } from '../recording/page-events';

const image = (id: number, src: string): object => element(id, 'img', [], { attributes: { src } });
const page = (href: string, timestamp: number, ...body: object[]): RecordedEvent[] => [
  { type: 4, data: { href, width: 800, height: 600 }, timestamp },
  snapshot(documentNode(1, [element(2, 'html', [element(3, 'body', body)])]), timestamp),
];

it('the head of an export counts files that are not in the recording, without their names and without private areas', async () => {
  const editor = element(20, 'div', [image(21, 'https://cdn.example/jane-doe.png')], {
    attributes: { contenteditable: 'true' },
  });
  const frame = element(22, 'iframe', [], { attributes: { src: 'https://pay.example/secret-frame' } });
  const events = [
    ...page('https://shop.example/account/jane-doe?x=1', 0, image(10, 'https://cdn.example/a.png'), editor, frame),
    ...page('https://shop.example/', 5000),
  ];
  const prepared = await prepareExport(toSession(events), {
    policy: findPolicy('private-by-default'),
    notes: [],
    startedAt: 0,
  });
  const facts = { title: 'x', software: 'x', policy: 'x', generatedAt: '' };
  const heads = documentFacts(timelineDocument(prepared, facts));
  expect(Object.fromEntries(heads)['Not in the recording']).toMatch(
    /^https:\/\/shop\.example\/[^ ]*: 1 image, 1 frame$/,
  );
  expect(JSON.stringify(heads)).not.toMatch(/jane|secret|cdn/);
});
