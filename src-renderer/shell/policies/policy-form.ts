import type { FindingKind } from '../../../src-main/contract/finding-kinds';
import type { KeptHeader, Policy, PolicyFieldProblem } from '../../../src-main/contract/policy';
import { policyWords as words } from '../../../src-main/contract/words/policies';
import { refusals } from '../../../src-main/contract/words/refusals';

/** The default minimum of users for shared text. */
const usualMinUsers = 5;

/** A policy as the form edits it: lists are lines of text, numbers are the typed text. */
export interface PolicyForm {
  name: string;
  description: string;
  words: Policy['words'];
  allowWords: string;
  exclude: string;
  mask: string;
  unmask: string;
  isSharing: boolean;
  minUsers: string;
  off: readonly FindingKind[];
  countries: string;
  patterns: { name: string; kind: FindingKind; pattern: string; ignoreCase: boolean }[];
  hosts: Policy['urls']['hosts'];
  keepHosts: string;
  keepSegments: string;
  queryKeys: string;
  consoleText: Policy['console']['text'];
  consoleTrace: Policy['console']['trace'];
  headers: readonly KeptHeader[];
  bodies: Policy['network']['bodies'];
  images: Policy['images'];
  custom: { tag: string; fields: string }[];
  pseudonyms: boolean;
  times: Policy['times'];
}

const toText = (lines: readonly string[]): string => lines.join('\n');

/** Returns the lines that aren't empty, each with its line number. */
function numberedLines(text: string): { line: string; number: number }[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '');
}

const linesOf = (text: string): string[] => numberedLines(text).map(({ line }) => line);

export function formOf(policy: Policy): PolicyForm {
  const { sharedText, detectors, urls, console, network } = policy;
  return {
    name: policy.name,
    description: policy.description,
    words: policy.words,
    allowWords: toText(policy.allowWords),
    exclude: toText(policy.exclude),
    mask: toText(policy.mask),
    unmask: toText(policy.unmask),
    isSharing: sharedText !== 'off',
    minUsers: String(sharedText === 'off' ? usualMinUsers : sharedText.minUsers),
    off: detectors.off,
    countries: detectors.countries.join(', '),
    patterns: policy.patterns.map((pattern) => ({ ...pattern })),
    hosts: urls.hosts,
    keepHosts: toText(urls.keepHosts),
    keepSegments: toText(urls.keepSegments),
    queryKeys: toText(urls.queryKeys),
    consoleText: console.text,
    consoleTrace: console.trace,
    headers: network.headers,
    bodies: network.bodies,
    images: policy.images,
    custom: policy.custom.map(({ tag, fields }) => ({
      tag,
      fields: toText(fields.map(({ path, as }) => `${path}: ${as}`)),
    })),
    pseudonyms: policy.pseudonyms,
    times: policy.times,
  };
}

/** Converts the form to JSON, which may not be a valid policy. */
export function jsonOf(form: PolicyForm): Record<string, unknown> {
  return {
    policyVersion: 2,
    name: form.name.trim(),
    description: form.description.trim(),
    words: form.words,
    allowWords: linesOf(form.allowWords),
    exclude: linesOf(form.exclude),
    mask: linesOf(form.mask),
    unmask: linesOf(form.unmask),
    sharedText: form.isSharing ? { minUsers: wholeNumber(form.minUsers) } : 'off',
    detectors: { off: [...form.off], countries: codesOf(form.countries) },
    patterns: form.patterns.map(({ name, kind, pattern, ignoreCase }) => ({
      name: name.trim(),
      kind,
      pattern,
      ignoreCase,
    })),
    urls: {
      hosts: form.hosts,
      keepHosts: linesOf(form.keepHosts),
      keepSegments: linesOf(form.keepSegments),
      queryKeys: linesOf(form.queryKeys),
    },
    console: { text: form.consoleText, trace: form.consoleTrace },
    network: { headers: [...form.headers], bodies: form.bodies },
    images: form.images,
    custom: form.custom.map(({ tag, fields }) => ({ tag: tag.trim(), fields: linesOf(fields).map(fieldOf) })),
    pseudonyms: form.pseudonyms,
    times: form.times,
  };
}

/** Text that isn't a number is kept, so that validation reports it. */
function wholeNumber(typed: string): number | string {
  return /^\s*\d{1,6}\s*$/.test(typed) ? Number(typed) : typed;
}

function codesOf(typed: string): string[] {
  return typed
    .split(/[\s,;]+/)
    .filter((code) => code !== '')
    .map((code) => code.toUpperCase());
}

function fieldOf(line: string): { path: string; as: string } {
  const colon = line.lastIndexOf(':');
  return colon < 0 ? { path: line, as: '' } : { path: line.slice(0, colon).trim(), as: line.slice(colon + 1).trim() };
}

/**
 * Returns the validation error that is shown beside a field, if any. `text`: the content of a multi-line field, to find the line
 * number.
 */
export function problemOf(problems: readonly PolicyFieldProblem[], field: string, text?: string): string | undefined {
  const found = problems.find(({ path }) => path === field || path.startsWith(`${field}.`));
  if (!found) return undefined;
  const reason = refusals.policyProblem[found.problem];
  const index = /^\.(\d+)/.exec(found.path.slice(field.length))?.[1];
  const line = text === undefined || index === undefined ? undefined : numberedLines(text)[Number(index)];
  return line ? words.line(line.number, reason) : words.thisField(reason);
}
