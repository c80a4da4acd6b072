import type { Progress } from '../contract/rpc';
import type { RecordingCaps, TimelineThresholds } from '../contract/settings';
import type { DemoServerMethods, KeychainMethods, WorkerMethods } from '../contract/worker';

/** What the services need of the world; `main.ts` hands in the real ones. */

type Methods = { [K in string]: { params: unknown; result: unknown } };

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Ports to hand over with the call, as Electron's MessagePortMain. */
  ports?: unknown[];
}

/** A process that answers calls. Errors: those of its methods; worker-gone, keychain-timeout where it ends or hangs. */
export interface ProcessPort<Table> {
  call<Name extends keyof Table & string>(
    name: Name,
    params: Table[Name] extends Methods[string] ? Table[Name]['params'] : never,
    options?: CallOptions,
  ): Promise<Table[Name] extends Methods[string] ? Table[Name]['result'] : never>;
}

export type WorkerPort = ProcessPort<WorkerMethods>;
export type KeychainPort = ProcessPort<KeychainMethods>;
export type DemoServerPort = ProcessPort<DemoServerMethods>;

/** A small JSON file of the user's, read and replaced whole. */
export interface JsonStore<T> {
  read(): Promise<T>;
  write(value: T): Promise<void>;
}

/** What the user has set for timelines, at this moment. */
export type ReadThresholds = () => Promise<TimelineThresholds>;

/** How much is taken of a recording, as it is set at this moment. */
export type ReadCaps = () => Promise<RecordingCaps>;

export type MakeId = (prefix: string) => string;
