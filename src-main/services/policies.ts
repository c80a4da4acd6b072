import * as v from 'valibot';
import { CasementError } from '../contract/errors';
import { refusals } from '../contract/words/refusals';
import type { OwnPattern, Policy } from '../contract/policy';
import type { RequestOutput } from '../contract/ipc';
import { Mutex } from '../contract/shared/mutex';
import { checkPolicy, findPolicy, intersectPolicies, parsePolicy, shippedPolicies } from '../core/redaction/policy';
import type { JsonStore } from './ports';

/** The user's own policies as they are stored. Each is checked and upgraded when it is read. */
export const StoredPolicies = v.array(v.unknown());

const mostPolicies = 100;

interface Ports {
  store: JsonStore<unknown[]>;
  /** Returns the company's minimum policy, if there is one. Throws policy-floor. */
  readMinimumPolicy: () => Promise<Policy | undefined>;
  /** Returns the text of a file that the user chooses; undefined if they close the dialog. Throws disk-*. */
  askForText: () => Promise<string | undefined>;
  /** Saves a text where the user chooses. Returns the file's name; undefined if they close the dialog. Throws disk-*. */
  saveText: (fileName: string, text: string) => Promise<string | undefined>;
}

/** The policies available for exports: the shipped ones and the user's own, all restricted by the company's minimum policy. */
export class Policies {
  private readonly changes = new Mutex();

  constructor(private readonly ports: Ports) {}

  async list(): Promise<RequestOutput<'policy.list'>> {
    const minimumPolicy = await this.ports.readMinimumPolicy();
    const about = (policy: Policy, isOwn: boolean): RequestOutput<'policy.list'>[number] => ({
      name: policy.name,
      description: policy.description,
      isOwn,
      floor: minimumPolicy?.name ?? null,
    });
    return [
      ...shippedPolicies.map((policy) => about(policy, false)),
      ...(await this.own()).map((policy) => about(policy, true)),
    ];
  }

  /** Returns the policy as written, without the minimum policy, for the editor. Throws policy-unknown. */
  async get(name: string): Promise<Policy> {
    return (await this.own()).find((policy) => policy.name === name) ?? findPolicy(name);
  }

  /** Returns the policy as an export applies it. Throws policy-unknown, policy-floor. */
  async find(name: string): Promise<Policy> {
    return this.held(await this.get(name));
  }

  /** Returns the intersection of a policy and the company's minimum policy. Throws policy-floor. */
  async held(policy: Policy): Promise<Policy> {
    const minimumPolicy = await this.ports.readMinimumPolicy();
    return minimumPolicy ? intersectPolicies(policy, minimumPolicy) : policy;
  }

  /** Returns the company's minimum policy, or null if there is none. Throws policy-floor. */
  async minimum(): Promise<Policy | null> {
    return (await this.ports.readMinimumPolicy()) ?? null;
  }

  /** Lists all problems of a policy draft. */
  check(json: unknown): RequestOutput<'policy.check'> {
    const { policy, problems } = checkPolicy(json);
    return { policy: policy ?? null, problems };
  }

  /** Returns the matches of a pattern in a text, as [start, end). Throws policy-invalid. */
  async try({ pattern, ignoreCase }: OwnPattern, text: string): Promise<RequestOutput<'policy.try'>> {
    // The detectors hold large lists, which would delay the start of the app.
    const { createDetectors } = await import('../core/redaction/detectors');
    const detectors = createDetectors({ kinds: ['own'], ownPatterns: [ignoreCase ? `(?i)${pattern}` : pattern] });
    return detectors.find(text).map(({ start, end }) => [start, end]);
  }

  /**
   * Stores a policy: replaces the user's own policy of that name, or adds a new one. It never overwrites another policy.
   * Throws policy-invalid, policy-shipped, policy-taken, policy-many, policy-unknown.
   */
  async save(policy: Policy, replaces: string | null): Promise<Policy> {
    const checked = parsePolicy(policy);
    await this.change((own) => placeIn(own, checked, replaces));
    return checked;
  }

