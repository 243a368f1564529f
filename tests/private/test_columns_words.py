from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.private.column_words import Kind, folded, is_close, meaning, plain

# What a careful person would call the columns: user name, other accounts, real name, e-mail, until, scope, event.
LANGUAGES = {
    "en": "Username|Other accounts|Real name|E-mail|Until|Scope|Event",
    "es": "Nombre de usuario|Otras cuentas|Nombre real|Correo electrónico|Hasta|Ámbito|Evento",
    "fr": "Nom d’utilisateur|Autres comptes|Nom réel|Adresse courriel|Jusqu’au|Portée|Événement",
    "de": "Benutzername|Weitere Konten|Klarname|E-Mail-Adresse|Gültig bis|Geltungsbereich|Veranstaltung",
    "pt": "Nome de usuário|Outras contas|Nome completo|Endereço de e-mail|Até|Âmbito|Evento",
    "it": "Nome utente|Altri account|Nome e cognome|Indirizzo e-mail|Fino al|Ambito|Evento",
    "nl": "Gebruikersnaam|Andere accounts|Volledige naam|E-mailadres|Tot en met|Reikwijdte|Evenement",
    "pl": "Nazwa użytkownika|Inne konta|Imię i nazwisko|Adres e-mail|Data zakończenia|Zakres|Wydarzenie",
    "ru": "Имя участника|Другие учётные записи|Фамилия, имя|Эл. почта|Срок действия|Область действия|Мероприятие",
    "uk": "Ім’я користувача|Інші облікові записи|Справжнє ім’я|Електронна пошта|Діє до|Сфера дії|Захід",
    "ar": "اسم المستخدم|حسابات أخرى|الاسم الحقيقي|البريد الإلكتروني|تاريخ الانتهاء|النطاق|الفعالية",
    "fa": "نام کاربری|حساب‌های دیگر|نام واقعی|رایانامه|تاریخ پایان|دامنه|رویداد",
    "he": "שם משתמש|חשבונות נוספים|שם מלא|דוא״ל|בתוקף עד|תחולה|אירוע",
    "hi": "सदस्यनाम|अन्य खाते|वास्तविक नाम|ईमेल|समाप्ति तिथि|दायरा|कार्यक्रम",
    "bn": "ব্যবহারকারীর নাম|অন্যান্য অ্যাকাউন্ট|আসল নাম|ইমেইল|মেয়াদ শেষ|পরিধি|অনুষ্ঠান",
    "id": "Nama pengguna|Akun lain|Nama lengkap|Surel|Berlaku sampai|Ruang lingkup|Acara",
    "sw": "Jina la mtumiaji|Akaunti nyingine|Jina kamili|Barua pepe|Tarehe ya mwisho|Upeo|Tukio",
    "tr": "Kullanıcı adı|Diğer hesaplar|Gerçek adı|E-posta|Bitiş tarihi|Kapsam|Etkinlik",
    "vi": "Tên người dùng|Tài khoản khác|Tên thật|Thư điện tử|Ngày hết hạn|Phạm vi|Sự kiện",
    "ja": "利用者名|別アカウント|本名|メールアドレス|有効期限|適用範囲|イベント名",
    "ko": "사용자 이름|다른 계정|본명|이메일|만료일|적용 범위|행사",
    "zh": "用户名|其他账号|真实姓名|邮箱|截止日期|适用范围|活动名称",
    "zh-hant": "使用者名稱|其他帳號|真實姓名|電子郵件|到期日|適用範圍|活動",
}
ORDER = (Kind.USER, Kind.ALSO, Kind.REAL_NAME, Kind.EMAIL, Kind.UNTIL, Kind.SCOPE, Kind.EVENT)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        pytest.param(heading, kind, id=f"{language} {kind}")
        for language, headings in LANGUAGES.items()
        for heading, kind in zip(headings.split("|"), ORDER, strict=True)
    ],
)
def test_a_heading_is_known_in_each_language_however_it_is_written(heading: str, kind: Kind) -> None:
    for form in (heading, heading.upper(), f"  {heading}: ", f"{heading} *", f"{heading} (required)"):
        found = meaning(form)
        assert found is not None, form
        assert (found.kind, found.is_whole) == (kind, True), form


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        pytest.param("What is your Wikimedia username?", Kind.USER, id="a question"),
        pytest.param("Wie lautet dein Benutzername?", Kind.USER, id="a German question"),
        pytest.param("参加者の利用者名", Kind.USER, id="Japanese without spaces"),
        pytest.param("Banned until (yyyy-mm-dd)", Kind.UNTIL, id="a format in brackets"),
        pytest.param("Central ID", Kind.CENTRAL_ID, id="central id"),
        pytest.param("CentralAuth ID", Kind.CENTRAL_ID, id="CentralAuth"),
        pytest.param("User ID", Kind.NUMBER, id="an id of no register that is named"),
        pytest.param("First name", Kind.GIVEN, id="first name"),
        pytest.param("Nachname", Kind.FAMILY, id="family name"),
        pytest.param("Отчество", Kind.MIDDLE, id="patronymic"),
        pytest.param("Name", Kind.NAME, id="name"),
        pytest.param("Nom", Kind.NAME, id="nom"),
        pytest.param("Known as", Kind.ALSO, id="known as"),
        pytest.param("Former user names", Kind.ALSO, id="former names"),
        pytest.param("Telegram username", Kind.OTHER, id="a name elsewhere"),
        pytest.param("Discord-Benutzername", Kind.OTHER, id="a German name elsewhere"),
        pytest.param("Reported by (username)", Kind.OTHER, id="who reported"),
        pytest.param("Name of the victim", Kind.OTHER, id="the victim is no banned person"),
        pytest.param("Incident event", Kind.OTHER, id="where it happened is no scope"),
        pytest.param("Banned from", Kind.EVENT, id="banned from"),
        pytest.param("From", Kind.OTHER, id="when it began"),
        pytest.param("BIS", Kind.UNTIL, id="German until"),
        pytest.param("Compte de l'utilisateur", Kind.USER, id="two words for it"),
    ],
)
def test_headings_mean(heading: str, kind: Kind) -> None:
    found = meaning(heading)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param(one, id=one)
        for one in [
            "User who reported",
            "Reporting user",
            "User (reporter)",
            "Complaining user",
            "Affected user(s)",
            "Harassed user",
            "Blocking user",
            "Interaction ban with user",
            "Must not meet user",
            "Contact username",
            "Betroffener Benutzer",
            "Meldender Benutzer",
            "Utilisateur victime",
            "Usuario víctima",
            "Пострадавший участник",
            "报告用户",
            "受害者用户名",
            "被害者の利用者名",
            "Vouched for by user",
            "Usuário vítima",
            "Utente segnalante",
            "Melder (gebruikersnaam)",
            "Zgłaszający użytkownik",
            "피해자 사용자 이름",
            "Mağdur kullanıcı",
            "المستخدم الضحية",
            "משתמש מתלונן",
            "Mentor username",
            "Username of complainant",
        ]
    ],
)
def test_who_reported_or_was_harmed_is_not_banned(heading: str) -> None:
    found = meaning(heading)
    assert found is not None
    assert found.kind is Kind.OTHER


