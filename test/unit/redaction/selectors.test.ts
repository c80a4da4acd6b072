import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src-main/contract/policy';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { parsePolicy } from '../../../src-main/core/redaction/policy';
import { redactSession, toSession } from '../../helpers/redacted-session';
import { element, incremental, mutation, snapshot, text } from './small-page';

const policyOf = (fields: object): Policy =>
  parsePolicy({ policyVersion: 2, name: 'test', words: 'interface', unmask: ['body'], ...fields });

const exported = (events: readonly RecordedEvent[], fields: object): string =>
  JSON.stringify(redactSession(toSession(events), policyOf(fields)).events);

/** Returns the final text of a node in the redacted page. */
function textIn(events: readonly RecordedEvent[], fields: object, id: number): string | undefined {
  const model = new DomModel();
  for (const { event } of redactSession(toSession(events), policyOf(fields)).events) model.apply(event);
  return model.get(id)?.text;
}

const attributes = (id: number, changed: object, at = 1000): RecordedEvent =>
  mutation({ attributes: [{ id, attributes: changed }] }, at);
const add = (parentId: number, node: object, at = 1000): RecordedEvent =>
  mutation({ adds: [{ parentId, nextId: null, node }] }, at);

const card = (attributesOf: object): RecordedEvent =>
  snapshot([element(5, 'div', attributesOf, [element(6, 'p', { title: 'Zorblax' }, [text(7, 'Zorblax quux')])])]);

describe('a masked element', () => {
  const mask = { mask: ['.private'] };

  it('hides its texts and attributes, which stay readable without the rule', () => {
    expect(exported([card({ class: 'private' })], mask)).not.toMatch(/zorblax|quux/i);
    expect(exported([card({ class: 'private' })], {})).toMatch(/Zorblax quux/);
  });

  it('hides content that is added or changed later', () => {
    const events = [
      card({ class: 'private' }),
      add(6, text(8, 'Added zorblax')),
      mutation({ texts: [{ id: 7, value: 'Changed zorblax' }] }, 1100),
    ];
    expect(exported(events, mask)).not.toMatch(/zorblax|added|changed/i);
  });

  it('hides its content as soon as it or an ancestor starts to match', () => {
    const events = [card({ class: 'public' }), attributes(5, { class: 'private' })];
    expect(textIn(events, mask, 7)).toMatch(/^•+$/);
    expect(textIn(events, { mask: ['[class=private] p'] }, 7)).toMatch(/^•+$/);
    expect(textIn([card({ class: 'public' })], mask, 7)).toBe('Zorblax quux');
  });

  it('stays hidden after it stops matching, because a class doesn’t make its text public', () => {
    const events = [
      card({ class: 'private' }),
      attributes(5, { class: 'public' }),
      mutation({ texts: [{ id: 7, value: 'Shown zorblax' }] }, 1100),
    ];
    expect(exported(events, mask)).not.toMatch(/zorblax|shown/i);
  });

  it('is found by a preceding sibling, even one that is added later', () => {
    const rule = { mask: ['.marker ~ div'] };
    const events = [
      card({}),
      mutation({ adds: [{ parentId: 3, nextId: 5, node: element(9, 'hr', { class: 'marker' }) }] }),
    ];
    expect(textIn(events, rule, 7)).toMatch(/^•+$/);
  });

  it('hides a node that is moved into it, and treats one that is moved out by its new position', () => {
    const page = snapshot([
      element(5, 'div', { class: 'private' }, [element(6, 'p', {}, [text(7, 'Zorblax')])]),
      element(8, 'div', {}, [element(9, 'p', {}, [text(10, 'Quux')])]),
    ]);
    // Recorders write each node of a moved subtree separately.
    const move = (id: number, from: number, to: number, below: object): RecordedEvent =>
      mutation({
        removes: [{ parentId: from, id }],
        adds: [
          { parentId: to, nextId: null, node: element(id, 'p') },
          { parentId: id, nextId: null, node: below },
        ],
      });
    expect(textIn([page, move(9, 8, 5, text(10, 'Quux'))], mask, 10)).toMatch(/^•+$/);
    expect(textIn([page, move(6, 5, 8, text(7, 'Zorblax'))], mask, 7)).toBe('Zorblax');
  });

  it('includes shadow roots and the documents of frames', () => {
    const page = snapshot([
      element(5, 'div', { class: 'private' }, [
        element(6, 'x-card', {}, [text(7, 'Zorblax', { isShadow: true })], { isShadowHost: true }),
        element(8, 'iframe'),
      ]),
    ]);
    const document = {
      type: 0,
      id: 9,
      childNodes: [element(10, 'html', {}, [element(11, 'body', {}, [text(12, 'Quux')])])],
    };
    const events = [
      page,
      mutation({ adds: [{ parentId: 8, nextId: null, node: document }], isAttachIframe: true } as object),
    ];
    expect(exported(events, mask)).not.toMatch(/zorblax|quux/i);
    expect(exported(events, {})).toMatch(/Quux/);
  });

  it('takes precedence over unmask, both inside and around it', () => {
    const fields = { mask: ['.private'], unmask: ['body', '.private', '.private p'] };
    expect(exported([card({ class: 'private' })], fields)).not.toMatch(/zorblax/i);
  });
});

