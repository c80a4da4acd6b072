import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { EventType, IncrementalSource } from '../../../src-main/core/recording/events';
import type { JsonRecord } from '../../../src-main/core/recording/json';
import { fullscreenAttribute } from '../../../src-main/core/recording/repair/fullscreen-rules';
import { repairReplay } from '../../../src-main/core/recording/repair/repair-replay';
import { fixturePath } from '../../helpers/fixtures';
import { add, applyAll, documentNode, element, incremental, mutation, snapshot, text } from './page-events';
import { throughKeyframe, writtenOf } from './page-events';

const { AdoptedStyleSheet, StyleSheetRule } = IncrementalSource;

const readFixture = (name: string): RecordedEvent[] =>
  JSON.parse(readFileSync(fixturePath(`replay/${name}.json`), 'utf8')) as RecordedEvent[];
const page = (body: object[], afterBody: object[] = [], html = 2): object =>
  documentNode(1, [element(html, 'html', [element(3, 'head'), element(4, 'body', body), ...afterBody])]);
const meta = (timestamp = 0): RecordedEvent => ({
  type: EventType.Meta,
  data: { href: 'https://shop.example/', width: 800, height: 600 },
  timestamp,
});
const dataOf = (events: readonly RecordedEvent[], source: IncrementalSource): JsonRecord[] =>
  events.map(({ data }) => data as JsonRecord).filter((data) => data.source === source);
const added = (before: readonly RecordedEvent[], after: readonly RecordedEvent[]): RecordedEvent[] =>
  after.filter((event) => !before.includes(event));
const green = { styleId: 1, rules: [{ rule: '.box { color: green }', index: 0 }] };
const adopt = (id: number, styles: object[], styleIds: number[]): RecordedEvent =>
  incremental(AdoptedStyleSheet, { id, ...(styles.length > 0 && { styles }), styleIds });
const shadowChild = (hostId: number, id: number): object =>
  add(hostId, element(id, 'div', [], { isShadow: true, attributes: { class: 'box' } }));

describe('sheets that are adopted before their shadow root', () => {
  const recorded = readFixture('adopted-sheet-before-shadow');

  it('reach the host with its shadow root, in the replay and in a keyframe', () => {
    const repaired = repairReplay(recorded).events;
    const [late] = added(recorded, repaired);
    expect(late?.data).toMatchObject({ source: AdoptedStyleSheet, id: 10, styleIds: [1] });
    expect((late?.data as JsonRecord).styles).toHaveLength(1);
    expect(repaired.indexOf(late as RecordedEvent)).toBe(
      recorded.findIndex(({ timestamp }) => timestamp === 1790000000220) + 1,
    );
    expect(writtenOf(applyAll(new DomModel(), ...recorded), AdoptedStyleSheet)).toContainEqual({
      id: 10,
      styleIds: [1],
    });
  });

  it('keep the changes made in between', () => {
    const change = incremental(StyleSheetRule, { styleId: 1, adds: [{ rule: '.box { top: 0 }', index: 1 }] });
    const events = [meta(), snapshot(page([element(10, 'x-card')])), adopt(10, [green], [1]), change];
    const [late] = added(events, repairReplay([...events, shadowChild(10, 11) as RecordedEvent]).events).slice(1);
    expect((late?.data as JsonRecord).styles).toEqual([
      { styleId: 1, rules: [green.rules[0], { rule: '.box { top: 0 }', index: 1 }] },
    ]);
  });

  it.each([
    ['its shadow root', shadowChild(10, 11)],
    ['the host', add(4, element(12, 'x-card', [], { isShadowHost: true }))],
  ])('survive a keyframe before %s', (_, late) => {
    const model = applyAll(new DomModel(), meta(), snapshot(page([element(10, 'x-card')])));
    applyAll(model, adopt(10, [green], [1]), adopt(12, [], [1]));
    const restored = applyAll(throughKeyframe(model), late);
    expect(restored.restored).toMatchObject([{ source: AdoptedStyleSheet, styleIds: [1] }]);
  });

  it('are created once for two hosts', () => {
    const events = [meta(), snapshot(page([element(10, 'x-a'), element(20, 'x-b')]))];
    events.push(adopt(10, [green], [1]), adopt(20, [], [1]));
    events.push(shadowChild(20, 21) as RecordedEvent, shadowChild(10, 11) as RecordedEvent);
    const late = added(events, repairReplay(events).events).map(({ data }) => data as JsonRecord);
    expect(late.map(({ id, styles }) => [id, styles !== undefined])).toEqual([
      [20, true],
      [10, false],
    ]);
  });

  it('return with a host that was removed', () => {
    const host = element(10, 'x-card', [element(11, 'div', [], { isShadow: true })], { isShadowHost: true });
    const events = [meta(), snapshot(page([host])), adopt(10, [green], [1])];
    events.push(mutation({ removes: [{ parentId: 4, id: 10 }] }));
    events.push(add(4, element(10, 'x-card', [], { isShadowHost: true })) as RecordedEvent);
    expect(added(events, repairReplay(events).events)).toMatchObject([{ data: { id: 10, styleIds: [1] } }]);
  });

  it('do not stay for the next page', () => {
    const events = [meta(), snapshot(page([])), adopt(1, [green], [1]), meta(5000), snapshot(page([]), 5000)];
    expect(dataOf(repairReplay(events).events, AdoptedStyleSheet).at(-1)).toEqual({
      source: AdoptedStyleSheet,
      id: 1,
      styleIds: [],
    });
  });

  it('add nothing to a recording in the usual order', () => {
    const host = element(10, 'x-card', [], { isShadowHost: true });
    const events = [meta(), snapshot(page([host])), adopt(10, [green], [1]), shadowChild(10, 11) as RecordedEvent];
    expect(repairReplay(events).events).toEqual(events);
  });
});

