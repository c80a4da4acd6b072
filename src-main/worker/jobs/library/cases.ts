import * as v from 'valibot';
import { mostAttachments, type Case, type CaseChange, type CaseSummary } from '../../../contract/case';
import { CasementError } from '../../../contract/errors';
import { AttachmentId, CaseId, type SessionId } from '../../../contract/ids';
import type { Cases } from '../../../node/vault/vault';
import type { KeyedMutex } from '../../../contract/shared/mutex';

/** The user's cases. Changes to a case run one after another, so none is lost. Throws the vault's errors, attachment-many, attachment-unknown. */
export class CaseService {
  constructor(
    private readonly mutex: KeyedMutex,
    private readonly now: () => number,
    private readonly makeId: (prefix: string) => string,
  ) {}

  async list(cases: Cases): Promise<CaseSummary[]> {
    return (await cases.list()).map(({ attachments, ...rest }) => ({ ...rest, attachmentCount: attachments.length }));
  }

  async create(cases: Cases, { title, sessionIds }: { title: string; sessionIds: SessionId[] }): Promise<Case> {
    const at = this.now();
    const created: Case = {
      id: v.parse(CaseId, this.makeId('case')),
      title,
      description: '',
      status: 'open',
      severity: 'medium',
      owner: '',
      tags: [],
      isArchived: false,
      sessionIds: [...new Set(sessionIds)],
      attachments: [],
      createdAt: at,
      changedAt: at,
    };
    await cases.write(created);
    return created;
  }

  change(cases: Cases, id: string, change: CaseChange): Promise<Case> {
    return this.rewrite(cases, id, (before) => ({ ...before, ...change }));
  }

  setSessions(cases: Cases, id: string, sessionIds: SessionId[]): Promise<Case> {
    return this.rewrite(cases, id, (before) => ({ ...before, sessionIds: [...new Set(sessionIds)] }));
  }

  attach(cases: Cases, id: string, text: { name: string; text: string }): Promise<Case> {
    const attachment = { id: v.parse(AttachmentId, this.makeId('a')), ...text, addedAt: this.now() };
    return this.rewrite(cases, id, (before) => {
      if (before.attachments.length >= mostAttachments) throw new CasementError('attachment-many');
      return { ...before, attachments: [...before.attachments, attachment] };
    });
  }

  detach(cases: Cases, id: string, attachmentId: string): Promise<Case> {
    return this.rewrite(cases, id, (before) => {
      const attachments = before.attachments.filter((attachment) => attachment.id !== attachmentId);
      if (attachments.length === before.attachments.length) throw new CasementError('attachment-unknown');
      return { ...before, attachments };
    });
  }

  private rewrite(cases: Cases, id: string, step: (before: Case) => Case): Promise<Case> {
    return this.mutex.run(id, async () => {
      const changed = { ...step(await cases.read(id)), changedAt: this.now() };
      await cases.write(changed);
      return changed;
    });
  }
}
