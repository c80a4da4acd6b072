import type { SessionEvent } from '../../../contract/recorded-event';
import { DomModel, type ModelNode } from '../../recording/model/dom-model';
import { consolePlugin, EventType, IncrementalSource, networkPlugin } from '../../recording/events';
import { isNodeId, isRecord, listOf, type JsonRecord } from '../../recording/json';
import { readSignal } from '../../recording/signals/platform-signal';
import { readAttribute } from '../../recording/model/read-attribute';
import { search } from '../page/fields';
import { PickerWatch } from '../page/picker-watch';
import type { Entities, Entity } from './entity';
import { isEdited, isField, kindOfField } from './field-kind';
import { kindOfKey, type ValueKind } from './personal-keys';
import { readHeaders, readStructured, readUrl, type Keep } from './read-structured';
import { ValueHistory } from './value-history';

export interface EntityCollector {
  /** Reads one event as it was recorded, in the order of time. Never throws on its shape. */
  add(event: SessionEvent): void;
  finish(): Entities;
}

const valuesLimit = 50_000;
/** Values of queries without a known key. Long recordings repeat requests with ever new numbers, which are on no page. */
const byFormLimit = 5_000;
const charsLimit = 8_000_000;
/** Longer values are searched for by their first characters. */
const valueLimit = 1_000;
/** Shorter values occur in harmless text by chance. */
const shortest = 3;
const identifyTag = /identify|\$set|traits|set[_-]?user|alias|user[_-]?context/i;
const linkNames = ['href', 'src', 'action', 'formaction'];

const hostsLimit = 10_000;

/** Returns the host and the port of a web address; undefined for other texts. `isBare`: only if it has no path, query or user. */
function hostOf(address: string, isBare = false): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  if (isBare && (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '')) return undefined;
  return url.hostname.replace(/^www\./, '');
}

interface Window {
  readonly model: DomModel;
  readonly pickers: PickerWatch;
  readonly typed: ValueHistory<number>;
  /** The kind of each field that was typed into. Stored, because the field may be removed before the end. */
  readonly fieldKinds: Map<number, ValueKind>;
}

