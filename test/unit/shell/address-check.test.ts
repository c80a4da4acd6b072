import { describe, expect, it } from 'vitest';
import { isSourceAddress } from '../../../src-renderer/shell/sources/address-check';

describe('isSourceAddress', () => {
  it.each(['https://recordings.example.com', ' https://127.0.0.1:8443/ ', 'https://[::1]'])('takes %s', (text) =>
    expect(isSourceAddress(text)).toBe(true),
  );

  it.each(['', 'recordings.example.com', 'http://recordings.example.com', 'javascript:alert(1)', 'https://'])(
    'refuses “%s”',
    (text) => expect(isSourceAddress(text)).toBe(false),
  );
});
