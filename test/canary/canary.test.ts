import { describe, expect, it } from 'vitest';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { buildReplayTemplate } from '../helpers/replay-template';
import { SeededRandom } from '../helpers/seeded-random';
import { makeTempFolder } from '../helpers/temp-folder';
import { nameOf, type Canary } from './canary';
import { channels } from './channels';
import { encodingNames } from './encodings';
import { exportAll, prepareRecording } from './exports';
import { Finder } from './find';
import { mayStand } from './kept';
import { makeCanary, writeRecording } from './recording';
import { typeNames } from './value-types';

const isWhole = process.env.CASEMENT_CANARY === 'all';
/** The same unless another is asked for: of some draws the gate refuses the export, which is safe but no proof of the redaction alone. */
const seed = Number(process.env.CASEMENT_SEED ?? 1);
const policy = findPolicy('private-by-default');

/** So many channels are exported at once. */
const batch = isWhole ? 2 : channels.length;
/** Of the value types of each channel and encoding so many are drawn, unless all are wanted. */
const drawn = 1;

function choose(from: number): Canary[] {
  const random = new SeededRandom(seed + from);
  const chosen: Canary[] = [];
  for (let channel = from; channel < Math.min(from + batch, channels.length); channel++)
    for (let encoding = 0; encoding < encodingNames.length; encoding++) {
      const types = typeNames.map((_, index) => index);
      while (!isWhole && types.length > drawn) types.splice(random.below(types.length), 1);
      chosen.push(...types.flatMap((type) => makeCanary(channel, encoding, type) ?? []));
    }
  return chosen;
}

const batches = Array.from({ length: Math.ceil(channels.length / batch) }, (_, index) => index * batch);

describe(`canaries (seed ${seed}; ${channels.length} channels, ${encodingNames.length} encodings, ${typeNames.length} types)`, () => {
  it.each(batches)(
    'come out of no export, from channel %i on',
    async (from) => {
      const canaries = choose(from);
      const recording = writeRecording(canaries);
      const template = await buildReplayTemplate();
      const prepared = await prepareRecording(recording, policy);
      const finder = new Finder(canaries, [template.beforeData, template.afterData]);
      const leaks: string[] = [];
      for await (const artifact of exportAll(prepared, policy, template, await makeTempFolder())) {
        for (const { canary, place } of finder.inArtifact(artifact.bytes, artifact.name))
          if (!mayStand(canary)) leaks.push(`${nameOf(canary)}: ${place}`);
      }
      expect(leaks.slice(0, 40)).toEqual([]);
    },
    600_000,
  );
});
