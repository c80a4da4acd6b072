import type { FindingKind } from '../../../contract/finding-kinds';

/** The kind of a value; `private` where only its location shows that it is personal. */
export type ValueKind = FindingKind | 'private';

const rules: readonly [pattern: RegExp, kind: ValueKind | undefined][] = [
  [
    /\b(?:hash|commit|build|version|csrf param|file|host|event|tag|class|field|display mode|page|product|plan|app|browser|os|device|package|component|function|method|node|display type) name\b/,
    undefined,
  ],
  [/\b(?:e ?mail|mail address|courriel|correo)\b/, 'email'],
  [/\b(?:phone|mobile|tel|telephone|cell|fax|telefon|handy|móvil|celular|msisdn)\b/, 'phone'],
  [/\b(?:card number|cc number|card no|pan|credit card|cardnumber|ccnumber)\b/, 'card'],
  [/\biban\b/, 'iban'],
  [/\b(?:cvc|cvv|csc|card code|cc csc|security code)\b/, 'secret'],
  [
    /\b(?:ssn|social security|national id|tax id|passport|licen[cs]e no|nino|dni|cpf|pesel|personnummer|steuer id|bsn|aadhaar)\b/,
    'national-id',
  ],
  [/\b(?:birth ?day|birth ?date|date of birth|dob|bday|geburtsdatum|geboren)\b/, 'birth-date'],
  [
    /\b(?:password|passwd|pwd|passphrase|secret|token|api ?key|authorization|auth|session ?id|sid|csrf|xsrf|otp|one time code|pin|jwt|access key|private key|cookie|credential|code verifier|magic|signature|sig|nonce|passwort)\b/,
    'secret',
  ],
  [/\b(?:ip|ip address|remote addr|client ip|x forwarded for)\b/, 'ip'],
  [/\b(?:lat|latitude|lng|lon|longitude)\b/, 'coordinates'],
  [
    /\b(?:street|address|address line ?\d|postal code|zip|zip code|postcode|city|town|straße|strasse|plz|ort|adresse|dirección|indirizzo)\b/,
    'address',
  ],
  [
    /\b(?:(?:full|first|last|given|family|sur|middle|user|customer|owner|holder|contact|recipient|billing|shipping|display|card|nick|additional|cc) ?name|fullname|firstname|lastname|surname|username|cc name|cardholder|vorname|nachname|prénom|nombre|apellidos?|nome|cognome|sobrenome|author|recipient|customer|owner|patient|assignee|^name)\b/,
    'person',
  ],
  [
    /\b(?:user ?id|customer ?id|account ?(?:id|no|number)|distinct ?id|device ?id|anonymous ?id|member ?id|login|user ?handle|company|organi[sz]ation|employer|salary|gender|diagnosis|notes?|comment|message|bio|about)\b/,
    'private',
  ],
];

const known = new Map<string, ValueKind | undefined>();
const knownLimit = 20_000;

/** Returns the kind of value that a key, a field name, an `autocomplete` word or a label announces. */
export function kindOfKey(name: string): ValueKind | undefined {
  if (name.length > 100) return undefined;
  if (known.has(name)) return known.get(name);
  const plain = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const kind = rules.find(([pattern]) => pattern.test(plain))?.[1];
  if (known.size < knownLimit) known.set(name, kind);
  return kind;
}
