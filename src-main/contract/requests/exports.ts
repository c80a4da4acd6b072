import * as v from 'valibot';
import { ExportFormat, TicketFormat } from '../export-format';
import { CaseId, ExportId, JobId, SessionId } from '../ids';
import { RedactionReport } from '../policy';
import { JoinedEntry } from '../timeline';
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

const fileChoice = {
  format: ExportFormat,
  /** Adds a screenshot of the redacted page to each note, in a report as HTML or PDF. */
  hasScreenshots: v.boolean(),
};

/** The signature and encryption of a case file. */
const sealing = {
  /** Signs with the user's key, if there is a keychain. */
  isSigned: v.boolean(),
  /** Encrypts with this passphrase; empty for no encryption. */
  passphrase: v.pipe(v.string(), v.maxLength(1000)),
};

/** Masks private values in notes, titles and other texts of the user as well. Without it such an export is refused. */
const consent = { hidesOwnTexts: v.boolean() };

const exportPreview = v.strictObject({ entries: v.array(JoinedEntry), total: v.number(), report: RedactionReport });
const savedExport = v.nullable(
  v.strictObject({
    id: ExportId,
    fileName: v.string(),
    bytes: v.number(),
    sha256: v.string(),
    /** The number of values that were masked only after the gate had found them, by channel. */
    repaired: v.record(v.string(), v.number()),
  }),
);

export const exportRequests = {
  'export.preview': { input: v.strictObject({ ...exportChoice, jobId: JobId }), output: exportPreview },
  'export.preview-case': { input: v.strictObject({ ...caseChoice, jobId: JobId }), output: exportPreview },
  /** Asks the user where to save; null if they close the dialog. */
  'export.save': {
    input: v.strictObject({ ...exportChoice, ...consent, ...fileChoice, ...sealing, jobId: JobId }),
    output: savedExport,
  },
  /** The same for a case: as one case file, as one replay page, or as its merged timeline. */
  'export.save-case': {
    input: v.strictObject({ ...caseChoice, ...consent, ...fileChoice, ...sealing, jobId: JobId }),
    output: savedExport,
  },
  /** Copies the timeline to the clipboard, in the format of a ticket. */
  'export.copy': {
    input: v.strictObject({ ...exportChoice, ...consent, format: TicketFormat, jobId: JobId }),
    output: v.strictObject({ characters: v.number() }),
  },
  /** The same for the merged timeline of a case. */
  'export.copy-case': {
    input: v.strictObject({ caseId: CaseId, ...choice, ...consent, format: TicketFormat, jobId: JobId }),
    output: v.strictObject({ characters: v.number() }),
  },
  /**
   * Adds the values that were masked after the check to the export's policy, or to a copy of it if it is a shipped one. Returns the name of
   * the policy.
   */
  'export.always-hide': { input: v.strictObject({ id: ExportId }), output: v.strictObject({ policy: policyName }) },
  'export.reveal': { input: v.strictObject({ id: ExportId }), output: empty },
} as const;