describe('nodes after the body', () => {
  it('are added after it', () => {
    const banner = element(30, 'div', [element(31, 'b', [text(32, 'Help')])]);
    const { events } = repairReplay([meta(), snapshot(page([], [banner])), mutation({})]);
    const [, built, later] = events;
    expect(JSON.stringify(built)).not.toContain('Help');
    expect((later?.data as { adds: { parentId: number; node: { id: number } }[] }).adds).toMatchObject([
      { parentId: 2, node: { id: 30, childNodes: [] } },
      { parentId: 30, node: { id: 31, childNodes: [] } },
      { parentId: 31, node: { id: 32 } },
    ]);
  });

  it('are added after it in a keyframe, and in the document of a frame', () => {
    const model = applyAll(new DomModel(), ...readFixture('nodes-after-body'));
    const [moved] = writtenOf(model, IncrementalSource.Mutation);
    expect(moved).toMatchObject({
      adds: [
        { parentId: 3, node: { id: 30 } },
        { parentId: 30, node: { id: 31 } },
      ],
    });
    const frame = page([], [element(130, 'div')], 102);
    const events = [
      meta(),
      snapshot(page([element(10, 'iframe')])),
      mutation({ adds: [{ parentId: 10, nextId: null, node: { ...frame, id: 101 } }], isAttachIframe: true }),
    ];
    expect(repairReplay(events).events.at(-1)).toMatchObject({
      data: { adds: [{ parentId: 102, node: { id: 130 } }] },
    });
  });
});

