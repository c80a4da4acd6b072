import { describe, expect, it } from 'vitest';
import { jpegDataUri, plainJpeg } from '../../../src-main/core/image/plain-jpeg';
import { smallJpeg } from '../../helpers/small-jpeg';

const words = (text: string): number[] => [...Buffer.from(text)];

describe('a JPEG without metadata', () => {
  it('keeps only the data that a decoder needs', () => {
    const aside = [words('made by Ada Quux'), words('Exif\0\0GPS 52.1'), words('ICC_PROFILE\0profile')];
    const file = smallJpeg({ width: 960, height: 600, aside });
    const plain = plainJpeg(file);
    expect(plain).toMatchObject({ width: 960, height: 600 });
    const text = Buffer.from(plain?.bytes ?? []).toString('latin1');
    for (const each of ['Ada', 'Exif', 'GPS', 'ICC_PROFILE']) {
      expect(Buffer.from(file).toString('latin1')).toContain(each);
      expect(text).not.toContain(each);
    }
    expect(text).toContain('JFIF');
    // A file without metadata stays byte-identical.
    expect(plainJpeg(plain?.bytes ?? file)).toEqual(plain);
    expect(plainJpeg(smallJpeg({ width: 960, height: 600 }))).toEqual(plain);
  });

  it('is not created from a file with trailing data, a truncated or multi-scan file, or another format', () => {
    const file = smallJpeg();
    const scanAt = Buffer.from(file).lastIndexOf(Buffer.from([0xff, 0xda]));
    for (const other of [
      Uint8Array.of(...file, 0),
      Uint8Array.of(...file, ...smallJpeg()),
      file.subarray(0, -2),
      file.subarray(0, 40),
      Uint8Array.of(...file.subarray(0, -2), ...file.subarray(scanAt)),
      file.map((byte, at) => (file[at - 1] === 0xff && byte === 0xc0 ? 0xc2 : byte)),
      smallJpeg({ width: 0 }),
      new Uint8Array(),
      Uint8Array.from(words('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    ]) {
      expect(plainJpeg(other)).toBeUndefined();
    }
  });

  it('is encoded as a data URI, for any length', () => {
    for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 60_000]) {
      const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
      const uri = jpegDataUri({ bytes, width: 1, height: 1 });
      expect(uri).toBe(`data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`);
    }
  });
});
