import type { Finding } from '../finding';
import { tokenForms } from './token-forms';
import { matchAll } from '../match-all';

/** Token forms by their first two characters. */
const byBeginning = new Map<string, { begins: string; pattern: RegExp }[]>();
for (const { begins, rest } of tokenForms) {
  const key = begins.slice(0, 2);
  const forms = byBeginning.get(key) ?? [];
  forms.push({ begins, pattern: new RegExp(`(?:${rest})(?![A-Za-z0-9])`, 'y') });
  byBeginning.set(key, forms);
}
for (const forms of byBeginning.values()) forms.sort((a, b) => b.begins.length - a.begins.length);

const word = /[A-Za-z0-9_][\w.~+/=$%@:-]{11,}/g;
const jwt = /eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{4,8000}(?:\.[A-Za-z0-9_-]{0,2000}){0,3}/y;
const telegram = /\d{5,16}:A[A-Za-z0-9_-]{34}(?![\w-])/y;
const discordBot = /[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/y;
const gcpClient = /\d{6,20}-[a-z0-9]{32}\.apps\.googleusercontent\.com/y;
const mailgunSign = /[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}(?![\w-])/y;
const mailchimp = /[a-f0-9]{32}-us\d{1,2}(?![\w-])/y;
const shapes = [telegram, discordBot, gcpClient, mailgunSign, mailchimp];
const isLetterOrDigit = /[A-Za-z0-9]/;

/** Finds tokens whose form identifies their service. */
export function findTokens(text: string): Finding[] {
  const found: Finding[] = [];
  let noJwtBefore = 0;
  for (const { 0: piece, index } of matchAll(text, word)) {
    const end = index + piece.length;
    for (let at = index; at < end - 11; at++) {
      if (at > index && isLetterOrDigit.test(text.charAt(at - 1))) continue;
      if (text.startsWith('eyJ', at) && at >= noJwtBefore) {
        jwt.lastIndex = at;
        if (jwt.test(text)) {
          found.push({ start: at, end: jwt.lastIndex, kind: 'jwt' });
          at = jwt.lastIndex - 1;
          continue;
        }
        // If there is no JWT here, there is none at a later position of the same run.
        noJwtBefore = at + (/^[A-Za-z0-9_-]*/.exec(text.slice(at, at + 4000))?.[0].length ?? 0);
      }
      const until = formAt(text, at);
      if (until === undefined) continue;
      found.push({ start: at, end: until, kind: 'secret' });
      at = until - 1;
    }
  }
  return found;
}

function formAt(text: string, at: number): number | undefined {
  for (const { begins, pattern } of byBeginning.get(text.slice(at, at + 2)) ?? []) {
    if (!text.startsWith(begins, at)) continue;
    pattern.lastIndex = at + begins.length;
    const match = pattern.exec(text);
    // Plain words have neither digits nor mixed case. A prefix in capitals isn't a word.
    if (
      match &&
      (/\d/.test(match[0]) || (/[A-Z]/.test(match[0]) && /[a-z]/.test(match[0])) || /^[A-Z]{4}/.test(begins))
    )
      return pattern.lastIndex;
  }
  for (const shape of shapes) {
    shape.lastIndex = at;
    if (shape.test(text)) return shape.lastIndex;
  }
  return undefined;
}
