import { CasementError } from '../../../contract/errors';
import { errorForStatus } from '../check-reply';
import { checkFileAddress } from '../file-address';
import type { FetchPort, FetchReply, PresignedFetch } from '../source';
import { expectRecording } from '../whole-file';
import { isReplayId, signReplay, type SignedReplay } from './sign';

/** The hosts of Mixpanel's file servers. A leading dot means all subdomains. */
export const mixpanelFileHosts: readonly string[] = ['.mxpnl.com'];

/** The retention periods that a file's name can have, in days, the most common ones first. */
const retentions = [30, 90, 7, 1] as const;

export interface MixpanelStore {
  fetch: FetchPort;
  project: string;
  fetchPresigned: PresignedFetch;
  fileHosts: readonly string[];
}

/** The files of one replay. They are numbered; nothing lists them. */
export class ReplayFiles {
  private signed: SignedReplay | undefined;

  /** `retention`: the period in the names, if it is known. */
  constructor(
    private readonly store: MixpanelStore,
    private readonly remoteId: string,
    private readonly signal?: AbortSignal,
    private retention?: number,
  ) {
    if (!isReplayId(remoteId)) throw new CasementError('remote-not-found');
  }

  /** The period in the names, once a file was found. */
  get days(): number | undefined {
    return this.retention;
  }

  /** Requests a file. Returns undefined if there is none with this number. Throws the errors of the requests. */
  async get(number: number): Promise<FetchReply | undefined> {
    if (this.retention !== undefined) return this.request(number, this.retention);
    for (const days of retentions) {
      const reply = await this.request(number, days);
      if (!reply) continue;
      this.retention = days;
      return reply;
    }
    return undefined;
  }

  private async request(number: number, days: number): Promise<FetchReply | undefined> {
    let reply = await this.fetch(number, days);
    if (reply.status === 403) {
      // The signature is valid for five minutes.
      reply.discard();
      this.signed = undefined;
      reply = await this.fetch(number, days);
    }
    const { status } = reply;
    if (status === 200) {
      expectRecording(reply);
      return reply;
    }
    reply.discard();
    if (status === 404) return undefined;
    // The file server doesn't see the key.
    if (status === 401 || status === 403) throw new CasementError('remote-failed', { status });
    throw errorForStatus(reply, 'session');
  }

  private async fetch(number: number, days: number): Promise<FetchReply> {
    const { fetch, project, fetchPresigned, fileHosts } = this.store;
    this.signed ??= await signReplay(fetch, project, this.remoteId, this.signal);
    const { url, query } = this.signed;
    const address = `${url}${String(number).padStart(4, '0')}-${days}.json?${query}`;
    return fetchPresigned(checkFileAddress(address, fileHosts), this.signal);
  }
}
