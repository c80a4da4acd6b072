import * as http from 'node:http';
import * as https from 'node:https';
import { CasementError } from '../../contract/errors';
import { Mutex } from '../../contract/shared/mutex';
import { refusals } from '../../contract/words/refusals';
import type { TransportLogEntry } from './attempt';
import type { ResolveProxy } from './proxy-route';
import { trustOptions } from './trust';

/** Scripts of companies have some ten kilobytes. */
const mostBytes = 1_000_000;
const timeoutMs = 15_000;
/** A script is downloaded again after this time, ms. */
const keepMs = 60 * 60_000;

interface Ports {
  /** Returns the address of the script; '' to use the system's proxies. */
  address: () => string;
  resolveSystem: ResolveProxy;
  /** Runs a script for an address, as in `ResolveProxy`; '' if the script fails. */
  evaluate: (script: string, url: string) => Promise<string>;
  log: (entry: TransportLogEntry) => void;
  now: () => number;
}

interface Loaded {
  address: string;
  script: string;
  atMs: number;
}

/**
 * Returns the proxies that the script in the settings names, or the system's if there is none. The script is downloaded directly, because only
 * it knows the proxies. The returned function throws proxy-script and never falls back to a direct connection.
 */
export function openProxyScript({ address, resolveSystem, evaluate, log, now }: Ports): ResolveProxy {
  const loads = new Mutex();
  let loaded: Loaded | undefined;

  const load = (wanted: string): Promise<Loaded> =>
    loads.run(async () => {
      const known = loaded?.address === wanted ? loaded : undefined;
      if (known && now() - known.atMs < keepMs) return known;
      try {
        loaded = { address: wanted, script: await downloadProxyScript(wanted, log, now), atMs: now() };
      } catch (error) {
        // An older copy is better than no connection.
        if (!known) throw error;
        loaded = { ...known, atMs: now() };
      }
      return loaded;
    });

  return async (url) => {
    const wanted = address();
    if (wanted === '') return resolveSystem(url);
    const list = await evaluate((await load(wanted)).script, url);
    if (list.trim() === '') throw new CasementError('proxy-script', { reason: refusals.proxyScript.failed });
    return list;
  };
}

/** Throws proxy-script. Redirects are not followed. */
async function downloadProxyScript(
  address: string,
  log: (entry: TransportLogEntry) => void,
  now: () => number,
): Promise<string> {
  const { host, pathname } = new URL(address);
  const entry: TransportLogEntry = { method: 'GET', host, path: pathname, status: 0, ms: 0, bytes: 0 };
  const startedAt = now();
  try {
    const reply = await open(address);
    entry.status = reply.statusCode ?? 0;
    const chunks: Buffer[] = [];
    for await (const chunk of reply) {
      chunks.push(chunk as Buffer);
      entry.bytes += (chunk as Buffer).length;
      if (entry.bytes > mostBytes) throw new CasementError('proxy-script', { reason: refusals.proxyScript.tooLarge });
    }
    if (entry.status === 200) return Buffer.concat(chunks).toString('utf8');
    throw new CasementError('proxy-script', { reason: refusals.proxyScript.unreachable });
  } catch (error) {
    entry.code = 'proxy-script';
    if (error instanceof CasementError) throw error;
    // The system's error text contains addresses.
    throw new CasementError('proxy-script', { reason: refusals.proxyScript.unreachable });
  } finally {
    log({ ...entry, ms: now() - startedAt });
  }
}

function open(address: string): Promise<http.IncomingMessage> {
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const request = address.startsWith('https:')
      ? https.get(address, { ...trustOptions(undefined), signal, agent: false }, resolve)
      : http.get(address, { signal, agent: false }, resolve);
    request.on('error', reject);
  });
}
