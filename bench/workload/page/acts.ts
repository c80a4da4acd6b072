import { fillFrame, make, makeCard, makeItem, makeRow, type Scene } from './scene';

/** Something that happens on the page, and its relative frequency. */
interface Act {
  weight: number;
  run: (scene: Scene) => void;
}

const fire = (target: EventTarget, event: Event): void => void target.dispatchEvent(event);

/** Removes the oldest elements as new ones are added, so that the page keeps its size. */
function keepSize(parent: Element, added: number, fromEnd: boolean): void {
  for (let count = 0; count < added; count++) (fromEnd ? parent.lastElementChild : parent.firstElementChild)?.remove();
}

function point(scene: Scene): { target: Element; clientX: number; clientY: number } {
  const { random, rows, list, cards } = scene;
  const target = random.pick(random.pick([rows, list, cards]).children);
  return { target, clientX: random.below(1280), clientY: random.below(800) };
}

export const acts: readonly Act[] = [
  { weight: 20, run: changeTexts },
  { weight: 17, run: changeAttributes },
  { weight: 9, run: turnRows },
  { weight: 4, run: turnItems },
  { weight: 3, run: turnCards },
  { weight: 0.3, run: redrawCards },
  { weight: 3, run: moveRow },
  { weight: 16, run: movePointer },
  { weight: 5, run: click },
  { weight: 6, run: type },
  { weight: 2, run: choose },
  { weight: 6, run: scroll },
  { weight: 2.5, run: changeRules },
  { weight: 1.5, run: changeDeclaration },
  { weight: 0.3, run: adopt },
  { weight: 2, run: changeWidget },
  { weight: 1, run: changeFrame },
  { weight: 0.02, run: replaceFrame },
  { weight: 1.5, run: drawChart },
  { weight: 0.5, run: select },
  { weight: 0.3, run: playVideo },
  { weight: 0.2, run: toggleDialog },
  { weight: 0.1, run: resize },
  { weight: 0.005, run: loadFont },
  { weight: 0.02, run: defineElement },
];

function changeTexts({ random, texts, rows }: Scene): void {
  for (let count = random.between(1, 5); count > 0; count--) {
    const cell = random.pick(random.pick(rows.children).children);
    const text = random.below(4) === 0 ? random.pick(texts).firstChild : cell.firstChild;
    if (text instanceof Text) text.data = random.words(random.between(2, 6));
  }
}

function changeAttributes({ random, rows, list, cards }: Scene): void {
  for (let count = random.between(1, 4); count > 0; count--) {
    const row = random.pick(rows.children);
    const card = random.pick(cards.children);
    const changes = [
      () => (row.className = `row is-${random.pick(['open', 'waiting', 'late', 'done'])}`),
      () => row.setAttribute('data-key', String(random.below(1_000_000))),
      () => card.classList.toggle('is-new'),
      () => card.querySelector('button')?.setAttribute('aria-pressed', String(random.below(2) === 0)),
      () => card.querySelector('p')?.style.setProperty('margin', `${random.below(6)}px 0`),
      () =>
        card
          .querySelector('p')
          ?.style.setProperty('color', `#${random.between(100, 999)}`, random.below(3) ? '' : 'important'),
      () => row.children[4]?.setAttribute('style', `text-align: right; width: ${random.between(60, 90)}px`),
      () => row.children[3]?.toggleAttribute('hidden'),
      () => random.pick(list.children).setAttribute('aria-selected', String(random.below(2) === 0)),
    ];
    random.pick(changes)();
  }
}

function turnRows({ random, rows, burst }: Scene): void {
  const isAtEnd = random.below(3) > 0;
  const count = random.between(1, 2) * burst;
  keepSize(rows, count, !isAtEnd);
  const fresh = Array.from({ length: count }, () => makeRow(random));
  if (isAtEnd) rows.append(...fresh);
  else rows.prepend(...fresh);
}

function turnItems({ random, list }: Scene): void {
  keepSize(list, 1, random.below(2) === 0);
  list.insertBefore(makeItem(random), random.pick(list.children));
}

function turnCards({ random, cards }: Scene): void {
  keepSize(cards, 1, true);
  cards.prepend(makeCard(random));
}

/** Replaces a list as a framework does when its data changes. */
function redrawCards({ random, cards, burst }: Scene): void {
  const count = Math.min(cards.children.length, random.between(6, 14) * burst);
  keepSize(cards, count, false);
  cards.append(...Array.from({ length: count }, () => makeCard(random)));
}

function moveRow({ random, rows }: Scene): void {
  rows.insertBefore(random.pick(rows.children), random.pick(rows.children));
}

function movePointer(scene: Scene): void {
  const { target, clientX, clientY } = point(scene);
  fire(target, new MouseEvent('mousemove', { bubbles: true, clientX, clientY }));
}

function click(scene: Scene): void {
  const { target, clientX, clientY } = point(scene);
  const at = { bubbles: true, clientX, clientY };
  fire(target, new PointerEvent('pointerdown', { ...at, pointerType: 'mouse' }));
  fire(target, new PointerEvent('pointerup', { ...at, pointerType: 'mouse' }));
  fire(target, new PointerEvent('click', { ...at, pointerType: 'mouse' }));
}

