import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src-main/contract/recorded-event';
import { findPolicy } from '../../src-main/core/redaction/policy';
import type { Canary } from './canary';
import { channels } from './channels';
import { bodyId } from './channels/planted';
import { encodingNames } from './encodings';
import { Finder } from './find';
import { Mutants } from './mutants';
import { makeCanary, writeRecording } from './recording';
import { rules, type Rule } from './rules';
import { startedAt } from '../unit/redaction/small-page';
import { typeNames } from './value-types';

const policy = findPolicy('private-by-default');
/** Types of values that fit into a style, a URL and a number. */
const kinds = ['city', 'national phone'];

const canaries: Canary[] = channels.flatMap((_, channel) =>
  kinds.flatMap((kind) => makeCanary(channel, encodingNames.indexOf('plain'), typeNames.indexOf(kind)) ?? []),
);
const recording = writeRecording(canaries);
/** Events that the parser already drops or renames before the redactor does. */
const past: SessionEvent[] = canaries.flatMap(({ channel, written }) => {
  const page = { href: 'https://shop.test/', width: 1, height: 1 };
  if (channel === 'C13') return [{ ...event(4, page), windowId: written }];
  if (channel === 'C18') return [event(42, { note: written }), event(3, { source: 42, note: written })];
  if (channel === 'C38')
    return [
      event(3, { source: 4, width: written, height: written }),
      event(3, { source: 3, id: bodyId, x: written, y: written }),
    ];
  return [];
});

function event(type: number, data: object): SessionEvent {
  return { windowId: '1', event: { type, data, timestamp: startedAt + 10_000_000 } };
}

/** Channels without a redaction rule that could be disabled, and the reason. */
const closedElsewhere: Readonly<Record<string, string>> = {
  C34: 'names and titles around a recording are never read, and the gate refuses them in the name of an export',
};

let mutants: Mutants;
beforeAll(async () => {
  mutants = await Mutants.open();
});
afterAll(() => mutants.close());

async function leakingChannels(rule: Rule | undefined): Promise<Set<string>> {
  const { prepareRecording, quickExports } = await mutants.without(rule);
  const prepared = await prepareRecording(recording, policy, past);
  const finder = new Finder(canaries);
  const leaks = (await quickExports(prepared)).flatMap(({ name, bytes }) => finder.inArtifact(bytes, name));
  return new Set(leaks.map(({ canary }) => canary.channel));
}

describe('a canary value', () => {
  it('isn’t exported while every rule is enabled', async () => {
    expect([...(await leakingChannels(undefined))]).toEqual([]);
  });

  it.each(rules)('is exported without the rule: $name', async (rule) => {
    expect([...(await leakingChannels(rule))].sort()).toEqual(expect.arrayContaining([...rule.channels]));
  });

  it('has a rule for every channel', () => {
    const shown = new Set(rules.flatMap((rule) => rule.channels));
    expect(channels.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual(Object.keys(closedElsewhere));
  });
});
