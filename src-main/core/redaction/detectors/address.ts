import { digitWindows, matchWindows } from './digit-windows';
import type { Detector, Finding } from './finding';

const capital = "(?:\\p{Lu}[\\p{L}\\p{M}'.-]{0,24}|\\d{1,3}(?:st|nd|rd|th))";
/** An apartment, suite or floor after the street. */
const unit =
  '(?:,? ?(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|#|p\\.?o\\.? box|appt|bâtiment|piso|depto|interno|int|scala|lok|m|кв|оф)\\.? ?#?[\\p{L}\\d-]{1,8})?';
/** The last word of a street's name in English. */
const englishStreet =
  '(?:street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square|sq|terrace|ter|way|parkway|pkwy|circle|cir|highway|hwy|route|trail|trl|alley|crescent|cres|close|gardens|grove|mews|row|hill|walk|loop|plaza|pike|turnpike|ridge|view|run|path|crossing|quay|wharf|esplanade|parade|heights|hollow|manor|meadow|meadows|oval|pass|point|springs|station|track|union|valley|vista|extension|expressway|freeway|bypass|causeway|bend|branch|bridge|brook|canyon|center|cliff|club|common|corner|cove|creek|dale|dam|divide|estate|falls|ferry|field|fields|ford|forest|forge|fork|fort|gateway|glen|green|harbor|haven|island|isle|junction|key|knoll|lake|landing|light|lodge|mall|mill|mission|motorway|mount|mountain|neck|orchard|overpass|park|passage|pine|plain|port|prairie|radial|ramp|ranch|rapid|rest|river|shoal|shore|skyway|spring|spur|stravenue|stream|summit|throughway|trace|trafficway|underpass|viaduct|village|ville|wall|well)';
/** City, state and postal code, on the same or the next line. */
const placeBehind =
  "(?:,? ?\\n?(?:\\p{Lu}[\\p{L}\\p{M}'.-]{1,24}[ ]?){1,4},? ?(?:\\p{Lu}{2}|\\p{Lu}[\\p{L}]{2,20})?,? ?(?:\\d{5}(?:-\\d{4})?|\\p{Lu}{1,2}\\d[\\p{Lu}\\d]? ?\\d\\p{Lu}{2}|\\p{Lu}\\d\\p{Lu} ?\\d\\p{Lu}\\d|\\d{4}))?";

/** A flat or an office. The text before it is then a house number and a street, in any language. */
const dwelling = '(?:Apt|Apartment|Appt|Suite|Ste|Flat|apt|apartment|appt)\\.? ?#?\\d{1,5}[A-Za-z]?(?![\\p{L}\\d])';
const nameOrNumber = "(?:\\p{Lu}[\\p{L}\\p{M}'-]{0,24}\\.?|\\p{Ll}{1,3}\\.?|\\d{1,6}\\.?)";

const asWritten = (source: string): RegExp => new RegExp(source, 'gu');
const inAnyCase = (source: string): RegExp => new RegExp(source, 'giu');

