import type { Severity } from '../../../contract/timeline';
import { policyWords } from '../../../contract/words/policies';
import { channelWords, originWords, reportWords as words } from '../../../contract/words/report';
import { noteWords } from '../../../contract/words/notes';
import { kindWords, severityWords, timelineDocumentWords } from '../../../contract/words/timeline';
import { jpegDataUri } from '../../image/plain-jpeg';
import { formatRelative, type NoteScreenshot, type ReportNote, type TimelineDocument } from './document';
import { writeIcon } from './html-icon';
import { writeSection } from './html-table';
import { markup, type Html } from './html-text';
import { writeMoment, writeRelative } from './html-time';

const nothing = markup``;

/** Writes the user's notes: time, session, severity, text, tags, and the screenshot of the redacted page. */
export function writeNotes({ notes = [], screenshots, title }: TimelineDocument): Html {
  if (notes.length === 0) return nothing;
  const { severity, kind } = timelineDocumentWords;
  const isOfSeveral = notes.some(({ session }) => session !== undefined);
  return writeSection(
    {
      id: 'notes',
      title: words.notes,
      caption: screenshots ? words.notesCaptionWith(screenshots.size, notes.length) : words.notesCaption,
      heads: [words.from, ...(isOfSeveral ? [words.session] : []), kind, severity, kindWords.note, words.tags],
    },
    notes.map((note) => {
      const screenshot = screenshots?.get(note.id);
      const below = screenshot && writeScreenshot(screenshot, words.screenshotAlt(formatRelative(note.atMs), title));
      return { className: `${note.severity ?? 'info'} note`, cells: writeNote(note), below };
    }),
  );
}

/** Returns true if the page contains images, which its content security policy must allow. */
export function hasScreenshots({ screenshots }: TimelineDocument): boolean {
  return [...(screenshots?.values() ?? [])].some((screenshot) => typeof screenshot !== 'string');
}

function writeScreenshot(screenshot: NoteScreenshot, alt: string): Html {
  if (typeof screenshot === 'string') return markup`<p>${words.screenshotFailures[screenshot]}</p>`;
  const { width, height } = screenshot;
  return markup`<img src="${jpegDataUri(screenshot)}" alt="${alt}" width="${width}" height="${height}">`;
}

function writeNote({ atMs, endMs, isBookmark, text, session, tags = [], ...note }: ReportNote): Html[] {
  const severity: Severity = note.severity ?? 'info';
  const end = endMs === undefined ? nothing : markup` ${words.until} ${[writeRelative(endMs)]}`;
  return [
    markup`${[writeRelative(atMs), end]}`,
    ...(session === undefined ? [] : [markup`${session.number}`]),
    markup`${isBookmark === true ? noteWords.bookmark : kindWords.note}`,
    markup`${[writeIcon(severity)]}${severityWords[severity]}`,
    markup`${text}`,
    markup`${tags.join(', ')}`,
  ];
}

/** Writes the counts of redacted values, by channel and by kind of entity. */
export function writeHidden({ report }: TimelineDocument): Html {
  if (!report) return nothing;
  const { masked, dropped, entities } = report;
  const channels = [...new Set([...Object.keys(masked), ...Object.keys(dropped)])];
  const sumOf = (channel: string): number => (masked[channel] ?? 0) + (dropped[channel] ?? 0);
  const hidden = channels.filter((channel) => sumOf(channel) > 0).sort((a, b) => sumOf(b) - sumOf(a));
  const kept = markup`<p>${words.events(report.eventsOut, report.eventsIn)}</p>\n`;
  const floor = report.floor === null ? '' : `, ${words.floor(report.floor)}`;
  const head = { id: 'hidden', title: words.hidden };
  if (hidden.length === 0)
    return markup`<h2 id="${head.id}">${head.title}</h2>\n<p>${words.nothingHidden}</p>\n${[kept]}`;
  const caption = words.hiddenCaption(report.policy, report.policyVersion) + floor;
  const byChannel = writeSection(
    { ...head, caption, heads: [words.channel, words.masked, words.dropped] },
    hidden.map((channel) => ({
      cells: [
        markup`${nameOf(channelWords, channel)}`,
        markup`${masked[channel] ?? 0}`,
        markup`${dropped[channel] ?? 0}`,
      ],
    })),
  );
  return markup`${[byChannel, kept, writeEntities(entities)]}`;
}

function writeEntities(entities: Readonly<Record<string, number>>): Html {
  const found = Object.entries(entities).filter(([, count]) => count > 0);
  if (found.length === 0) return nothing;
  return writeSection(
    { id: 'entities', title: words.entities, caption: words.entitiesCaption, heads: [words.entity, words.count] },
    found
      .sort(([, a], [, b]) => b - a)
      .map(([kind, count]) => ({ cells: [markup`${nameOf(policyWords.detectors.kinds, kind)}`, markup`${count}`] })),
  );
}

/** Writes the chain of custody: source and time of the download, redaction policy, software version of the export. */
export function writeCustody({ custody = [] }: TimelineDocument): Html {
  if (custody.length === 0) return nothing;
  return writeSection(
    {
      id: 'custody',
      title: words.custody,
      caption: words.custodyCaption,
      heads: [words.at, words.action, words.source, words.policy, words.software],
    },
    custody.map(({ at, action, source = '', policy = '', software }) => ({
      cells: [
        writeMoment(at),
        markup`${words.actions[action]}`,
        markup`${nameOf(originWords, source)}`,
        markup`${policy}`,
        markup`${software}`,
      ],
    })),
  );
}

/** Returns the display name of an id, or the id itself if it has none. */
function nameOf(names: Readonly<Record<string, string>>, id: string): string {
  return Object.hasOwn(names, id) ? (names[id] ?? id) : id;
}