describe('a frame of another site', () => {
  const iframe = element(10, 'iframe', [], { attributes: { rr_src: 'https://pay.example/' } });
  const attach = mutation({
    adds: [
      {
        parentId: 10,
        nextId: null,
        node: documentNode(50, [element(51, 'html', [element(52, 'body', [text(53, 'Card')])])]),
      },
    ],
    isAttachIframe: true,
  });
  const next = add(4, element(60, 'p')) as RecordedEvent;
  const later = (...body: object[]): RecordedEvent[] => [meta(9000), snapshot(page(body), 9000)];

  it('outlasts a snapshot of the same page, with what was typed into it', () => {
    const typed = incremental(IncrementalSource.Scroll, { id: 50, x: 0, y: 40 });
    const events = [meta(), snapshot(page([iframe])), attach, next, typed, ...later(iframe, element(60, 'p'))];
    const repaired = repairReplay(events).events.slice(events.length);
    expect(repaired.map(({ timestamp }) => timestamp)).toEqual([9000, 9000]);
    expect(repaired[0]?.data).toMatchObject({ adds: [{ parentId: 10, node: { id: 50 } }], isAttachIframe: true });
    expect(repaired[1]?.data).toMatchObject({ source: IncrementalSource.Scroll, id: 50, y: 40 });
    const model = applyAll(new DomModel(), ...events);
    expect(model.get(53)?.text).toBe('Card');
  });

  it.each([
    ['another page', later(element(10, 'div'), element(60, 'p'))],
    [
      'the same page with another frame',
      later(element(10, 'iframe', [], { attributes: { rr_src: 'https://other.example/' } }), element(60, 'p')),
    ],
    [
      'a page that was loaded',
      [{ type: EventType.DomContentLoaded, data: {}, timestamp: 8000 }, ...later(iframe, element(60, 'p'))],
    ],
    ['a page that uses its ids', later(iframe, element(60, 'p', [text(53, 'x')]))],
  ])('is gone with %s', (_, events) => {
    const model = applyAll(new DomModel(), meta(), snapshot(page([iframe])), attach, next, ...events);
    expect(model.get(50)).toBeUndefined();
    expect(model.restored).toEqual([]);
  });

  it('is gone with a page that is numbered as a new one is, unless it follows the last event at once', () => {
    const numbered = documentNode(1, [
      element(2, 'html', [element(3, 'head'), element(4, 'body', [element(5, 'iframe')])]),
    ]);
    const inFive = mutation({
      adds: [{ parentId: 5, nextId: null, node: documentNode(50, []) }],
      isAttachIframe: true,
    });
    const start = [meta(), snapshot(numbered), inFive];
    expect(applyAll(new DomModel(), ...start, meta(9000), snapshot(numbered, 9000)).get(50)).toBeUndefined();
    expect(applyAll(new DomModel(), ...start, meta(3), snapshot(numbered, 90)).get(50)).toBeDefined();
  });
});

describe('full screen', () => {
  const custom = (id: number, enter: boolean, timestamp: number): RecordedEvent => ({
    type: EventType.Custom,
    data: { tag: 'rrweb/fullscreen', payload: { id, enter } },
    timestamp,
  });
  const style = element(20, 'style', [], {
    attributes: { _cssText: '.a:fullscreen { top: 0 } .a:fullscreen-x { top: 1px }' },
  });
  const start = [meta(), snapshot(page([style, element(10, 'div', [text(21, ':fullscreen')])])), custom(10, true, 5)];
  const marks = (events: readonly RecordedEvent[]): unknown[] =>
    dataOf(events, IncrementalSource.Mutation).flatMap(({ attributes }) => attributes as unknown[]);

  it('marks the element until it is left, and has a style', () => {
    const { events, rules } = repairReplay([...start, custom(10, false, 9)]);
    expect(marks(events)).toEqual([
      { id: 10, attributes: { [fullscreenAttribute]: '' } },
      { id: 10, attributes: { [fullscreenAttribute]: null } },
    ]);
    expect(rules.length).toBeGreaterThan(0);
    const json = JSON.stringify(events);
    expect(json).toContain(`.a:is(:fullscreen, [${fullscreenAttribute}]) { top: 0 } .a:fullscreen-x`);
    expect(json).toContain('"textContent":":fullscreen"');
  });

  it('is part of a keyframe, and outlasts a snapshot of the same page', () => {
    const model = throughKeyframe(applyAll(new DomModel(), ...start), 7);
    expect(model.fullscreenId).toBe(10);
    const again = [meta(6), snapshot(page([style, element(10, 'div', [text(21, ':fullscreen')])]), 6)];
    expect(marks(repairReplay([...start, ...again]).events)).toHaveLength(2);
    expect(applyAll(new DomModel(), ...start, meta(9000), snapshot(page([]), 9000)).fullscreenId).toBeUndefined();
  });

  it('changes nothing in other recordings', () => {
    const { events, rules } = repairReplay(start.slice(0, 2));
    expect(events).toEqual(start.slice(0, 2));
    expect(rules).toEqual([]);
  });
});
