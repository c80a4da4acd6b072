import type { Locator, Page } from '@playwright/test';
import { hangLimitMs } from '../../scripts/time-limits.mjs';
import type { SeededRandom } from '../helpers/seeded-random';

/**
 * A user of a recorded page. The page's clock stands still except in `pause`, so that a recording lasts minutes but is made in seconds, and
 * has the same times on every machine.
 */
export class User {
  constructor(
    readonly page: Page,
    private readonly random: SeededRandom,
  ) {}

  /** Lets about this time pass on the page's clock, ms. */
  async pause(ms: number): Promise<void> {
    await this.run(Math.round(ms * (0.8 + 0.4 * this.random.next())));
  }

  /** Runs the page's timers. An error that one of them throws is reported as the browser would. */
  private async run(ms: number): Promise<void> {
    try {
      await this.page.clock.runFor(ms);
    } catch (error) {
      const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      if (!message.startsWith('clock.runFor')) throw error;
      await this.page.evaluate((thrown) => reportError(new Error(thrown)), message.replace('clock.runFor: ', ''));
    }
  }

  /** Lets time pass until the element is visible. */
  async until(target: string | Locator): Promise<Locator> {
    const found = this.find(target);
    const givenUpAt = Date.now() + Math.min(hangLimitMs, 60_000);
    while (!(await found.isVisible())) {
      if (Date.now() > givenUpAt) throw new Error(`Nothing is visible that matches ${String(target)}.`);
      await this.run(50);
    }
    return found;
  }

  async click(target: string | Locator, options: { position?: { x: number; y: number } } = {}): Promise<void> {
    const found = await this.until(target);
    await this.pause(500);
    await found.click({ ...options, timeout: 15_000 });
    await this.pause(400);
  }

  /** Clicks at a point of the viewport, px. */
  async clickAt(x: number, y: number): Promise<void> {
    await this.moveTo(x, y);
    await this.page.mouse.down();
    await this.pause(80);
    await this.page.mouse.up();
    await this.pause(300);
  }

  /** Clicks several times quickly. */
  async clickAgain(target: string | Locator, times: number): Promise<void> {
    const found = await this.until(target);
    for (let i = 0; i < times; i++) {
      await found.click({ timeout: 15_000 });
      await this.pause(150);
    }
  }

  async moveTo(x: number, y: number): Promise<void> {
    await this.page.mouse.move(x, y, { steps: 4 });
    await this.pause(120);
  }

  async drag(from: [number, number], to: [number, number]): Promise<void> {
    await this.moveTo(...from);
    await this.page.mouse.down();
    await this.pause(100);
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    await this.moveTo(x, y);
    await this.moveTo(...to);
    await this.page.mouse.up();
    await this.pause(300);
  }

  async scroll(pixels: number): Promise<void> {
    for (let i = 0; i < 3; i++) {
      await this.page.mouse.wheel(0, pixels / 3);
      await this.pause(200);
    }
  }

  /** Clicks a field, replaces what is in it, and leaves it. */
  async fill(target: string | Locator, text: string): Promise<void> {
    await this.click(target);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.type(text);
    await this.page.keyboard.press('Tab');
    await this.pause(300);
  }

  /** Types into the focused element, with one typing error in longer texts. */
  async type(text: string): Promise<void> {
    const mistakeAt = text.length > 12 ? 3 + this.random.below(text.length - 6) : -1;
    for (const [index, letter] of Array.from(text).entries()) {
      if (index === mistakeAt) {
        await this.page.keyboard.type('x');
        await this.pause(250);
        await this.page.keyboard.press('Backspace');
      }
      await this.page.keyboard.type(letter);
      await this.pause(110);
    }
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.pause(300);
  }

  async choose(target: string | Locator, value: string | { index: number }): Promise<void> {
    const found = await this.until(target);
    await found.selectOption(value);
    await this.pause(400);
  }

  /** Opens an address as a link or a bookmark would. */
  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.page.url()).href, { waitUntil: 'domcontentloaded' });
    await this.pause(800);
  }

  private find(target: string | Locator): Locator {
    return typeof target === 'string' ? this.page.locator(target).first() : target.first();
  }
}
