import type { Progress } from '../contract/rpc';
import type { RecordingCaps, TimelineThresholds } from '../contract/settings';
import type { DemoServerMethods, KeychainMethods, WorkerMethods } from '../contract/worker';

// The interfaces that the services depend on. `main.ts` passes the implementations.

type Methods = { [K in string]: { params: unknown; result: unknown } };

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Ports to transfer with the call, as Electron's MessagePortMain. */
  ports?: unknown[];
}

/** A process that answers calls. A call throws the errors of its method, and worker-gone or keychain-timeout if the process ends or hangs. */
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

/** A small JSON file that is read and replaced completely. */
export interface JsonStore<T> {
  read(): Promise<T>;
  write(value: T): Promise<void>;
}

/** Returns the user's current settings for timelines. */
export type ReadThresholds = () => Promise<TimelineThresholds>;

/** Returns the current limits of a recording. */
export type ReadCaps = () => Promise<RecordingCaps>;

export type MakeId = (prefix: string) => string;