describe('an excluded element', () => {
  const exclude = { exclude: ['.gone'] };
  const page = card({ class: 'gone', rr_width: '40px', rr_height: '30px' });

  it('keeps an empty box of its size', () => {
    const model = new DomModel();
    for (const { event } of redactSession(toSession([page]), policyOf(exclude)).events) model.apply(event);
    expect(model.get(5)?.children).toEqual([]);
    expect(model.get(5)?.attributes.get('rr_width')).toBe('40px');
    expect(model.get(6)).toBeUndefined();
  });

  it('stays empty after any change inside it, and no event refers to a missing node', () => {
    const events = [
      page,
      add(6, element(8, 'p', {}, [text(9, 'Zorblax')])),
      mutation({ texts: [{ id: 7, value: 'Zorblax' }] }, 1100),
      attributes(6, { title: 'Zorblax' }, 1200),
      mutation({ removes: [{ parentId: 6, id: 7 }] }, 1300),
      incremental(3, { id: 6, x: 0, y: 9 }, 1400),
      incremental(2, { type: 2, id: 6, x: 5, y: 6 }, 1500),
    ];
    const { events: left } = redactSession(toSession(events), policyOf(exclude));
    const model = new DomModel();
    for (const { event } of left) model.apply(event);
    expect(model.ignored).toBe(0);
    expect(JSON.stringify(left)).not.toMatch(/zorblax/i);
    expect(left.at(-1)?.event.data).toMatchObject({ id: 5, x: 0, y: 0 });
  });

  it('is emptied when it starts to match', () => {
    const model = new DomModel();
    const events = [card({ class: 'here' }), attributes(5, { class: 'gone' })];
    for (const { event } of redactSession(toSession(events), policyOf(exclude)).events) model.apply(event);
    expect(model.get(6)).toBeUndefined();
    expect(model.get(5)?.children).toEqual([]);
  });

  it('removes a node that is moved into it without a removal', () => {
    const here = snapshot([element(5, 'div', { class: 'gone' }), element(6, 'p', {}, [text(7, 'Zorblax')])]);
    expect(textIn([here, add(5, element(6, 'p', {}, [text(7, 'Zorblax')]))], exclude, 7)).toBeUndefined();
  });

  it('is counted under its rule', () => {
    const { report } = redactSession(toSession([page]), policyOf(exclude));
    expect(report.rules).toMatchObject({ 'exclude-1': 1 });
  });
});

describe('a value in open text', () => {
  it.each([
    [
      'beside inline elements',
      [text(8, 'Mail jane'), element(9, 'b', {}, [text(10, '.doe@ac')]), text(11, 'me.org now')],
    ],
    ['around wbr', [text(8, 'jane.doe@'), element(9, 'wbr'), text(10, 'acme.org')]],
    [
      'letter by letter',
      [...'jane.doe@acme.org'].map((letter, index) => element(20 + index, 'span', {}, [text(60 + index, letter)])),
    ],
  ])('is found %s', (_where, nodes) => {
    const { events, report } = redactSession(toSession([snapshot([element(5, 'p', {}, nodes)])]), policyOf({}));
    const model = new DomModel();
    for (const { event } of events) model.apply(event);
    const texts: string[] = [];
    const walk = (node: { text: string; children: readonly object[] }): void => {
      texts.push(node.text);
      node.children.forEach((child) => walk(child as typeof node));
    };
    walk(model.get(5) as never);
    expect(texts.join('')).not.toMatch(/jane|doe|acme/);
    expect(report.entities).toMatchObject({ email: 1 });
  });

  it('is overwritten in all its parts when the last part is added', () => {
    const page = snapshot([element(5, 'p', {}, [text(8, 'jane.doe@'), element(9, 'b', {}, [text(10, '…')])])]);
    const events = [page, mutation({ texts: [{ id: 10, value: 'acme.org' }] })];
    expect(textIn(events, {}, 8)).not.toMatch(/jane/);
    expect(textIn(events, {}, 10)).not.toMatch(/acme/);
  });
});
