import { describe, expect, it } from 'vitest';
import type { DomModel } from '../../../src-main/core/recording/model/dom-model';
import { IncrementalSource } from '../../../src-main/core/recording/events';
import type { JsonRecord } from '../../../src-main/core/recording/json';
import {
  add,
  applyAll,
  element,
  incremental,
  mutation,
  pageOf,
  text,
  throughKeyframe,
  writtenNode,
  writtenOf,
} from './page-events';

const { StyleSheetRule, StyleDeclaration, AdoptedStyleSheet, Mutation } = IncrementalSource;
const rule = (data: object): object => incremental(StyleSheetRule, data);
const declare = (data: object): object => incremental(StyleDeclaration, data);
const adopt = (data: object): object => incremental(AdoptedStyleSheet, data);

const styled = (cssText: string, ...texts: object[]): DomModel =>
  pageOf(element(4, 'style', texts, { attributes: { _cssText: cssText } }));

/** Returns the rule events of a keyframe, after a check that the keyframe restores them. */
function rulesWritten(model: DomModel): JsonRecord[] {
  const written = writtenOf(model, StyleSheetRule);
  expect(writtenOf(throughKeyframe(model), StyleSheetRule)).toEqual(written);
  return written;
}

describe('a style element', () => {
  it('keeps its recorded text and repeats changes of its rules', () => {
    const model = styled('.a {} .b {} .c {}', text(5, ''));
    applyAll(model, rule({ id: 4, adds: [{ rule: '.x {}', index: 1 }] }), rule({ id: 4, removes: [{ index: 3 }] }));
    expect(writtenNode(model, 4)?.attributes).toEqual({ _cssText: '.a {} .b {} .c {}' });
    expect(rulesWritten(model)).toEqual([
      { id: 4, removes: [{ index: 2 }] },
      { id: 4, adds: [{ rule: '.x {}', index: 1 }] },
    ]);
  });

  it('appends a rule whose index is too high, inserts one without an index first, and refuses rules that a browser refuses', () => {
    const model = styled('');
    applyAll(
      model,
      rule({ id: 4, adds: [{ rule: '.a {}', index: 9 }, { rule: '.b {}' }, { rule: '.c::-moz-x {}', index: 0 }] }),
      rule({
        id: 4,
        adds: [
          { rule: '.d {} .e {}', index: 0 },
          { rule: '.f {}', index: -1 },
        ],
        removes: [{ index: 7 }],
      }),
    );
    expect(rulesWritten(model)).toEqual([
      {
        id: 4,
        adds: [
          { rule: '.b {}', index: 0 },
          { rule: '.a {}', index: 1 },
        ],
      },
    ]);
  });

  it('follows nested rules at any depth', () => {
    const model = styled('@media print { @supports (x: y) { .a {} } .b {} } .c {}');
    applyAll(
      model,
      rule({ id: 4, adds: [{ rule: '@media screen {}', index: 0 }] }),
      rule({ id: 4, adds: [{ rule: '.in {}', index: [1, 0, 1] }] }),
      rule({ id: 4, removes: [{ index: [1, 1] }] }),
      rule({ id: 4, adds: [{ rule: '.new {}', index: [0, 0] }] }),
      rule({
        id: 4,
        adds: [
          { rule: '.lost {}', index: [2, 5] },
          { rule: '.lost {}', index: [9, 0] },
          { rule: '.lost {}', index: [0] },
        ],
      }),
    );
    expect(rulesWritten(model)).toEqual([
      { id: 4, adds: [{ rule: '@media screen {}', index: 0 }], removes: [{ index: [1, 1] }] },
      { id: 4, adds: [{ rule: '.new {}', index: [0, 0] }] },
      { id: 4, adds: [{ rule: '.in {}', index: [1, 0, 1] }] },
    ]);
  });

  it('repeats each declaration’s last change, and a removal before later changes', () => {
    const model = styled('.a { color: red; left: 0 } @media print { .b {} }');
    const set = (property: string, value: string, index = [0]): object =>
      declare({ id: 4, index, set: { property, value, priority: undefined } });
    applyAll(
      model,
      set('color', 'blue'),
      set('color', 'green'),
      declare({ id: 4, index: [0], remove: { property: 'left' } }),
      set('left', '2px'),
      declare({ id: 4, index: [1, 0], set: { property: 'top', value: '0', priority: 'important' } }),
      set('top', '1px', [7]),
      declare({ id: 4, index: 0, set: { property: 'top', value: '1px' } }),
    );
    expect(writtenOf(model, StyleDeclaration)).toEqual([
      { id: 4, index: [0], set: { property: 'color', value: 'green' } },
      { id: 4, index: [0], remove: { property: 'left' } },
      { id: 4, index: [0], set: { property: 'left', value: '2px' } },
      { id: 4, index: [1, 0], set: { property: 'top', value: '0', priority: 'important' } },
    ]);
  });

  it('writes a shorthand that was set again after its part', () => {
    const model = styled('.a {}');
    for (const property of ['margin', 'margin-left', 'margin']) {
      applyAll(model, declare({ id: 4, index: [0], set: { property, value: '1px' } }));
    }
    const properties = writtenOf(model, StyleDeclaration).map(({ set }) => (set as JsonRecord).property);
    expect(properties).toEqual(['margin-left', 'margin']);
  });

  it('parses its rules again when its text is changed, added or removed', () => {
    const insert = rule({ id: 4, adds: [{ rule: '.x {}', index: 0 }] });
    const plain = (): DomModel => applyAll(pageOf(element(4, 'style', [text(5, '.a {}')])), insert);
    expect(rulesWritten(plain())).toHaveLength(1);
    const changes = [
      mutation({ texts: [{ id: 5, value: '.b {}' }] }),
      mutation({ texts: [{ id: 5, value: '.a {}' }] }),
      mutation({ removes: [{ parentId: 4, id: 5 }] }),
      add(4, text(6, '.c {}')),
    ];
    for (const change of changes) expect(rulesWritten(applyAll(plain(), change))).toEqual([]);
  });

  it('splits its recorded rules into its text nodes when one of them changes', () => {
    const model = styled('.a {}/* rr_split */.b {}/* rr_split */.c {}', text(5, ''), text(6, ''));
    applyAll(model, mutation({ texts: [{ id: 5, value: '.new {}' }] }));
    expect(writtenNode(model, 4)).toMatchObject({
      attributes: {},
      childNodes: [
        { id: 5, textContent: '.new {}', isStyle: true },
        { id: 6, textContent: '.b {}.c {}', isStyle: true },
      ],
    });
  });

  it('joins a rule that an old recorder split inside 0px', () => {
    const model = styled('.a { left: 0p/* rr_split */x; } .b {}', text(5, ''), text(6, ''));
    applyAll(model, mutation({ removes: [{ parentId: 4, id: 9 }], texts: [{ id: 6, value: '' }] }));
    expect(model.get(5)?.text).toBe('.a { left: 0px; }');
  });

  it('gives the recorded rules to the first inserted text', () => {
    const model = applyAll(styled('.a {}'), add(4, text(5, '')), add(4, text(6, '.b {}')));
    expect(writtenNode(model, 4)).toMatchObject({
      attributes: {},
      childNodes: [
        { id: 5, textContent: '.a {}', isStyle: true },
        { id: 6, textContent: '.b {}' },
      ],
    });
  });

  it('turns a link whose text arrives late into a sheet with its first recorded attributes', () => {
    const model = pageOf(element(4, 'link', [], { attributes: { rel: 'stylesheet', href: 'a.css' } }));
    applyAll(
      model,
      rule({ id: 4, adds: [{ rule: '.early {}', index: 0 }] }),
      mutation({ attributes: [{ id: 4, attributes: { media: 'print' } }] }),
      mutation({ attributes: [{ id: 4, attributes: { _cssText: '.a {}' } }] }),
      rule({ id: 4, adds: [{ rule: '.x {}', index: 1 }] }),
    );
    expect(writtenNode(model, 4)?.attributes).toEqual({ rel: 'stylesheet', href: 'a.css', _cssText: '.a {}' });
    expect(rulesWritten(model)).toEqual([{ id: 4, adds: [{ rule: '.x {}', index: 1 }] }]);
    expect(model.ignored).toBe(0);
  });

  it('parses a limited number of characters of texts that change as often as their rules', () => {
    const css = '.a {}'.repeat(200_000);
    const model = pageOf(element(4, 'style', [text(5, css), text(6, '')]));
    for (let count = 0; count < 120; count++) {
      applyAll(model, mutation({ texts: [{ id: 6, value: String(count) }] }), rule({ id: 4, removes: [{ index: 0 }] }));
      if (count === 0) expect(rulesWritten(model)).toHaveLength(1);
    }
    expect(rulesWritten(model)).toEqual([]);
  });
});

