import { expect, it } from 'vitest';
import { defaultCaps, defaultThresholds, type Settings } from '../../../src-main/contract/settings';
import { CurrentSettings } from '../../../src-main/services/current-settings';
import { memoryStore } from '../../helpers/in-process';

const light: Settings = {
  theme: 'light',
  isOffline: false,
  proxyScript: '',
  timeline: defaultThresholds,
  caps: defaultCaps,
};

it('applies settings when they are read and once a change is stored', async () => {
  const store = memoryStore(light);
  const applied: string[] = [];
  const settings = await CurrentSettings.open(store, ({ theme }) => applied.push(theme));
  await settings.write({ ...light, theme: 'dark' });
  expect(settings.current.theme).toBe('dark');
  expect((await store.read()).theme).toBe('dark');
  expect(applied).toEqual(['light', 'dark']);
});

it('keeps the settings when a change can’t be stored', async () => {
  const full = { ...memoryStore(light), write: () => Promise.reject(new Error('full')) };
  const applied: string[] = [];
  const settings = await CurrentSettings.open(full, ({ theme }) => applied.push(theme));
  await expect(settings.write({ ...light, theme: 'dark' })).rejects.toThrow('full');
  expect(settings.current).toEqual(light);
  expect(applied).toEqual(['light']);
});
