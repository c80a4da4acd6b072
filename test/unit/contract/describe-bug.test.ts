import { describe, expect, it } from 'vitest';
import { CasementError } from '../../../src-main/contract/errors';
import { describeBug } from '../../../src-main/contract/shared/describe-bug';

const secret = 'hunter2';
const root = '/opt/casement/dist/main/';
const frame = { file: 'main.cjs', line: 12, column: 7, name: 'start' };

/** An error with this stack below its header. */
function withStack(error: Error, ...lines: string[]): Error {
  const header = error.message === '' ? 'Error' : `Error: ${error.message}`;
  error.stack = [header, ...lines].join('\n');
  return error;
}

describe('describeBug', () => {
  it('reports the class, the code and the frames in Casement’s own files', () => {
    const error = withStack(
      Object.assign(new TypeError('x'), { code: 'EPERM' }),
      `    at async start (${root}main.cjs:12:7)`,
      `    at new Vault (${root}chunks/vault-a1.cjs:3:1)`,
      `    at ${root}main.cjs:5:2`,
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
      '    at other (/home/jane/node_modules/x/index.js:1:1)',
    );
    expect(describeBug(error, root)).toEqual({
      class: 'TypeError',
      code: 'EPERM',
      frames: [
        frame,
        { file: 'chunks/vault-a1.cjs', line: 3, column: 1, name: 'Vault' },
        { file: 'main.cjs', line: 5, column: 2 },
      ],
    });
  });

  it('reads Windows paths and page URLs', () => {
    const windows = withStack(new Error(), '    at start (C:\\Program Files\\Casement\\dist\\main\\main.cjs:12:7)');
    expect(describeBug(windows, 'C:\\Program Files\\Casement\\dist\\main\\').frames).toEqual([frame]);
    const page = withStack(new Error('x'), '    at start (app://casement/assets/index-B2.js:1:200)');
    expect(describeBug(page, 'app://casement/').frames).toEqual([
      { file: 'assets/index-B2.js', line: 1, column: 200, name: 'start' },
    ]);
  });

  it('reads the stack of a real error', () => {
    const { class: name, frames } = describeBug(new RangeError(secret), `${import.meta.dirname}/`);
    expect(name).toBe('RangeError');
    // The test file isn't a .js file, so its own frame is left out.
    expect(frames).toEqual([]);
    const asScript = withStack(new Error(secret), `    at run (${import.meta.dirname}/run.js:3:4)`);
    expect(describeBug(asScript, `${import.meta.dirname}/`).frames).toHaveLength(1);
  });

  it('keeps the code of a CasementError', () => {
    expect(describeBug(new CasementError('disk-full'), root)).toMatchObject({
      class: 'CasementError',
      code: 'disk-full',
    });
  });

  class Hunter2 extends Error {}
  const named = new Error('x');
  named.name = secret;
  const changed = withStack(new Error('x'), `    at start (${root}main.cjs:12:7)`);
  changed.message = secret;
  const planted: Record<string, unknown> = {
    message: withStack(new Error(secret)),
    'message that looks like a frame': withStack(new Error(`x\n    at ${secret} (${root}${secret}.cjs:12:7)`)),
    'message that was changed later': changed,
    cause: new Error('x', { cause: new Error(secret) }),
    'class name': new Hunter2('x'),
    name: named,
    code: Object.assign(new Error('x'), { code: secret }),
    'code in capitals': Object.assign(new Error('x'), { code: 'EHUNTER2' }),
    property: Object.assign(new Error('x'), { [secret]: secret }),
    'path of a frame': withStack(new Error('x'), `    at start (/home/${secret}/main.cjs:1:1)`),
    'path that leaves the folder': withStack(new Error('x'), `    at start (${root}../../${secret}/main.js:1:1)`),
    'query of a frame': withStack(new Error('x'), `    at start (${root}main.cjs?${secret}:1:1)`),
    'function name with spaces': withStack(new Error('x'), `    at ${secret} x y (${root}main.cjs:1:1)`),
    'line that is no frame': withStack(new Error('x'), secret),
    string: secret,
    object: { message: secret, stack: secret },
    getter: Object.defineProperty(new Error('x'), 'code', {
      get: () => {
        throw new Error(secret);
      },
    }),
  };

  it.each(Object.keys(planted))('leaves out a secret in its %s', (where) => {
    expect(JSON.stringify(describeBug(planted[where], root))).not.toMatch(/hunter2/i);
  });
});