  /**
   * Adds patterns that hide these values to the user's own policy of this name, or to a new copy of a shipped one. Returns the name of the
   * changed policy. Throws policy-unknown, policy-many, policy-invalid.
   */
  async hideValues(name: string, values: readonly string[]): Promise<string> {
    const policy = await this.get(name);
    let changed = policy;
    await this.change((own) => {
      const isOwn = own.some((each) => each.name === name);
      const taken = new Set([...shippedPolicies, ...own].map((each) => each.name));
      const patterns = [...policy.patterns, ...patternsFor(values, policy.patterns)];
      changed = parsePolicy({ ...policy, patterns, name: isOwn ? name : freeName(`${name.slice(0, 36)}-own`, taken) });
      return placeIn(own, changed, isOwn ? name : null);
    });
    return changed.name;
  }

  /** Throws policy-unknown. */
  async remove(name: string): Promise<Policy> {
    const removed = (await this.own()).find((policy) => policy.name === name);
    if (!removed) throw new CasementError('policy-unknown', { name });
    await this.change((own) => own.filter((policy) => policy.name !== name));
    return removed;
  }

  /** Returns null if the user closes the dialog. A name that is taken gets a number. Throws policy-invalid, policy-many, disk-*. */
  async importFile(): Promise<Policy | null> {
    const text = await this.ports.askForText();
    if (text === undefined) return null;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw new CasementError('policy-invalid', { reason: refusals.policy.notJson });
    }
    let kept = parsePolicy(json);
    await this.change((own) => {
      const taken = new Set([...shippedPolicies, ...own].map(({ name }) => name));
      kept = { ...kept, name: freeName(kept.name, taken) };
      return placeIn(own, kept, null);
    });
    return kept;
  }

  /** Returns the file's name; null if the user closes the dialog. Throws policy-unknown, disk-*. */
  async exportFile(name: string): Promise<string | null> {
    const policy = await this.get(name);
    return (await this.ports.saveText(`${policy.name}.json`, `${JSON.stringify(policy, null, 2)}\n`)) ?? null;
  }

  private async own(): Promise<Policy[]> {
    return (await this.ports.store.read()).map(parsePolicy);
  }

  private change(step: (own: Policy[]) => Policy[]): Promise<void> {
    return this.changes.run(async () => this.ports.store.write(step(await this.own())));
  }
}

function placeIn(own: readonly Policy[], policy: Policy, replaces: string | null): Policy[] {
  const { name } = policy;
  if (shippedPolicies.some((shipped) => shipped.name === name)) throw new CasementError('policy-shipped', { name });
  if (replaces !== null && !own.some((each) => each.name === replaces)) {
    throw new CasementError('policy-unknown', { name: replaces });
  }
  const others = own.filter((each) => each.name !== replaces);
  if (others.some((each) => each.name === name)) throw new CasementError('policy-taken', { name });
  if (others.length >= mostPolicies) throw new CasementError('policy-many');
  return [...others, policy];
}

/** The longest pattern of a policy. */
const longestPattern = 1000;

/** Returns patterns that match these values in any case, as few as their length allows. */
function patternsFor(values: readonly string[], known: readonly OwnPattern[]): OwnPattern[] {
  const groups: string[] = [];
  for (const value of values) {
    const escaped = value.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    if (escaped === '' || escaped.length > longestPattern) continue;
    const last = groups.at(-1);
    if (last !== undefined && last.length + escaped.length < longestPattern)
      groups[groups.length - 1] = `${last}|${escaped}`;
    else groups.push(escaped);
  }
  const taken = new Set(known.map(({ name }) => name));
  return groups.map((pattern) => {
    const name = freeName('found-after-check', taken);
    taken.add(name);
    return { name, kind: 'own', pattern, ignoreCase: true };
  });
}

/** Returns the name, with a number if it is taken. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name.slice(0, 36)}-${number}`;
  return free;
}
