import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../src-main/contract/recorded-event';
import { datadog } from '../../../src-main/core/sources/datadog/platform';
import { createDatadogSource } from '../../../src-main/core/sources/datadog/source';
import { DomModel, type ModelNode } from '../../../src-main/core/recording/model/dom-model';
import { collectBytes, collectParts } from '../../helpers/collect-parts';
import { datadogServer, type DatadogState } from '../../helpers/contract-servers/datadog';
import { toChangeRecords, toV1Records, type DatadogRecord } from '../../helpers/datadog-records';
import { cutEvents, readDemoEvents, type PlainEvent } from '../../helpers/demo-events';
import { importInMemory } from '../../helpers/import-in-memory';
import { joinDocuments } from '../../helpers/join-documents';
import { openPair, refuseCanary } from '../../helpers/test-transport';

const key = 'api-key-1:canary-5f1c9ab7d2e84a60';
const sessionId = 'cacbf45c-3a05-48ce-b066-d76349460599';
const viewIds = ['623d50fd-75cf-4025-97d2-e51ff94171f6', '723d50fd-75cf-4025-97d2-e51ff94171f6'];
const day = 86_400_000;
const startedAt = Date.now() - day;

/** Returns records, moved so that the first is at the time of the session. */
function shifted(records: readonly DatadogRecord[]): DatadogRecord[] {
  const offset = startedAt - (records[0]?.timestamp ?? 0);
  return records.map((record) => ({ ...record, timestamp: record.timestamp + offset }));
}

function stateOf(records: readonly DatadogRecord[], change: Partial<DatadogState> = {}): DatadogState {
  const cut = (list: readonly DatadogRecord[], count: number) =>
    cutEvents(list as PlainEvent[], count).map((part, index) => ({ index_in_view: index, records: part }));
  return {
    apiKey: 'api-key-1',
    applicationKeys: { 'canary-5f1c9ab7d2e84a60': ['rum_apps_read', 'rum_session_replay_read'] },
    events: [
      {
        type: 'session',
        date: startedAt,
        session: {
          id: sessionId,
          has_replay: true,
          time_spent: 150_000_000_000,
          error: { count: 3 },
          initial_view: { url: 'https://shop.example/cart?token=x' },
        },
        usr: { id: 'u-7', email: 'jane@example.com' },
        browser: { name: 'Firefox', version: '140' },
      },
      ...viewIds.map((id, index) => ({
        type: 'view',
        date: startedAt + index,
        session: { id: sessionId, has_replay: true },
        view: { id },
      })),
    ],
    segments: { [viewIds[0] ?? '']: cut(records, 7), [viewIds[1] ?? '']: [] },
    ...change,
  };
}

async function open(state: DatadogState, given = key) {
  const { server, transport } = await openPair(datadogServer(state), { sign: datadog.sign(given, {}, Date.now) });
  return { source: createDatadogSource(transport.fetch, { origin: 'https://api.datadoghq.eu' }), server, transport };
}

/** Returns the page as text, without the numbers of its nodes. */
function describePage(events: readonly RecordedEvent[]): string {
  const model = new DomModel();
  for (const event of events) model.apply(event);
  const write = (node: ModelNode): string => {
    const attributes = [...node.attributes].sort().map(([name, value]) => ` ${name}=${JSON.stringify(String(value))}`);
    // A comment stands for an empty text.
    const own = `${node.type === 5 ? 3 : node.type}${node.isShadow ? '#' : ''}${node.tag}${attributes.join('')}`;
    const state = JSON.stringify([node.type === 5 ? '' : node.text, node.value, node.scroll?.x, node.scroll?.y]);
    return `<${own} ${state}>${node.children.map(write).join('')}`;
  };
  return model.root ? write(model.root) : '';
}

async function pulled(records: readonly DatadogRecord[]): Promise<RecordedEvent[]> {
  const { source } = await open(stateOf(shifted(records)));
  const text = (await collectBytes(source.open(sessionId))).toString();
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as [string, RecordedEvent])[1]);
}

