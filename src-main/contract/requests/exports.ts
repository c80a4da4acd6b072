import * as v from 'valibot';
import { ExportFormat, TicketFormat } from '../export-format';
import { CaseId, ExportId, JobId, SessionId } from '../ids';
import { RedactionReport } from '../policy';
import { TimelineEntry } from '../timeline';
import { empty } from './empty';
import { policyName } from './policies';

const choice = {
  policy: policyName,
  /** Includes the user's own notes. */
  hasNotes: v.boolean(),
};
const exportChoice = { sessionId: SessionId, ...choice };
/** A complete case. `hasTexts`: with its description and attached texts. */
const caseChoice = { caseId: CaseId, ...choice, hasTexts: v.boolean() };

/** The signature and encryption of a case file. */
const sealing = {
  /** Signs with the user's key, if there is a keychain. */
  isSigned: v.boolean(),
  /** Encrypts with this passphrase; empty for no encryption. */
  passphrase: v.pipe(v.string(), v.maxLength(1000)),
};

const exportPreview = v.strictObject({ entries: v.array(TimelineEntry), total: v.number(), report: RedactionReport });
const savedExport = v.nullable(
  v.strictObject({ id: ExportId, fileName: v.string(), bytes: v.number(), sha256: v.string() }),
);

export const exportRequests = {
  'export.preview': { input: v.strictObject({ ...exportChoice, jobId: JobId }), output: exportPreview },
  'export.preview-case': { input: v.strictObject({ ...caseChoice, jobId: JobId }), output: exportPreview },
  /** Asks the user where to save; null if they close the dialog. */
  'export.save': {
    input: v.strictObject({
      ...exportChoice,
      format: ExportFormat,
      /** Adds a screenshot of the redacted page to each note, in a report as HTML or PDF. */
      hasScreenshots: v.boolean(),
      ...sealing,
      jobId: JobId,
    }),
    output: savedExport,
  },
  /** The same for a case, as one case file. */
  'export.save-case': { input: v.strictObject({ ...caseChoice, ...sealing, jobId: JobId }), output: savedExport },
  /** Copies the timeline to the clipboard, in the format of a ticket. */
  'export.copy': {
    input: v.strictObject({ ...exportChoice, format: TicketFormat, jobId: JobId }),
    output: v.strictObject({ characters: v.number() }),
  },
  'export.reveal': { input: v.strictObject({ id: ExportId }), output: empty },
} as const;
