import type { SessionEvent } from '../../contract/recorded-event';
import { defaultThresholds, type TimelineThresholds } from '../../contract/settings';
import type { TimelineEntry, TimelineQuotes, TimelineVerb } from '../../contract/timeline';
import { DomModel } from '../recording/model/dom-model';
import { EventType } from '../recording/events';
import { isFiniteNumber } from '../recording/json';
import type { Draft, Privacy } from './draft';
import { createPageReader, type PageReader } from './names/page-reader';
import { ScopeSearch } from './names/tree-scope';
import { GapTrack, type GapState } from './signals/gaps';
import { IdleTrack, type IdleState } from './signals/idle';
import { LostTrack, type LostState } from './signals/lost';
import { WindowTrack, type WindowState } from './window-track';

/**
 * The redaction of an export's entries. What happened is judged on the recorded events and pages all the same, so that an export never states
 * anything that the recording doesn't.
 */
export interface EntryRedaction {
  /** Returns a reader of the redacted pages of a window. */
  pagesOf: (windowId: string) => PageReader;
  /** Returns the name of a window in the export. */
  nameWindow: (windowId: string) => string;
  /** Redacts quotes that were not read from a page. */
  redactQuotes: (verb: TimelineVerb, quotes: TimelineQuotes) => TimelineQuotes | undefined;
  /** Returns the privacy of an entry that a page may have caused for each key of the user. Undefined for other entries. */
  echoOf: (windowId: string, draft: Draft) => Privacy | undefined;
  /** Returns true while the user is in a private field or area, where the times of actions reveal what is entered. */
  isVisiting: () => boolean;
}

export interface TimelineOptions {
  /** With `relative`, no entry contains the wall clock. */
  times: 'relative' | 'absolute';
  /** Wall clock of the session's start, ms. Default: the time of the first event. */
  startedAt?: number;
  thresholds?: Partial<TimelineThresholds>;
  redaction?: EntryRedaction | undefined;
  /** The state of an earlier builder of the same session. Its thresholds override the option, so that they are the same for the entire timeline. */
  resume?: TimelineState;
}

/** A part of the recording that could not be read. */
export interface LostPart {
  windowId?: string | undefined;
  /** Its time on the recorder's clock, ms, if known. */
  at?: number | undefined;
  /** In plain language. */
  reason: string;
}

/** A lost part with a time further ahead of the previous event than this, ms, gets the time of that event. */
const likelyWithinMs = 10 * 60_000;

/** The version of the states and entries that this code writes. A timeline of another version is rebuilt. */
export const timelineVersion = 2;

/** The state of a builder, as plain JSON. Its size depends only on the last seconds of the session. */
export interface TimelineState {
  /** Absent in version 1. */
  version?: number;
  /** Entries from here on, ms since the session's start, are not final: later events may change them. */
  openFromMs: number;
  thresholds: TimelineThresholds;
  /** The entries from `openFromMs` on that are already complete. A resumed builder returns them again in the right order. */
  entries: TimelineEntry[];
  start?: number | undefined;
  end?: number | undefined;
  activeWindow: string;
  searchesLeft: number;
  idle: IdleState;
  gaps: GapState;
  lost: LostState;
  windows: Record<string, WindowState>;
}

export interface TimelineBuilder {
  /** Takes the next event of a normalised recording, redacted or not. `model` is the window's page with the event applied. */
  add(event: SessionEvent, model: DomModel): void;
  /** Records that a part of the recording is missing between the previous event and the next. */
  noteLost(part: LostPart): void;
  /**
   * Takes the rebuilt page of a window, after a resume and before the window's first event. Without it, `misfit` counts, and reloads and
   * gaps at the window's next full snapshot, may be wrong.
   */
  reopen(windowId: string, model: DomModel): void;
  /** Returns the entries that are final since the last call, in the order of time. The builder forgets them. */
  takeSettled(): TimelineEntry[];
  /** Returns the state from which a new builder can continue. Call it before `finish`. */
  save(): TimelineState;
  /**
   * Returns the entries that weren't taken, in the order of time. Call it once, after the last event. A resumed builder returns only the
   * entries from its state's `openFromMs` on; the complete timeline is the `settledEntries` of the stored one, followed by these. It
   * equals the timeline of one uninterrupted run.
   */
  finish(): TimelineEntry[];
}

/** Returns the stored entries that a builder resumed from the state stored with them does not return again. */
export function settledEntries(
  stored: readonly TimelineEntry[],
  { openFromMs }: Pick<TimelineState, 'openFromMs'>,
): TimelineEntry[] {
  return stored.filter(({ atMs }) => atMs < openFromMs);
}

