import type { Replayer } from 'rrweb';
import type { PointerWatch } from './pointer-watch';

/** The observable facts about one node, by name, and its children. */
export interface Described {
  /** The tag or the kind of node with its recorded id, for use in a path. */
  label: string;
  facts: Record<string, string | number | boolean | null>;
  children: Described[];
}

type Facts = Described['facts'];
type Mirror = ReturnType<Replayer['getMirror']>;

/** Describes everything that a replay shows: the page with its frames and shadow roots, node by node, and the Replayer's pointer. */
export function describeReplay(replayer: Replayer, watch: PointerWatch): Described {
  const { iframe, wrapper } = replayer;
  const page = iframe.contentDocument;
  const pointer = wrapper.querySelector<HTMLElement>('.replayer-mouse');
  const facts: Facts = {
    width: iframe.getAttribute('width'),
    height: iframe.getAttribute('height'),
    pointerAt: watch.describe(),
    ...(!watch.isMeasured(replayer) && {
      pointerLeft: pointer?.style.left ?? null,
      pointerTop: pointer?.style.top ?? null,
    }),
    pointerClass: pointer?.className ?? null,
  };
  return { label: 'replay', facts, children: page ? [describeNode(page, replayer.getMirror())] : [] };
}

function describeNode(node: Node, mirror: Mirror): Described {
  const id = mirror.getId(node);
  const facts: Facts = { kind: node.nodeType, name: node.nodeName };
  // Nodes that rrweb adds itself have no recorded id, but an arbitrary one.
  facts.id = id > 0 ? id : null;
  if (id > 0) facts.isFoundById = mirror.getNode(id) === node;
  const children = [...node.childNodes]
    .filter((child) => !isOwnStyle(child, mirror))
    .map((child) => describeNode(child, mirror));
  if (isElement(node)) describeElement(node, facts, mirror, children);
  else if (isCharacterData(node)) facts.text = node.data;
  else if (isDocument(node)) describeDocument(node, facts, mirror);
  else if (isDocumentType(node)) Object.assign(facts, { publicId: node.publicId, systemId: node.systemId });
  return { label: `${node.nodeName.toLowerCase()}#${id}`, facts, children };
}

/** Returns whether a node is the style sheet that rrweb adds to each page built from a snapshot, and loses when the root is replaced. */
function isOwnStyle(node: Node, mirror: Mirror): boolean {
  return node.nodeName === 'STYLE' && node.parentNode?.nodeName === 'HTML' && mirror.getId(node) <= 0;
}

function describeDocument(page: Document, facts: Facts, mirror: Mirror): void {
  facts.mode = page.compatMode;
  facts.scrollX = page.defaultView?.scrollX ?? null;
  facts.scrollY = page.defaultView?.scrollY ?? null;
  // A font that is loaded again replaces the earlier one: browsers use the last font with a name.
  const fonts = [...page.fonts].map((font) => `${font.family} ${font.weight} ${font.style}`);
  facts.fonts = [...new Set(fonts.reverse())].join('\n');
  describeSheets('adopted', page.adoptedStyleSheets, facts);
  const selection = page.getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
  facts.selection = range
    ? [mirror.getId(range.startContainer), range.startOffset, mirror.getId(range.endContainer), range.endOffset].join(
        ' ',
      )
    : null;
}

function describeElement(element: Element, facts: Facts, mirror: Mirror, children: Described[]): void {
  facts.namespace = element.namespaceURI;
  for (const { namespaceURI, name, value } of element.attributes) facts[`@${namespaceURI ?? ''}|${name}`] = value;
  if ('style' in element) facts['@|style'] = describeDeclarations((element as HTMLElement).style);
  facts.scrollLeft = element.scrollLeft;
  facts.scrollTop = element.scrollTop;
  const { tagName } = element;
  // By name, because each frame has its own classes.
  if (isForm(element)) describeField(element, facts);
  else if (tagName === 'VIDEO' || tagName === 'AUDIO') describeMedia(element as HTMLMediaElement, facts);
  // A browser may remember how a closed dialog was opened, which isn't visible.
  else if (tagName === 'DIALOG') facts.isModal = element.hasAttribute('open') && element.matches(':modal');
  if ('sheet' in element) describeSheets('sheet', element.sheet ? [element.sheet as CSSStyleSheet] : [], facts);
  const { shadowRoot } = element;
  if (shadowRoot) {
    const root = describeNode(shadowRoot, mirror);
    describeSheets('adopted', shadowRoot.adoptedStyleSheets, root.facts);
    children.push({ ...root, label: 'shadow' });
  }
  if (tagName === 'IFRAME') {
    const inner = (element as HTMLIFrameElement).contentDocument;
    if (inner) children.push(describeNode(inner, mirror));
  }
}

/** Describes the declarations instead of the text, because a browser rewrites the text when a single property changes. */
function describeDeclarations(style: CSSStyleDeclaration): string {
  const values = [...style].map((name) => [name, style.getPropertyValue(name), style.getPropertyPriority(name)]);
  // A browser has no single values for a shorthand with a variable.
  if (values.some(([, value]) => value === '')) return style.cssText;
  return values
    .map((parts) => parts.join(' '))
    .sort()
    .join('; ');
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLOptionElement;

function isForm(element: Element): element is Field {
  return ['INPUT', 'TEXTAREA', 'SELECT', 'OPTION'].includes(element.tagName);
}

function describeField(field: Field, facts: Facts): void {
  facts.value = field.value;
  // rrweb sets `checked` on other fields, too, where it has no effect.
  if (field.tagName === 'INPUT' && 'checked' in field)
    Object.assign(facts, { checked: field.checked, indeterminate: field.indeterminate });
  if ('selected' in field) facts.selected = field.selected;
  if ('selectedIndex' in field) facts.selectedIndex = field.selectedIndex;
}

function describeMedia(media: HTMLMediaElement, facts: Facts): void {
  const { currentTime, paused, muted, volume, playbackRate, loop } = media;
  Object.assign(facts, { currentTime, paused, muted, volume, playbackRate, loop });
}

function describeSheets(name: string, sheets: readonly CSSStyleSheet[], facts: Facts): void {
  facts[`${name}Count`] = sheets.length;
  for (const [index, sheet] of sheets.entries()) {
    facts[`${name}${index}Media`] = sheet.media.mediaText;
    for (const [at, rule] of rulesOf(sheet).entries()) facts[`${name}${index}Rule${at}`] = rule;
  }
}

/** Returns the rules of a sheet. Those of a cross-origin sheet are not readable. */
function rulesOf(sheet: CSSStyleSheet): string[] {
  try {
    return [...sheet.cssRules].map((rule) => rule.cssText);
  } catch (error) {
    // Each frame has its own Error class.
    if ((error as Error).name === 'SecurityError') return ['closed'];
    throw error;
  }
}

const isElement = (node: Node): node is Element => node.nodeType === Node.ELEMENT_NODE;
const isDocument = (node: Node): node is Document => node.nodeType === Node.DOCUMENT_NODE;
const isDocumentType = (node: Node): node is DocumentType => node.nodeType === Node.DOCUMENT_TYPE_NODE;
const isCharacterData = (node: Node): node is CharacterData => 'data' in node;