describe('sheets created by scripts', () => {
  const styles = [
    {
      styleId: 1,
      rules: [
        { rule: '.a {}', index: 0 },
        { rule: '.b {}', index: 0 },
      ],
    },
    { styleId: 2, rules: [] },
  ];

  it('are written with their document, in the order of their rules, before any mutation', () => {
    const model = applyAll(
      pageOf(
        element(4, 'iframe'),
        element(8, 'x-a', [element(9, 'p', [], { isShadow: true })], { isShadowHost: true }),
      ),
      adopt({ id: 1, styles, styleIds: [2, 1] }),
      adopt({ id: 8, styleIds: [1] }),
      add(4, { type: 0, id: 20, childNodes: [element(21, 'html', [], { rootId: 20 })] }),
      adopt({ id: 20, styles: [{ styleId: 3, rules: [{ rule: '.c {}', index: 0 }] }], styleIds: [3] }),
    );
    const written = writtenOf(model, AdoptedStyleSheet);
    expect(written).toEqual([
      {
        id: 1,
        styles: [
          {
            styleId: 1,
            rules: [
              { rule: '.b {}', index: 0 },
              { rule: '.a {}', index: 1 },
            ],
          },
          { styleId: 2, rules: [] },
        ],
        styleIds: [2, 1],
      },
      { id: 8, styleIds: [1] },
      { id: 20, styles: [{ styleId: 3, rules: [{ rule: '.c {}', index: 0 }] }], styleIds: [3] },
    ]);
    expect(writtenOf(throughKeyframe(model), AdoptedStyleSheet)).toEqual(written);
    expect(writtenOf(model, Mutation)).toHaveLength(1);
  });

  it('follow rules, declarations and new texts', () => {
    const model = applyAll(
      pageOf(),
      adopt({ id: 1, styles, styleIds: [1, 2] }),
      rule({ styleId: 1, adds: [{ rule: '.x {}', index: 1 }], removes: [{ index: 0 }] }),
      declare({ styleId: 1, index: [0], set: { property: 'color', value: 'red' } }),
      rule({ styleId: 2, replace: '.old {}' }),
      rule({ styleId: 2, replaceSync: '.c {} @media print { .d {} }' }),
      rule({ styleId: 2, adds: [{ rule: '.y {}', index: [1, 1] }] }),
    );
    expect(writtenOf(model, AdoptedStyleSheet)[0]?.styles).toEqual([
      {
        styleId: 1,
        rules: [
          { rule: '.x {}', index: 0 },
          { rule: '.a {}', index: 1 },
        ],
      },
      {
        styleId: 2,
        rules: [
          { rule: '.c {}', index: 0 },
          { rule: '@media print { .d {} }', index: 1 },
        ],
      },
    ]);
    expect(rulesWritten(model)).toEqual([{ styleId: 2, adds: [{ rule: '.y {}', index: [1, 1] }] }]);
    expect(writtenOf(model, StyleDeclaration)).toEqual([
      { styleId: 1, index: [0], set: { property: 'color', value: 'red' } },
    ]);
    expect(model.ignored).toBe(0);
  });

  it('are removed with their page and their document, and unknown ones are counted', () => {
    const model = applyAll(
      pageOf(element(4, 'iframe')),
      add(4, { type: 0, id: 20, childNodes: [] }),
      adopt({ id: 20, styles, styleIds: [1] }),
      mutation({ removes: [{ parentId: 3, id: 4 }] }),
    );
    expect(writtenOf(model, AdoptedStyleSheet)).toEqual([]);
    applyAll(model, rule({ styleId: 1, adds: [] }));
    expect(model.ignored).toBe(1);
  });

  it('are dropped beyond the limit, those without an adopter first', () => {
    const model = applyAll(pageOf(), adopt({ id: 1, styles: [{ styleId: 7, rules: [] }], styleIds: [7] }));
    const many = Array.from({ length: 2500 }, (_, index) => ({ styleId: 100 + index, rules: [] }));
    applyAll(model, adopt({ id: 1, styles: many, styleIds: [7] }));
    const kept = writtenOf(model, AdoptedStyleSheet)[0]?.styles as JsonRecord[];
    expect(kept).toHaveLength(2000);
    expect(kept[0]).toEqual({ styleId: 7, rules: [] });
  });
});