describe('Datadog keys', () => {
  const state = stateOf([]);

  it('says what it tried, and that the rest is unknown', async () => {
    const { source } = await open(state);
    expect(await source.verify()).toMatchObject({
      scopes: [{ name: 'rum_apps_read' }, { name: 'rum_session_replay_read' }],
      notice: expect.stringContaining('doesn’t report') as string,
    });
  });

  it.each<[string, string, string[], string]>([
    ['an unknown API key', 'other:canary-5f1c9ab7d2e84a60', [], 'key-refused'],
    ['an unknown application key', 'api-key-1:other', [], 'key-forbidden'],
    ['a key that can’t list events', key, ['rum_session_replay_read'], 'key-forbidden'],
    ['a key that can’t read replays', key, ['rum_apps_read'], 'key-forbidden'],
  ])('refuses %s', async (_, given, permissions, code) => {
    const { source } = await open({ ...state, applicationKeys: { 'canary-5f1c9ab7d2e84a60': permissions } }, given);
    const error: unknown = await source.verify().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code });
    refuseCanary(error);
  });

  it('refuses text that is not a pair of keys, before any request', () => {
    for (const text of ['x', ':y', 'x:', 'x y:z', 'x:y\r\nz: 1']) {
      expect(() => datadog.sign(text, {}, Date.now)).toThrowError('key-refused');
    }
  });
});

describe('Datadog sessions', () => {
  it('are listed with what the platform reports', async () => {
    const { source } = await open(stateOf([]));
    expect(await source.search({ email: 'jane@example.com' })).toEqual({
      sessions: [
        {
          remoteId: sessionId,
          user: 'jane@example.com',
          startedAt,
          durationMs: 150_000,
          entryPage: 'https://shop.example/cart',
          errorCount: 3,
          browser: 'Firefox 140',
        },
      ],
      cursor: undefined,
      isTruncated: false,
    });
  });

  it.each<[object, number]>([
    [{ email: 'jane@example.com' }, 1],
    [{ email: 'jane' }, 0],
    [{ email: 'a" OR @usr.id:"u-7' }, 0],
    [{ uid: 'u-7' }, 1],
    [{ sessionId }, 1],
    [{ sessionId: viewIds[0] }, 0],
    [{ hasErrors: true }, 1],
    [{ minDurationMs: 150_001 }, 0],
    [{ maxDurationMs: 150_000 }, 1],
    [{ from: startedAt + 1 }, 0],
    [{ to: startedAt - 1 }, 0],
    [{ from: startedAt, to: startedAt }, 1],
    [{ filters: { 'browser.name': 'Firefox' } }, 1],
    [{ filters: { 'browser.name': 'Safari' } }, 0],
  ])('are found by %o', async (query, count) => {
    const { source } = await open(stateOf([]));
    expect((await source.search(query)).sessions).toHaveLength(count);
  });

  it('are paged, and may be null', async () => {
    const state = stateOf([]);
    const [session] = state.events;
    if (!session) throw new Error('no session');
    state.events = Array.from({ length: 250 }, (_, index) => ({
      ...session,
      date: startedAt + index,
      session: { ...session.session, id: `cacbf45c-3a05-48ce-b066-${String(index).padStart(12, '0')}` },
    }));
    const { source } = await open(state);
    const found = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await source.search({}, cursor);
      for (const { remoteId } of page.sessions) found.add(remoteId);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found.size).toBe(250);
    const empty = await open({ ...state, events: [], hasNull: true });
    expect((await empty.source.search({})).sessions).toEqual([]);
  });

  it('have links in both directions', async () => {
    const { source } = await open(stateOf([]));
    const link = `https://app.datadoghq.eu/rum/replay/sessions/${sessionId}`;
    expect(source.deepLink(sessionId)).toBe(link);
    expect(source.deepLink('x')).toBeUndefined();
    expect(datadog.readLink?.(new URL(`${link}?seed=x&from=1`))).toEqual({
      origins: ['https://api.datadoghq.eu'],
      place: {},
      reading: { by: 'sessionId', text: sessionId },
    });
    expect(
      datadog.readLink?.(new URL(`https://datadoghq.eu.evil.example/rum/replay/sessions/${sessionId}`)),
    ).toBeUndefined();
  });
});

