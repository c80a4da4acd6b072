import { build, type Rolldown } from 'vite';
import { readReplayTemplate, type ReplayTemplate } from '../../src-main/core/export/replay-template';
import { portableBuild } from '../../vite.builds.mjs';

let template: Promise<ReplayTemplate> | undefined;

/** Builds the portable replay page as for the app, but in memory. */
export function buildReplayTemplate(): Promise<ReplayTemplate> {
  template ??= buildOnce();
  return template;
}

async function buildOnce(): Promise<ReplayTemplate> {
  const built = await build({ ...portableBuild, logLevel: 'error', build: { ...portableBuild.build, write: false } });
  const [first] = [built].flat();
  const parts: (Rolldown.OutputAsset | Rolldown.OutputChunk)[] = first && 'output' in first ? first.output : [];
  const page = parts.find((part) => part.type === 'asset');
  if (!page) throw new Error('no replay page was built');
  return readReplayTemplate(String(page.source));
}
