import type { Allowed } from './allowed';
import { decodeBase64 } from './decode/base64';
import { decodePunycode } from './decode/punycode';

const hostsLimit = 10_000;
const address = /^(?:https?:|wss?:)?\/\/(?:[^/?#@\s]*@)?([\p{L}\p{N}_.-]{1,253}|\[[0-9a-f:.]{3,45}\])(?=[:/?#]|$)/iu;
/** A host with or without a scheme, a port and a path. */
const written =
  /^(?:(?:view-source:|blob:|origin=|\^)?(?:https?|wss?|ftp):)?(?:\/\/)?([\p{L}\p{N}_.-]{1,253}|\[[0-9a-f:.]{3,45}\])\.?(?::\d{1,5})?([/?#].*)?$/iu;
/** Words in routes that say nothing about a user, besides those of interfaces. */
const routeWords: ReadonlySet<string> = new Set(
  `admin ajax api app apps assets auth build bundles callback cdn chunks css data dist docs en env events favicon files fonts graphql
  healthz home html images img index ingest js json lib locales login logout main manifest media metrics min oauth pages ping portal
  public rest robots rpc scripts session sitemap socket src static status styles sub track tracking upload uploads v1 v2 v3 v4 vendor
  webhook webhooks well-known www xhr`.split(/\s+/),
);

/**
 * The addresses of the recorded pages and of their requests. They stay in an export by every policy, so the gate never searches for them:
 * not with a scheme, a port or `www`, not percent-encoded, in base64 or in punycode, and not with a route that stays readable.
 */
export class OwnAddresses {
  private readonly hosts = new Set<string>();

  constructor(private readonly allowed: Pick<Allowed, 'isKnownWord' | 'isKeptInAddress'>) {}

  /** Notes the host if the text is an address. */
  note(text: string): void {
    if (this.hosts.size > hostsLimit) return;
    const host = address.exec(text)?.[1];
    if (host === undefined) return;
    const plain = bareHost(host);
    // Of a long name only the registered part stays, and labels that are words: the others may be the name of a customer.
    const labels = plain.split('.');
    for (const count of [2, 3]) this.hosts.add(labels.slice(-count).join('.'));
    if (labels.length > 1) for (const label of labels.slice(-2)) this.hosts.add(label);
    const isComputer = plain.includes(':') || /^[\d.]+$/.test(plain);
    if (isComputer || labels.slice(0, -2).every((label) => this.isHarmless(label))) this.hosts.add(plain);
  }

  /** Returns true for an address of the recorded site in any spelling. False for one with a private route or a query. */
  has(text: string): boolean {
    return spellings(text).some((spelling) => this.isOwn(spelling));
  }

  private isOwn(text: string): boolean {
    const [, host, rest = ''] = written.exec(text) ?? [];
    if (host === undefined) return false;
    const plain = bareHost(host);
    if (!this.hosts.has(plain) && !this.hosts.has(`www.${plain}`) && !this.allowed.isKeptInAddress(plain)) return false;
    const [path = ''] = /^[^?#]*/.exec(rest) ?? [];
    return /^[?#]?$/.test(rest.slice(path.length)) && path.split('/').every((segment) => this.isHarmless(segment));
  }

  private isHarmless(segment: string): boolean {
    if (segment === '' || this.allowed.isKeptInAddress(segment)) return true;
    return segment
      .split(/[-_.]|(?<=[a-z])(?=[A-Z])/)
      .every((word) => this.allowed.isKnownWord(word) || routeWords.has(word.toLowerCase()));
  }
}

function bareHost(host: string): string {
  const plain = decodePunycode(host.toLowerCase())
    .normalize('NFC')
    .replace(/^\[|\]$|\.$/g, '');
  return plain.startsWith('www.') ? plain.slice(4) : plain;
}

/** The most layers of an encoding: an address in a query of an address in a query. */
const layers = 3;

/** Returns a text without quotes, and decoded in the ways in which pages pass addresses on. */
function spellings(text: string): string[] {
  const found = [text.trim().replace(/^["'<(]+|["'>)]+$/g, '')];
  for (let layer = 0; layer < layers; layer++) {
    const last = found.at(-1) ?? '';
    const decoded = decodeOnce(last);
    if (decoded === last) break;
    found.push(decoded);
  }
  return found;
}

function decodeOnce(text: string): string {
  if (text.includes('%')) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }
  if (text.includes('\\/')) return text.replaceAll('\\/', '/');
  if (text.includes('&')) return text.replace(/&(?:#x2f|#47|sol);/gi, '/').replace(/&(?:#x3a|#58|colon);/gi, ':');
  // `http` in base64 begins with these letters; some services end it with a dot instead of `=`.
  if (/^aHR0c[A-Za-z0-9+/_-]{8,400}[.=]{0,2}$/.test(text))
    return new TextDecoder().decode(decodeBase64(new TextEncoder().encode(text)));
  return text;
}
