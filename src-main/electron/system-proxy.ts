import { session } from 'electron';

/**
 * Returns the system's proxies for an address, such as `PROXY proxy.example:3128; DIRECT`. The browser resolves no host names, so it can't load a
 * proxy script from a web address; in that case only the system's fixed proxies, if any, are used.
 */
export function resolveProxy(url: string): Promise<string> {
  return session.defaultSession.resolveProxy(url);
}

let current: string | undefined;

/**
 * Runs a proxy script in the browser's own sandbox for such scripts. Returns '' if the script fails. The script can't resolve host names, as the
 * browser can't: `dnsResolve` returns null.
 */
export async function evaluateProxyScript(script: string, url: string): Promise<string> {
  // In memory, and used for nothing else.
  const own = session.fromPartition('proxy-script');
  if (script !== current) {
    const pacScript = `data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`;
    await own.setProxy({ mode: 'pac_script', pacScript });
    current = script;
  }
  return own.resolveProxy(url);
}