function type({ random, fields }: Scene): void {
  const field = random.pick(fields);
  field.value = field.value.length > 40 ? '' : field.value + random.words(1).slice(0, random.between(1, 4));
  fire(field, new Event('input', { bubbles: true }));
}

function choose({ random, choices, selects, rows }: Scene): void {
  if (random.below(3) > 0) {
    const inRow = random.pick(rows.children).querySelector('input');
    const box = random.below(2) === 0 && inRow ? inRow : random.pick(choices);
    box.checked = box.type === 'radio' || !box.checked;
    fire(box, new Event('change', { bubbles: true }));
    return;
  }
  const select = random.pick(selects);
  select.selectedIndex = random.below(select.options.length);
  fire(select, new Event('change', { bubbles: true }));
}

function scroll({ random, scrollers }: Scene): void {
  const scroller = random.pick(scrollers);
  scroller.scrollTop = random.below(Math.max(scroller.scrollHeight - scroller.clientHeight, 1));
  fire(scroller === document.documentElement ? document : scroller, new Event('scroll'));
}

function changeRules({ random, sheet }: Scene): void {
  const rules = sheet.sheet;
  if (!rules) return;
  while (rules.cssRules.length > 12) rules.deleteRule(random.below(rules.cssRules.length));
  const rule = `.k${random.below(40)} { color: #${random.between(100, 999)}; top: ${random.below(40)}px }`;
  const media = [...rules.cssRules].find((candidate) => candidate instanceof CSSMediaRule);
  if (media && random.below(3) === 0) media.insertRule(rule, random.below(media.cssRules.length + 1));
  else if (random.below(12) === 0) rules.insertRule(`@media (min-width: ${random.below(900)}px) { ${rule} }`, 0);
  else rules.insertRule(rule, random.below(rules.cssRules.length + 1));
}

function changeDeclaration({ random, sheet }: Scene): void {
  const rules = [...(sheet.sheet?.cssRules ?? [])].filter((rule) => rule instanceof CSSStyleRule);
  if (rules.length === 0) return;
  const { style } = random.pick(rules);
  if (random.below(4) === 0) style.removeProperty('top');
  else style.setProperty('left', `${random.below(200)}px`, random.below(4) === 0 ? 'important' : '');
}

function adopt({ random, widget, adopted }: Scene): void {
  widget.adoptedStyleSheets = adopted.filter(() => random.below(2) === 0);
  document.adoptedStyleSheets = adopted.filter(() => random.below(2) === 0);
  random.pick(adopted).insertRule(`.s${random.below(30)} { margin: ${random.below(9)}px }`, 0);
  for (const sheet of adopted) while (sheet.cssRules.length > 8) sheet.deleteRule(sheet.cssRules.length - 1);
}

function changeWidget({ random, widget }: Scene): void {
  const total = widget.querySelector('b');
  if (total) total.textContent = String(random.below(1000));
  if (random.below(4) === 0) widget.append(make('i', { class: `a s${random.below(30)}` }, random.words(1)));
  while (widget.querySelectorAll('i').length > 6) widget.querySelector('i')?.remove();
}

function changeFrame({ random, frame }: Scene): void {
  const body = frame.contentDocument?.body;
  if (!body) return;
  body.append(make('p', { class: random.words(1) }, random.words(5)));
  if (body.children.length > 10) body.firstElementChild?.remove();
}

function replaceFrame(scene: Scene): void {
  const fresh = make('iframe', { title: 'Preview', width: '300', height: '120' });
  scene.frame.replaceWith(fresh);
  scene.frame = fresh;
  fillFrame(fresh, scene.random);
}

function drawChart({ random, chart }: Scene): void {
  for (const bar of chart.children)
    if (random.below(3) === 0) bar.setAttribute('height', String(random.between(4, 60)));
}

function select({ random, cards }: Scene): void {
  const text = random.pick(cards.children).querySelector('p')?.firstChild;
  if (!(text instanceof Text) || text.length < 4) return;
  document.getSelection()?.setBaseAndExtent(text, 1, text, random.between(2, text.length - 1));
  fire(document, new Event('selectionchange'));
}

function playVideo({ random, video }: Scene): void {
  video.volume = random.below(11) / 10;
  video.muted = random.below(2) === 0;
  fire(video, new Event(random.pick(['play', 'pause', 'volumechange', 'ratechange'])));
}

function toggleDialog({ dialog, details, random }: Scene): void {
  if (random.below(2) === 0) details.open = !details.open;
  else if (dialog.open) dialog.close();
  else if (random.below(2) === 0) dialog.showModal();
  else dialog.show();
}

/** A script can't resize its window; it is enough that the recorder reads the size. */
function resize({ random }: Scene): void {
  const width = random.pick([1280, 1180, 1024]);
  Object.defineProperty(window, 'innerWidth', { configurable: true, value: width });
  fire(window, new Event('resize'));
}

/** A font without glyphs: the recorder reads its name and bytes, the browser neither until a text needs it. */
function loadFont({ random }: Scene): void {
  document.fonts.add(new FontFace(`Font ${random.below(50)}`, new Uint8Array([0, 1, 2, 3])));
}

function defineElement({ random }: Scene): void {
  const name = `x-part-${random.below(1000)}`;
  if (!customElements.get(name)) customElements.define(name, class extends HTMLElement {});
}
