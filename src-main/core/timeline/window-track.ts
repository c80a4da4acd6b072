import type { RecordedEvent } from '../../contract/recorded-event';
import { timelineWords, type Control } from '../../contract/words/timeline';
import { DomModel, type ModelNode } from '../recording/dom-model';
import {
  consolePlugin,
  EventType,
  incrementalData,
  IncrementalSource,
  MouseInteractions,
  networkPlugin,
  pluginPayload,
} from '../recording/events';
import { isFiniteNumber, isNodeId, isRecord, type JsonRecord } from '../recording/json';
import { readMeta } from '../recording/page-size';
import type { Emit, TimelineThresholds } from './draft';
import { findLabelled, nameControl } from './names/accessible-name';
import { nameCard } from './names/card';
import { findControl, findLabelAround, isField } from './names/control';
import { readFlatText } from './names/flat-text';
import type { ScopeSearch } from './names/tree-scope';
import { toPlainLine } from './plain-text';
import { ClickTrack } from './signals/clicks';
import { readConsole } from './signals/console';
import { InputTrack } from './signals/inputs';
import { NavigationTrack } from './signals/navigation';
import { readFailedRequests } from './signals/network';
import { readVendorEvent } from './signals/vendor';
import { ViewportTrack } from './signals/viewport';

/** A text longer than this is no name for what was clicked. */
const clickedTextLimit = 60;

/** Everything that one window of the session tells. Events come in the order of time. */
export class WindowTrack {
  private readonly model = new DomModel();
  private readonly navigation: NavigationTrack;
  private readonly viewport: ViewportTrack;
  private readonly clicks: ClickTrack;
  private readonly inputs: InputTrack;

  constructor(
    private readonly emit: Emit,
    private readonly search: ScopeSearch,
    thresholds: TimelineThresholds,
  ) {
    this.navigation = new NavigationTrack(emit);
    this.viewport = new ViewportTrack(emit);
    this.clicks = new ClickTrack(emit, thresholds);
    this.inputs = new InputTrack(emit, (id) => this.describeChange(id));
  }

  /** True when the event is a change of a field by the user. */
  add(event: RecordedEvent): boolean {
    // A click is named by the page as it was when the user saw it: its event comes before what it changes.
    this.model.apply(event);
    const { type, timestamp: at } = event;
    if (type === EventType.IncrementalSnapshot) return this.addIncremental(event);
    if (type === EventType.DomContentLoaded || type === EventType.Load) this.navigation.noteStart();
    else if (type === EventType.FullSnapshot) this.inputs.noteSnapshot(at);
    else if (type === EventType.Meta) this.addMeta(event);
    else if (type === EventType.Plugin) this.addPlugin(event);
    else if (type === EventType.Custom) this.addCustom(event);
    else if (type === EventType.Annotation) this.addAnnotation(event);
    return false;
  }

  finish(): void {
    this.clicks.flush();
    this.viewport.flush();
  }

  private addIncremental(event: RecordedEvent): boolean {
    const at = event.timestamp;
    const interaction = incrementalData(event, IncrementalSource.MouseInteraction);
    if (interaction) this.addInteraction(interaction, at);
    const input = incrementalData(event, IncrementalSource.Input);
    if (input && isNodeId(input.id)) {
      const isUsers = this.inputs.add(input.id, input.userTriggered, at);
      if (isUsers) this.clicks.absorb(input.id);
      return isUsers;
    }
    const resize = incrementalData(event, IncrementalSource.ViewportResize);
    if (resize && isFiniteNumber(resize.width) && isFiniteNumber(resize.height)) {
      this.viewport.add(resize.width, resize.height, at);
    }
    const log = incrementalData(event, IncrementalSource.Log);
    const logged = log && readConsole(log, at);
    if (logged) this.emit(logged);
    return false;
  }

  private addInteraction({ type, id, x, y }: JsonRecord, at: number): void {
    if (!isNodeId(id)) return;
    if (type === MouseInteractions.Focus) this.inputs.noteFocus(id);
    else if (type === MouseInteractions.Blur) this.inputs.noteBlur(id);
    else if (type === MouseInteractions.Click) {
      const target = this.findTarget(id);
      this.inputs.noteClick(target?.node.id ?? id, at);
      this.clicks.add({
        at,
        nodeId: target?.node.id ?? id,
        x: isFiniteNumber(x) ? x : undefined,
        y: isFiniteNumber(y) ? y : undefined,
        text: this.describeClick(id, target),
        isField: target !== undefined && isField(target.control),
      });
    }
  }

  private findTarget(id: number): { node: ModelNode; control: Control } | undefined {
    const node = this.model.get(id);
    if (!node) return undefined;
    const label = findLabelAround(node);
    return findControl(node) ?? (label && findLabelled(label, this.search));
  }

  private describeClick(id: number, target: { node: ModelNode; control: Control } | undefined): string {
    if (target) {
      const name = nameControl(target.node, target.control, this.search);
      const card = nameCard(target.node, this.search);
      return timelineWords.clicked(target.control, name, name.includes(card) ? '' : card);
    }
    const node = this.model.get(id);
    if (!node) return timelineWords.clickedArea('');
    if (['img', 'svg', 'canvas', 'picture', 'video'].includes(node.tag)) {
      return timelineWords.clicked('image', nameControl(node, 'image', this.search));
    }
    const text = readFlatText(node, 2 * clickedTextLimit);
    if (text && text.length <= clickedTextLimit) return timelineWords.clickedText(text);
    const isWholePage = node.tag === 'body' || node.tag === 'html' || node.tag === '';
    return timelineWords.clickedArea(isWholePage ? '' : toPlainLine(node.tag, 30));
  }

  private describeChange(id: number): string {
    const node = this.model.get(id);
    const control = node && (findControl(node)?.control ?? 'field');
    return node && control
      ? timelineWords.changed(control, nameControl(node, control, this.search))
      : timelineWords.changed('field', '');
  }

  private addMeta(event: RecordedEvent): void {
    const page = readMeta(event);
    if (!page) return;
    this.navigation.addMeta(page, event.timestamp);
    this.viewport.add(page.width, page.height, event.timestamp);
  }

  private addPlugin(event: RecordedEvent): void {
    const at = event.timestamp;
    const logged = readConsole(pluginPayload(event, consolePlugin), at);
    if (logged) this.emit(logged);
    const requests = pluginPayload(event, networkPlugin);
    for (const failure of readFailedRequests(requests, at, this.navigation.page)) this.emit(failure);
    if (isRecord(requests) && requests.isInitial === true) this.navigation.noteStart();
  }

  private addCustom({ data, timestamp: at }: RecordedEvent): void {
    if (!isRecord(data) || typeof data.tag !== 'string') return;
    const signal = readVendorEvent(data.tag, data.payload, at, this.navigation.page);
    if (signal === 'nothing') return;
    if (!signal) {
      this.emit({ at, kind: 'custom', severity: 'info', text: timelineWords.custom(toPlainLine(data.tag, 80)) });
    } else if ('address' in signal) this.navigation.goTo(signal.address, at);
    else this.emit(signal.draft);
  }

  private addAnnotation({ data, timestamp: at }: RecordedEvent): void {
    if (!isRecord(data) || typeof data.text !== 'string') return;
    const text = toPlainLine(data.text);
    if (text) this.emit({ at, kind: 'custom', severity: 'info', text: timelineWords.marker(text) });
  }
}
