import { createHash } from 'node:crypto';
import { emptyReport } from '../../helpers/empty-report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketFormats, timelineFormats, type TimelineFormat } from '../../../src-main/contract/export-format';
import { formatPrinted, formatTicket, formatTimeline } from '../../../src-main/core/timeline/formats';
import { hostileStrings as hostile } from '../../helpers/hostile-strings';
import { parseCsv } from '../../helpers/parse-csv';
import { makeDocument, makeEntry as entry } from '../../helpers/timeline-document';
import { timelineStyle, timelineStyleHash } from '../../../src-main/core/timeline/formats/html-style';

const format = (name: TimelineFormat, text: string): string => formatTimeline(name, makeDocument([entry(text)]));

describe('every format', () => {
  it.each(timelineFormats)('%s contains no control characters, direction overrides or lone surrogates', (name) => {
    const text = formatTimeline(
      name,
      makeDocument(
        hostile.map((line) => entry(line)),
        { title: hostile.join(' ') },
      ),
    );
    expect(findUnsafe(text)).toEqual([]);
  });

  it('control: the check finds each of them', () => {
    for (const character of [
      '\u0000',
      '\u001b',
      '\u009b',
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
      '\ud800',
      '\u2028',
    ]) {
      expect(findUnsafe(`a${character}b`)).toHaveLength(1);
    }
  });

  it.each(timelineFormats)('%s keeps plain text, accents and emoji', (name) => {
    expect(format(name, 'Élan 日本 👩‍👩‍👧 נשר ok')).toContain('Élan 日本 👩‍👩‍👧 נשר ok');
  });

  it.each(timelineFormats)('%s is the same at any time', (name) => {
    const relative = makeDocument([entry('x', { wallMs: null })], { startedAt: null, generatedAt: '' });
    expect(formatTimeline(name, relative)).toBe(formatTimeline(name, relative));
  });

  it.each(['md', 'zendesk', 'jira', 'html', 'csv', 'jsonl'] as const)(
    '%s shows no date without a wall clock',
    (name) => {
      const relative = makeDocument([entry('x', { wallMs: null })], { startedAt: null, generatedAt: '' });
      expect(formatTimeline(name, relative).replaceAll('\\', '')).not.toMatch(/20\d\d-/);
      const clock = format(name, 'x').replaceAll('\\', '').replaceAll('&#58;', ':');
      expect(clock).toMatch(/2026-11-24[T ]09:00:03\.021/);
    },
  );

  it.each(timelineFormats)('%s accepts a timeline without entries', (name) => {
    expect(formatTimeline(name, makeDocument([]))).toBeTypeOf('string');
  });
});

