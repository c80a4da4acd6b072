import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** What axe finds against WCAG 2.2 A and AA in the shell. The replay frames hold somebody else's page. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // Half faded in, everything has too little contrast.
    const fading = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(fading.map(({ finished }) => finished));
    const { axe: runner } = window as unknown as { axe: typeof axe };
    return runner.run(
      { include: ['body'], exclude: ['iframe'] },
      { iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    );
  });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
