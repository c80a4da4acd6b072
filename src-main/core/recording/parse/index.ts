import type { Damage } from '../../../contract/session';
import { ByteBudget } from './byte-window';
import { DamageTally } from './damage';
import { gzipDamageWords, type InflatePorts } from './inflate';
import { inputOf, openText, readHead, spendFrom, type RecordingInput } from './input';
import { defaultLimits, type ParseLimits } from './limits';
import { blockBytes, isTar, readTar } from './tar';

export type { GzipDamage, InflatePorts } from './inflate';
export { inputOf, type RecordingInput } from './input';
export type { ParseLimits } from './limits';

/** A recording and its name in an archive; '' outside of an archive. */
interface NamedInput {
  name: string;
  input: RecordingInput;
}

interface OpenedRecordings extends AsyncIterable<NamedInput> {
  /** Returns damage of the archive itself, after the last of its files. */
  damage(): Damage[];
}

/**
 * Yields the recording in a file, or those in a tar archive, plain or gzip, one at a time. Only reading a member of an archive shows
 * whether it is a recording. Throws recording-too-large, and the errors of the input.
 */
export function openRecordings(
  input: RecordingInput,
  ports: Pick<InflatePorts, 'gunzipStream'>,
  given: Partial<ParseLimits> = {},
): OpenedRecordings {
  const damage = new DamageTally();
  const limits = { ...defaultLimits, ...given };
  return {
    [Symbol.asyncIterator]: () => openEach(input, ports, limits, damage),
    damage: () => damage.list(),
  };
}

async function* openEach(
  input: RecordingInput,
  ports: Pick<InflatePorts, 'gunzipStream'>,
  limits: ParseLimits,
  damage: DamageTally,
): AsyncGenerator<NamedInput> {
  const found = new DamageTally();
  const text = openText(input, ports, (kind) => found.add(gzipDamageWords[kind]));
  const { head, all } = await readHead(text, blockBytes);
  if (!isTar(head)) {
    await all.return();
    yield { name: '', input };
    return;
  }
  for await (const { name, bytes } of readTar(spendFrom(all, new ByteBudget(limits.inflatedBytes)), limits, damage)) {
    yield { name, input: inputOf(bytes) };
  }
  damage.addAll(found.list());
}
