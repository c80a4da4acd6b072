import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Progress } from '../../../src-main/contract/rpc';
import type { StoredSession } from '../../../src-main/contract/session';
import type { FileVault } from '../../../src-main/node/vault/file-vault';
import { createGate } from '../../../src-main/node/gate/gate';
import { viewerOf } from '../../../src-main/worker/jobs/export/shared-texts';
import { element, mutation, text } from '../../unit/redaction/small-page';
import { exportOf, importInto, openVault, pageOf, pulledFor, sharedOnly } from '../../helpers/viewed-vault';

const people = ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay'].map((name) => `${name}@acme-example.com`);
const menu = 'Quarterly zorblax overview';

describe('text that many users saw', () => {
  const seed = Number(process.env.CASEMENT_SEED ?? Math.floor(Date.now() % 1_000_000));
  let vault: FileVault;

  beforeEach(async () => {
    vault = await openVault();
  });

  /** Stores a session of each user. Returns the first user's. */
  async function seenBy(texts: readonly string[], users: readonly string[]): Promise<StoredSession> {
    const sessions = [];
    for (const user of users) sessions.push(await importInto(vault, pageOf(texts), pulledFor(user)));
    const [first] = sessions;
    if (!first) throw new RangeError('no user');
    return first;
  }

  it('is kept if at least k users saw it, and hidden with one fewer', async () => {
    const session = await seenBy([menu], people.slice(0, 4));
    expect((await exportOf(vault, session, sharedOnly(5))).json).not.toContain('zorblax');
    await importInto(vault, pageOf([menu]), pulledFor(people[4] ?? ''));
    expect((await exportOf(vault, session, sharedOnly(5))).json).toContain(menu);
    // Control: it is hidden if the policy keeps no shared text.
    expect((await exportOf(vault, session, { ...sharedOnly(5), sharedText: 'off' })).json).not.toContain('zorblax');
  });

  it(`is never kept below the minimum, for any vault (seed ${seed})`, async () => {
    const pool = ['Zorblax quux', 'Fnord  plugh', 'Xyzzy the frobnitz', 'Grault & garply', 'Ωmega waldo'];
    const viewer = fc.record({
      user: fc.constantFrom(...people.slice(0, 4), ' ADA@acme-example.com', 'Jane Roe', ''),
      source: fc.constantFrom('c-one', 'c-two'),
      texts: fc.subarray(pool),
      isPulled: fc.boolean(),
    });
    let shown = 0;
    let hidden = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(viewer, { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 2, max: 4 }),
        async (viewers, minUsers) => {
          vault = await openVault();
          const sessions = [];
          for (const { user, source, texts, isPulled } of viewers) {
            const pulled = pulledFor(user, source);
            const origin = isPulled
              ? { ...pulled, title: user === '' ? (pulled.remoteId ?? '') : user }
              : { title: user, from: 'file' as const, sourceName: 'x.json' };
            sessions.push(await importInto(vault, pageOf(texts), origin));
          }
          const [session] = sessions;
          if (!session) return;
          const { json } = await exportOf(vault, session, sharedOnly(minUsers));
          for (const each of pool) {
            const who = viewers.filter(({ texts, isPulled }) => isPulled && texts.includes(each));
            const emails = new Set(who.flatMap(({ user }) => (user.includes('@') ? [user.trim().toLowerCase()] : [])));
            const isHere = viewers[0]?.texts.includes(each) ?? false;
            const stays = isHere && emails.size >= minUsers;
            expect(json.includes(each.replace(/\s+/g, ' '))).toBe(stays);
            const [odd = ''] = /\S*(?:blax|nord|yzzy|rault|aldo)\S*/.exec(each) ?? [];
            if (!stays) expect(json).not.toContain(odd);
            if (stays) shown++;
            else hidden++;
          }
        },
      ),
      { numRuns: Number(process.env.CASEMENT_RUNS ?? 40), seed },
    );
    // Both cases occurred.
    expect(shown).toBeGreaterThan(0);
    expect(hidden).toBeGreaterThan(0);
  }, 120_000);

  it('counts users, not sessions: by email across sources, by name within one, never without a user', async () => {
    const session = await seenBy([menu], people.slice(0, 2));
    const sees = async (policyUsers: number): Promise<boolean> =>
      (await exportOf(vault, session, sharedOnly(policyUsers))).json.includes(menu);
    await importInto(vault, pageOf([menu]), pulledFor('ADA@Acme-Example.com', 'c-two'));
    await importInto(vault, pageOf([menu]), { title: 'x@y.example', from: 'file', sourceName: 'x.json' });
    await importInto(vault, pageOf([menu]), { title: 'z@y.example', from: 'case', sourceName: 'x.casement' });
    const unknown = pulledFor('');
    await importInto(vault, pageOf([menu]), { ...unknown, title: unknown.remoteId ?? '' });
    for (const source of ['c-one', 'c-two']) await importInto(vault, pageOf([menu]), pulledFor('Jane Roe', source));
    expect(await sees(2)).toBe(true);
    expect(await sees(3)).toBe(false);
    for (const name of ['John Doe', 'Max Muster']) await importInto(vault, pageOf([menu]), pulledFor(name, 'c-two'));
    expect(await sees(3)).toBe(true);
    expect(await sees(4)).toBe(false);
  });

  it.each(['0190f3a2-77c1-7aaa-8000-1234567890ab', '48151623', '$device:18f3b2aa77c1d0e1f2', 'a1b2c3d4e5f6'])(
    'doesn’t count the id of a device or an account as a user: %s',
    (title) => {
      const session = { ...pulledFor(title) } as StoredSession;
      expect(viewerOf(session)).toBeUndefined();
      expect(viewerOf({ ...session, title: 'jane' })).toEqual({ group: 'c-one', name: 'jane' });
    },
  );

  it('stays hidden if another rule hides it', async () => {
    const field = element(50, 'input', { type: 'text', name: 'nickname', value: 'Zorblaxia Quuxington' });
    const texts = {
      typed: 'Zorblaxia Quuxington',
      email: 'Write to frobnitz@plugh-example.com',
      pattern: 'Vorgang blorple',
      number: 'Balance 4711 zorblax',
      letter: 'Z',
    };
    const cut = element(60, 'p', {}, [
      element(61, 'b', {}, [text(62, 'Grault')]),
      element(63, 'i', {}, [text(64, 'garply')]),
    ]);
    const regions = [
      element(70, 'section', { class: 'masked' }, [text(71, 'Waldo thud')]),
      element(72, 'section', { class: 'gone' }, [text(73, 'Foobaz wibble')]),
      element(74, 'section', {}, [text(75, 'Wibble\u200b wobble')]),
      element(76, 'section', {}, [text(77, 'Plain hidden-no wubble')]),
    ];
    const more = [field, cut, ...regions];
    let session: StoredSession | undefined;
    for (const user of people) {
      const made = await importInto(vault, pageOf(Object.values(texts), more), pulledFor(user));
      session ??= made;
    }
    if (!session) throw new RangeError('no user');
    const policy = sharedOnly(5, {
      mask: ['.masked'],
      exclude: ['.gone'],
      patterns: [{ name: 'deal', pattern: 'blorple' }],
    });
    const { json } = await exportOf(vault, session, policy);
    for (const word of ['Zorblaxia', 'Quuxington', 'frobnitz', 'blorple', '4711', 'zorblax', 'Grault', 'garply'])
      expect(json).not.toContain(word);
    for (const word of ['Waldo', 'thud', 'Foobaz', 'wibble', 'Wibble', 'wobble']) expect(json).not.toContain(word);
    expect(json).not.toMatch(/"textContent":"Z"/);
    // Control: other text stays readable, also the rest of a text that contains a match.
    expect(json).toContain('Plain hidden-no wubble');
    expect(json).toContain('Vorgang');
  });

  it('is hidden again when a later change makes it part of a private value', async () => {
    const events = [
      ...pageOf(['Zorblaxia']),
      mutation({ adds: [{ parentId: 100, nextId: null, node: text(900, ' Quuxington') }] }, 2000),
    ];
    const session = await importInto(vault, events, pulledFor(people[0] ?? ''));
    for (const user of people) await importInto(vault, pageOf(['Zorblaxia']), pulledFor(user));
    const policy = sharedOnly(5, { patterns: [{ name: 'name', pattern: 'Zorblaxia Quuxington' }] });
    const { json } = await exportOf(vault, session, policy);
    const [before = '', after = ''] = json.split('"source":0');
    expect(before).toContain('Zorblaxia');
    expect(after).toMatch(/"texts":\[\{"id":101,"value":"•+"/);
    expect(after).not.toContain('Zorblaxia');
    expect(json).not.toContain('Quuxington');
  });

  it('passes the gate, which still refuses texts of fewer users, typed values and known formats', async () => {
    const more = [element(50, 'input', { type: 'text', name: 'city', value: 'Blorpleville 77' })];
    const texts = [menu, 'Only garply saw this', 'Mail waldo@plugh-example.com'];
    const session = await importInto(vault, pageOf(texts, more), pulledFor(people[0] ?? ''));
    // A text that is part of a readable text may be exported.
    const others = pageOf([menu, 'Mail waldo@plugh-example.com', 'zorblax overview']);
    for (const user of people) await importInto(vault, others, pulledFor(user));
    const { json, originals } = await exportOf(vault, session, sharedOnly(5));
    const gate = createGate(originals);
    const isClean = (written: string): boolean => {
      try {
        gate(Buffer.from(written), 'recording');
        return true;
      } catch {
        return false;
      }
    };
    expect(json).toContain(menu);
    expect(isClean(json)).toBe(true);
    for (const leak of ['Only garply saw this', 'waldo@plugh-example.com', 'Blorpleville 77'])
      expect(isClean(json.replace(menu, leak))).toBe(false);
    // Control: with a higher minimum, the same text is refused.
    const strict = createGate((await exportOf(vault, session, sharedOnly(7))).originals);
    expect(() => strict(Buffer.from(json), 'recording')).toThrow();
  });

  it('is counted again when a counted session is removed meanwhile, with progress, and can be cancelled', async () => {
    const session = await seenBy([menu], people.slice(0, 5));
    const reported: Progress[] = [];
    const [, , , , last] = await vault.list();
    let isRemoved = false;
    const remove = async (): Promise<void> => {
      // The private values of the session are collected before the texts are counted.
      if (isRemoved || !reported.some(({ phase }) => phase === 'counting')) return;
      isRemoved = true;
      const other = (await vault.list()).find(({ id }) => id !== session.id);
      if (other) await vault.remove(other.id);
    };
    expect(last).toBeDefined();
    const watched = Object.assign(Object.create(vault) as FileVault, {
      segments: async (id: string) => {
        await remove();
        return vault.segments(id);
      },
    });
    const { json } = await exportOf(watched, session, sharedOnly(5), {
      onProgress: (progress) => reported.push(progress),
    });
    expect(isRemoved).toBe(true);
    expect(json).not.toContain('zorblax');
    expect(reported.filter(({ phase }) => phase === 'counting').length).toBeGreaterThan(5);

    const stop = new AbortController();
    await expect(
      exportOf(vault, session, sharedOnly(2), {
        signal: stop.signal,
        onProgress: ({ phase }) => phase === 'counting' && stop.abort(),
      }),
    ).rejects.toThrow();
  });
});