/** Builds the timeline of a session in one pass over its events. It keeps neither events nor pages. */
export function createTimelineBuilder(options: TimelineOptions): TimelineBuilder {
  const { times, resume, redaction } = options;
  // The trackers change the objects of their state, so they get a copy.
  const saved = resume && copyPlain(resume);
  const thresholds = saved?.thresholds ?? { ...defaultThresholds, ...options.thresholds };
  const search = new ScopeSearch(saved?.searchesLeft);
  const pages = createPageReader(search);
  let entries = saved?.entries ?? [];
  let takenToMs = 0;
  /** Entries about private content, whose times are rounded down. */
  const coarse = new Set<TimelineEntry>();
  /** The last event during which the user was in a private field or area, ms. */
  let privateAt: number | undefined;
  const windows = new Map<string, { track: WindowTrack; model: DomModel | undefined }>();
  let start = saved?.start ?? options.startedAt;
  let end = saved?.end;
  let activeWindow = saved?.activeWindow ?? '';

  const emit = (draft: Draft, windowId: string): void => {
    // When the user copies while entering something depends on what is entered.
    const isInVisit = draft.verb === 'copied' && redaction?.isVisiting() === true;
    const echo = redaction?.echoOf(windowId, draft);
    if (draft.privacy === 'repeated' || isInVisit || echo === 'repeated') return;
    const { at, kind, severity, verb, nodeId, durationMs } = draft;
    const quotes = draft.quotes && redaction ? redaction.redactQuotes(verb, draft.quotes) : draft.quotes;
    const shownWindow = redaction && windowId !== '' ? redaction.nameWindow(windowId) : windowId;
    const facts = verb === 'switched-tab' ? { ...draft.facts, ...tabOf(shownWindow) } : draft.facts;
    const entry: TimelineEntry = {
      atMs: toRelative(at),
      wallMs: times === 'absolute' ? Math.round(at) : null,
      windowId: shownWindow,
      kind,
      severity,
      verb,
      ...(nodeId !== undefined && { nodeId }),
      ...(durationMs !== undefined && { durationMs: Math.round(durationMs) }),
      ...(facts && { facts }),
      ...(quotes && { quotes }),
    };
    if (draft.privacy === 'private' || echo === 'private') coarse.add(entry);
    entries.push(entry);
  };
  const toRelative = (at: number): number => Math.max(0, Math.round(at - (start ?? at)));
  const emitActive = (draft: Draft): void => emit(draft, activeWindow);
  const emitIdle = (draft: Draft): void => {
    // When the user stopped or paused typing is private.
    const isPrivate = privateAt !== undefined && privateAt >= draft.at;
    emitActive(isPrivate ? { ...draft, privacy: 'repeated' } : draft);
  };
  const idle = new IdleTrack(emitIdle, thresholds.idleMs, saved?.idle);
  const gaps = new GapTrack(emitActive, thresholds.gapMs, saved?.gaps);
  const lost = new LostTrack(emit, saved?.lost);

  const skipGap = (from: number | undefined, to: number): void => {
    if (from !== undefined) idle.skip(from, to);
  };
  const settleGap = (isSamePage: boolean): void => {
    const gap = gaps.settle(isSamePage);
    if (gap) skipGap(gap.from, gap.to);
  };
  const openTrack = (windowId: string): WindowTrack =>
    new WindowTrack(
      (draft) => emit(draft, windowId),
      {
        noteTab: (isHere, at) => {
          emit({ at, kind: 'tab', severity: 'info', verb: isHere ? 'returned-to-tab' : 'left-tab' }, windowId);
        },
        notePause: (isPaused, at) => {
          for (const { track } of windows.values()) track.noteLoss();
          if (isPaused) gaps.notePause(at);
          else skipGap(gaps.noteResume(at), at);
        },
        noteMisfit: (at, count) => lost.add(windowId, undefined, at, count),
      },
      search,
      redaction?.pagesOf(windowId) ?? pages,
      thresholds,
      saved && Object.hasOwn(saved.windows, windowId) ? saved.windows[windowId] : undefined,
    );
  const openWindow = (windowId: string): { track: WindowTrack; model: DomModel | undefined } => {
    const window = { track: openTrack(windowId), model: undefined };
    windows.set(windowId, window);
    return window;
  };
  for (const windowId of Object.keys(saved?.windows ?? {})) openWindow(windowId);

  const isWatching = (): boolean => {
    for (const { track } of windows.values()) if (track.isWatching) return true;
    return false;
  };
  const noteActivity = (windowId: string, activeAt: number, at: number, isMaskedTyping: boolean): void => {
    idle.noteActivity(activeAt, isMaskedTyping || isWatching());
    if (windowId === activeWindow) return;
    activeWindow = windowId;
    emit({ at, kind: 'tab', severity: 'info', verb: 'switched-tab' }, windowId);
  };

  /** Entries before this offset, ms since the start, are final. */
  const findOpenFrom = (): number => {
    const openSince = [idle, gaps, lost].map((track) => track.openSince);
    for (const { track } of windows.values()) openSince.push(...track.openSince);
    const openFromMs = toRelative(Math.min(...openSince.filter(isFiniteNumber), end ?? Infinity));
    return Number.isFinite(openFromMs) ? openFromMs : 0;
  };

  return {
    add({ windowId, event }, model) {
      const at = event.timestamp;
      if (start === undefined) start = at;
      if (redaction?.isVisiting()) privateAt = at;
      if (end === undefined) {
        activeWindow = windowId;
        idle.noteActivity(at);
      } else if (at - end >= thresholds.gapMs) skipGap(gaps.noteSilence(end, at, event.type), at);
      if (end === undefined || at > end) end = at;
      if (lost.isWaiting) lost.settle(at);
      const window = windows.get(windowId) ?? openWindow(windowId);
      window.model = model;
      const activeAt = window.track.add(event, model);
      if (gaps.isWaiting && event.type !== EventType.Meta) settleGap(window.track.isSamePage);
      if (activeAt !== undefined) noteActivity(windowId, activeAt, at, window.track.isMaskedTyping);
    },
    noteLost({ windowId = '', at, reason }) {
      // Its own time may be damaged; its position in the stream is nearly right.
      const streamTime = end ?? start ?? (isFiniteNumber(at) ? at : 0);
      for (const [id, { track }] of windows) if (windowId === '' || windowId === id) track.noteLoss();
      const isLikely = isFiniteNumber(at) && at > streamTime && at - streamTime <= likelyWithinMs;
      lost.add(windowId, reason, isLikely ? at : streamTime);
    },
    reopen(windowId, model) {
      const window = windows.get(windowId) ?? openWindow(windowId);
      window.model = model;
      window.track.reopen(model);
    },
    takeSettled() {
      const openFromMs = findOpenFrom();
      if (openFromMs <= takenToMs) return [];
      takenToMs = openFromMs;
      const settled = entries.filter(({ atMs }) => atMs < openFromMs);
      if (settled.length > 0) entries = entries.filter(({ atMs }) => atMs >= openFromMs);
      return settled.sort(inOrder);
    },
    save() {
      const openFromMs = findOpenFrom();
      return copyPlain({
        version: timelineVersion,
        openFromMs,
        thresholds,
        entries: entries.filter(({ atMs }) => atMs >= openFromMs),
        start,
        end,
        activeWindow,
        searchesLeft: search.left,
        idle: idle.save(),
        gaps: gaps.save(),
        lost: lost.save(),
        windows: Object.fromEntries([...windows].map(([windowId, { track }]) => [windowId, track.save()])),
      });
    },
    finish() {
      for (const { track, model } of windows.values()) track.finish(end ?? 0, model ?? new DomModel());
      lost.finish();
      settleGap(false);
      if (end !== undefined) idle.noteActivity(end);
      return coarsen(entries.sort(inOrder), coarse);
    },
  };
}

