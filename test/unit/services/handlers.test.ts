import { describe, expect, it } from 'vitest';
import { requests, type RequestName } from '../../../src-main/contract/ipc';
import { forwardedJobs, forwardedRequests } from '../../../src-main/contract/worker';
import { createHandlers, type Handlers, type Services } from '../../../src-main/services/handlers';
import { Jobs } from '../../../src-main/services/jobs';
import type { CallOptions } from '../../../src-main/services/ports';

interface Call {
  name: string;
  params: unknown;
  options: CallOptions | undefined;
}

function setUp() {
  const calls: Call[] = [];
  const call = (name: string, params: unknown, options?: CallOptions): Promise<unknown> => {
    calls.push({ name, params, options });
    return Promise.resolve(`result of ${name}`);
  };
  const handlers = createHandlers({ worker: { call }, jobs: new Jobs(() => undefined) } as unknown as Services);
  const ask = (name: RequestName, input: unknown): unknown => {
    const handler = handlers[name] as (input: unknown) => unknown;
    return handler(input);
  };
  return { calls, handlers, ask };
}

describe('createHandlers', () => {
  it('handles every request of the contract and no other', () => {
    const { handlers } = setUp();
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(requests).sort());
  });

  it.each(forwardedRequests)('forwards %s to the worker unchanged', async (name) => {
    const { calls, ask } = setUp();
    const input = { id: 'x-1234' };
    expect(await ask(name, input)).toBe(`result of ${name}`);
    expect(calls).toEqual([{ name, params: input, options: undefined }]);
  });

  it.each(forwardedJobs)('forwards %s to the worker as a job that can be cancelled', async (name) => {
    const { calls, handlers, ask } = setUp();
    const result = ask(name, { jobId: 'job-1', text: 'x' });
    const [call] = calls;
    expect(call).toMatchObject({ name, params: { text: 'x' } });
    expect(call?.params).not.toHaveProperty('jobId');
    await handlers['job.cancel']({ jobId: 'job-1' } as Parameters<Handlers['job.cancel']>[0]);
    expect(call?.options?.signal?.aborted).toBe(true);
    expect(await result).toBe(`result of ${name}`);
  });
});
