import { list } from '../pattern-source';

/** Words around the name of a person, in some twenty languages. */

const source = String.raw;

/** Words that join the parts of a name, and nicknames. */
const nameParticles = list(source`
  van der|van den|van de|van|von der|von|de la|de los|de las|de|del|della|da|dos|das|do|di|du|der|den|ter|ten|la|le|
  el|al|bin|ibn|abu|af|av|zu|y|e|"[\p{L}]{2,14}"|'[\p{L}]{2,14}'|\([\p{L}]{2,14}\)
`);
// matches between two parts of a name: " ", ". ", ", ", " van der ", " \"Bob\" "
// not: " and ", "; "
export const nameLink = new RegExp(source`^(?:\.? |\. ?|, )(?:(?:${nameParticles}) )?$|^ (?:d'|l'|al-|el-)$`, 'u');

// matches before a name: "van der ", "de la "
// not: "seven der"
export const particleBefore =
  /(?<=^|[^\p{L}])(?:van der|van den|van de|van|von der|von|de la|de|del|di|da|ter|ten|el|al|bin) $/iu;

/** Titles that precede a name. */
const titles = list(source`
  mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|lord|lady|rev|fr|herr|frau|dr\. med|monsieur|madame|mademoiselle|mme|
  mlle|m|señora|señor|sr|sra|srta|don|doña|dott|sig|sig\.ra|signora|signor|dhr|mevr|mevrouw|meneer|de heer|senhora|
  senhor|dona|pan|pani|fru|господин|госпожа|г-н|г-жа|shri|smt
`);
// matches before a name: "Mr. ", "Frau ", "de heer "
// not: "Mrs Smith ", "farmer "
export const titleBefore = new RegExp(source`(?<![\p{L}])(?:${titles})\.? $`, 'iu');

/** Greetings that precede a name. */
const greetings = list(source`
  dear|hi|hello|hey|hiya|welcome(?: back)?|thanks|thank you|cheers|congratulations|hallo|hoi|liebe[rs]?|
  sehr geehrte[rs]? (?:herr|frau)|bonjour|bonsoir|cher|chère|salut|hola|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|
  car[oa]|olá|prezad[oa]|beste|geachte|hej|kära|cześć|szanown[yai]|drogi|droga|здравствуйте|привет|уважаем(?:ый|ая)
`);
// matches before a name: "Hello ", "Thanks, ", "Sehr geehrte Frau "
// not: "Othello "
export const greetingBefore = new RegExp(source`(?<![\p{L}])(?:${greetings}),? $`, 'iu');

/** Phrases that introduce a person or a role. */
const introductions = list(source`
  (?:my|your|his|her|their|the|whose)(?: full| first| last| maiden)? name(?:'s| is|:)|\bi am|\bi'm|\bthis is|\bit is|
  \bcall me|\bsigned(?: by)?|\bnamed|\bcalled|ich bin|ich heiße|mein name ist|je m'appelle|mon nom est|je suis|me llamo|
  mi nombre es|soy|mi chiamo|sono|meu nome é|eu sou|me chamo|mijn naam is|ik ben|ik heet|jag heter|mitt namn är|
  jeg heter|nazywam się|mam na imię|jestem|меня зовут|spoke (?:with|to)|ask for|assigned to|reported by|created by|
  invited by|signed in as|logged in as|shared (?:with|by)|on behalf of|attn:?|c/o
`);
// matches before a name: "my name is ", "assigned to ", "c/o "
// not: "the file name "
export const introBefore = new RegExp(source`(?:${introductions})[: ] ?$`, 'iu');

