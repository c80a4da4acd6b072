import type { CustomRule, FieldShape, OwnPattern, Policy } from '../../../contract/policy';
import { compileSelectors } from '../selectors/compile';
import { interfaceWords } from '../interface-words';

/**
 * The policy that hides what either of two hides, and lets stay what both let stay. The name is the first one's; the second is noted as
 * its floor. It is a policy like any other, so that it can be shown, written down and met again.
 */
export function intersectPolicies(policy: Policy, floor: Policy): Policy {
  return {
    policyVersion: policy.policyVersion,
    name: policy.name,
    description: policy.description,
    floor: floor.name,
    words: policy.words === 'interface' && floor.words === 'interface' ? 'interface' : 'none',
    allowWords: meetWords(policy, floor),
    exclude: union(policy.exclude, floor.exclude),
    mask: union(policy.mask, floor.mask),
    unmask: meetUnmask(policy.unmask, floor.unmask),
    sharedText: meetShared(policy.sharedText, floor.sharedText),
    detectors: {
      off: both(policy.detectors.off, floor.detectors.off),
      countries: union(policy.detectors.countries, floor.detectors.countries),
    },
    patterns: joinPatterns(policy.patterns, floor.patterns),
    urls: {
      hosts: stricter(['none', 'registered'], policy.urls.hosts, floor.urls.hosts),
      keepHosts: both(policy.urls.keepHosts, floor.urls.keepHosts),
      keepSegments: both(policy.urls.keepSegments, floor.urls.keepSegments),
      queryKeys: both(policy.urls.queryKeys, floor.urls.queryKeys),
    },
    console: {
      text: stricter(['none', 'words', 'detected'], policy.console.text, floor.console.text),
      trace: stricter(['none', 'places'], policy.console.trace, floor.console.trace),
    },
    network: {
      headers: both(policy.network.headers, floor.network.headers),
      bodies: stricter(['none', 'shape'], policy.network.bodies, floor.network.bodies),
    },
    images: stricter(['none', 'flat'], policy.images, floor.images),
    custom: meetCustom(policy.custom, floor.custom),
    pseudonyms: policy.pseudonyms && floor.pseudonyms,
    times: stricter(['relative', 'absolute'], policy.times, floor.times),
  };
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

function both<T>(a: readonly T[], b: readonly T[]): T[] {
  return a.filter((item) => b.includes(item));
}

/** Whichever comes first in the order from strict to open. */
function stricter<T extends string>(order: readonly [T, ...T[]], a: T, b: T): T {
  return order.find((level) => level === a || level === b) ?? order[0];
}

function meetWords(a: Policy, b: Policy): string[] {
  const stays = ({ words, allowWords }: Policy): ((word: string) => boolean) => {
    const added = new Set(allowWords.map((word) => word.toLowerCase()));
    return (word) => added.has(word) || (words === 'interface' && interfaceWords.has(word));
  };
  const [inA, inB] = [stays(a), stays(b)];
  const named = union(a.allowWords, b.allowWords).map((word) => word.toLowerCase());
  return union(named, []).filter((word) => inA(word) && inB(word));
}

/**
 * An element stays readable when it, or one around it, is let stay by the first list, and likewise by the second. The lower of the two
 * elements that say so either is the other one or stands in it.
 */
function meetUnmask(a: readonly string[], b: readonly string[]): string[] {
  if (a.every((selector) => b.includes(selector))) return [...a];
  if (b.every((selector) => a.includes(selector))) return [...b];
  // Selectors that look at siblings begin and cease to match by what happens elsewhere, and two of them not at one moment: of those
  // nothing is let stand together.
  if (![a, b].every((list) => compileSelectors(list).isUpwards)) return [];
  const [x, y] = [`:is(${a.join(',')})`, `:is(${b.join(',')})`];
  return [`${x}${y}`, `${x} ${y}`, `${y} ${x}`];
}

/** What enough users saw for both. */
function meetShared(a: Policy['sharedText'], b: Policy['sharedText']): Policy['sharedText'] {
  return a === 'off' || b === 'off' ? 'off' : { minUsers: Math.max(a.minUsers, b.minUsers) };
}

function joinPatterns(a: readonly OwnPattern[], b: readonly OwnPattern[]): OwnPattern[] {
  const isSame = (x: OwnPattern, y: OwnPattern): boolean =>
    x.pattern === y.pattern && x.kind === y.kind && x.ignoreCase === y.ignoreCase;
  const names = new Set(a.map(({ name }) => name));
  const added = b.filter((pattern) => !a.some((own) => isSame(own, pattern)));
  const renamed = added.map((pattern) => {
    let { name } = pattern;
    for (let number = 2; names.has(name); number++) name = `${pattern.name.slice(0, 36)}-${number}`;
    names.add(name);
    return { ...pattern, name };
  });
  return [...a, ...renamed];
}

function meetCustom(a: readonly CustomRule[], b: readonly CustomRule[]): CustomRule[] {
  return a.flatMap((rule) => {
    const other = b.find(({ tag }) => tag === rule.tag);
    if (!other) return [];
    const fields = rule.fields.flatMap(({ path, as }) => {
      const met = other.fields.find((field) => field.path === path);
      const shape = met && meetShape(as, met.as);
      return shape ? [{ path, as: shape }] : [];
    });
    return [{ tag: rule.tag, fields }];
  });
}

/** Words are a text, too, but no number is a boolean: of two that have nothing in common, nothing stays. */
function meetShape(a: FieldShape, b: FieldShape): FieldShape | undefined {
  if (a === b) return a;
  const isText = (shape: FieldShape): boolean => shape === 'words' || shape === 'text';
  return isText(a) && isText(b) ? 'words' : undefined;
}
