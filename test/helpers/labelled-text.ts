import type { LabelledText } from '../../bench/detect/score';
import type { SeededRandom } from './seeded-random';

/** Values and sentences of one locale. In a format, `#` is any digit and `@` one from 2 to 9. Independent of the detectors' word lists. */
interface Locale {
  given: string;
  family: string;
  phones: string[];
  streets: string[];
  sentences: string[];
  order?: 'family-first';
  joint?: string;
}

export const locales: Readonly<Record<string, Locale>> = {
  en: {
    given:
      'Priya Liam Olivia Tamsin Declan Keisha Bradley Imogen Marguerite Dwayne Saoirse Clement Rosalind Tobias Hettie',
    family:
      'Raman Holloway Okafor Pemberton Abernathy Quigley Lockhart Fairbanks Winslow Smith Castellano Dunmore Whitaker Ogilvie Tran',
    phones: [
      '(@##) @##-####',
      '@##-@##-####',
      '+1 @## @## ####',
      '@##.@##.####x###',
      '001-@##-@##-####',
      '+44 20 7### ####',
      '07### ######',
    ],
    streets: [
      '## Maple Avenue, Springfield, IL 6####',
      '#### Oak Ridge Road',
      '1# High Street, London SW1A 1AA',
      '3## W Elm St Apt 4',
    ],
    sentences: [
      'Dear {person}, your order was sent to {address}.',
      'Please call {person} at {phone} before noon.',
      'I spoke with {person} yesterday; write to {email} if it happens again.',
      'Customer: {person}\nEmail: {email}\nPhone: {phone}\nCard: {card}',
      'My name is {person} and my card {card} was charged twice.',
      '{person} logged in from {ip} and opened {url} in the morning.',
      'SSN {ssn}, born 12/03/1985, payout to {iban}.',
      'Hi {person}! Is {phone} still your number?',
      'Thanks,\n{person}',
    ],
  },
  de: {
    given: 'Jürgen Annika Friederike Uwe Leonie Hartmut Svea Matthias Ottilie Björn',
    family: 'Schäfer Köhler Vogelsang Brückner Hagedorn Weißmann Lindemann Krüger Oberländer Stolz',
    phones: ['+49 30 ########', '030 #######', '0171 #######', '+49 (0)89 ######', '0221/######'],
    streets: ['Lindenstraße ##, 10115 Berlin', 'Am Alten Markt #', 'Goetheweg #a, 50667 Köln'],
    sentences: [
      'Sehr geehrte Frau {person}, Ihre Lieferung geht an {address}.',
      'Mein Name ist {person}, bitte rufen Sie {phone} an.',
      'Kunde: {person}\nE-Mail: {email}\nIBAN: {iban}',
      'Herr {person} hat am Montag {email} angegeben.',
    ],
  },
  fr: {
    given: 'Jean-Luc Solène Amélie Thibault Gwenaëlle Bastien Océane Cyprien Maëlys Yannick',
    family: 'Lefèvre Beaumont Charpentier Delacroix Guérin Poirier Marchetti Rousselot Vasseur Thibodeau',
    phones: ['+33 # ## ## ## ##', '01 ## ## ## ##', '06.##.##.##.##'],
    streets: ['## rue Victor Hugo, 69002 Lyon', '# avenue de la République', '1## boulevard Saint-Michel, 75005 Paris'],
    sentences: [
      'Bonjour {person}, votre colis part vers {address}.',
      'Je suis {person}, joignable au {phone}.',
      'Client : {person}\nCourriel : {email}',
      'Madame {person} a payé avec la carte {card}.',
    ],
  },
  es: {
    given: 'Jesús Begoña Rocío Íñigo Lucía Anselmo Maribel Nicanor Ximena Hernán',
    family: 'Muñoz Ibarra Zubizarreta Cárdenas Peñalver Quintana Villanueva Barrientos Sepúlveda Ocampo',
    phones: ['+34 6## ### ###', '91# ## ## ##', '6## ## ## ##'],
    streets: ['Calle Mayor ##, 28013 Madrid', 'Avenida de América #, 08001 Barcelona', 'Plaza España ##'],
    sentences: [
      'Hola {person}, enviamos el pedido a {address}.',
      'Me llamo {person} y mi teléfono es {phone}.',
      'Nombre: {person}\nCorreo: {email}',
      'La señora {person} escribió desde {email}.',
    ],
  },
  it: {
    given: 'Giancarlo Ludovica Fiorenza Ettore Mirella Saverio Donatella Ruggero',
    family: 'Bellini Santangelo Pellegrini Zanetti Colonna Ferragamo Tartaglia Visconti',
    phones: ['+39 3## #######', '06 ########', '3## ### ####'],
    streets: ['Via Garibaldi ##, 00184 Roma', 'Piazza Dante #', 'Corso Italia ##, 20122 Milano'],
    sentences: [
      'Gentile {person}, il pacco arriva in {address}.',
      'Mi chiamo {person}, il mio numero di telefono è {phone}.',
      'Cliente: {person}\nEmail: {email}',
      'Il signor {person} ha usato la carta {card}.',
    ],
  },
  pt: {
    given: 'João Conceição Thiago Rafaela Inês Gonçalo Jussara Valdir',
    family: 'Magalhães Figueiredo Cavalcante Brandão Sampaio Nogueira Guimarães Siqueira',
    phones: ['+55 11 9####-####', '(21) 9####-####', '+351 91# ### ###'],
    streets: ['Rua das Flores ##, 01310-100 São Paulo', 'Avenida Paulista 1##'],
    sentences: [
      'Olá {person}, a entrega vai para {address}.',
      'Meu nome é {person}, meu celular é {phone}.',
      'Cliente: {person}\nE-mail: {email}\nCPF: {cpf}',
      'O senhor {person} pagou com o cartão {card}.',
    ],
  },
  nl: {
    given: 'Wietske Jurriaan Hanneke Teun Marloes Sietse Noortje Gijs',
    family: 'Kuipers Verbeek Terpstra Zijlstra Wiersma Hofstede Blom Schippers',
    phones: ['+31 6 ########', '020-#######', '06-########'],
    streets: ['Kerkstraat ##, 1017 GC Amsterdam', 'Prinsengracht ##'],
    sentences: [
      'Beste {person}, uw pakket gaat naar {address}.',
      'Ik ben {person} en mijn telefoon is {phone}.',
      'Klant: {person}\nE-mail: {email}',
      'Mevrouw {person} belde vanaf {ip}.',
    ],
  },
  pl: {
    given: 'Grażyna Łukasz Bożena Wiesław Żaneta Zdzisław Halina Radosław',
    family: 'Wiśniewska Zawadzki Sobczak Czarnecka Lis Borkowski Wróblewska Kubiak',
    phones: ['+48 5## ### ###', '22 ### ## ##', '6##-###-###'],
    streets: ['ul. Marszałkowska ##, 00-590 Warszawa', 'ul. Długa #'],
    sentences: [
      'Szanowna Pani {person}, paczka jedzie na {address}.',
      'Nazywam się {person}, telefon {phone}.',
      'Klient: {person}\nE-mail: {email}',
      'Pan {person} podał adres {email}.',
    ],
  },
  sv: {
    given: 'Gunilla Håkan Ebba Torbjörn Yngve Linnéa Sixten Märta',
    family: 'Åkerström Sjöberg Nyqvist Hellström Öhman Fransson Wallin Lundmark',
    phones: ['+46 70 ### ## ##', '08-### ## ##', '070-### ## ##'],
    streets: ['Storgatan ##, 111 22 Stockholm', 'Kungsgatan #'],
    sentences: [
      'Hej {person}, paketet skickas till {address}.',
      'Jag heter {person} och min telefon är {phone}.',
      'Kund: {person}\nE-post: {email}',
      'Fru {person} ringde från {phone}.',
    ],
  },
  ru: {
    given: 'Алексей Ольга Тимофей Зинаида Руслан Маргарита Геннадий Лилия',
    family: 'Белов Карпова Громов Соловьёва Тихонов Журавлёва Власов Мельникова',
    phones: ['+7 9## ###-##-##', '8 (495) ###-##-##'],
    streets: ['ул. Ленина, д. ##, кв. #', 'ул. Садовая ##'],
    sentences: [
      'Здравствуйте, {person}! Заказ отправлен: {address}.',
      'Меня зовут {person}, телефон {phone}.',
      'Клиент: {person}\nПочта: {email}',
    ],
  },
  ja: {
    given: '健一 美咲 陽菜 大輔 千尋 翔太',
    family: '鈴木 高橋 中島 岡田 藤井 松本',
    phones: ['090-####-####', '03-####-####', '+81 90 #### ####'],
    streets: ['〒150-0002 東京都渋谷区渋谷#丁目#-#'],
    sentences: [
      '{person}様、ご注文を{address}へお送りします。',
      '私は{person}です。電話は{phone}です。',
      '氏名：{person}\nメール：{email}',
    ],
    order: 'family-first',
    joint: ' ',
  },
  zh: {
    given: '小明 丽华 建国 雪梅 子涵 志强',
    family: '王 李 张 陈 刘 赵',
    phones: ['138########', '+86 139 #### ####', '010-########'],
    streets: ['北京市朝阳区建国路##号'],
    sentences: [
      '{person}先生，您的订单已寄往{address}。',
      '我叫{person}，手机号是{phone}。',
      '姓名：{person}\n邮箱：{email}',
    ],
    order: 'family-first',
    joint: '',
  },
};