/** Field labels for a person. */
const labels = list(source`
  name|firstname|lastname|surname|fullname|customer|user|client|patient|owner|assignee|recipient|cardholder|
  account ?holder|passenger|guest|author|agent|contact|sender|from|to|cc|attendee|participant|employee|member|tenant|
  beneficiary|signatory|reviewer|reporter|requester|caller|vorname|nachname|kunde|kundin|benutzer|empfänger|
  ansprechpartner|nom|prénom|client|cliente|nombre|apellidos?|usuario|destinatario|titular|nome|cognome|sobrenome|
  utente|intestatario|naam|voornaam|achternaam|klant|namn|förnamn|efternamn|kund|navn|imię|imię i nazwisko|nazwisko|
  klient|имя|фамилия|фио|клиент|получатель|isim|ad soyad
`);
// matches before a name: "First name: ", "{\"customer\":\"", "Name: "
// not: "username is "
export const labelBefore = new RegExp(
  source`(?:^|[\n\r,;|{"'>\t([ ])(?:[\p{L}_-]{2,20}[ _-]){0,2}(?:${labels})["']?\s{0,2}[:=]\s{0,2}["']?$`,
  'iu',
);

/** The last words of a letter. */
const closings = list(source`
  regards|sincerely|cheers|thanks|best|yours|love|thank you|grüße|grüßen|cordialement|bien à vous|saludos|atentamente|
  saluti|atenciosamente|abraços|groet|groeten|hälsningar|pozdrawiam|с уважением
`);
// matches before a name: "Kind regards,\n", "Saludos\n- "
// not: "Regards to "
export const signatureBefore = new RegExp(source`(?:${closings})[,.!]?\s{1,4}[-–]{0,2} ?$`, 'iu');

const legalForms = list(source`
  [Ii]nc|INC|[Ll]td|LTD|LLC|llc|[Cc]orp|CORP|[Cc]o\.|Co|CO|plc|PLC|[Gg]mbh|GmbH|GMBH|AG|SA|S\.A|S\.?r\.?l|SRL|B\.?V|
  N\.?V|KG|AB|AS|A/S|O[Yy]|Pty|PTY
`);
const organisationWords = list(source`
  [Gg]roup|[Hh]oldings?|[Aa]nd [Ss]ons|& [Ss]ons|& [Cc]o|[Bb]ank|[Uu]niversity|[Ss]chool|[Hh]ospital|[Ss]treet|St|
  [Rr]oad|Rd|[Aa]venue|Ave|Lane|Ln|Drive|Dr|Square|[Pp]ark|Bridge|[Cc]ounty|[Aa]irport|Boulevard|Blvd
`);
// matches after a name: ", Inc.", " GmbH", " Street"
// not: " Incident", " street"
const companyPattern = source`^,? (?:${legalForms}|(?:${organisationWords}))(?![\p{L}])`;
export const companyBehind = new RegExp(companyPattern, 'u');

/** The last words of every cue above. A quick test that shows whether one of the slower patterns can match. */
const lastWords = list(source`
  name|name's|names|is|am|i'm|me|by|by|with|to|for|of|as|o|bin|heiße|ist|appelle|suis|llamo|es|soy|chiamo|sono|é|sou|
  ben|heet|heter|är|jeg|się|imię|jestem|зовут|attn|named|called|signed|mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|
  lord|lady|rev|fr|herr|frau|med|monsieur|madame|mademoiselle|mme|mlle|m|señora|señor|sr|sra|srta|don|doña|dott|sig|
  signora|signor|dhr|mevr|mevrouw|meneer|heer|senhora|senhor|dona|pan|pani|fru|господин|госпожа|г-н|г-жа|shri|smt|
  dear|hi|hello|hey|hiya|welcome|back|thanks|you|cheers|congratulations|hallo|hoi|liebe[rs]?|bonjour|bonsoir|cher|
  chère|salut|hola|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|car[oa]|olá|prezad[oa]|beste|geachte|hej|kära|cześć|
  szanown[yai]|drogi|droga|здравствуйте|привет|уважаем(?:ый|ая)|regards|sincerely|best|yours|love
`);
// matches before a name: "Name: ", "called ", "Hello "
// not: "the ", "blue "
export const endsLikeCue = new RegExp(source`[.:,=!"'\n\r]\s{0,3}[-–]{0,2} ?["']?$|(?:${lastWords}) ?$`, 'iu');
