import { join } from 'node:path';
import { CasementError, hasCode } from '../../contract/errors';
import type { Policy } from '../../contract/policy';
import { intersectPolicies, parsePolicy } from '../../core/redaction/policy';
import { readText } from '../files/read-text';

/** In bytes; what is larger is no policy. */
export const longestPolicyFile = 2_000_000;

/** Where a company's administrators put the floor: a folder that users of the computer can't write to. */
export function systemFloorPath(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Casement', 'policy-floor.json');
  if (platform === 'darwin') return '/Library/Application Support/Casement/policy-floor.json';
  return '/etc/casement/policy-floor.json';
}

/**
 * The company's floor: the file that `CASEMENT_POLICY_FLOOR` names, the system's own, or what both hide together. Undefined where there
 * is none. Read anew for each export, so that a change holds at once.
 * Errors: policy-floor for one that is there and can't be used. Nothing may leave then: an export without its floor is what a floor prevents.
 */
export async function readPolicyFloor(env: NodeJS.ProcessEnv, systemPath: string): Promise<Policy | undefined> {
  const named = env.CASEMENT_POLICY_FLOOR;
  const floors = [await readFloor(systemPath, false), named ? await readFloor(named, true) : undefined];
  const [first, second] = floors.filter((floor) => floor !== undefined);
  return first && second ? intersectPolicies(first, second) : first;
}

async function readFloor(path: string, mustExist: boolean): Promise<Policy | undefined> {
  try {
    return parsePolicy(JSON.parse(await readText(path, longestPolicyFile)));
  } catch (error) {
    if (hasCode(error, 'file-missing') && !mustExist) return undefined;
    throw new CasementError('policy-floor', { reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON';
  const reason = hasCode(error, 'policy-invalid') ? error.details?.reason : undefined;
  return typeof reason === 'string' ? reason : 'it can’t be read';
}