const domains = ['example.com', 'mail.example.org', 'posteo.example', 'firma.example.de', 'bücher.example'];

export function makeLabelled(random: SeededRandom, locale: Locale): LabelledText {
  const make: Record<string, () => string> = {
    person: () => personOf(random, locale),
    phone: () => filled(random, random.pick(locale.phones)),
    address: () => filled(random, random.pick(locale.streets)),
    email: () =>
      `${random.pick(['jane', 'k.weiss', 'olga_p', 'x.tanaka', 'ines+shop'])}${random.below(90)}@${random.pick(domains)}`,
    card: () => cardOf(random),
    iban: () => ibanOf(random),
    ip: () => Array.from({ length: 4 }, () => 1 + random.below(250)).join('.'),
    url: () =>
      `https://${random.pick(['shop', 'www', 'intern'])}.example.com/${random.pick(['a', 'reset', 'orders'])}?id=${random.below(9_000)}`,
    ssn: () => filled(random, '1##-@#-@###'),
    cpf: () => cpfOf(random),
  };
  const spans: LabelledText['spans'] = [];
  let text = '';
  for (const piece of random.pick(locale.sentences).split(/(\{\w+\})/)) {
    const label = /^\{(\w+)\}$/.exec(piece)?.[1];
    const value = label === undefined ? piece : (make[label]?.() ?? piece);
    if (label !== undefined)
      spans.push({
        start: text.length,
        end: text.length + value.length,
        label: label === 'cpf' ? 'national-id' : label,
      });
    text += value;
  }
  return { text, spans };
}

