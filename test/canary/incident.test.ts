import { expect, it } from 'vitest';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { nameOf, type Canary } from './canary';
import { channels } from './channels';
import { encodingNames } from './encodings';
import { prepareRecording, quickExports } from './exports';
import { Finder } from './find';
import { makeCanary, writeRecording } from './recording';
import { typeNames } from './value-types';

/** The channels in which the policy keeps text in which nothing was detected: logged values and their keys. */
const consoleChannels: ReadonlySet<string> = new Set(['C05', 'C35']);

const canaries: Canary[] = channels.flatMap((_, channel) =>
  typeNames.flatMap((_type, type) => makeCanary(channel, encodingNames.indexOf('plain'), type) ?? []),
);

async function leaksUnder(policy: string): Promise<Set<string>> {
  const prepared = await prepareRecording(writeRecording(canaries), findPolicy(policy));
  const finder = new Finder(canaries);
  const found = (await quickExports(prepared)).flatMap(({ name, bytes }) => finder.inArtifact(bytes, name));
  return new Set(found.flatMap(({ canary }) => (consoleChannels.has(canary.channel) ? [] : [nameOf(canary)])));
}

it('the policy incident hides every canary that private-by-default hides, outside the console', async () => {
  const strict = await leaksUnder('private-by-default');
  expect([...(await leaksUnder('incident'))].filter((name) => !strict.has(name))).toEqual([]);
  // Control: a policy that keeps the text of pages doesn't hide them all.
  expect([...(await leaksUnder('internal'))].filter((name) => !strict.has(name)).length).toBeGreaterThan(10);
}, 600_000);
