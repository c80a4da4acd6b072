import type { StoredSession } from '../contract/session';
import type { Connections } from './connections';
import type { Jobs } from './jobs';
import type { WorkerPort } from './ports';

/**
 * Pulls one session: bytes from the source go to the worker piece by piece; this process never parses them.
 * Nothing is stored until the whole of it is there. Errors: those of the source and of import.
 */
export async function pullSession(
  { connections, worker, jobs }: { connections: Connections; worker: WorkerPort; jobs: Jobs },
  { connectionId, remoteId, jobId }: { connectionId: string; remoteId: string; jobId: string },
): Promise<StoredSession> {
  const connection = await connections.find(connectionId);
  return jobs.run(jobId, async ({ signal, onProgress }) => {
    const { importId } = await worker.call('import.start', null);
    try {
      let done = 0;
      onProgress({ phase: 'fetching', done, total: 0 });
      for await (const bytes of connections.download(connectionId, remoteId, signal)) {
        await worker.call('import.bytes', { importId, bytes });
        done += bytes.length;
        onProgress({ phase: 'fetching', done, total: 0 });
      }
      signal.throwIfAborted();
      onProgress({ phase: 'storing', done: 0, total: 0 });
      const origin = {
        title: connections.titleOf(connectionId, remoteId),
        from: connection.kind,
        sourceName: connection.name,
        remoteId,
      };
      return await worker.call('import.finish', { importId, origin });
    } catch (error) {
      await worker.call('import.abort', { importId });
      throw error;
    }
  });
}