function personOf(random: SeededRandom, { given, family, order, joint = ' ' }: Locale): string {
  const parts = [random.pick(given.split(' ')), random.pick(family.split(' '))];
  return (order ? parts.reverse() : parts).join(joint);
}

function filled(random: SeededRandom, format: string): string {
  return format.replace(/[#@]/g, (mark) => String(mark === '#' ? random.below(10) : 2 + random.below(8)));
}

/** Returns the digit that makes the Luhn sum a multiple of ten. */
function cardOf(random: SeededRandom): string {
  const start = filled(random, random.pick(['4##############', '51#############', '37############']));
  const isRight = (digits: string): boolean =>
    [...digits]
      .reverse()
      .reduce(
        (sum, digit, index) => sum + (index % 2 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0) : Number(digit)),
        0,
      ) %
      10 ===
    0;
  const card = [...'0123456789'].map((digit) => start + digit).find(isRight) ?? start;
  return random.pick([card, card.replace(/(\d{4})(?=\d)/g, '$1 '), card.replace(/(\d{4})(?=\d)/g, '$1-')]);
}

function ibanOf(random: SeededRandom): string {
  const account = filled(random, '##################');
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  const iban = `DE${String(check).padStart(2, '0')}${account}`;
  return random.pick([iban, iban.replace(/(.{4})(?=.)/g, '$1 ')]);
}

function cpfOf(random: SeededRandom): string {
  let digits = filled(random, '#########');
  for (const length of [9, 10]) {
    const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (length + 1 - index), 0);
    digits += String(((sum * 10) % 11) % 10);
  }
  return digits.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4');
}
