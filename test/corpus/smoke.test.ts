import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { launchChromium } from '../../scripts/browser/launch.mjs';
import { bundlePage } from '../../scripts/browser/page.mjs';
import { timelineFormats } from '../../src-main/contract/export-format';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { buildReplayTemplate } from '../helpers/replay-template';
import type { Application } from './application';
import { applications } from './applications';
import { checkRecording } from './check';
import { answerOffice, enterCustomer, officePage } from './office';
import { packagePath, readPackage } from './packages';
import packageTable from './packages.json' with { type: 'json' };
import { personOf } from './people';
import { recordSession } from './record';

/** The page around the components, without any. */
const office: Application = {
  name: 'office',
  kind: 'back office',
  packages: [],
  languages: ['fr'],
  pages: (scene) => ({ '/': officePage(scene, { title: 'Office', body: '<p class="known">42</p>', script: '' }) }),
  answer: answerOffice,
  use: enterCustomer,
};

describe('the corpus', () => {
  it('records a session and exports what happened', async () => {
    const browser = await launchChromium();
    let events: string[];
    try {
      const recorder = await bundlePage('test/corpus/page/recorder.ts');
      events = await recordSession(browser, recorder, office, 'fr');
    } finally {
      await browser.close();
    }
    const recording = `[${events.join(',')}]`;
    expect(recording).toContain(personOf('fr').email);
    expect(recording).toContain('"status":422');
    const { kinds, policies } = await checkRecording('office', Buffer.from(recording), {
      template: await buildReplayTemplate(),
      policies: [findPolicy('private-by-default')],
    });
    expect(kinds).toMatchObject({ 'network-error': 1, 'console-error': 1, 'dead-click': 1 });
    const [result] = policies;
    expect(result).toMatchObject({ refused: {}, repaired: [], invented: {}, missing: {} });
    expect(result?.cameOut).toHaveLength(timelineFormats.length + 3);
  });

  it('has at least 40 recordings in at least 8 languages', () => {
    const recordings = applications.flatMap(({ name, languages }) =>
      languages.map((language) => `${name}-${language}`),
    );
    expect(new Set(recordings).size).toBe(recordings.length);
    expect(recordings.length).toBeGreaterThanOrEqual(40);
    expect(new Set(applications.flatMap(({ languages }) => languages)).size).toBeGreaterThanOrEqual(8);
  });

  it('lists each package with version, licence and hash, and uses each', () => {
    const used = new Set<string>(applications.flatMap(({ packages }) => packages));
    expect(Object.keys(packageTable).filter((name) => !used.has(name))).toEqual([]);
    for (const row of Object.values(packageTable)) {
      expect(row.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(row.licence).not.toBe('');
      expect(row.integrity).toMatch(/^sha512-[\w+/]{86}==$/);
    }
  });
});

describe('the cache of packages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-cache-'));
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  it('refuses an archive with another hash, and removes it', async () => {
    vi.stubEnv('CASEMENT_CACHE', folder);
    const path = packagePath('leaflet');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'changed');
    await expect(readPackage('leaflet')).rejects.toThrow('not that of the list');
    expect(existsSync(path)).toBe(false);
  });
});