describe('html', () => {
  it('contains only its own tags, whatever the entries contain', () => {
    const tags = (text: string): string[] => text.match(/<\/?[a-z!][^\s>]*/gi) ?? [];
    const plain = tags(format('html', 'plain'));
    for (const text of hostile) expect(tags(format('html', text))).toEqual(plain);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tags(format('html', text))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
    expect(tags('<td><script>x</td>')).toHaveLength(3);
  });

  it('contains only its own attributes', () => {
    const attributes = (text: string): string[] => text.replace(/>[^<]*</g, '><').match(/\s[a-z-]+=/gi) ?? [];
    const title = hostile.join(' ');
    const page = formatTimeline(
      'html',
      makeDocument([entry(title, { windowId: title })], { title, policy: title, software: title }),
    );
    expect(attributes(page)).toEqual(attributes(formatTimeline('html', makeDocument([entry('x')]))));
  });

  it('allows only one style sheet, by its hash', () => {
    const page = format('html', 'x');
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    expect(style).toBe(timelineStyle);
    expect(createHash('sha256').update(style).digest('base64')).toBe(timelineStyleHash);
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${timelineStyleHash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).not.toMatch(/ style=|<script|<link|url\(|https?:/);
  });

  it('works with screen readers and shows severity by word and shape', () => {
    const page = formatTimeline('html', makeDocument([entry('x', { severity: 'error', kind: 'network-error' })]));
    for (const part of [
      '<html lang="en">',
      '<caption>',
      '<th scope="col">',
      '<th scope="row"><time datetime="PT3.021S">0:03.021</time>',
      '<time datetime="2026-11-24T09:00:03.021Z">',
      'role="img" aria-labelledby',
      '<span class="sign" aria-hidden="true">■</span>Error',
    ]) {
      expect(page).toContain(part);
    }
  });

  it('names the windows if there are several', () => {
    const page = formatTimeline(
      'html',
      makeDocument([entry('a'), entry('b', { windowId: '2' }), entry('n', { kind: 'note', windowId: '' })]),
    );
    expect(page).toContain('<td class="window">2</td>');
    expect(format('html', 'x')).not.toContain('class="window"');
  });

  it('counts redacted values', () => {
    const report = { ...emptyReport, masked: { text: 40, url: 1 }, dropped: { style: 1 } };
    expect(formatTimeline('html', makeDocument([], { report }))).toContain('41 values masked, 1 part removed');
  });
});

describe('the report', () => {
  const notes = [
    { id: 'a', atMs: 1000, endMs: 2500, text: 'Slow <b>', severity: 'warning' as const, tags: ['checkout', '@x'] },
    { id: 'b', atMs: 9000, text: '', isBookmark: true as const },
  ];
  const custody = [
    { at: '2026-11-24T09:30:00.000Z', action: 'pulled' as const, software: 'Casement 0.1.0', source: 'posthog' },
    { at: '2026-11-24T10:00:00.000Z', action: 'redacted' as const, software: 'Casement 0.1.0', policy: 'readable' },
  ];
  const report = { ...emptyReport, floor: 'acme', masked: { text: 40 }, dropped: { style: 2 }, entities: { email: 3 } };
  const page = formatTimeline('html', makeDocument([entry('x')], { notes, custody, report }));
  const rows = (id: string): string[] =>
    (new RegExp(`id="${id}">.*?<tbody>(.*?)</tbody>`, 's').exec(page)?.[1] ?? '')
      .split('</tr>')
      .map((row) =>
        row
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      )
      .filter(Boolean);

  it('lists the notes with their range, severity and tags, and the bookmarks', () => {
    expect(rows('notes')).toEqual([
      '0:01.000 to 0:02.500 Note ▲ Warning Slow &lt;b&gt; checkout, @x',
      '0:09.000 Bookmark ● Info',
    ]);
  });

  it('counts redacted values by channel and by entity, and names the policy and its minimum', () => {
    expect(rows('hidden')).toEqual(['Text 40 0', 'Style rules 0 2']);
    expect(rows('entities')).toEqual(['Email addresses 3']);
    expect(page).toContain('Counts by location, redacted with the policy p (format version 2), restricted by acme');
    expect(page).toContain('3 of 3 recorded events are kept.');
  });

  it('shows the chain of custody', () => {
    expect(rows('custody')).toEqual([
      '2026-11-24 09:30:00.000 Downloaded from the platform PostHog Casement 0.1.0',
      '2026-11-24 10:00:00.000 Redacted readable Casement 0.1.0',
    ]);
  });

  it('has no empty sections', () => {
    expect(format('html', 'x')).not.toMatch(/id="(?:notes|hidden|entities|custody)"/);
  });

  it('is printed with only the most important entries if there are too many', () => {
    const many = Array.from({ length: 6001 }, (_, index) => entry(`line ${index}`));
    const printed = formatPrinted(makeDocument([...many, entry('it broke', { severity: 'error', kind: 'error' })]));
    expect(printed).toContain('it broke');
    expect(printed).not.toContain('line 5');
    expect(printed).toContain('1; 6001 more in the complete export');
    expect(formatPrinted(makeDocument([entry('line 5')]))).toContain('line 5');
  });
});

describe('a ticket', () => {
  it.each(ticketFormats)(
    '%s respects the limit of its system, keeps failures first and reports how many entries are missing',
    (name) => {
      const many = Array.from({ length: 5000 }, (_, index) => entry(`line ${index} ${'x'.repeat(40)}`));
      const document = makeDocument([...many, entry('it broke', { severity: 'error', kind: 'error' })]);
      const text = formatTicket(name, document);
      expect(text.length).toBeLessThanOrEqual(name === 'jira' ? 30_000 : 60_000);
      expect(text).toContain('it broke');
      expect(text).toContain('1; 5000 more in the complete export');
      // Control: without the limit it is longer.
      expect(formatTimeline(name, document).length).toBeGreaterThan(60_000);
    },
  );

  it.each(ticketFormats)('%s keeps as many failures as fit, and everything if it fits', (name) => {
    const failures = Array.from({ length: 3000 }, (_, index) => entry(`failure ${index}`, { severity: 'error' }));
    const text = formatTicket(name, makeDocument(failures));
    const limit = name === 'jira' ? 30_000 : 60_000;
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text.length).toBeGreaterThan(limit - 300);
    const few = makeDocument(failures.slice(0, 5));
    expect(formatTicket(name, few)).toBe(formatTimeline(name, few));
  });
});

