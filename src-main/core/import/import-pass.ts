import type { MissingOnPage } from '../../contract/session';
import type { TimelineThresholds } from '../../contract/settings';
import type { TimelineEntry } from '../../contract/timeline';
import { DomModel } from '../recording/model/dom-model';
import type { NormalisedItem } from '../recording/normalise/normalise';
import { readSegmentText, type Segment } from '../recording/segments/segment';
import { MissingFileCount, type MissingState } from '../recording/model/missing-files';
import { TextTrack, type TextState, type VisibleText } from '../recording/model/visible-text';
import { createTimelineBuilder, type TimelineBuilder, type TimelineState } from '../timeline/build';
import { SegmentCutter, type FinishedSegment } from './segment-cutter';

/** The state from which the pass continues a recording later, as plain JSON. The pages are in the last segments. */
export interface ImportState {
  timeline: TimelineState;
  texts: TextState;
  /** Absent in the state of sessions that older versions imported. */
  missing?: MissingState;
}

export interface ImportPassOptions {
  thresholds: Partial<TimelineThresholds>;
  /** Wall clock time of the session's start, ms. Default: the time of the first event. */
  startedAt?: number;
  /** Stores a segment. The next one waits for its promise. */
  writeSegment: (finished: FinishedSegment) => Promise<void>;
  /**
   * Stores timeline entries in order. After a resume they begin with the entries that were still open in the old state. They follow the
   * `settledEntries` of the stored timeline.
   */
  writeTimeline: (entries: readonly TimelineEntry[]) => Promise<void>;
  resume?: ImportState;
}

export interface ImportedParts {
  texts: VisibleText[];
  /** Files that pages refer to and that aren't in the recording. */
  missing: MissingOnPage[] | undefined;
  state: ImportState;
}

/**
 * The single pass over a recording: applies each event to the page of its window once, and derives from that page the segments with
 * their keyframes, the timeline and the visible texts. It keeps pages in memory, never the recording or its timeline.
 */
export class ImportPass {
  private readonly windows = new Map<string, { model: DomModel; cutter: SegmentCutter }>();
  private readonly timeline: TimelineBuilder;
  private readonly texts: TextTrack;
  /** Undefined if the files of the earlier part of the recording were not counted. */
  private readonly missing: MissingFileCount | undefined;
  private finished: FinishedSegment[] = [];

  constructor(private readonly options: ImportPassOptions) {
    const { thresholds, startedAt, resume } = options;
    this.timeline = createTimelineBuilder({
      times: 'absolute',
      thresholds,
      ...(startedAt !== undefined && { startedAt }),
      ...(resume && { resume: resume.timeline }),
    });
    this.texts = new TextTrack(resume?.texts);
    if (!resume || resume.missing) this.missing = new MissingFileCount(resume?.missing);
  }

  /** Call with the last segment of each window before anything is added to an imported recording. These segments are written again. */
  reopen(segment: Segment, json: Uint8Array): void {
    const { windowId } = segment;
    const model = new DomModel();
    if (this.missing) model.reportFiles();
    for (const event of readSegmentText(json)) {
      model.apply(event);
      this.missing?.add(windowId, event, model);
    }
    this.openWindow(segment.windowId, model).cutter.reopen(segment, json);
    this.timeline.reopen(segment.windowId, model);
  }

  /** Adds the items of a normalised recording in order. */
  async add(items: readonly NormalisedItem[]): Promise<void> {
    for (const item of items) {
      if (item.kind === 'lost') {
        this.timeline.noteLost(item);
        continue;
      }
      const { model, cutter } = this.windows.get(item.windowId) ?? this.openWindow(item.windowId);
      cutter.add(item.event, item.json);
      this.texts.now(item.event.timestamp);
      model.apply(item.event);
      this.missing?.add(item.windowId, item.event, model);
      this.timeline.add(item, model);
    }
    await this.writeFinished();
    await this.options.writeTimeline(this.timeline.takeSettled());
  }

  /** Call it once, after the last item. */
  async finish(): Promise<ImportedParts> {
    const missing = this.missing?.save();
    const state = { timeline: this.timeline.save(), texts: this.texts.save(), ...(missing && { missing }) };
    for (const { cutter } of this.windows.values()) cutter.finish();
    await this.writeFinished();
    await this.options.writeTimeline(this.timeline.finish());
    return { texts: this.texts.finish(), missing: this.missing?.finish(), state };
  }

  private openWindow(windowId: string, model = new DomModel()): { model: DomModel; cutter: SegmentCutter } {
    this.texts.follow(windowId, model);
    if (this.missing) model.reportFiles();
    const cutter = new SegmentCutter(windowId, model, (finished) => this.finished.push(finished));
    const window = { model, cutter };
    this.windows.set(windowId, window);
    return window;
  }

  private async writeFinished(): Promise<void> {
    const finished = this.finished;
    this.finished = [];
    for (const segment of finished) await this.options.writeSegment(segment);
  }
}
