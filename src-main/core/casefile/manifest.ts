import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { CaseManifest, caseFormatVersion } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { encodeText } from './text';
import { upgradeManifest } from './upgrade';

export type CaseResource = CaseManifest['resources'][number];

/** A case file's own facts, known before its entries are written. */
export type CaseHead = Pick<CaseManifest, 'title' | 'created' | 'software' | 'redaction' | 'parentCase' | 'about'>;

/** RFC 8785 bytes of the manifest: the same facts always give the same hash. */
export function encodeManifest(head: CaseHead, resources: CaseResource[]): Uint8Array {
  const manifest: CaseManifest = {
    profile: 'casement-case',
    formatVersion: caseFormatVersion,
    minReader: caseFormatVersion,
    ...head,
    resources,
  };
  return encodeText(canonicalText(manifest));
}

/**
 * Errors: case-newer for a format of the future, case-unreadable for anything that isn't a manifest in its one canonical form: of bytes
 * that can be read in two ways, a signature would say nothing.
 */
export function decodeManifest(bytes: Uint8Array): CaseManifest {
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.manifestNotJson });
  }
  const version = v.safeParse(v.object({ profile: v.literal('casement-case'), minReader: v.number() }), value);
  if (version.success && version.output.minReader > caseFormatVersion) {
    throw new CasementError('case-newer', { version: version.output.minReader });
  }
  const manifest = v.safeParse(CaseManifest, upgradeManifest(value));
  if (!manifest.success) throw new CasementError('case-unreadable', { reason: refusals.caseFile.manifestInvalid });
  if (canonicalText(value) !== text)
    throw new CasementError('case-unreadable', { reason: refusals.caseFile.manifestNotCanonical });
  return manifest.output;
}

/** Replaces lone surrogates: neither UTF-8 nor canonical JSON can represent them. */
function canonicalText(value: unknown): string {
  return (canonicalize(value) ?? '').replace(/\p{Cs}/gu, '\ufffd');
}

/** Returns the name of a resource, which Frictionless requires: its path without slashes. */
export function resourceName(path: string): string {
  return path.replaceAll('/', '-');
}
