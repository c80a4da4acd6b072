import type { Severity } from '../../../contract/timeline';
import { timelineDocumentWords as words } from '../../../contract/words/timeline';
import { buildHistogram } from '../histogram';
import { countSeverities, formatRelative, type TimelineDocument } from './document';
import { markup, type Html } from './html-text';

const bars = 120;
const barWidth = 10;
const height = 80;
/** Space above the bars for the shapes. */
const headroom = 18;

/** Draws an overview of the session: a bar for each span, and above it the shape of its highest severity. */
export function writeStrip({ entries: all, durationMs }: TimelineDocument): Html {
  const entries = all.filter(({ session }) => session === undefined || session.origin === 'case');
  if (entries.length === 0) return markup``;
  const missing = entries.length < all.length ? markup`<p class="scale">${words.overviewPlaced}</p>\n` : markup``;
  const histogram = buildHistogram(entries, durationMs, bars);
  const most = Math.max(1, ...histogram.map(({ count }) => count));
  const summary = countSeverities(entries).map(([, count]) => count);
  const columns = histogram.flatMap(({ count, worst }, index) => {
    if (count === 0) return [];
    const barHeight = Math.max(6, Math.round((count / most) * (height - headroom)));
    const left = index * barWidth;
    const top = height - barHeight;
    const bar = markup`<rect x="${left + 1}" y="${top}" width="${barWidth - 2}" height="${barHeight}"/>`;
    return [
      markup`<g class="bar-${worst}" fill="currentColor">${bar}${drawIcon(worst, left + barWidth / 2, top - 9)}</g>\n`,
    ];
  });
  return markup`<h2 id="activity">${words.overview}</h2>
<svg class="strip" viewBox="0 0 ${bars * barWidth} ${height}" role="img" aria-labelledby="activity activity-text">
<desc id="activity-text">${summary.join(', ')}</desc>
${columns}</svg>
<p class="scale" aria-hidden="true"><span>${formatRelative(0)}</span><span>${formatRelative(durationMs)}</span></p>
${[missing]}`;
}

function drawIcon(severity: Severity, x: number, y: number): Html {
  if (severity === 'error') return markup`<rect x="${x - 5}" y="${y - 5}" width="10" height="10"/>`;
  if (severity === 'warning') return markup`<path d="M${x} ${y - 6}l6 11h-12z"/>`;
  return markup``;
}
