/** A UUID of version 5 (RFC 9562): the same name in the same namespace always has the same. `namespace` is a UUID. */
export function nameUuid(namespace: string, name: string): string {
  const text = new TextEncoder().encode(name);
  const bytes = new Uint8Array(16 + text.length);
  const hex = namespace.replaceAll('-', '');
  for (let index = 0; index < 16; index++) bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  bytes.set(text, 16);
  const hash = sha1(bytes).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const digits = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [8, 12, 16, 20].reduceRight((id, place) => `${id.slice(0, place)}-${id.slice(place)}`, digits);
}

const turn = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/** SHA-1, which names are made of and nothing is secured by; core has no library of the platform's at hand. */
function sha1(bytes: Uint8Array): Uint8Array {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(padded.length - 4, bytes.length * 8);

  let state: [number, number, number, number, number] = [
    0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0,
  ];
  const words = new Int32Array(80);
  for (let block = 0; block < padded.length; block += 64) {
    for (let round = 0; round < 16; round++) words[round] = view.getInt32(block + round * 4);
    for (let round = 16; round < 80; round++) words[round] = turn(mix(words, round), 1);
    let [a, b, c, d, e] = state;
    for (let round = 0; round < 80; round++) {
      const [chosen, constant] = step(round, b, c, d);
      const next = (turn(a, 5) + chosen + e + constant + (words[round] ?? 0)) | 0;
      [a, b, c, d, e] = [next, a, turn(b, 30), c, d];
    }
    state = [state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e];
  }
  const hash = new Uint8Array(20);
  for (const [index, word] of state.entries()) new DataView(hash.buffer).setUint32(index * 4, word >>> 0);
  return hash;
}

function mix(words: Int32Array, round: number): number {
  return [3, 8, 14, 16].reduce((mixed, back) => mixed ^ (words[round - back] ?? 0), 0);
}

/** The function and the constant of a round. */
function step(round: number, b: number, c: number, d: number): [chosen: number, constant: number] {
  if (round < 20) return [(b & c) | (~b & d), 0x5a82_7999];
  if (round < 40) return [b ^ c ^ d, 0x6ed9_eba1];
  if (round < 60) return [(b & c) | (b & d) | (c & d), 0x8f1b_bcdc];
  return [b ^ c ^ d, 0xca62_c1d6];
}
