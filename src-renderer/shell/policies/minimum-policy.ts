import type { FindingKind } from '../../../src-main/contract/finding-kinds';
import type { Policy } from '../../../src-main/contract/policy';

/** The levels of each field that has levels, from strict to permissive. */
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

/** Returns the most permissive level that the company's policy allows. */
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
  /** The effective level: the chosen one, or the company's if that is stricter. */
  value: string;
  /** Levels that the company's policy rules out. */
  closed: readonly string[];
}

export function holdLevel(order: readonly string[], chosen: string, minimumPolicy: string | undefined): HeldLevel {
  if (minimumPolicy === undefined) return { value: chosen, closed: [] };
  const most = order.indexOf(minimumPolicy);
  return { value: order.indexOf(chosen) > most ? minimumPolicy : chosen, closed: order.slice(most + 1) };
}

/** Returns whether the company's policy requires this detector. */
export function isRequired(minimumPolicy: Policy | undefined, kind: FindingKind): boolean {
  return minimumPolicy !== undefined && !minimumPolicy.detectors.off.includes(kind);
}

/** Returns the company's minimum of users for shared text: undefined if there is none, `off` if no shared text may be kept. */
export function leastUsers(minimumPolicy: Policy | undefined): number | 'off' | undefined {
  if (!minimumPolicy) return undefined;
  return minimumPolicy.sharedText === 'off' ? 'off' : minimumPolicy.sharedText.minUsers;
}