@pytest.mark.parametrize(
    "heading",
    [
        pytest.param(one, id=one)
        for one in [
            "Blocked until",
            "Block expires",
            "Blocked on enwiki until",
            "Appeal until",
            "Warned until",
            "Minor until",
            "Probation until",
            "Contract ends",
            "Access until",
            "Data kept until",
            "Keep until",
            "Retention until",
            "Notice valid until",
            "Event ends",
            "Verwarnung gültig bis",
            "Zugang gültig bis",
            "Recurso válido hasta",
            "Доступ действует до",
            "ブロック期限",
            "封禁到期日",
        ]
    ],
)
def test_the_end_of_something_else_is_not_the_end_of_a_ban(heading: str) -> None:
    found = meaning(heading)
    assert found is None or found.kind is not Kind.UNTIL


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("Your username 2", True, id="a question and a number"),
        pytest.param("Username on Wikipedia", True, id="a wiki"),
        pytest.param("User who complained", False, id="somebody else"),
        pytest.param("Zzq user", False, id="a word that nobody knows"),
    ],
)
def test_other_words_may_leave_the_meaning(heading: str, expected: bool) -> None:
    assert is_close(heading) is expected


@pytest.mark.parametrize("heading", ["Event ban ends on this day", "Banned from events until"])
def test_an_event_ban_has_an_end(heading: str) -> None:
    found = meaning(heading)
    assert found is not None
    assert found.kind is Kind.UNTIL


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Ada Example", id="a name"),
        pytest.param("x" * 400 + " username", id="a long text"),
        pytest.param("Topic", id="to is only a part of the word"),
        pytest.param("123", id="a number"),
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert meaning(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("prénom", "PRENOM", id="accents"),
        pytest.param("İSİM", "isim", id="dotted capital"),
        pytest.param("KULLANICI", "kullanıcı", id="dotless i"),
        pytest.param("учётная", "учетная", id="yo"),
        pytest.param("أسماء", "اسماء", id="hamza"),
        pytest.param("نام‌کاربری", "نام كاربري", id="Persian letters and half space"),
        pytest.param("שֵׁם", "שם", id="points"),
        pytest.param("ＵＳＥＲ", "user", id="full width"),
        pytest.param("d’utilisateur", "d'utilisateur", id="apostrophes"),
        pytest.param("user\u200fname", "username", id="a mark of direction"),
    ],
)
def test_words_are_compared_without_what_people_leave_out(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_what_changes_the_word_is_kept() -> None:
    assert folded("グループ") != folded("クルーフ")
    assert folded("क़लम") != folded("गलम")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert plain(plain(text)).split() == plain(text).split()
