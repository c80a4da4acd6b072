import { join } from 'node:path';
import { CasementError, hasCode } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import type { Policy } from '../../contract/policy';
import { intersectPolicies, parsePolicy } from '../../core/redaction/policy';
import { readText } from '../files/read-text';

/** In bytes; a larger file is refused. */
export const longestPolicyFile = 2_000_000;

/** Returns where administrators put a company's minimum policy: in a folder that users of the computer can't write to. */
export function systemMinimumPolicyPath(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Casement', 'policy-floor.json');
  if (platform === 'darwin') return '/Library/Application Support/Casement/policy-floor.json';
  return '/etc/casement/policy-floor.json';
}

/**
 * Returns the company's minimum policy: the file that `CASEMENT_POLICY_FLOOR` names, the system's own, or the intersection of both.
 * Undefined where neither exists. Callers read it again for each export, so a change takes effect at once.
 *
 * Throws `policy-floor` if a file exists but can't be used. The export then fails: it must not run without the minimum policy.
 */
export async function readMinimumPolicy(env: NodeJS.ProcessEnv, systemPath: string): Promise<Policy | undefined> {
  const namedPath = env.CASEMENT_POLICY_FLOOR;
  const system = await readPolicyFile(systemPath, false);
  const named = namedPath ? await readPolicyFile(namedPath, true) : undefined;
  return system && named ? intersectPolicies(system, named) : (system ?? named);
}

async function readPolicyFile(path: string, mustExist: boolean): Promise<Policy | undefined> {
  try {
    return parsePolicy(JSON.parse(await readText(path, longestPolicyFile)));
  } catch (error) {
    if (hasCode(error, 'file-missing') && !mustExist) return undefined;
    throw new CasementError('policy-floor', { reason: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return refusals.policy.notJson;
  const reason = hasCode(error, 'policy-invalid') ? error.details?.reason : undefined;
  return typeof reason === 'string' ? reason : refusals.policy.unreadable;
}
