import { toErrorReply, type ErrorReply } from '../../../contract/errors';
import { mostNamed, type ImportSummary } from '../../../contract/opened-files';
import type { StoredSession } from '../../../contract/session';
import { shownName } from '../../../core/recording/shown-name';
import type { RefusedRecording } from '../../../node/intake/recording-file';

/** Counts the results of importing several files. */
export class SummaryCounts {
  private imported = 0;
  private present = 0;
  private foreign = 0;
  private readonly refused: ImportSummary['refused'] = [];
  private moreRefused = 0;
  private readonly stops: ErrorReply[] = [];
  private firstImported: ImportSummary['first'];
  private firstPresent: ImportSummary['first'];

  addImported({ id }: StoredSession): void {
    this.imported++;
    this.firstImported ??= id;
  }

  addPresent(sessions: readonly StoredSession[]): void {
    this.present += sessions.length;
    this.firstPresent ??= sessions[0]?.id;
  }

  addForeign(): void {
    this.foreign++;
  }

  /** Adds a reason why some files were skipped. */
  addStop(stop: ErrorReply): void {
    this.stops.push(stop);
  }

  /** Adds a refused file, folder or member of an archive. Only its name is kept, since the window must not receive paths. */
  addRefused(path: string, error: unknown, member?: string): void {
    if (this.refused.length >= mostNamed) return void this.moreRefused++;
    const reply = toErrorReply(error);
    const inside = member ?? reply.details?.member;
    const name = [path, ...(inside === undefined ? [] : [String(inside)])].map(shownName).join(' › ');
    this.refused.push({ name, error: reply });
  }

  addMembers(path: string, refused: readonly RefusedRecording[]): void {
    for (const { name, error } of refused) this.addRefused(path, error, name);
  }

  finish({ links, special }: Pick<ImportSummary, 'links' | 'special'> = { links: 0, special: 0 }): ImportSummary {
    const { imported, present, foreign, refused, moreRefused, stops } = this;
    const first = this.firstImported ?? this.firstPresent;
    return {
      imported,
      present,
      foreign,
      links,
      special,
      refused,
      moreRefused,
      stops,
      ...(first !== undefined && { first }),
    };
  }
}