describe('Datadog recordings', () => {
  const recorded = readDemoEvents().filter(({ type, data }) => {
    // Datadog's recorder has no documents in frames, changes of single properties, fonts, selections, and so on.
    const { source, styleId, isAttachIframe } = data as { source?: number; styleId?: number; isAttachIframe?: true };
    if (isAttachIframe) return false;
    return type === 2 || type === 4 || (type === 3 && source !== undefined && source <= 8 && styleId === undefined);
  });

  it.each([
    ['older', toV1Records(recorded)],
    ['newer', toChangeRecords(recorded)],
  ])('in the %s format show the same page as the recording that they were made from', async (_, records) => {
    const events = await pulled(records);
    expect(events.filter(({ type }) => type === 2)).toHaveLength(recorded.filter(({ type }) => type === 2).length);
    for (const share of [0.1, 0.5, 1]) {
      const endOriginal = Math.floor(recorded.length * share);
      const at = (recorded[endOriginal - 1]?.timestamp ?? 0) - (recorded[0]?.timestamp ?? 0) + startedAt;
      const until = events.filter(({ timestamp }) => timestamp <= at);
      const [found, wanted] = [describePage(until), describePage(recorded.slice(0, endOriginal))];
      const first = [...wanted].findIndex((character, index) => found[index] !== character);
      expect(found.slice(Math.max(0, first - 300), first + 100)).toBe(
        wanted.slice(Math.max(0, first - 300), first + 100),
      );
      expect(found.length).toBe(wanted.length);
    }
  });

  it.each(['list', 'lines', 'attributes'] as const)(
    'are read from segments in the form of %s, in pages',
    async (form) => {
      const records = toV1Records(recorded);
      const { source, server } = await open(stateOf(shifted(records), { form, segmentsInPage: 2 }));
      const recording = source.open(sessionId);
      const { facts } = await importInMemory(joinDocuments(await collectParts(recording)));
      expect(facts.events).toBe(records.length);
      expect(recording.facts().completeness).toEqual([
        { unit: 'segments', received: 7, expected: 7 },
        { unit: 'events', received: records.length, expected: records.length },
      ]);
      expect(server.requests.filter(({ url }) => url.includes('paging='))).toHaveLength(3);
    },
  );

  it('are incomplete when segments or records are missing or can’t be read', async () => {
    const records = shifted(toV1Records(recorded));
    const broken = records.map((record, index) => (index === 5 ? { ...record, type: 99 } : record));
    const state = stateOf(broken);
    const [viewId = ''] = viewIds;
    state.segments[viewId] = state.segments[viewId]?.filter(({ index_in_view }) => index_in_view !== 3) ?? [];
    const { source } = await open(state);
    const recording = source.open(sessionId);
    await collectParts(recording);
    const [segments, events] = recording.facts().completeness;
    expect(segments).toEqual({ unit: 'segments', received: 6, expected: 7 });
    expect((events?.expected ?? 0) - (events?.received ?? 0)).toBe(1);
  });

  it('continue after the last complete view', async () => {
    const records = shifted(toV1Records(recorded));
    const state = stateOf(records);
    const [first = '', second = ''] = viewIds;
    state.segments[second] = [
      { index_in_view: 0, records: records.map((record) => ({ ...record, timestamp: record.timestamp + day / 2 })) },
    ];
    const { source, server } = await open(state);
    const parts = await collectParts(source.open(sessionId));
    const resume = parts.find((part) => part.isDocumentEnd)?.resume;
    const asked = server.requests.length;
    const rest = source.open(sessionId, { resume });
    await collectParts(rest);
    const paths = server.requests.slice(asked).map(({ url }) => url);
    expect(paths.some((url) => url.includes(`views/${first}`))).toBe(false);
    expect(paths.some((url) => url.includes(`views/${second}`))).toBe(true);
    expect(rest.facts().completeness[1]).toEqual({
      unit: 'events',
      received: records.length * 2,
      expected: records.length * 2,
    });
    const other = resume?.replace(first, second);
    await expect(collectParts(source.open(sessionId, { resume: other }))).rejects.toMatchObject({
      code: 'remote-changed',
    });
  });

  it('are not found without views, or when no view has a record', async () => {
    const { source } = await open(stateOf([]));
    for (const id of [sessionId, viewIds[0] ?? '', '../x']) {
      await expect(collectParts(source.open(id))).rejects.toMatchObject({ code: 'remote-not-found' });
    }
  });

  it('are refused in any other form', async () => {
    for (const body of ['{"a":1}', '[1]', '[[[[[[[]]]]]]]', '<html>']) {
      const { transport } = await openPair(
        (request, response) => {
          if (request.url?.includes('/segments') === true)
            return void response.setHeader('content-type', 'application/json').end(body);
          datadogServer(stateOf([]))(request, response);
        },
        { sign: datadog.sign(key, {}, Date.now) },
      );
      const source = createDatadogSource(transport.fetch, { origin: 'https://api.datadoghq.eu' });
      await expect(collectParts(source.open(sessionId))).rejects.toMatchObject({ code: /^remote-(shape|not-json)$/ });
    }
  });
});
