import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readKeychain } from '../../../src-main/node/keychain/read-key';
import { makeTempFolder } from '../../helpers/temp-folder';

let folder: string;
beforeEach(async () => {
  folder = await makeTempFolder();
});

/** Starts a process that answers as `replies` says: a list of results for each method. A method without replies stays silent. */
function read(replies: Record<string, unknown[]>, signal = new AbortController().signal) {
  const script = join(folder, 'keychain.cjs');
  writeFileSync(
    script,
    `const replies = ${JSON.stringify(replies)};
    process.on('message', ({ id, method, params }) => {
      const reply = replies[method]?.shift();
      if (reply === undefined) return;
      if (reply === 'crash') process.exit(9);
      const value = reply === 'environment' ? Object.keys(process.env).sort().join() : reply;
      process.send({ kind: 'reply', id, ok: true, value });
    });`,
  );
  const env = { HOME: '/home/jane', SECRET_TOKEN: 'x' };
  return readKeychain('connection/c-1', { script, env, signal });
}

describe('a key of the keychain', () => {
  it('is read in a process of its own, which gets only the environment that a keychain needs', async () => {
    expect(await read({ probe: ['ready'], get: ['secret'] })).toBe('secret');
    expect(await read({ probe: ['ready'], get: ['environment'] })).not.toContain('SECRET');
  });

  it('is missing only if the keychain is still unlocked', async () => {
    expect(await read({ probe: ['ready', 'ready'], get: [null, null] })).toBeUndefined();
    await expect(read({ probe: ['ready', 'locked'], get: [null] })).rejects.toMatchObject({ code: 'keychain-locked' });
  });

  it.each([
    ['locked', 'keychain-locked'],
    ['none', 'keychain-none'],
    ['crash', 'keychain-none'],
  ])('can’t be read from a keychain that is “%s”', async (state, code) => {
    await expect(read({ probe: [state] })).rejects.toMatchObject({ code });
  });

  it('is not waited for after Ctrl-C', async () => {
    const stop = new AbortController();
    const reading = read({}, stop.signal);
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  });
});
