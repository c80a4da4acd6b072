import { describe, expect, it } from 'vitest';
import { SessionWriter } from './session';

type Make = (page: SessionWriter) => { page: object[]; target: { id: number } };

/** The clicked element, and the text of its entry. */
const clicks: [string, Make, string][] = [
  ['text', (p) => one(p.element('button', {}, ['Pay', p.element('b', {}, [' now'])])), 'Clicked button “Pay now”'],
  [
    'a child of it',
    (p) => {
      const icon = p.element('b', {}, ['Pay now']);
      return { page: [p.element('button', {}, [icon])], target: icon };
    },
    'Clicked button “Pay now”',
  ],
  [
    'aria-label before text',
    (p) => one(p.element('button', { 'aria-label': 'Close' }, ['×'])),
    'Clicked button “Close”',
  ],
  [
    'the value of a submit button',
    (p) => one(p.element('input', { type: 'submit', value: 'Send' })),
    'Clicked button “Send”',
  ],
  [
    'an image’s alt in a link',
    (p) => one(p.element('a', { href: '/' }, [p.element('img', { alt: 'Home' })])),
    'Clicked link “Home”',
  ],
  ['title', (p) => one(p.element('button', { title: 'Help' })), 'Clicked button “Help”'],
  ['role', (p) => one(p.element('div', { role: 'tab' }, ['Orders'])), 'Clicked tab “Orders”'],
  ['masked text as it is', (p) => one(p.element('button', {}, ['••••••'])), 'Clicked button “••••••”'],
  ['nothing', (p) => one(p.element('button')), 'Clicked a button'],
  ['a link without an address is text', (p) => one(p.element('a', {}, ['Lorem'])), 'Clicked on “Lorem”'],
  ['a large area', (p) => one(p.element('section', {}, ['word '.repeat(40)])), 'Clicked on the page (section)'],
  ['a picture', (p) => one(p.element('canvas')), 'Clicked an image'],
  [
    'a slot in a shadow root',
    (p) => {
      const slot = p.element('slot');
      const button = p.element('button', {}, [slot]);
      return { page: [p.host('sl-button', {}, [button], [p.text('Confirm order')])], target: slot };
    },
    'Clicked button “Confirm order”',
  ],
  [
    'a named slot leaves out the others',
    (p) => {
      const button = p.element('button', {}, [p.element('slot', { name: 'label' })]);
      const light = [p.text('no'), p.element('b', { slot: 'label' }, ['yes'])];
      return { page: [p.host('x-b', {}, [button], light)], target: button };
    },
    'Clicked button “yes”',
  ],
  [
    'the fallback of an empty slot',
    (p) => {
      const button = p.element('button', {}, [p.element('slot', {}, ['Default'])]);
      return { page: [p.host('x-b', {}, [button])], target: button };
    },
    'Clicked button “Default”',
  ],
  [
    'the label of its host',
    (p) => {
      const button = p.element('button');
      return { page: [p.host('sl-icon-button', { label: 'Settings' }, [button])], target: button };
    },
    'Clicked button “Settings”',
  ],
  [
    'the heading of its card',
    (p) => {
      const button = p.element('button', {}, ['Add']);
      const card = (...more: object[]) => p.element('div', {}, [p.element('h4', {}, ['Tea']), ...more]);
      return { page: [p.element('div', {}, [card(button), card()])], target: button };
    },
    'Clicked button “Add” in “Tea”',
  ],
  [
    'a label operates its field',
    (p) => {
      const label = p.element('label', { for: 'n' }, ['Newsletter']);
      return { page: [label, p.element('input', { type: 'checkbox', id: 'n' })], target: label };
    },
    'Clicked checkbox “Newsletter”',
  ],
];

/** The changed field, and the text of its entry. */
const fields: [string, Make, string][] = [
  [
    'label[for]',
    (p) => {
      const input = p.element('input', { id: 'c', placeholder: 'no', name: 'no' });
      return {
        page: [
          p.element('label', { for: 'other' }, ['Other']),
          p.element('label', { for: 'c' }, ['Card number']),
          input,
        ],
        target: input,
      };
    },
    'Changed field “Card number”',
  ],
  [
    'the label around it, without the field’s value',
    (p) => {
      const input = p.element('textarea', {}, ['typed before']);
      return { page: [p.element('label', {}, ['Note ', input])], target: input };
    },
    'Changed field “Note”',
  ],
  ['placeholder', (p) => one(p.element('input', { placeholder: 'Search', value: 'secret' })), 'Changed field “Search”'],
  ['name', (p) => one(p.element('input', { name: 'cc_number', value: 'secret' })), 'Changed field “cc_number”'],
  ['nothing', (p) => one(p.element('input', { value: 'secret' })), 'Changed a field'],
  ['a select', (p) => one(p.element('select', { 'aria-label': 'Country' })), 'Changed list “Country”'],
  [
    'ids of another shadow root don’t count',
    (p) => {
      const input = p.element('input', { id: 'input' });
      const shadow = (label: string, field: object) =>
        p.element('div', {}, [p.element('label', { for: 'input' }, [label]), field]);
      return {
        page: [
          p.host('sl-input', {}, [shadow('Wrong', p.element('input', { id: 'input' }))]),
          p.host('sl-input', {}, [shadow('Full name', input)]),
        ],
        target: input,
      };
    },
    'Changed field “Full name”',
  ],
  [
    'the label of its host',
    (p) => {
      const input = p.element('input', { id: 'input', name: 'no' });
      return { page: [p.host('sl-input', { label: 'Card number' }, [p.element('div', {}, [input])])], target: input };
    },
    'Changed field “Card number”',
  ],
];

function one(node: ReturnType<SessionWriter['element']>): { page: object[]; target: { id: number } } {
  return { page: [node], target: node };
}

describe('names', () => {
  it.each(clicks)('a click: %s', (_, make, sentence) => {
    const page = new SessionWriter();
    const { page: nodes, target } = make(page);
    expect(page.open(0, nodes).click(10, target).sentences()).toEqual([sentence]);
  });

  it.each(fields)('a change: %s', (_, make, sentence) => {
    const page = new SessionWriter();
    const { page: nodes, target } = make(page);
    page.open(0, nodes).focus(5, target).input(10, target, 'secret value');
    expect(page.sentences()).toEqual([sentence]);
  });

  it('come from other elements by aria-labelledby', () => {
    const page = new SessionWriter();
    const button = page.element('button', { 'aria-labelledby': 'a b' }, ['x']);
    const labels = [page.element('i', { id: 'a' }, ['Card']), page.element('i', { id: 'b' }, ['holder'])];
    expect(
      page
        .open(0, [...labels, button])
        .click(1, button)
        .sentences(),
    ).toEqual(['Clicked button “Card holder”']);
  });

  it('stay short and on one line', () => {
    const page = new SessionWriter();
    const button = page.element('button', {}, [`a\n\u202Eb\u0007${'c'.repeat(5000)}`]);
    const [sentence = ''] = page.open(0, [button]).click(1, button).sentences();
    expect(sentence).toMatch(/^Clicked button “a bc+…”$/);
    expect(sentence.length).toBeLessThan(110);
  });

  it('end for endlessly nested slots', () => {
    const page = new SessionWriter();
    let inner: object[] = [page.element('slot'), page.element('slot')];
    for (let level = 0; level < 40; level++)
      inner = [page.element('slot', {}, []), page.host('x-x', {}, inner, [page.text('t'), page.element('slot')])];
    const button = page.element('button', {}, inner);
    expect(page.open(0, [button]).click(1, button).sentences()).toHaveLength(1);
  });
});
