import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { formatTimeline, type TimelineDocument } from '../../../src-main/core/timeline/formats';
import { createGate } from '../../../src-main/node/gate/gate';
import { casement } from '../../helpers/command-line';
import { emptyReport } from '../../helpers/empty-report';
import { hostileStrings } from '../../helpers/hostile-strings';
import { pagesInBrowser } from '../../helpers/pages-in-browser';
import { resourcePath } from '../../helpers/fixtures';
import { makeDocument, makeEntry, oneOfEachKind } from '../../helpers/timeline-document';

const attack = '<img src=x onerror="window.sentinel=1"></td></table></style><script>window.sentinel=1</script>';
const hostile = [attack, ...hostileStrings];

/** A report with an attack in every field. */
const hostileReport: TimelineDocument = makeDocument(
  [...oneOfEachKind(), ...hostile.map((text, index) => makeEntry(text, { atMs: index * 500, windowId: text }))],
  {
    title: hostile.join(' '),
    policy: attack,
    software: attack,
    generatedAt: attack,
    notes: hostile.map((text, index) => ({ id: `${index}`, atMs: index, endMs: index + 1, text, tags: [text] })),
    custody: [{ at: attack, action: 'pulled', software: attack, source: attack, policy: attack }],
    report: {
      ...emptyReport,
      policy: attack,
      floor: attack,
      masked: { [attack]: 1, text: 3 },
      dropped: { style: 2 },
      entities: { [attack]: 1, email: 3 },
    },
  },
);

/** The same fields with few rows, because the accessibility check visits every cell. */
const smallReport: TimelineDocument = {
  ...hostileReport,
  title: attack,
  entries: oneOfEachKind(),
  notes: [{ id: 'n', atMs: 0, endMs: 1, text: attack, severity: 'error', tags: ['x'] }],
};

describe('the report in a browser', () => {
  const { open } = pagesInBrowser();

  it.each(['light', 'dark'] as const)('is accessible: %s', async (colorScheme) => {
    const page = await open(formatTimeline('html', smallReport));
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(found.passes.map(({ id }) => id)).toContain('color-contrast');
    await page.close();
  });

  it('shows hostile text as text', async () => {
    const html = formatTimeline('html', hostileReport);
    const page = await open(html);
    expect(await page.evaluate('window.sentinel')).toBeUndefined();
    expect(await page.locator('script, img').count()).toBe(0);
    expect(await page.locator('#notes + .scroll tbody tr').count()).toBe(hostile.length);
    expect(await page.locator('body').textContent()).toContain('window.sentinel=1');
    await page.close();

    // Without escaping, the page's content security policy still blocks the scripts. Control: without both, they run.
    const unescaped = html
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"');
    const held = await open(unescaped);
    expect(await held.locator('script').count()).toBeGreaterThan(0);
    expect(await held.evaluate('window.sentinel')).toBeUndefined();
    await held.close();
    const control = await open(unescaped.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
    await expect.poll(() => control.evaluate('window.sentinel')).toBe(1);
    await control.close();
  });

  it('names the source of a recording and what was hidden, and the gate reads the words of its PDF', async () => {
    const report = await casement('timeline', resourcePath('demo/harbor-checkout.json.gz'), '--format', 'html');
    expect(report.code).toBe(0);
    const page = await open(report.stdout);
    for (const heading of ['Activity over time', 'What was hidden', 'Chain of custody'])
      expect(await page.getByRole('heading', { name: heading }).count()).toBe(1);
    expect(await page.locator('#custody + .scroll tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/Imported/),
      expect.stringMatching(/Redacted.*private-by-default.*Casement \d/),
      expect.stringMatching(/Exported.*Casement \d/),
    ]);
    const pdf = await page.pdf({ tagged: true, outline: true, printBackground: true });
    const gate = (texts: string[]): ReturnType<typeof createGate> => createGate({ texts, leaves: [] });
    expect(() => gate(['nothing of the kind'])(pdf, 'pdf')).not.toThrow();
    expect(() => gate(['checkout returned'])(pdf, 'pdf')).toThrow('leak-refused');
    await page.close();
  });

  it('is read by the gate as a PDF in many scripts, also when each character of a word uses another font', async () => {
    const page = await open('<p>sent to <b>霍穆岑魏</b> and Юлия Щукина, <b>松本 翔太</b> today</p>');
    const pdf = await page.pdf({ tagged: true });
    const gate = (text: string): ReturnType<typeof createGate> => createGate({ texts: [text], leaves: [] });
    for (const name of ['霍穆岑魏', 'Юлия Щукина', '翔太'])
      expect(() => gate(name)(pdf, 'pdf'), name).toThrow('leak-refused');
    expect(() => gate('魏岑穆霍')(pdf, 'pdf')).not.toThrow();
    await page.close();
  });
});

it('the command line refuses a PDF and refers to the app', async () => {
  const { code, stdout, stderr } = await casement('timeline', 'x.json', '--format', 'pdf');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('pdf-needs-app');
});
