/** Writes a ustar archive. Tests can make it invalid. */
export function writeTar(members: readonly { name: string; bytes: Uint8Array; type?: string }[]): Uint8Array {
  const blocks = members.flatMap(({ name, bytes, type = '0' }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
    return [header, Buffer.from(bytes), padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
