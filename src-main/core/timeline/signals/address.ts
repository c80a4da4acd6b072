import { toPlainLine } from '../plain-text';

const addressLimit = 160;

/** An address without query, user and password; without its host where that is the page's own. */
export function showAddress(address: string, page?: string): string {
  const url = parseAddress(address, page);
  if (!url) return toPlainLine(address.split(/[?#]/)[0] ?? '', addressLimit);
  const isOwn = page !== undefined && parseAddress(page)?.host === url.host;
  return toPlainLine(isOwn ? readable(url.pathname) : `${url.host}${readable(url.pathname)}`, addressLimit);
}

/** A page's address: with its host, and with the part after `#` where an application keeps its place in there. */
export function showPage(address: string): string {
  const url = parseAddress(address);
  if (!url) return toPlainLine(address.split(/[?#]/)[0] ?? '', addressLimit);
  const route = /^#!?\//.test(url.hash) ? (url.hash.split('?')[0] ?? '') : '';
  return toPlainLine(`${url.host}${readable(url.pathname)}${readable(route)}`, addressLimit);
}

/** Whether an address is of a page that somebody visits, other than the blank one that a browser starts with. */
export function isVisited(address: string): boolean {
  return address !== '' && !/^(about|data|blob|javascript):/i.test(address);
}

function parseAddress(address: string, base?: string): URL | undefined {
  try {
    return base !== undefined && isVisited(base) ? new URL(address, base) : new URL(address);
  } catch {
    return undefined;
  }
}

function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
