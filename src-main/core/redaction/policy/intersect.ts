import type { CustomRule, FieldShape, OwnPattern, Policy } from '../../../contract/policy';
import { compileSelectors } from '../selectors/compile';
import { interfaceWords } from '../interface-words';

/**
 * Returns the intersection of two policies: it hides what either hides and keeps only what both keep. The name is that of `policy`;
 * `minimumPolicy` is recorded in its field `floor`. The result is an ordinary policy that can be shown, stored and intersected again.
 */
export function intersectPolicies(policy: Policy, minimumPolicy: Policy): Policy {
  return {
    policyVersion: policy.policyVersion,
    name: policy.name,
    description: policy.description,
    floor: minimumPolicy.name,
    words: policy.words === 'interface' && minimumPolicy.words === 'interface' ? 'interface' : 'none',
    allowWords: intersectWords(policy, minimumPolicy),
    exclude: union(policy.exclude, minimumPolicy.exclude),
    mask: union(policy.mask, minimumPolicy.mask),
    unmask: intersectUnmask(policy.unmask, minimumPolicy.unmask),
    sharedText: stricterSharedText(policy.sharedText, minimumPolicy.sharedText),
    detectors: {
      off: both(policy.detectors.off, minimumPolicy.detectors.off),
      countries: union(policy.detectors.countries, minimumPolicy.detectors.countries),
    },
    patterns: unionOfPatterns(policy.patterns, minimumPolicy.patterns),
    urls: {
      hosts: stricter(['none', 'registered'], policy.urls.hosts, minimumPolicy.urls.hosts),
      keepHosts: both(policy.urls.keepHosts, minimumPolicy.urls.keepHosts),
      keepSegments: both(policy.urls.keepSegments, minimumPolicy.urls.keepSegments),
      queryKeys: both(policy.urls.queryKeys, minimumPolicy.urls.queryKeys),
    },
    console: {
      text: stricter(['none', 'words', 'detected'], policy.console.text, minimumPolicy.console.text),
      trace: stricter(['none', 'places'], policy.console.trace, minimumPolicy.console.trace),
    },
    network: {
      headers: both(policy.network.headers, minimumPolicy.network.headers),
      bodies: stricter(['none', 'shape'], policy.network.bodies, minimumPolicy.network.bodies),
    },
    images: stricter(['none', 'flat'], policy.images, minimumPolicy.images),
    custom: intersectCustom(policy.custom, minimumPolicy.custom),
    pseudonyms: policy.pseudonyms && minimumPolicy.pseudonyms,
    times: stricter(['relative', 'absolute'], policy.times, minimumPolicy.times),
  };
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

function both<T>(a: readonly T[], b: readonly T[]): T[] {
  return a.filter((item) => b.includes(item));
}

/** Returns the stricter of two levels. `order` lists the levels from strict to open. */
function stricter<T extends string>(order: readonly [T, ...T[]], a: T, b: T): T {
  return order.find((level) => level === a || level === b) ?? order[0];
}

/** Returns the listed words that both policies allow, lower case. */
function intersectWords(a: Policy, b: Policy): string[] {
  const allowsWord = ({ words, allowWords }: Policy): ((word: string) => boolean) => {
    const added = new Set(allowWords.map((word) => word.toLowerCase()));
    return (word) => added.has(word) || (words === 'interface' && interfaceWords.has(word));
  };
  const [inA, inB] = [allowsWord(a), allowsWord(b)];
  const listed = new Set([...a.allowWords, ...b.allowWords].map((word) => word.toLowerCase()));
  return [...listed].filter((word) => inA(word) && inB(word));
}

/**
 * Text stays readable if it is inside an element that `a` selects and inside an element that `b` selects. The inner of these two elements
 * is either the same as the outer one or one of its descendants, which gives three selectors.
 */
function intersectUnmask(a: readonly string[], b: readonly string[]): string[] {
  if (a.every((selector) => b.includes(selector))) return [...a];
  if (b.every((selector) => a.includes(selector))) return [...b];
  // Whether a selector with siblings matches depends on changes elsewhere in the page, so the two lists can change at different times.
  // Such lists have no safe intersection.
  if (![a, b].every((list) => compileSelectors(list).isUpwards)) return [];
  const anyOfA = `:is(${a.join(',')})`;
  const anyOfB = `:is(${b.join(',')})`;
  return [`${anyOfA}${anyOfB}`, `${anyOfA} ${anyOfB}`, `${anyOfB} ${anyOfA}`];
}

function stricterSharedText(a: Policy['sharedText'], b: Policy['sharedText']): Policy['sharedText'] {
  return a === 'off' || b === 'off' ? 'off' : { minUsers: Math.max(a.minUsers, b.minUsers) };
}

/** Returns all patterns of both lists without duplicates. A pattern whose name is taken gets a number. */
function unionOfPatterns(a: readonly OwnPattern[], b: readonly OwnPattern[]): OwnPattern[] {
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

function intersectCustom(a: readonly CustomRule[], b: readonly CustomRule[]): CustomRule[] {
  return a.flatMap((rule) => {
    const other = b.find(({ tag }) => tag === rule.tag);
    if (!other) return [];
    const fields = rule.fields.flatMap(({ path, as }) => {
      const sameField = other.fields.find((field) => field.path === path);
      const shape = sameField && intersectShapes(as, sameField.as);
      return shape ? [{ path, as: shape }] : [];
    });
    return [{ tag: rule.tag, fields }];
  });
}

/** Returns the stricter of two shapes: `words` is a stricter `text`. Undefined for shapes that have nothing in common. */
function intersectShapes(a: FieldShape, b: FieldShape): FieldShape | undefined {
  if (a === b) return a;
  const isText = (shape: FieldShape): boolean => shape === 'words' || shape === 'text';
  return isText(a) && isText(b) ? 'words' : undefined;
}
