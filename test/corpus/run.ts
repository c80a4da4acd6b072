import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../../scripts/bootstrap/paths.mjs';
import { launchChromium, type Browser } from '../../scripts/browser/launch.mjs';
import { bundlePage } from '../../scripts/browser/page.mjs';
import { findPolicy } from '../../src-main/core/redaction/policy';
import { buildReplayTemplate } from '../helpers/replay-template';
import type { Application } from './application';
import { applications } from './applications';
import { checkRecording, type RecordingResult } from './check';
import type { Language } from './languages';
import { recordSession } from './record';
import { kindsOf, tableOf, totalsOf } from './table';

export interface CorpusOptions {
  /** Parts of the recordings' names, such as `survey` or `survey-fi`. Default: all. */
  only?: readonly string[];
  /** Default: the shipped ones. */
  policies?: readonly string[];
  /** Only records. */
  isRecordOnly?: boolean;
  /** Records again even if there is a recording. */
  isFresh?: boolean;
  hasPdf?: boolean;
  /** Prints the values that the gate finds, to find out why. */
  showsValues?: boolean;
}

/**
 * Records the sessions that aren't in the cache, checks all, and prints a table. Returns true if every export came out, and agrees with its
 * recording.
 */
export async function runCorpus(options: CorpusOptions): Promise<boolean> {
  const folder = join(cacheDir(), 'corpus', 'recordings');
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  const results: RecordingResult[] = [];
  const failed: string[] = [];
  try {
    const recorder = await bundlePage('test/corpus/page/recorder.ts');
    for (const [application, language] of sessions(options.only)) {
      const name = `${application.name}-${language}`;
      try {
        const path = await recordOnce(browser, recorder, application, language, folder, options.isFresh ?? false);
        if (options.isRecordOnly) continue;
        const result = await checkRecording(name, readFileSync(path), {
          template: await buildReplayTemplate(),
          onFound: options.showsValues
            ? (where, value, found) =>
                console.log(`  ${name} ${where}: ${JSON.stringify([value, found].map((text) => text.slice(0, 200)))}`)
            : undefined,
          print: options.hasPdf ? printer(browser) : undefined,
          ...(options.policies && { policies: options.policies.map(findPolicy) }),
        });
        results.push(result);
        console.log(`${kindsOf([result])}\n${tableOf([result])}`);
      } catch (error) {
        failed.push(name);
        console.log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  } finally {
    await browser.close();
  }
  console.log(`\nRecorded entries\n${kindsOf(results)}\n\n${tableOf(results)}\n\n${totalsOf(results)}`);
  if (failed.length > 0) console.log(`Not recorded or not checked: ${failed.join(', ')}`);
  return failed.length === 0 && results.every(isGood);
}

const isGood = ({ policies }: RecordingResult): boolean =>
  policies.every(({ refused, invented, missing }) =>
    [refused, invented, missing].every((rows) => Object.keys(rows).length === 0),
  );

function sessions(only: readonly string[] | undefined): [Application, Language][] {
  return applications
    .flatMap((application) => application.languages.map((language): [Application, Language] => [application, language]))
    .filter(([{ name }, language]) => only?.some((part) => `${name}-${language}`.includes(part)) ?? true);
}

async function recordOnce(
  browser: Browser,
  recorder: string,
  application: Application,
  language: Language,
  folder: string,
  isFresh: boolean,
): Promise<string> {
  const name = `${application.name}-${language}`;
  const path = join(folder, `${name}.json`);
  if (existsSync(path) && !isFresh) return path;
  const started = Date.now();
  const events = await recordSession(browser, recorder, application, language);
  writeFileSync(`${path}.part`, `[${events.join(',\n')}]\n`);
  renameSync(`${path}.part`, path);
  console.log(`${name}: ${events.length} events recorded in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return path;
}

function printer(browser: Browser): (html: string) => Promise<Uint8Array> {
  return async (html) => {
    const page = await browser.context.newPage();
    try {
      await page.setContent(html);
      return await page.pdf();
    } finally {
      await page.close();
    }
  };
}
