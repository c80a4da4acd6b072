import { describe, expect, it } from 'vitest';
import { channels } from './channels';
import { encodingNames } from './encodings';
import { Finder } from './find';
import { makeCanary } from './recording';
import { typeNames } from './value-types';

describe.each(encodingNames.map((name, index) => ({ name, index })))(
  'the decoder, for the encoding $name',
  ({ index }) => {
    it.each(['C07', 'C41'])('recognises every type of value and doesn’t confuse them (%s)', (channel) => {
      const at = channels.findIndex(({ id }) => id === channel);
      const canaries = typeNames.flatMap((_, type) => makeCanary(at, index, type) ?? []);
      const finder = new Finder(canaries);
      for (const canary of canaries) {
        const hash = channel === 'C41' ? canary.needles[1] : undefined;
        const found = finder.inText(JSON.stringify(`by ${hash ?? canary.written}`).slice(1, -1));
        expect(
          [...found].map(({ type }) => type),
          canary.type,
        ).toContain(canary.type);
        if (!['date of birth', 'amount'].includes(canary.type)) expect(found.size, canary.type).toBe(1);
      }
    });
  },
);