/** The times of private actions are rounded down to multiples of this, ms. */
const privateStepMs = 1000;

/** Rounds the times of private entries down, but never below the previous entry, so that the order stays. */
function coarsen(entries: TimelineEntry[], coarse: ReadonlySet<TimelineEntry>): TimelineEntry[] {
  if (coarse.size === 0) return entries;
  let latestMs = 0;
  return entries.map((entry) => {
    const step = Math.floor(entry.atMs / privateStepMs) * privateStepMs;
    const atMs = coarse.has(entry) ? Math.max(step, latestMs) : entry.atMs;
    latestMs = atMs;
    const wallMs = entry.wallMs === null ? null : entry.wallMs - (entry.atMs - atMs);
    return atMs === entry.atMs ? entry : { ...entry, atMs, wallMs };
  });
}

/** Returns the number of a tab by its name. */
function tabOf(windowId: string): TimelineEntry['facts'] {
  const [, number] = /^(?:window-)?(\d{1,4})$/.exec(windowId) ?? [];
  return number === undefined ? {} : { tab: Number(number) };
}

/** Merges two lists of entries of one session in the order of time. */
export function mergeEntries(one: readonly TimelineEntry[], other: readonly TimelineEntry[]): TimelineEntry[] {
  return [...one, ...other].sort(inOrder);
}

/** Orders entries by time. At the same time: what happened, then lost parts, then the idle time or gap that follows. */
function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  return a.atMs - b.atMs || rankOf(a) - rankOf(b);
}

function rankOf({ kind }: TimelineEntry): number {
  if (kind === 'idle' || kind === 'gap') return 2;
  return kind === 'lost' ? 1 : 0;
}

/** Copies a state, so that later changes of the trackers don't change it. */
function copyPlain(state: TimelineState): TimelineState {
  return JSON.parse(JSON.stringify(state)) as TimelineState;
}

/** Builds the timeline of a complete session. */
export function buildTimeline(events: Iterable<SessionEvent>, options: TimelineOptions): TimelineEntry[] {
  const builder = createTimelineBuilder(options);
  const models = new Map<string, DomModel>();
  for (const event of events) {
    let model = models.get(event.windowId);
    if (!model) models.set(event.windowId, (model = new DomModel()));
    model.apply(event.event);
    builder.add(event, model);
  }
  return builder.finish();
}
