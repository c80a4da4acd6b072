import type { Policy } from '../../../contract/policy';
import type { TimelineThresholds } from '../../../contract/settings';
import type { StoredSession } from '../../../contract/session';
import type { WorkerMethods } from '../../../contract/worker';
import { gateFor } from '../../../node/export/write-export';
import type { Scratch, Vault } from '../../../node/vault/vault';
import { prepareStored } from './exports';
import type { Job } from '../job';
import { checkRecording, redactedBeside, type ReplayedBeside } from '../replay/replay-sources';

interface Preview extends ReplayedBeside {
  place: Scratch;
}

/** A window that forgets to close what it looked at leaves no more than so many behind. */
const mostOpen = 4;

/**
 * Sessions as a policy would leave them, to be looked at before they leave. Each lies sealed in a place of the vault's that is gone when
 * it is closed. What is shown passed the gate as an export does: nothing is shown of what may not leave.
 */
export class Previews {
  private readonly open = new Map<string, Preview>();

  constructor(private readonly makeId: (prefix: string) => string) {}

  /** Errors: those of an export, leak-refused among them. */
  async make(
    vault: Vault,
    session: StoredSession,
    { policy, thresholds }: { policy: Policy; thresholds: TimelineThresholds },
    job: Job,
  ): Promise<WorkerMethods['preview.open']['result']> {
    const place = await vault.scratch();
    try {
      const prepared = await prepareStored(vault, session, { policy, hasNotes: false, thresholds }, place, job);
      const { report, durationMs, windows } = prepared;
      await checkRecording(prepared, gateFor([prepared], job.signal), job);
      const id = this.makeId('preview');
      this.open.set(id, { ...redactedBeside(id, prepared), place });
      for (const old of [...this.open.keys()].slice(0, -mostOpen)) await this.close(old);
      return { id, report, durationMs, windows: Object.fromEntries(windows) };
    } catch (error) {
      await place.clear();
      throw error;
    }
  }

  /** What is replayed under that id, while it is open. */
  find = (id: string): ReplayedBeside | undefined => this.open.get(id);

  /** One that isn't open is none. */
  async close(id: string): Promise<void> {
    const preview = this.open.get(id);
    this.open.delete(id);
    await preview?.place.clear();
  }

  async closeAll(): Promise<void> {
    for (const id of [...this.open.keys()]) await this.close(id);
  }
}
