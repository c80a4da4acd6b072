import type { ReplayPageSession } from '../../src-main/contract/replay-page';
import { replayPageWords as words } from '../../src-main/contract/words/replay-page';
import { element } from './element';

/** Builds the section about the origin of the recording and its redaction. */
export function buildAbout({ facts, hidden }: ReplayPageSession): HTMLElement[] {
  const lines = hidden.map(({ channel, masked, dropped }) =>
    element('li', {}, [words.hiddenLine(channel, masked, dropped)]),
  );
  return [
    element('h2', {}, [words.about]),
    element('p', {}, [words.origin]),
    element('p', {}, [`${words.redacted} ${words.offline}`]),
    element('p', {}, [words.keys]),
    element(
      'dl',
      {},
      facts.map(([name, value]) => element('div', {}, [element('dt', {}, [name]), element('dd', {}, [value])])),
    ),
    element('h2', {}, [words.hidden]),
    lines.length === 0 ? element('p', {}, [words.nothingHidden]) : element('ul', {}, lines),
  ];
}
