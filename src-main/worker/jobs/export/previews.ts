import * as v from 'valibot';
import { CasementError } from '../../../contract/errors';
import { PreviewId } from '../../../contract/ids';
import type { Policy } from '../../../contract/policy';
import type { TimelineThresholds } from '../../../contract/settings';
import type { StoredSession } from '../../../contract/session';
import type { WorkerMethods } from '../../../contract/worker';
import { gateFor } from '../../../node/export/write-export';
import { withRepair } from '../../../core/export/repair';
import type { Scratch, Vault } from '../../../node/vault/vault';
import { prepareStored } from './exports';
import type { SharedPreparations } from './shared-preparations';
import type { Job } from '../job';
import { checkRecording, redactedReplay, type TemporaryReplay } from '../replay/replay-sources';

interface Preview extends TemporaryReplay {
  place: Scratch;
}

/** The most previews that are open at once, in case the shell doesn't close one. */
const mostOpen = 4;

/**
 * Sessions redacted by a policy, to be reviewed before an export. Each is stored encrypted in a scratch folder of the vault, which is
 * deleted when the preview is closed. A preview passes the gate like an export: if the gate refuses it, none of it is shown.
 */
export class Previews {
  private readonly open = new Map<string, Preview>();

  constructor(private readonly makeId: (prefix: string) => string) {}

  /** Throws the errors of an export, including leak-refused; recording-no-snapshot if there is no page to show. */
  async make(
    vault: Vault,
    session: StoredSession,
    { policy, thresholds, shared }: { policy: Policy; thresholds: TimelineThresholds; shared?: SharedPreparations },
    job: Job,
  ): Promise<WorkerMethods['preview.open']['result']> {
    if (session.isTimelineOnly) throw new CasementError('recording-no-snapshot');
    return withRepair(async (repairs) => {
      const place = await vault.scratch();
      try {
        const choice = { policy, hasNotes: false, thresholds, repairs, shared, hasRecording: true };
        const prepared = await prepareStored(vault, session, choice, place, job);
        const { report, durationMs, windows } = prepared;
        await checkRecording(prepared, gateFor([prepared], { signal: job.signal, finds: repairs }), job);
        const id = v.parse(PreviewId, this.makeId('redacted'));
        this.open.set(id, { ...redactedReplay(id, prepared), place });
        for (const old of [...this.open.keys()].slice(0, -mostOpen)) await this.close(old);
        return { id, report, durationMs, windows: Object.fromEntries(windows) };
      } catch (error) {
        await place.clear();
        throw error;
      }
    });
  }

  /** Returns the preview with this id while it is open. */
  find = (id: string): TemporaryReplay | undefined => this.open.get(id);

  /** Does nothing if the preview isn't open. */
  async close(id: string): Promise<void> {
    const preview = this.open.get(id);
    this.open.delete(id);
    await preview?.place.clear();
  }

  async closeAll(): Promise<void> {
    for (const id of [...this.open.keys()]) await this.close(id);
  }
}
