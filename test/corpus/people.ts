import type { Language } from './languages';

/** A user with invented data. Card numbers are the test numbers of payment providers. */
export interface Person {
  name: string;
  email: string;
  phone: string;
  street: string;
  city: string;
  card: string;
  password: string;
  /** Free text that names the person. */
  message: string;
  /** Another person, whom the pages show. */
  other: string;
}

/** name|email|phone|street|city|message|other */
const rows: Readonly<Record<Language, string>> = {
  ar: 'ليلى الحداد|laila.haddad@barid.example|+962 7 9012 3456|شارع الزيتون 14|عمّان|طلبي متأخر، أرجو الاتصال بليلى|سامر القاسم',
  cs: 'Zdeňka Havránková|z.havrankova@posta.example|+420 601 234 567|Lipová 27|Olomouc|Zásilka nedorazila, volejte paní Havránkovou|Bořivoj Stehlík',
  de: 'Wiebke Oltmanns|wiebke.oltmanns@posteo.example|+49 171 2345678|Deichstraße 8a|Husum|Bitte rufen Sie Frau Oltmanns wegen der Lieferung zurück|Torsten Brakelmann',
  el: 'Ευανθία Καραγιάννη|evanthia.k@tachydromeio.example|+30 694 123 4567|Οδός Ελαιών 5|Καλαμάτα|Η παραγγελία της Ευανθίας δεν έφτασε|Στέλιος Μαυρίδης',
  en: 'Marigold Thackeray|m.thackeray@mailbox.example|+44 7700 900123|31 Larkspur Lane|Hexham|Please ring Marigold about the broken kettle|Desmond Okonjo',
  es: 'Casilda Berruguete|casilda.b@correo.example|+34 612 345 678|Calle del Olivo 19|Zafra|El paquete de Casilda no ha llegado|Hilario Montesdeoca',
  fi: 'Aino Väyrynenmäki|aino.v@posti.example|+358 40 123 4567|Koivukuja 3 B 12|Kuopio|Ainon tilaus puuttuu edelleen|Tuomo Hakkarainen',
  fr: 'Apolline Kerguelen|apolline.kerguelen@courriel.example|+33 6 12 34 56 78|12 rue des Mésanges|Concarneau|Merci de rappeler Apolline au sujet du colis|Gwendal Tanguy',
  he: 'נעמה בן־שחר|naama.bs@doar.example|+972 52 123 4567|רחוב הדקל 22|חיפה|המשלוח של נעמה לא הגיע|אורי לבנון',
  hi: 'वसुंधरा चौहान|vasundhara.c@dak.example|+91 98765 43210|नीम गली 45|इंदौर|वसुंधरा का पार्सल नहीं मिला|हरिशंकर दुबे',
  hu: 'Piroska Zsombolyai|piroska.zs@level.example|+36 20 123 4567|Akácfa utca 9|Szeged|Piroska csomagja nem érkezett meg|Botond Kelemen',
  it: 'Ginevra Castagnoli|ginevra.castagnoli@posta.example|+39 333 1234567|Via dei Tigli 6|Orvieto|Il pacco di Ginevra non è arrivato|Ottavio Brambilla',
  ja: '小鳥遊 さくら|sakura.takanashi@yubin.example|090-1234-5678|桜丘町 3-14-15|金沢市|小鳥遊の荷物が届いていません|月見里 健太',
  ko: '남궁 하늘|haneul.ng@upyeon.example|010-1234-5678|은행나무길 27|전주시|남궁하늘 고객의 소포가 오지 않았습니다|선우 바다',
  nl: 'Fenna Hoogeveen-Bos|fenna.hb@postbus.example|+31 6 12345678|Wilgenlaan 41|Zutphen|Het pakket van Fenna is niet aangekomen|Sjoerd Wiersma',
  pl: 'Bronisława Szczypiorska|b.szczypiorska@poczta.example|+48 512 345 678|ul. Jarzębinowa 17|Zamość|Paczka pani Bronisławy nie dotarła|Zbigniew Źdźbło',
  pt: 'Iracema Vasconcelos|iracema.v@correio.example|+55 11 91234-5678|Rua das Acácias 88|Ouro Preto|A encomenda de Iracema não chegou|Belmiro Quintanilha',
  ru: 'Аглая Веретенникова|aglaya.v@pochta.example|+7 912 345-67-89|Липовая улица, 12|Кострома|Посылка Аглаи не пришла|Тихон Прохоров',
  sv: 'Ingeborg Sjöstrand|ingeborg.s@brevet.example|+46 70 123 45 67|Björkvägen 23|Visby|Ingeborgs paket har inte kommit|Torbjörn Åkesson',
  tr: 'Gülsüm Çağlayan|gulsum.c@posta.example|+90 532 123 45 67|Ihlamur Sokak 11|Eskişehir|Gülsüm hanımın kargosu gelmedi|Orhan Yıldırımer',
  uk: 'Соломія Коваленчук|solomia.k@poshta.example|+380 67 123 4567|вулиця Калинова, 7|Полтава|Посилка Соломії не надійшла|Остап Вишневецький',
  vi: 'Nguyễn Thị Hoài Thương|hoaithuong@thu.example|+84 912 345 678|45 đường Hoa Phượng|Huế|Đơn hàng của Hoài Thương chưa đến|Trần Quang Khải',
  zh: '欧阳思远|ouyang.siyuan@youjian.example|138 1234 5678|梧桐路 66 号|苏州市|欧阳思远的包裹还没有到|司徒明月',
};

export function personOf(language: Language): Person {
  const [name = '', email = '', phone = '', street = '', city = '', message = '', other = ''] =
    rows[language].split('|');
  return { name, email, phone, street, city, message, other, card: '4242 4242 4242 4242', password: 'Tulpe-7-kahn!' };
}