describe('csv', () => {
  const cells = (text: string): string[] => parseCsv(format('csv', text))[1] ?? [];

  it('starts no cell like a formula, and preserves every text', () => {
    for (const text of hostile) {
      const row = cells(text);
      expect(row).toHaveLength(7);
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r＝]/);
    }
    expect(cells('a, "b" and \'c\'')[5]).toBe('a, "b" and \'c\'');
    expect(cells('=1+1')[5]).toBe("'=1+1");
  });

  it('follows RFC 4180 with a header', () => {
    expect(parseCsv(format('csv', 'a"b,c'))).toEqual([
      ['time', 'datetime', 'window', 'kind', 'severity', 'event', 'duration_ms'],
      ['0:03.021', '2026-11-24T09:00:03.021Z', '1', 'click', 'info', 'a"b,c', ''],
    ]);
  });
});

describe('jsonl', () => {
  it('has one object per line, with the text preserved', () => {
    const lines = formatTimeline(
      'jsonl',
      makeDocument([entry('a "b"', { durationMs: 5, nodeId: 9 }), ...hostile.map((text) => entry(text))]),
    )
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(hostile.length + 1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      datetime: '2026-11-24T09:00:03.021Z',
      time: '0:03.021',
      at_ms: 3021,
      window: '1',
      kind: 'click',
      severity: 'info',
      message: 'a "b"',
      duration_ms: 5,
      node_id: 9,
    });
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});

describe('markdown', () => {
  const cell = (text: string): string => /\| Click \| (.*) \|$/m.exec(format('md', text))?.[1] ?? '';

  it('has one row per line, with the same number of cells', () => {
    const count = (text: string): number => (text.match(/(?<!\\)\|/g) ?? []).length;
    for (const text of hostile) {
      const rows = format('md', text)
        .split('\n')
        .filter((line) => line.startsWith('|'));
      expect(rows).toHaveLength(3);
      expect(new Set(rows.map(count)).size).toBe(1);
    }
  });

  it('contains nothing that Markdown or a ticket system interprets', () => {
    for (const text of hostile) expect(findUnescaped(cell(text))).toEqual([]);
    expect(cell('@everyone #1')).toBe('\\@<!-- -->everyone \\#<!-- -->1');
    expect(cell('https://evil.test www.evil.test :tada:')).toBe('https\\://evil.test www\\.evil.test \\:tada:');
  });

  it('control: the check finds unescaped text', () => {
    for (const text of [
      '<b>',
      '`x`',
      '[a](b)',
      '@me',
      '#1',
      'https://x',
      'www.x',
      '**x**',
      ':tada:',
      'a|b',
      '$x$',
      '&amp;',
    ]) {
      expect(findUnescaped(text), text).not.toEqual([]);
    }
  });
});

describe('times', () => {
  it('have hours only if needed', () => {
    const time = (atMs: number): unknown =>
      (JSON.parse(formatTimeline('jsonl', makeDocument([entry('x', { atMs })]))) as { time: string }).time;
    expect([0, 999.6, 61_001, 3_600_000, 45_296_789].map(time)).toEqual([
      '0:00.000',
      '0:01.000',
      '1:01.001',
      '1:00:00.000',
      '12:34:56.789',
    ]);
  });
});

function findUnsafe(text: string): string[] {
  // A zero-width joiner between two pictographs is part of one emoji.
  const rest = text
    .replace(/(?<=\p{Extended_Pictographic})\u200d(?=\p{Extended_Pictographic})/gu, '')
    .replace(/\r\n|\n/g, '');
  return rest.match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
}

/** Returns the characters with a meaning in Markdown, except escaped ones and those before an empty comment. */
function findUnescaped(cell: string): string[] {
  const plain = cell.replace(/\\[@#]<!-- -->|\\[!-/:-@[-`{-~]/g, ' ');
  return plain.match(/[<>`*_[\]|~$&{}@#]|https?:|www\.|:[a-z]+:/gi) ?? [];
}
