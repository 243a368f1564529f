"""Headings and labels in many languages say what a section holds."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from bot.parse.signup_words import Part, Words, classify, conjunctions, entries, folded, without_years, words, year_of

HEADINGS = {
    Part.JOIN: """Participants|Participate|Participate Sign Up|Sign below|How to register|Registration|Attending|Made it|Para Peserta
        |Учасники|पंजीकरण|Participantes|Inscripción|Inscrições|Inscription|Partecipanti|Iscritti|Teilnehmer|Teilnehmende|Anmeldung
        |Deelnemers|Uczestnicy|Участники|Участници|Учесници|Katılımcılar|المشاركون|شرکت‌کنندگان|משתתפים|Peserta|Người tham gia
        |Washiriki|参加者|참가자|参与者|參與者|报名|參加者|प्रतिभागी|सहभागी|অংশগ্রহণকারী|অংশগ্ৰহণকাৰী|ଅଂଶଗ୍ରହଣକାରୀ|ਭਾਗੀਦਾਰ|સહભાગીઓ
        |పాల్గొనేవారు|பங்கேற்பாளர்கள்|ಭಾಗವಹಿಸುವವರು|പങ്കെടുക്കുന്നവർ|Проявлення бажаючих|Who is coming?|Course participants
        |Participants (42)|PARTICIPANTS|Participants / Teilnehmende|Participants and organizers|Program participants|Country teams
        |Participants' list|Osallistujat|Účastníci|Résztvevők|ผู้เข้าร่วม|Συμμετέχοντες|Who's in?|Deltagare|Scholarship applicants""",
    Part.MAYBE: """May be attending|Waiting list|Lista de espera|Peut-être|Vielleicht|Forse|Może|Возможно|Belki|ربما|شاید|אולי|शायद
        |হয়তো|Mungkin|Có thể|未定|미정|待定|Labda|Tentative|Interested|Not sure yet|Warteliste""",
    Part.NOT: """Interested but not attending|Apologies|Not attending|Couldn't make it|Didn't make it|No podrán asistir|Absagen|Excusés
        |Assenti|Не смогут прийти|Katılamayacaklar|اعتذارات|غایبان|לא יגיעו|欠席|불참|無法參加|Vắng mặt|Tidak hadir|Nieobecni|Can’t come|No""",
    Part.WITHDRAWN: "Withdrawn|Cancelled registrations|Abgemeldet|Désistements|已退出|キャンセル|Batal",
    Part.ROLE: """Organizers|Jury|Speakers|Team|Organisation|Organizadores|आयोजक|আয়োজক|Організатори|主辦者|Mentors|Staff|Contact
        |Safety contacts|Düzenleyenler|Ban tổ chức|నిర్వాహకులు|Waandaaji|Registered speakers|主催者|운영진""",
    Part.TALK: "Discussion|Comments from participants|Questions about registration|আলোচনা|Diskussion|Обсуждение|讨论|See also|Endorsements",
    Part.PAST: "Past participants|Inscripción anterior (2025)|Meetup 40 (past)|Teilnehmer (Archiv)|Прошлые участники|往届参与者|前回の参加者",
    Part.INFO: "Rules for participants|How to take part|Winners|Number of participants|Safe space policy|Schedule|活動說明",
    Part.OTHER: "Hundred Days of Data|Meetups|Calls|Présentation|Event details|Europe|2026|",
}  # fmt: skip
CASES = [
    pytest.param(heading.strip(), part, id=f"{part.name} {heading.strip()}")
    for part, text in HEADINGS.items()
    for heading in text.split("|")
    if heading.strip()
]


@pytest.mark.parametrize(("heading", "part"), CASES)
def test_classify(heading: str, part: Part) -> None:
    assert classify(heading) is part


def test_a_configured_heading_is_a_sign_up_section() -> None:
    assert classify("The Brave", frozenset({folded("the brave")})) is Part.JOIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  Who's COMING?  ", " who s coming ", id="case, punctuation"),
        pytest.param("Inscripción", " inscripcion ", id="accents"),
        pytest.param("شركت‌كنندگان", " شرکت کنندگان ", id="Arabic letter forms, joiner"),
        pytest.param("हिन्दी", " हिन्दी ", id="vowel signs are parts of words"),
        pytest.param("ｆｕｌｌ", " full ", id="width"),
        pytest.param("…", "  ", id="nothing"),
    ],
)
def test_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("entry", "text", "matches"),
    [
        ("sign up", "Sign up!", True),
        ("sign up", "Please sign up here", True),
        ("sign up", "assign upper", False),
        ("attend*", "Attendees", True),
        ("attend*", "not attended", True),
        ("attend*", "reattend", False),
        ("=no", "No", True),
        ("=no", "No idea", False),
        ("参加", "第三回参加者", True),
        ("参加", "出席", False),
        ("a b*", "a", False),
        ("", "", False),
    ],
)
def test_words(entry: str, text: str, matches: bool) -> None:
    assert Words.of([entry] if entry else []).match(folded(text)) is matches


def test_the_data_is_clean() -> None:
    """Every phrase says something, and nothing stands twice in a language."""
    data = json.loads(resources.files("bot.parse").joinpath("data/headings.json").read_text(encoding="utf-8"))
    for part, languages in data.items():
        if isinstance(languages, dict):
            for language, phrases in languages.items():
                assert all(folded(phrase).strip() for phrase in phrases), (part, language)
    for use in ("conjunctions", "withdrawn", "maybe", "role_columns", "before_others"):
        assert all(folded(phrase).strip() for phrase in entries(use) if any(char.isalpha() for char in phrase)), use
    assert {"and", "und", "и", "和"} <= conjunctions()
    assert words("withdrawn").match(folded("– '''withdrawn'''"))


@pytest.mark.parametrize(
    ("text", "year", "stem"),
    [
        ("Participants 2025", 2025, "participants"),
        ("2024–2026", 2026, ""),
        ("২০২৬ সাল", 2026, "সাল"),
        ("Room 20261", None, "room 20261"),
        ("Participants", None, "participants"),
    ],
)
def test_years(text: str, year: int | None, stem: str) -> None:
    assert year_of(text) == year
    assert without_years(text) == stem
