/** A redaction rule, the edits of its source that disable it, and the channels that must leak without it. */
export interface Rule {
  name: string;
  /** Paths are relative to `src-main/core/redaction`. Rules that cover the same data are disabled together, since one alone has no effect. */
  edits: readonly Edit[];
  /** The channels that must each leak. */
  channels: readonly string[];
}

interface Edit {
  file: string;
  /** Must occur exactly once in the file. */
  from: string;
  to: string;
}

/** A rule that one edit disables. */
export function rule(name: string, file: string, from: string, to: string, channels: string): Rule {
  return { name, edits: [{ file, from, to }], channels: channels.split(' ') };
}
