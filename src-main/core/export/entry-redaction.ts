import { findingKinds } from '../../contract/finding-kinds';
import type { TimelineEntry, TimelineKind, TimelineQuotes, TimelineVerb } from '../../contract/timeline';
import type { DomModel, ModelNode } from '../recording/model/dom-model';
import { readAttribute } from '../recording/model/read-attribute';
import { boxesOf, fieldOf } from '../redaction/page/fields';
import type { FieldVisits } from '../redaction/page/field-visits';
import type { PageView } from '../redaction/page/page-view';
import { messageMask } from '../redaction/events/messages';
import { redactTag } from '../redaction/events/custom';
import type { RedactionContext } from '../redaction/redaction-context';
import type { Redactor } from '../redaction/redact';
import type { EntryRedaction } from '../timeline/build';
import { quotesOf, type Privacy, type Subject } from '../timeline/draft';
import { controlOf } from '../timeline/names/control';
import { describeChange, describeClick, findTarget, type Target } from '../timeline/names/describe';
import type { PageReader } from '../timeline/names/page-reader';
import { readSelected } from '../timeline/names/selected-text';
import { readTitle } from '../timeline/names/title';
import { ScopeSearch } from '../timeline/names/tree-scope';
import { formatPage } from '../timeline/signals/address';

/** The masks of a policy, as far as quotes need them. */
type QuoteMasks = Pick<RedactionContext, 'policy' | 'maskText' | 'maskUrl' | 'allowedWords' | 'scrub'>;

/**
 * Redacts the entries of a timeline while they are built. Names, titles and selected texts are read from the redacted page at that
 * moment, so they are the same as in the redacted recording. `redactedPage` returns the redacted page of a window.
 */
export function createEntryRedaction(redactor: Redactor, redactedPage: (windowId: string) => DomModel): EntryRedaction {
  const search = new ScopeSearch();
  return {
    pagesOf: (windowId) =>
      new RedactedPageReader(
        redactor.contextOf(windowId).page,
        () => redactedPage(windowId),
        search,
        new FirstOfVisit(redactor.contextOf(windowId).page.visits),
      ),
    nameWindow: (windowId) => redactor.nameWindow(windowId),
    redactQuotes: (verb, quotes) => redactQuotes(verb, quotes, redactor.contextOf('')),
    echoOf(windowId, { kind, verb, severity, facts, quotes, at }) {
      if (!echoKinds.has(kind)) return undefined;
      const context = redactor.contextOf(windowId);
      if (!context.closes('echoes')) return undefined;
      const shown = quotes && redactQuotes(verb, { page: quotes.page, route: quotes.route }, context);
      const sort = [kind, verb, severity, facts?.method, facts?.status, shown?.page, shown?.route].join(' ');
      const echo = context.page.visits.echo(`entry ${sort}`, at);
      return echo === 'first' ? 'private' : echo;
    },
    isVisiting: () => redactor.isVisiting(),
  };
}

/** The kinds of entries that a page can cause by itself. */
const echoKinds: ReadonlySet<TimelineKind> = new Set<TimelineKind>([
  'navigation',
  'error',
  'console-error',
  'console-warning',
  'network-error',
  'network-slow',
  'performance',
  'breadcrumb',
  'custom',
]);

/** Finds out which entry is the first of its type during a visit to a private field or area. Further ones are left out. */
class FirstOfVisit {
  private visit = -1;
  private seen = new Set<string>();

  constructor(private readonly visits: FieldVisits) {}

  /** Returns the privacy of a click on a private element, or of a change (`input`) to it. */
  take(type: 'click' | 'input', id: number): Privacy {
    const { visits } = this;
    if (visits.count !== this.visit) {
      this.visit = visits.count;
      this.seen = new Set();
    }
    // After the first keystroke, clicks only move the caret.
    const hasTyped = this.seen.has(`input ${id}`);
    const name = `${type} ${id}`;
    if (this.seen.has(name) || (type === 'click' && (hasTyped || visits.hasTyped(id)))) return 'repeated';
    this.seen.add(name);
    return 'private';
  }
}