const patterns: readonly RegExp[] = [
  // matches: "221b Baker Street", "350 Fifth Avenue, Apt 4, New York, NY 10118"
  // not: "Baker Street"
  inAnyCase(
    `(?<![\\p{L}\\d])\\d{1,6}[A-Za-z]?(?:[-/]\\d{1,5})?,? (?:${capital} ){1,4}${englishStreet}\\.?(?![\\p{L}\\d])(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\\b\\.?)?${unit}${placeBehind}`,
  ),
  // Germanic and Nordic addresses: the number follows the street.
  // matches: "Am Alten Markt 5, 12345 Berlin", "Unter den Linden 77"
  // not: "am Markt 5"
  asWritten(
    `(?<!\\p{L})(?:Am|An der|Im|Auf der|Zum|Zur|Unter den) (?:\\p{Lu}[\\p{L}\\p{M}-]{1,30} ){1,3}\\d{1,4} ?[a-z]?(?![\\p{L}\\d])(?:,? ?\\n?\\d{5} \\p{Lu}[\\p{L}\\p{M}-]{2,30})?`,
  ),
  // matches: "Hauptstraße 12a", "Keizersgracht 123, 1015 CJ Amsterdam", "Storgatan 5, 111 22 Stockholm"
  // not: "Hauptstraße"
  asWritten(
    `(?<!\\p{L})(?:\\p{Lu}[\\p{L}\\p{M}-]{1,30} ){0,2}\\p{Lu}?[\\p{L}\\p{M}-]{1,30}(?:straße|strasse|str\\.|[Ss]tr\\b\\.?|weg|platz|allee|gasse|ring|damm|ufer|chaussee|straat|laan|plein|gracht|kade|dijk|singel|dreef|gatan|vägen|gränd|gata|veien|vegen|vei|gade|vej|allé|katu|tie|polku) ?\\d{1,4} ?[a-zA-Z]?(?:[-/]\\d{1,4})?(?![\\p{L}\\d])(?:,? ?\\n?(?:[A-Z]{1,2}-)?\\d{3} ?\\d{1,2}(?: [A-Z]{2})? \\p{Lu}[\\p{L}\\p{M}-]{2,30})?`,
  ),
  // The kind of street is a word of its own.
  // matches: "Berliner Straße 12, 10115 Berlin", "Frankfurter Allee 5", "Wiener Strasse 8", "Alte Landstraße 3"
  // not: "Der Platz 5", "Berliner Straße"
  asWritten(
    `(?<!\\p{L})(?:(?:\\p{Lu}[\\p{L}\\p{M}.'-]{1,30} ){1,3}(?:Straße|Strasse|Str\\.|Allee|Chaussee|Landstraße|Landstrasse|Gasse)|(?:\\p{Lu}[\\p{L}\\p{M}-]{2,30}er |(?:\\p{Lu}[\\p{L}\\p{M}]{1,20}-){1,4})(?:Straße|Strasse|Platz|Weg|Ring|Damm|Ufer|Markt|Tor|Berg|Graben|Steig|Promenade)) ?\\d{1,4} ?[a-zA-Z]?(?:[-/]\\d{1,4})?(?![\\p{L}\\d])(?:,? ?\\n?(?:[A-Z]{1,2}-)?\\d{4,5} \\p{Lu}[\\p{L}\\p{M}-]{2,30})?`,
  ),
  // Romance and Slavic addresses: the type of the street comes first.
  // matches: "12 rue de la Paix, 75002 Paris", "Calle Mayor 5", "ul. Marszałkowska 10"
  // not: "rue 123"
  inAnyCase(
    `(?<![\\p{L}])(?:\\d{1,4} ?(?:bis|ter)?,? )?(?:rue|avenue|av\\.|boulevard|bd|place|allée|chemin|impasse|quai|route de|calle|c/|avenida|avda\\.?|paseo|plaza|camino|carrer|ronda|via|viale|piazza|corso|largo|strada|vicolo|rua|travessa|praça|alameda|estrada|ul\\.|ulica|al\\.|aleja|os\\.|ulice|náměstí|utca|bulevardul|ул\\.|улица|просп\\.|проспект|пр-т|пер\\.|бульвар|пл\\.)(?: (?:de|du|des|de la|de l'|della|dei|del|d'|da|do|dos|das|san|santa|св\\.))* ?(?:(?:\\p{Lu}[\\p{L}\\p{M}'.-]{1,30}|\\d{1,2}(?!\\d))[ ,]{0,2}){1,4}(?:,? ?(?:nº|n°|no\\.|núm\\.|д\\.|č\\.|nr)? ?\\d{1,4}(?!\\d)[a-zA-Z]?(?:/\\d{1,4})?)?(?:,? ?(?:кв|м|lok|apt)\\.? ?\\d{1,4})?(?:,? ?\\n?(?:\\d{5}|\\d{2}-\\d{3}|\\d{4}-\\d{3}|\\d{5}-\\d{3}|\\d{6}) \\p{Lu}[\\p{L}\\p{M}-]{2,30})?`,
  ),
  // matches: "12 Calle Sol, Apt 4", "Suite 200, Austin, TX 78701"
  // not: "Suite Dreams"
  asWritten(
    `(?<![\\p{L}\\d])(?:\\d{1,6},? (?:${nameOrNumber}[ ,]{1,2}){1,6})?\\n? {0,2}${dwelling}(?:[ ,]{1,2}${dwelling})?${placeBehind}`,
  ),
  // matches: "Austin, TX 78701", "San Francisco, CA 94103-1234"
  // not: "Austin, Texas"
  asWritten("(?:\\p{Lu}[\\p{L}\\p{M}.'-]{1,24} ?){1,3}, [A-Z]{2} \\d{5}(?:-\\d{4})?(?!\\d)"),
  // British and Canadian postal codes, whose form is unmistakable.
  // matches: "SW1A 1AA", "K1A 0B1"
  // not: "SW1A1AA"
  asWritten(
    '(?<![\\p{L}\\d])(?:[A-PR-UWYZ][A-HK-Y]?\\d[\\dA-HJKPSTUW]? \\d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\\d[A-Z] \\d[A-Z]\\d)(?![\\p{L}\\d])',
  ),
  // A postal code after its label.
  // matches: "94103" in "ZIP: 94103", "10115" in "PLZ 10115"
  // not: "94103" in "Total: 94103"
  inAnyCase(
    '(?<=(?:zip|zip code|postal code|postcode|plz|postleitzahl|code postal|código postal|cap|cep|postcode|postnummer|kod pocztowy|индекс|邮编|郵便番号|우편번호)["\']?[ :=]{1,4}["\']?)[A-Z\\d][A-Z\\d -]{2,8}[A-Z\\d](?![\\p{L}\\d])',
  ),
  // matches: "P.O. Box 123", "Postfach 1234", "PSC 1234, Box 56", "USS Example, FPO AP 96662"
  // not: "Box 123"
  inAnyCase(
    '(?<![\\p{L}])p\\.? ?o\\.? box \\d{1,6}|(?<!\\p{L})Postfach \\d{2,8}|(?<!\\p{L})PSC \\d{3,4},? Box \\d{1,5}(?:,? ?\\n?APO [A-Z]{2} \\d{5})?|(?<!\\p{L})(?:Unit|USNS|USS|USNV|USCGC) [\\p{L}\\d ]{2,20},? ?\\n?(?:Box \\d{1,5},? ?\\n?)?(?:[AFD]PO) [A-Z]{2} \\d{5}',
  ),
  // Japanese, Chinese and Korean addresses start with the largest unit.
  // matches: "〒100-0001 東京都千代田区1-1", "東京都千代田区千代田1番"
  // not: "東京都"
  asWritten(
    '〒 ?\\d{3}-?\\d{4}(?: ?[\\p{Script=Han}\\p{Script=Katakana}ー\\d-]{3,40})?|(?:[\\p{Script=Han}]{2,3}[都道府県])[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々]{1,20}\\d{1,4}(?:丁目|番地?|号|[--]\\d{1,4}){0,4}',
  ),
  // matches: "北京市朝阳区建国路88号"
  // not: "建国路"
  asWritten(
    '(?:\\p{Script=Han}{2,8}[省市])?\\p{Script=Han}{1,8}[市区县]\\p{Script=Han}{1,12}(?:路|街|道|巷|大街|大道)\\d{1,5}号(?:[\\p{Script=Han}\\d]{1,16}[室楼号栋])?',
  ),
  // matches: "서울특별시 강남구 테헤란로 152"
  // not: "강남구"
  asWritten(
    '\\p{Script=Hangul}{2,8}(?:시|도) \\p{Script=Hangul}{1,6}(?:구|군|시) \\p{Script=Hangul}{1,8}\\d{0,2}(?:로|길|동) ?\\d{1,4}(?:-\\d{1,3})?(?:번길 ?\\d{1,4})?',
  ),
];

// With the flag `i`, `\p{Lu}` also matches lower-case letters, so each match is checked again.
// matches: "12 rue Royale", "5 5th Avenue", "北京市"
// not: "12 rue royale"
const hasCapital = /(?:^|[\s,/.])(?:\p{Lu}|\d{1,3}(?:st|nd|rd|th))|\p{Script=Han}|\p{Script=Hangul}/u;

/** Finds streets with a number and places with a postal code, in the formats of some twenty countries. */
export const findAddresses: Detector = (text) => {
  const windows = digitWindows(text, { before: 80, after: 110 });
  const found: Finding[] = [];
  for (const pattern of patterns)
    for (const { match, start, end } of matchWindows(windows, pattern)) {
      const written = match[0].replace(/[\s,.]+$/, '');
      if (/\d/.test(written) && hasCapital.test(written))
        found.push({ start, end: end - (match[0].length - written.length), kind: 'address' });
    }
  return found;
};
