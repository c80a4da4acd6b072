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

/** Calls and messages during a visit are reported once per kind, which hides the others. Disabled with the rules for their content. */
export const openEchoes: Edit = {
  file: 'redact.ts',
  from: "context.closes('echoes') ? echoOf(event, own) : undefined",
  to: 'undefined',
};

/** The same rule, with all calls and messages of a visit. */
export function withEchoes(one: Rule): Rule {
  return { ...one, edits: [...one.edits, openEchoes] };
}

/** A rule that one edit disables. */
export function rule(name: string, file: string, from: string, to: string, channels: string): Rule {
  return { name, edits: [{ file, from, to }], channels: channels.split(' ') };
}
