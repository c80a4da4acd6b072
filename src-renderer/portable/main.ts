import './portable.css';
import 'rrweb-player/dist/style.css';
import { replayDataId, type ReplayPageData } from '../../src-main/contract/replay-page';
import { replayPageWords as words } from '../../src-main/contract/words/replay-page';
import { buildAbout } from './about';
import { element } from './element';
import { EventList } from './event-list';
import { listenToKeys } from './keys';
import { Playback } from './playback';

/** The script of an exported replay page. It shows the data in the page and makes no requests. */
function readData(): ReplayPageData | undefined {
  try {
    return JSON.parse(document.getElementById(replayDataId)?.textContent ?? '') as ReplayPageData;
  } catch {
    return undefined;
  }
}

function start(data: ReplayPageData): void {
  const stage = element('div', { class: 'stage' });
  const choices = element('div', { class: 'choices' });
  const aside = element('section', { class: 'events', 'aria-label': words.events });
  const about = element('section', { class: 'about' });
  document.body.append(
    element('header', {}, [element('h1', {}, [data.title]), choices]),
    element('main', {}, [element('section', { class: 'replay', 'aria-label': words.player }, [stage]), aside, about]),
  );

  const playback = new Playback(stage);
  listenToKeys(playback);

  const show = (sessionNumber: number, windowNumber: number): void => {
    const session = data.sessions[sessionNumber];
    if (!session) return;
    const window = session.windows[windowNumber];
    choices.replaceChildren(
      ...choose(
        words.session,
        data.sessions.map((_, index) => words.sessionNumber(index + 1)),
        sessionNumber,
        (index) => show(index, 0),
      ),
      ...choose(
        words.tab,
        session.windows.map((_, index) => words.tabNumber(index + 1)),
        windowNumber,
        (index) => show(sessionNumber, index),
      ),
    );
    const list = new EventList(session.entries, (entry) => {
      const other = session.windows.findIndex(({ id }) => id === entry.windowId);
      if (other >= 0 && other !== windowNumber) show(sessionNumber, other);
      playback.seek(entry.atMs);
    });
    aside.replaceChildren(element('h2', {}, [words.events]), list.element);
    about.replaceChildren(...buildAbout(session));
    playback.open(session.isTooLarge ? words.tooLarge : window, (atMs) => list.mark(atMs));
  };
  show(0, busiest(data.sessions[0]?.windows ?? []));
}

/** Returns the index of the tab with the most events, which is shown first. */
function busiest(windows: readonly { events: readonly unknown[] }[]): number {
  const counts = windows.map(({ events }) => events.length);
  return Math.max(0, counts.indexOf(Math.max(...counts)));
}

/** Builds a labelled select, or nothing if there is only one option. */
function choose(
  label: string,
  options: readonly string[],
  chosen: number,
  onChoose: (index: number) => void,
): HTMLElement[] {
  if (options.length < 2) return [];
  const select = element(
    'select',
    {},
    options.map((option) => element('option', {}, [option])),
  );
  select.selectedIndex = chosen;
  select.addEventListener('change', () => onChoose(select.selectedIndex));
  return [element('label', {}, [`${label} `, select])];
}

const data = readData();
// A replay keeps the document of its frame open, so the page's load event has to fire first: afterwards it never would.
if (data) addEventListener('load', () => setTimeout(() => start(data)));
else document.body.append(element('p', { class: 'notice', role: 'alert' }, [words.unreadable]));