describe('a style attribute', () => {
  const change = (style: object): object => mutation({ attributes: [{ id: 4, attributes: { style } }] });
  const attributes = (model: DomModel): unknown => writtenOf(model, Mutation).flatMap((data) => data.attributes);

  it('is kept as recorded, with separate changes of its properties', () => {
    const model = pageOf(element(4, 'p', [], { attributes: { style: 'left: 0; top: 0' } }));
    applyAll(model, change({ left: '1px', top: false }), change({ left: '2px', color: ['red', 'important'] }));
    expect(writtenNode(model, 4)?.attributes).toEqual({ style: 'left: 0; top: 0' });
    expect(attributes(model)).toEqual([
      { id: 4, attributes: { style: { left: '2px', top: false, color: ['red', 'important'] } } },
    ]);
    expect(attributes(throughKeyframe(model))).toEqual(attributes(model));
  });

  it('writes a property that was removed and set again after the others', () => {
    const model = applyAll(pageOf(element(4, 'p')), change({ left: false, top: '1px' }), change({ left: '1px' }));
    expect(attributes(model)).toEqual([
      { id: 4, attributes: { style: { top: '1px', left: false } } },
      { id: 4, attributes: { style: { left: '1px' } } },
    ]);
    expect(attributes(throughKeyframe(model))).toEqual(attributes(model));
  });

  it('keeps the order of a shorthand and its parts', () => {
    const model = applyAll(
      pageOf(element(4, 'p')),
      change({ margin: '1px', left: '0' }),
      change({ 'margin-left': '2px' }),
    );
    applyAll(model, change({ margin: '1px' }), change({ left: '1px' }));
    const written = [{ id: 4, attributes: { style: { left: '1px', 'margin-left': '2px', margin: '1px' } } }];
    expect(JSON.stringify(attributes(model))).toBe(JSON.stringify(written));
  });

  it('loses its changes and the size of blocked content when it is set completely', () => {
    const model = pageOf(element(4, 'p', [], { attributes: { rr_width: '10px', rr_height: '5px' } }));
    applyAll(model, change({ left: '1px' }), mutation({ attributes: [{ id: 4, attributes: { style: 'top: 0' } }] }));
    expect(attributes(model)).toEqual([]);
    expect(writtenNode(model, 4)?.attributes).toEqual({ style: 'top: 0' });
  });
});
