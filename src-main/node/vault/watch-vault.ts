import type { SessionWriter, Vault } from './vault';

/** Wraps a vault and reports each session whose events or notes change, or that is added, removed or restored. */
export function watchVault(vault: Vault, onChange: (id: string) => void): Vault {
  const reported = async <T>(id: string, change: Promise<T>): Promise<T> => {
    const result = await change;
    onChange(id);
    return result;
  };
  const watchWriter = (writer: SessionWriter): SessionWriter => ({
    addSegment: (segment, json) => writer.addSegment(segment, json),
    addTimeline: (entries) => writer.addTimeline(entries),
    commit: async (record, parts, notes) => {
      const session = await writer.commit(record, parts, notes);
      onChange(session.id);
      return session;
    },
    abort: () => writer.abort(),
  });
  return {
    list: () => vault.list(),
    get: (id) => vault.get(id),
    create: async () => watchWriter(await vault.create()),
    rewrite: async (id, kept) => watchWriter(await vault.rewrite(id, kept)),
    segments: (id) => vault.segments(id),
    readSegment: (id, segment) => vault.readSegment(id, segment),
    readTimeline: (id) => vault.readTimeline(id),
    timelineParts: (id) => vault.timelineParts(id),
    readTexts: (id) => vault.readTexts(id),
    readResume: (id) => vault.readResume(id),
    readNotes: (id) => vault.readNotes(id),
    writeNotes: (id, notes) => reported(id, vault.writeNotes(id, notes)),
    remove: (id) => reported(id, vault.remove(id)),
    restore: (id) => reported(id, vault.restore(id)),
    cases: vault.cases,
    signers: vault.signers,
    scratch: () => vault.scratch(),
    pullJournal: (origin, startedAt) => vault.pullJournal(origin, startedAt),
    pullId: (origin) => vault.pullId(origin),
    pulls: () => vault.pulls(),
    discardPull: (id) => vault.discardPull(id),
    close: () => vault.close(),
  };
}