/** Decides on the recorded page which element an entry may name, and reads its name from the redacted page. */
class RedactedPageReader implements PageReader {
  constructor(
    private readonly page: PageView,
    private readonly redactedPage: () => DomModel,
    private readonly search: ScopeSearch,
    private readonly firsts: FirstOfVisit,
  ) {}

  isPrivate = (node: ModelNode | undefined): boolean => node !== undefined && this.page.targetOf(node).isPrivate;

  click = (node: ModelNode | undefined, target: Target | undefined): Subject => {
    if (!node) return {};
    const clicked = target?.node ?? node;
    const { node: shown, isPrivate } = this.page.targetOf(clicked);
    const redacted = this.redactedPage().get(shown.id);
    const privacy = isPrivate ? this.firsts.take('click', shown.id) : undefined;
    // One element stands for all of a group of choices or of a hidden area: its name would be that of another choice.
    if (shown !== clicked || isMember(clicked) || this.page.areas.areaOf(clicked))
      return { ...this.groupOf(clicked, target), nodeId: shown.id, privacy };
    if (!redacted) return { privacy };
    const shownTarget = target && { node: redacted, control: target.control };
    return { ...describeClick(redacted, shownTarget, this.search), nodeId: shown.id, privacy };
  };

  change = (id: number, model: DomModel): Subject => {
    const node = model.get(id);
    if (!node) return { facts: { control: 'field' }, nodeId: id, privacy: 'private' };
    const { node: field } = this.page.targetOf(node);
    const privacy = this.firsts.take('input', field.id);
    if (field !== node || isMember(node))
      return { ...this.groupOf(node, findTarget(node, this.search)), nodeId: field.id, privacy };
    const redacted = this.redactedPage();
    if (redacted.get(field.id)) return { ...describeChange(field.id, redacted, this.search), privacy };
    return { facts: { control: controlOf(field) ?? 'field' }, nodeId: field.id, privacy };
  };

  /** The members of a group of choices are controls of one kind. In other areas, the kind would show what was clicked. */
  private groupOf(member: ModelNode, target: Target | undefined): Subject {
    return target && fieldOf(member) ? { facts: { control: target.control } } : {};
  }

  selection = (range: Parameters<PageReader['selection']>[0], model: DomModel): Subject => {
    const ends = [range.start, range.end].map((id) => model.get(id));
    if (ends.some(this.isPrivate)) return { privacy: 'repeated' };
    // Offsets fit the redacted text only where it is the recorded one.
    const text = readSelected(range, model);
    const isUnchanged = text !== '' && text === readSelected(range, this.redactedPage());
    return { quotes: isUnchanged ? { text } : undefined };
  };

  scrolled = (id: number, model: DomModel): Subject => (this.isPrivate(model.get(id)) ? { privacy: 'repeated' } : {});

  title = (): string => readTitle(this.redactedPage());
}

const memberRoles: ReadonlySet<string> = new Set(['radio', 'option', 'menuitemradio']);

/** Returns true for one of several choices, and for one of the boxes of a code. */
function isMember(node: ModelNode): boolean {
  const isRadio = node.tag === 'input' && readAttribute(node, 'type') === 'radio';
  return isRadio || memberRoles.has(readAttribute(node, 'role')) || boxesOf(node).length > 1;
}

/** Masks and labels that an earlier export wrote. */
const written = new RegExp(`(•+|\\b(?:${findingKinds.join('|').toUpperCase()})-\\d+\\b)`);

/** Returns masks for the texts of an exported timeline, which keep what an earlier export wrote. */
function keepWritten(masks: QuoteMasks): QuoteMasks {
  const { maskText } = masks;
  const outside = (mask: (text: string) => string) => (text: string) =>
    written.test(text)
      ? text
          .split(written)
          .map((part, index) => (index % 2 === 1 ? part : mask(part)))
          .join('')
      : mask(text);
  const keeping: QuoteMasks['maskText'] = Object.assign(outside(maskText), {
    found: outside(maskText.found),
    whole: outside(maskText.whole),
  });
  return { ...masks, maskText: keeping };
}

