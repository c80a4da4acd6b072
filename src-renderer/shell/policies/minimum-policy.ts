import type { FindingKind } from '../../../src-main/contract/finding-kinds';
import type { Policy } from '../../../src-main/contract/policy';

/** The levels of each field that has some, from strict to open. */
export const levels = {
  words: ['none', 'interface'],
  hosts: ['none', 'registered'],
  consoleText: ['none', 'words', 'detected'],
  consoleTrace: ['none', 'places'],
  bodies: ['none', 'shape'],
  images: ['none', 'flat'],
  times: ['relative', 'absolute'],
} as const;

export type LevelField = keyof typeof levels;

/** The most open level that the company's policy lets stand. */
export function minimumLevel(minimumPolicy: Policy, field: LevelField): string {
  switch (field) {
    case 'words':
    case 'images':
    case 'times':
      return minimumPolicy[field];
    case 'hosts':
      return minimumPolicy.urls.hosts;
    case 'consoleText':
      return minimumPolicy.console.text;
    case 'consoleTrace':
      return minimumPolicy.console.trace;
    case 'bodies':
      return minimumPolicy.network.bodies;
  }
}

export interface HeldLevel {
  /** What holds: what was chosen, or the company's where that is stricter. */
  value: string;
  /** Levels that can't be chosen, since the company's policy is stricter. */
  closed: readonly string[];
}

export function holdLevel(order: readonly string[], chosen: string, minimumPolicy: string | undefined): HeldLevel {
  if (minimumPolicy === undefined) return { value: chosen, closed: [] };
  const most = order.indexOf(minimumPolicy);
  return { value: order.indexOf(chosen) > most ? minimumPolicy : chosen, closed: order.slice(most + 1) };
}

/** Must this be looked for, whatever the user's policy says? */
export function isRequired(minimumPolicy: Policy | undefined, kind: FindingKind): boolean {
  return minimumPolicy !== undefined && !minimumPolicy.detectors.off.includes(kind);
}

/** How many users have to have seen a text at least; undefined where the company asks for none, `off` where none may stay. */
export function leastUsers(minimumPolicy: Policy | undefined): number | 'off' | undefined {
  if (!minimumPolicy) return undefined;
  return minimumPolicy.sharedText === 'off' ? 'off' : minimumPolicy.sharedText.minUsers;
}
