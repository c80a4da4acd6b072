/** Types of the parts that are used; the package has none. */
declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http';
  import type { Readable } from 'node:stream';

  interface StoreOptions {
    directory: string;
    silent: boolean;
    vhostBuckets: boolean;
    configureBuckets: { name: string }[];
  }

  interface StoredObject {
    bucket: string;
    key: string;
    content: Readable;
    metadata: Record<string, string>;
  }

  export default class S3rver {
    constructor(options: StoreOptions);
    configureBuckets(): Promise<unknown>;
    callback(): RequestListener;
    store: { putObject: (object: StoredObject) => Promise<unknown> };
  }
}
