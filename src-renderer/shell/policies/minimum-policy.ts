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
export function floorLevel(floor: Policy, field: LevelField): string {
  switch (field) {
    case 'words':
    case 'images':
    case 'times':
      return floor[field];
    case 'hosts':
      return floor.urls.hosts;
    case 'consoleText':
      return floor.console.text;
    case 'consoleTrace':
      return floor.console.trace;
    case 'bodies':
      return floor.network.bodies;
  }
}

export interface HeldLevel {
  /** What holds: what was chosen, or the company's where that is stricter. */
  value: string;
  /** Levels that can't be chosen, since the company's policy is stricter. */
  closed: readonly string[];
}

export function holdLevel(order: readonly string[], chosen: string, floor: string | undefined): HeldLevel {
  if (floor === undefined) return { value: chosen, closed: [] };
  const most = order.indexOf(floor);
  return { value: order.indexOf(chosen) > most ? floor : chosen, closed: order.slice(most + 1) };
}

/** Must this be looked for, whatever the user's policy says? */
export function isRequired(floor: Policy | undefined, kind: FindingKind): boolean {
  return floor !== undefined && !floor.detectors.off.includes(kind);
}

/** How many users have to have seen a text at least; undefined where the company asks for none, `off` where none may stay. */
export function leastUsers(floor: Policy | undefined): number | 'off' | undefined {
  if (!floor) return undefined;
  return floor.sharedText === 'off' ? 'off' : floor.sharedText.minUsers;
}
