import { parseArgs } from 'node:util';
import { readFile } from 'node:fs/promises';
import { CasementError } from '../contract/errors';
import { refusals } from '../contract/words/refusals';
import { defaultPolicyName, type Policy } from '../contract/policy';
import { words } from '../contract/words/cli';
import { findPolicy, intersectPolicies, parsePolicy } from '../core/redaction/policy';
import { onDisk } from '../node/files/disk-errors';
import { readMinimumPolicy, systemMinimumPolicyPath } from '../node/policy/minimum-policy';

type Options = Record<string, { type: 'string' | 'boolean' }>;

export interface Arguments {
  files: string[];
  options: Record<string, string | undefined>;
  flags: Set<string>;
}

/** Throws usage. */
export function readArguments(args: string[], options: Options): Arguments {
  try {
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true, strict: true });
    const read: Arguments = { files: positionals, options: {}, flags: new Set() };
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string') read.options[name] = value;
      else if (value === true) read.flags.add(name);
    }
    return read;
  } catch {
    throw new CasementError('usage', { reason: words.badOptions });
  }
}

export function needOneFile({ files }: Arguments): string {
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) throw new CasementError('usage', { reason: words.wantsOneFile });
  return file;
}

/** Throws usage. */
export function needFiles({ files }: Arguments): string[] {
  if (files.length === 0) throw new CasementError('usage', { reason: words.wantsFiles });
  return files;
}

export function needOption({ options }: Arguments, name: string): string {
  const value = options[name];
  if (value === undefined) throw new CasementError('usage', { reason: words.wantsOption(name) });
  return value;
}

/**
 * Returns a shipped policy by name, or one from a file, intersected with the company's minimum policy.
 * Throws policy-unknown, policy-invalid, policy-floor, file-missing.
 */
export async function readPolicy(nameOrPath = defaultPolicyName): Promise<Policy> {
  const policy = await readNamedPolicy(nameOrPath);
  const minimumPolicy = await readMinimumPolicy(process.env, systemMinimumPolicyPath(process.platform, process.env));
  return minimumPolicy ? intersectPolicies(policy, minimumPolicy) : policy;
}

async function readNamedPolicy(nameOrPath: string): Promise<Policy> {
  if (!/[/\\.]/.test(nameOrPath)) return findPolicy(nameOrPath);
  const text = await onDisk(() => readFile(nameOrPath, 'utf8'));
  try {
    return parsePolicy(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new CasementError('policy-invalid', { reason: refusals.policy.notJson });
    throw error;
  }
}
