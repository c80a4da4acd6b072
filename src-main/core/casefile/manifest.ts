import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { CaseManifest, caseFormatVersion } from '../../contract/case-format';
import { CasementError } from '../../contract/errors';
import { refusals } from '../../contract/words/refusals';
import { encodeText } from './text';
import { upgradeManifest } from './upgrade';

export type CaseResource = CaseManifest['resources'][number];

/** The facts about a case file that are known before its entries are written. */
export type CaseHead = Pick<CaseManifest, 'title' | 'created' | 'software' | 'redaction' | 'parentCase' | 'about'>;

/** Returns the manifest as canonical JSON (RFC 8785), so that the same facts always have the same hash. */
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
 * Reads a manifest. Throws `case-newer` for a newer format, and `case-unreadable` for anything but a manifest in canonical form: a
 * signature would prove nothing about bytes that can be read in two ways.
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
