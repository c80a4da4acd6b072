import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { flatImageOf } from '../../../src-main/core/redaction/placeholders';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { add, documentNode, element, mutation, snapshot } from '../recording/page-events';

const canvas = (attributes: Record<string, unknown>, id = 10): object => element(id, 'canvas', [], { attributes });
const page = (...body: object[]): RecordedEvent =>
  snapshot(documentNode(1, [element(2, 'html', [element(3, 'body', body)])]));
const redact = (...events: object[]): string[] =>
  redactSession(toSession(events as RecordedEvent[])).events.map(({ event }) => JSON.stringify(event.data));
const change = (attributes: Record<string, unknown>): object => mutation({ attributes: [{ id: 10, attributes }] });
const box = (width: number, height: number): string =>
  JSON.stringify(`url("${flatImageOf(width, height)}")`).slice(1, -1);

describe('a redacted canvas', () => {
  it.each([
    [{ width: '400', height: '200' }, 400, 200],
    [{ width: 400 }, 400, 150],
    [{ width: '', height: '-3' }, 300, 150],
    [{ width: 'wide', height: '2px' }, 300, 2],
  ])('with the attributes %j is a grey box of %i × %i', (attributes, width, height) => {
    const [snapshotted = ''] = redact(page(canvas(attributes)));
    expect(snapshotted).toContain(`content: ${box(width, height)}; background-color: #c8ccd0`);
    const [, added = ''] = redact(page(), add(3, canvas(attributes, 11)));
    expect(added).toContain(`content: ${box(width, height)}`);
  });

  it('keeps its own style', () => {
    expect(redact(page(canvas({ style: 'width: 50%; display: block;' })))[0]).toMatch(
      /"style":"width: ?50%; ?display: ?block; content: url/,
    );
  });

  it.each([
    ['another size', { width: '80' }, `{"width":"80","style":{"content":"${box(80, 20)}"`],
    ['a style', { style: 'top: 0' }, `content: ${box(40, 20)}`],
    ['no style', { style: null }, `"style":"content: ${box(40, 20)}`],
    ['another property', { style: { top: '1px' } }, `"top":"1px","content":"${box(40, 20)}"`],
  ])('keeps its box with %s', (_, attributes, expected) => {
    const [, changed] = redact(page(canvas({ width: '40', height: '20', style: 'left: 0' })), change(attributes));
    expect(changed).toContain(expected);
  });
});

it('full screen stays in a redacted recording, and nothing else of its event', () => {
  const payload = { id: 10, enter: true, more: 'Jane Doe' };
  const event = { type: 5, data: { tag: 'rrweb/fullscreen', payload }, timestamp: 1 };
  expect(redact(page(), event)[1]).toBe('{"tag":"rrweb/fullscreen","payload":{"id":10,"enter":true}}');
});