/**
 * Redacts stored entries, of which there is no page. `startedAt`: the wall clock of the session's start in ms, or null if it is hidden.
 * `isExported`: they are those of an earlier export.
 */
export function redactStored(
  entries: readonly TimelineEntry[],
  redactor: Redactor,
  startedAt: number | null,
  isExported: boolean,
): TimelineEntry[] {
  const context = redactor.contextOf('');
  const masks = isExported ? keepWritten(context) : context;
  return entries.map(({ quotes, ...entry }) => {
    const shown = quotes && redactStoredQuotes(entry.verb, quotes, masks);
    return {
      ...entry,
      wallMs: startedAt === null ? null : startedAt + entry.atMs,
      windowId: entry.windowId === '' ? '' : redactor.nameWindow(entry.windowId),
      ...(shown && { quotes: shown }),
    };
  });
}

/** Also masks the texts that other entries read from the redacted page. */
function redactStoredQuotes(
  verb: TimelineVerb,
  { name, card, title, tag: _tag, ...quotes }: TimelineQuotes,
  masks: QuoteMasks,
): TimelineQuotes | undefined {
  const { text } = quotes;
  return redactQuotes(
    verb,
    {
      ...quotes,
      name: maskMaybe(name, masks),
      card: maskMaybe(card, masks),
      title: maskMaybe(title, masks),
      ...(text !== undefined && { text: isOwnText(verb) ? text : masks.maskText(text) }),
    },
    masks,
  );
}

/** Returns true for statements whose text doesn't come from a page. */
function isOwnText(verb: TimelineVerb): boolean {
  return verb === 'marked' || verb === 'stated';
}

/** Redacts quotes that don't come from a page: addresses, messages, labels, reasons. The user is never named. */
function redactQuotes(verb: TimelineVerb, quotes: TimelineQuotes, masks: QuoteMasks): TimelineQuotes | undefined {
  const { page, route, message, label, text, reason, user: _user, ...read } = quotes;
  const redacted = {
    ...read,
    page: page === undefined ? '' : redactAddress(page, masks),
    route: route === undefined ? '' : redactAddress(route, masks),
    message: message === undefined ? '' : messageMask(masks)(message),
    label: label === undefined ? '' : redactLabel(verb, label, masks),
    text: isOwnText(verb) ? maskMaybe(text, masks) : text,
    reason: maskMaybe(reason, masks),
  };
  const scrubbed = Object.entries(redacted).map(([name, shown = '']) => [name, masks.scrub.text(shown)] as const);
  return quotesOf(Object.fromEntries<string>(scrubbed));
}

function maskMaybe(text: string | undefined, { maskText }: QuoteMasks): string {
  return text === undefined ? '' : maskText(text);
}

/** Redacts a host and path without a scheme, or a path alone. */
function redactAddress(address: string, { maskUrl }: QuoteMasks): string {
  if (address.startsWith('/')) return maskUrl(address);
  const [location = '', mark = '', route = ''] = address.split(/(#!?)(?=\/)/);
  const masked = maskUrl(`https://${location}`);
  // The fragment of a single-page application is the path of its page.
  return masked.startsWith('https://') ? `${formatPage(masked)}${mark && mark + maskUrl(route)}` : '';
}

/** The names of web vitals, as the timeline writes them. */
const vitals: ReadonlySet<string> = new Set([
  'cumulative layout shift',
  'first contentful paint',
  'first input delay',
  'interaction to next paint',
  'largest contentful paint',
  'time to first byte',
]);

/** Returns '' for a tag of which nothing may stay. */
function redactLabel(verb: TimelineVerb, label: string, masks: QuoteMasks): string {
  if (verb === 'measured') return vitals.has(label) ? label : masks.maskText(label);
  if (masks.policy.custom.some(({ tag }) => tag === label)) return label;
  return redactTag(label, masks.allowedWords) ?? '';
}
