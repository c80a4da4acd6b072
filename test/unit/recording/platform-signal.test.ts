import { describe, expect, it } from 'vitest';
import { methods } from '../../../src-main/core/recording/signals/field';
import { readNetworkEntry } from '../../../src-main/core/recording/signals/network-entry';
import {
  isCopyTag,
  isIdentifyTag,
  isSilentTag,
  readSignal,
} from '../../../src-main/core/recording/signals/platform-signal';

describe('a signal of a platform', () => {
  it('has the fields of its shape and no others', () => {
    const payload = { category: 'navigation', message: 'x', data: { from: '/a', to: '/b', more: 1 }, other: [1] };
    expect(readSignal('breadcrumb', payload)?.payload).toEqual({
      category: 'navigation',
      data: { from: '/a', to: '/b' },
    });
  });

  it('ignores values of another type', () => {
    const payload = {
      op: 'resource.fetch',
      description: 7,
      startTimestamp: 'now',
      data: { method: 1, statusCode: 1e9 },
    };
    expect(readSignal('performanceSpan', payload)?.payload).toEqual({ op: 'resource.fetch' });
  });

  it('reads a field at the first of its positions', () => {
    expect(readSignal('identify', { id: 7, traits: { email: 'a@b.test' } })?.payload).toEqual({
      traits: { email: 'a@b.test' },
    });
    expect(readSignal('$exception', { properties: { $exception_list: [{ type: 'A', value: 'b' }] } })?.payload).toEqual(
      {
        properties: { $exception_list: [{ type: 'A', value: 'b' }] },
      },
    );
  });

  it('never has a tag or a selector that is not on a list', () => {
    expect(readSignal('acme', {})).toBeUndefined();
    expect(readSignal('constructor', {})).toBeUndefined();
    expect(readSignal('performanceSpan', { op: 'constructor', description: 'x' })?.fields).toEqual([]);
    expect(readSignal('Set_User', { id: 1 })?.tag).toBe('set_user');
  });

  it.each([undefined, null, 1, 'x', [], [[]], { data: null }, { data: [] }])('accepts any payload: %j', (payload) => {
    for (const tag of ['breadcrumb', 'performanceSpan', '$pageview', '$exception', 'identify', 'fetch-request'])
      expect(readSignal(tag, payload)?.tag).toBe(tag);
  });

  it('knows the tags that applications write in several ways', () => {
    expect(['copy', '$copy_autocapture', 'Clipboard:Copy', 'cut'].every(isCopyTag)).toBe(true);
    expect(['identify', '$identify', 'setUser', 'set_user'].every(isIdentifyTag)).toBe(true);
    expect(['copycat', 'reset_user', 'identifying'].some((tag) => isCopyTag(tag) || isIdentifyTag(tag))).toBe(false);
    expect(isSilentTag('sessionIdle')).toBe(true);
  });
});

describe('a network entry', () => {
  it('has its facts only', () => {
    const request = { name: '/a', method: 'get', status: 200, responseStatus: 201, startTime: 3, requestBody: 'x' };
    expect(readNetworkEntry(request).facts).toEqual({ name: '/a', method: 'GET', status: 200, responseStatus: 201 });
    expect(methods.has('GET')).toBe(true);
  });
});
