import { describe, expect, test } from 'vitest';
import { isPlainPath, normaliseOrigin } from '../../../src-main/node/transport/origin';
import { checkCaPem } from '../../../src-main/node/transport/trust';
import { openTransport, testAuthority, testIdentity } from '../../helpers/test-transport';

describe('an address that a user enters', () => {
  test.each([
    ['https://Recordings.Example.com', 'https://recordings.example.com'],
    [' https://example.com:443/ ', 'https://example.com'],
    ['https://example.com:8443', 'https://example.com:8443'],
    ['https://127.0.0.1:4100', 'https://127.0.0.1:4100'],
    ['https://[::1]:4100', 'https://[::1]:4100'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('accepts %s', (text, origin) => {
    expect(normaliseOrigin(text)).toBe(origin);
  });

  test.each([
    '',
    'example.com',
    'http://example.com',
    'https://',
    'https:example.com',
    'https:\\\\example.com',
    'https:///example.com',
    'https://example.com/v1',
    'https://example.com?',
    'https://example.com/?key=1',
    'https://example.com#',
    'https://jane@example.com',
    'https://@example.com',
    'https://jane:pw@example.com',
    'https://exa mple.com',
    'https://example.com:99999',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('refuses “%s” as an address', (text) => {
    expect(() => normaliseOrigin(text)).toThrow('connection-address');
  });

  test('an invalid origin opens no transport', () => {
    expect(() => openTransport({ origin: 'http://127.0.0.1' })).toThrow('connection-address');
  });

  test('keeps paths unchanged', () => {
    expect(['/', '/v1/me', '/a..b/c?x=../y'].map(isPlainPath)).toEqual([true, true, true]);
    expect(['', 'v1', '/..', '/%2e', '/a/./b', '/ü'].map(isPlainPath)).toEqual(new Array(6).fill(false));
  });

  test('keeps only the certificates of a CA file', () => {
    const kept = checkCaPem(`my CA:\r\n${testAuthority.certPem}\n${testAuthority.keyPem}\n${testIdentity.certPem}`);
    expect(kept).toBe(testAuthority.certPem + testIdentity.certPem);
    expect(kept).not.toContain('PRIVATE KEY');
  });

  test.each([
    ['nothing', ''],
    ['text', 'trust me'],
    ['a key', testAuthority.keyPem],
    ['a truncated certificate', testAuthority.certPem.slice(0, 200)],
    [
      'a damaged certificate',
      testAuthority.certPem.replace(/[A-Za-z]{8}/, 'AAAAAAAA').replace(/\n.{20}/, '\nBBBBBBBBBBBBBBBBBBBB'),
    ],
    [
      'a valid and an invalid certificate',
      `${testAuthority.certPem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
    ],
  ])('refuses %s as a CA', (_, text) => {
    expect(() => checkCaPem(text)).toThrow('connection-ca');
    expect(() => openTransport({ origin: 'https://127.0.0.1', caPem: text })).toThrow('connection-ca');
  });
});