/** Collects the values that are personal according to a session's structure, to hide them wherever else they occur. Bounded in number and size. */
export function createEntityCollector(): EntityCollector {
  const found = new Map<string, Entity>();
  const windows = new Map<string, Window>();
  const hosts = new Set<string>();
  let byForm = 0;
  let chars = 0;
  let isFull = false;

  const keep: Keep = (written, meaning, isByForm = false) => {
    const value = written.trim().slice(0, valueLimit);
    if (value.length < shortest || !/[\p{L}\p{N}]/u.test(value) || /^(?:true|false|null|undefined|none)$/i.test(value))
      return;
    const kind = meaning === 'private' ? undefined : meaning;
    const known = found.get(value);
    if (known && (known.kind !== undefined || kind === undefined)) return;
    if (!known && isByForm && ++byForm > byFormLimit) return;
    if (!known && (found.size >= valuesLimit || chars + value.length > charsLimit)) {
      isFull = true;
      return;
    }
    if (!known) chars += value.length;
    found.set(value, { value, kind });
  };

  function noteHost(address: string): void {
    const host = hostOf(address);
    if (host !== undefined && hosts.size < hostsLimit) hosts.add(host);
  }

  /** Returns whether this is an address of the recorded site without a path, with or without a scheme. */
  function isOwnAddress(value: string): boolean {
    const host = /\s/.test(value) ? undefined : hostOf(/^[a-z]+:\/\//i.test(value) ? value : `http://${value}`, true);
    return host !== undefined && hosts.has(host);
  }

  function windowOf(windowId: string): Window {
    let window = windows.get(windowId);
    if (!window) {
      const model = new DomModel();
      const pickers = new PickerWatch(model);
      windows.set(windowId, (window = { model, pickers, typed: new ValueHistory(), fieldKinds: new Map() }));
    }
    return window;
  }

  function type(window: Window, id: number, value: string, meaning: ValueKind): void {
    window.fieldKinds.set(id, meaning);
    for (const done of window.typed.next(id, value)) keep(done, meaning);
  }

  function endTyping({ typed, fieldKinds }: Window): void {
    for (const [id, value] of typed.finish()) keep(value, fieldKinds.get(id) ?? 'private');
  }

  function readElement(node: ModelNode, window: Window): void {
    const value = node.attribute('value');
    if (typeof value === 'string' && isField(node)) type(window, node.id, value, kindOfField(node));
    for (const name of linkNames) {
      const link = node.attribute(name);
      if (typeof link === 'string' && link.length < 4_000) readUrl(link, keep);
    }
    if (node.tag !== 'meta') return;
    const content = node.attribute('content');
    const meaning = kindOfKey(readAttribute(node, 'name') || readAttribute(node, 'property'));
    if (typeof content === 'string' && meaning !== undefined) keep(content, meaning);
  }

  function readTree(root: ModelNode | undefined, window: Window): void {
    const open = root ? [root] : [];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.tag !== '') readElement(node, window);
      // Existing text of an edited element counts as text that was typed earlier.
      else if (node.text !== '' && isEdited(node.parent)) type(window, node.id, node.text, 'private');
      for (const child of node.children) open.push(child);
    }
  }

  function readMutation(data: JsonRecord, window: Window): void {
    const { model } = window;
    for (const added of listOf(data.adds))
      if (isRecord(added) && isRecord(added.node) && isNodeId(added.node.id))
        readTree(model.get(added.node.id), window);
    for (const change of listOf(data.texts)) {
      if (!isRecord(change) || !isNodeId(change.id) || typeof change.value !== 'string') continue;
      if (isEdited(model.get(change.id)?.parent)) type(window, change.id, change.value, 'private');
    }
    for (const change of listOf(data.attributes)) {
      const node = isRecord(change) && isNodeId(change.id) ? model.get(change.id) : undefined;
      if (node) readElement(node, window);
    }
  }

  /** The page shows the text of the chosen option, not its value. */
  function keepChosen(select: ModelNode, value: string): void {
    const [option] = search(select, (node) => node.tag === 'option' && readAttribute(node, 'value') === value, 2000);
    if (option) keep(option.children.map(({ text }) => text).join(''), 'private');
  }

  function readIncremental(data: JsonRecord, window: Window): void {
    if (data.source === IncrementalSource.Mutation) readMutation(data, window);
    else if (data.source === IncrementalSource.Input && isNodeId(data.id) && typeof data.text === 'string') {
      const node = window.model.get(data.id);
      if (node && !isField(node) && node.tag !== 'select' && !isEdited(node)) return;
      if (node?.tag === 'select') keepChosen(node, data.text);
      type(window, data.id, data.text, node ? kindOfField(node) : 'private');
    }
  }

  function readPlugin({ plugin, payload }: JsonRecord): void {
    const name = typeof plugin === 'string' ? plugin : '';
    if (!name.startsWith(networkPlugin)) {
      readStructured(isRecord(payload) && name.startsWith(consolePlugin) ? payload.payload : payload, keep);
      return;
    }
    for (const request of listOf(isRecord(payload) ? payload.requests : undefined)) {
      if (!isRecord(request)) continue;
      if (typeof request.name === 'string') {
        noteHost(request.name);
        readUrl(request.name, keep);
      }
      readHeaders(request.requestHeaders, keep);
      readHeaders(request.responseHeaders, keep);
      readStructured(request.requestBody, keep);
      readStructured(request.responseBody, keep);
    }
  }

  function readCustom({ tag, payload }: JsonRecord): void {
    const name = typeof tag === 'string' ? tag : '';
    // What an application sends as a message belongs to a person; what a platform records as one was logged.
    const logged = (readSignal(name, payload)?.fields ?? []).filter(({ kind }) => kind.is === 'message');
    for (const { value } of logged) readStructured(value, keep);
    const isLogged = isRecord(payload) && logged.some(({ path }) => path.length === 1 && path[0] === 'message');
    readStructured(isLogged ? { ...payload, message: undefined } : payload, keep, identifyTag.test(name));
  }

  return {
    add({ windowId, event }) {
      const window = windowOf(windowId);
      const { type: eventType, data } = event;
      if (eventType === EventType.FullSnapshot) {
        // Node ids start again with each page.
        endTyping(window);
        windows.set(windowId, { ...window, typed: new ValueHistory(), fieldKinds: new Map() });
      }
      window.model.apply(event);
      window.pickers.note(event);
      if (!isRecord(data)) return;
      if (eventType === EventType.IncrementalSnapshot) readIncremental(data, window);
      else if (eventType === EventType.FullSnapshot) readTree(window.model.root, windowOf(windowId));
      else if (eventType === EventType.Meta && typeof data.href === 'string') {
        noteHost(data.href);
        readUrl(data.href, keep);
      } else if (eventType === EventType.Plugin) readPlugin(data);
      else if (eventType === EventType.Custom) readCustom(data);
    },
    finish() {
      for (const window of windows.values()) endTyping(window);
      // The site's own address stays in every export. Hiding it in texts alone would say that it was typed.
      const values = [...found.values()].filter(({ value }) => !isOwnAddress(value));
      const pickers = new Map([...windows].map(([windowId, window]) => [windowId, window.pickers.finish()]));
      return { values, isFull, pickers };
    },
  };
}
