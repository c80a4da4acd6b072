import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** Returns the shell's violations of WCAG 2.2 A and AA. Replay frames are excluded, as they contain recorded pages. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    // During a fade-in, contrast is too low.
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
