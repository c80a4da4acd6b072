import { findingKinds } from '../../../contract/finding-kinds';
import { commonWords, countWords } from '../../../contract/words/common';
import { replayPageWords } from '../../../contract/words/replay-page';
import { channelWords, originWords, reportWords } from '../../../contract/words/report';
import { controls, severities, timelineKinds, timelineVerbs } from '../../../contract/timeline';
import {
  entryText,
  exportedSessionWords,
  kindWords,
  severityWords,
  timelineDocumentWords,
} from '../../../contract/words/timeline';

/** The texts that Casement itself writes into exports, in lower case. Somebody may have typed one, such as “Recorded session”. */
const ownTexts: ReadonlySet<string> = new Set(
  [
    channelWords,
    commonWords,
    countWords,
    exportedSessionWords,
    kindWords,
    originWords,
    replayPageWords,
    reportWords,
    severityWords,
    timelineDocumentWords,
    // The folders and files of a case file.
    ['annotations', 'attachments', 'datapackage', 'mimetype', 'recordings', 'replay', 'timeline'],
    controls,
    severities,
    timelineKinds,
    timelineVerbs,
    timelineVerbs.map((verb) => entryText({ kind: 'custom', verb })),
  ].flatMap((words) => textsIn(words)),
);

/** Returns the constant texts of a table of words, also of tables in it. */
function textsIn(words: unknown): string[] {
  if (typeof words === 'string') return [words.toLowerCase()];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsIn) : [];
}

/** Names that a redacted recording gives to tabs, elements, attributes, classes, ids and private values: `window-2`, `c17`, `EMAIL-1`. */
const ownName = new RegExp(
  `^(?:window-\\d{1,3}|x-e\\d{1,3}|data-a\\d{1,3}|[cipsnw]\\d{1,3}|(?:${findingKinds.join('|').toUpperCase()})-\\d{1,4})$`,
);

/** The plugins whose events are in a redacted recording. PostHog also lists the active ones in an event. */
const pluginName = /^rrweb\/(?:console|network)(?:@\d{1,2})?$/;

export function isOwnText(text: string): boolean {
  return ownTexts.has(text.toLowerCase()) || ownName.test(text) || pluginName.test(text);
}
