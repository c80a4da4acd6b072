/** One rule of the redaction, how it is switched off in its own source, and where its absence must show. */
export interface Rule {
  name: string;
  /** Of `src-main/core/redaction`. Where two rules lie over each other, all of them: one alone leaves nothing to see. */
  edits: readonly Edit[];
  /** Channels of which each must leak. */
  channels: readonly string[];
}

interface Edit {
  file: string;
  /** Stands in the file once. */
  from: string;
  to: string;
}

/** A rule that one change switches off. */
export function rule(name: string, file: string, from: string, to: string, channels: string): Rule {
  return { name, edits: [{ file, from, to }], channels: channels.split(' ') };
}
