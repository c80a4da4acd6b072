/** The words of the pages around a component. Each row has the same order as `labelNames`. */
const labelNames = [
  'home',
  'customers',
  'orders',
  'search',
  'save',
  'cancel',
  'send',
  'name',
  'email',
  'phone',
  'address',
  'city',
  'message',
  'card',
  'password',
  'total',
  'details',
  'saved',
  'failed',
  'help',
] as const;

export type Labels = Readonly<Record<(typeof labelNames)[number], string>>;

const rows = {
  ar: 'الرئيسية|العملاء|الطلبات|بحث|حفظ|إلغاء|إرسال|الاسم|البريد الإلكتروني|الهاتف|العنوان|المدينة|الرسالة|رقم البطاقة|كلمة المرور|المجموع|التفاصيل|تم الحفظ|تعذر الحفظ|مساعدة',
  cs: 'Domů|Zákazníci|Objednávky|Hledat|Uložit|Zrušit|Odeslat|Jméno|E-mail|Telefon|Adresa|Město|Zpráva|Číslo karty|Heslo|Celkem|Podrobnosti|Uloženo|Uložení se nezdařilo|Nápověda',
  de: 'Startseite|Kunden|Bestellungen|Suchen|Speichern|Abbrechen|Senden|Name|E-Mail-Adresse|Telefon|Anschrift|Ort|Nachricht|Kartennummer|Kennwort|Summe|Einzelheiten|Gespeichert|Speichern fehlgeschlagen|Hilfe',
  el: 'Αρχική|Πελάτες|Παραγγελίες|Αναζήτηση|Αποθήκευση|Ακύρωση|Αποστολή|Όνομα|Ηλεκτρονική διεύθυνση|Τηλέφωνο|Διεύθυνση|Πόλη|Μήνυμα|Αριθμός κάρτας|Κωδικός|Σύνολο|Λεπτομέρειες|Αποθηκεύτηκε|Η αποθήκευση απέτυχε|Βοήθεια',
  en: 'Home|Customers|Orders|Search|Save|Cancel|Send|Name|Email address|Phone|Address|City|Message|Card number|Password|Total|Details|Saved|Could not save|Help',
  es: 'Inicio|Clientes|Pedidos|Buscar|Guardar|Cancelar|Enviar|Nombre|Correo electrónico|Teléfono|Dirección|Ciudad|Mensaje|Número de tarjeta|Contraseña|Total|Detalles|Guardado|No se pudo guardar|Ayuda',
  fi: 'Etusivu|Asiakkaat|Tilaukset|Haku|Tallenna|Peruuta|Lähetä|Nimi|Sähköposti|Puhelin|Osoite|Kaupunki|Viesti|Kortin numero|Salasana|Yhteensä|Tiedot|Tallennettu|Tallennus epäonnistui|Ohje',
  fr: 'Accueil|Clients|Commandes|Rechercher|Enregistrer|Annuler|Envoyer|Nom|Adresse e-mail|Téléphone|Adresse|Ville|Message|Numéro de carte|Mot de passe|Total|Détails|Enregistré|Échec de l’enregistrement|Aide',
  he: 'דף הבית|לקוחות|הזמנות|חיפוש|שמירה|ביטול|שליחה|שם|דואר אלקטרוני|טלפון|כתובת|עיר|הודעה|מספר כרטיס|סיסמה|סך הכול|פרטים|נשמר|השמירה נכשלה|עזרה',
  hi: 'मुखपृष्ठ|ग्राहक|आदेश|खोजें|सहेजें|रद्द करें|भेजें|नाम|ईमेल|फ़ोन|पता|शहर|संदेश|कार्ड संख्या|पासवर्ड|कुल|विवरण|सहेजा गया|सहेजा नहीं जा सका|सहायता',
  hu: 'Kezdőlap|Ügyfelek|Rendelések|Keresés|Mentés|Mégse|Küldés|Név|E-mail-cím|Telefon|Cím|Város|Üzenet|Kártyaszám|Jelszó|Összesen|Részletek|Mentve|A mentés nem sikerült|Súgó',
  it: 'Inizio|Clienti|Ordini|Cerca|Salva|Annulla|Invia|Nome|Indirizzo e-mail|Telefono|Indirizzo|Città|Messaggio|Numero di carta|Password|Totale|Dettagli|Salvato|Salvataggio non riuscito|Aiuto',
  ja: 'ホーム|顧客|注文|検索|保存|キャンセル|送信|氏名|メールアドレス|電話番号|住所|市区町村|メッセージ|カード番号|パスワード|合計|詳細|保存しました|保存できませんでした|ヘルプ',
  ko: '홈|고객|주문|검색|저장|취소|보내기|이름|이메일|전화번호|주소|도시|메시지|카드 번호|비밀번호|합계|상세 정보|저장되었습니다|저장하지 못했습니다|도움말',
  nl: 'Startpagina|Klanten|Bestellingen|Zoeken|Opslaan|Annuleren|Verzenden|Naam|E-mailadres|Telefoon|Adres|Plaats|Bericht|Kaartnummer|Wachtwoord|Totaal|Gegevens|Opgeslagen|Opslaan mislukt|Hulp',
  pl: 'Strona główna|Klienci|Zamówienia|Szukaj|Zapisz|Anuluj|Wyślij|Imię i nazwisko|Adres e-mail|Telefon|Adres|Miasto|Wiadomość|Numer karty|Hasło|Razem|Szczegóły|Zapisano|Nie udało się zapisać|Pomoc',
  pt: 'Início|Clientes|Pedidos|Pesquisar|Salvar|Cancelar|Enviar|Nome|E-mail|Telefone|Endereço|Cidade|Mensagem|Número do cartão|Senha|Total|Detalhes|Salvo|Não foi possível salvar|Ajuda',
  ru: 'Главная|Клиенты|Заказы|Поиск|Сохранить|Отмена|Отправить|Имя|Электронная почта|Телефон|Адрес|Город|Сообщение|Номер карты|Пароль|Итого|Подробности|Сохранено|Не удалось сохранить|Помощь',
  sv: 'Hem|Kunder|Beställningar|Sök|Spara|Avbryt|Skicka|Namn|E-postadress|Telefon|Adress|Ort|Meddelande|Kortnummer|Lösenord|Summa|Detaljer|Sparat|Det gick inte att spara|Hjälp',
  tr: 'Ana sayfa|Müşteriler|Siparişler|Ara|Kaydet|Vazgeç|Gönder|Ad|E-posta|Telefon|Adres|Şehir|Mesaj|Kart numarası|Parola|Toplam|Ayrıntılar|Kaydedildi|Kaydedilemedi|Yardım',
  uk: 'Головна|Клієнти|Замовлення|Пошук|Зберегти|Скасувати|Надіслати|Ім’я|Електронна пошта|Телефон|Адреса|Місто|Повідомлення|Номер картки|Пароль|Разом|Подробиці|Збережено|Не вдалося зберегти|Довідка',
  vi: 'Trang chủ|Khách hàng|Đơn hàng|Tìm kiếm|Lưu|Hủy|Gửi|Tên|Thư điện tử|Điện thoại|Địa chỉ|Thành phố|Tin nhắn|Số thẻ|Mật khẩu|Tổng cộng|Chi tiết|Đã lưu|Không lưu được|Trợ giúp',
  zh: '首页|客户|订单|搜索|保存|取消|发送|姓名|电子邮箱|电话|地址|城市|消息|卡号|密码|合计|详情|已保存|保存失败|帮助',
} as const;

export type Language = keyof typeof rows;

export function labelsOf(language: Language): Labels {
  const words = rows[language].split('|');
  return Object.fromEntries(labelNames.map((name, index) => [name, words[index] ?? name])) as Labels;
}

export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === 'ar' || language === 'he' ? 'rtl' : 'ltr';
