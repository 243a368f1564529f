"""Words of many languages: what a heading announces, what a line tells people to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import PolicyKind
from bot.parse.safety_words import (
    category_words,
    is_emergency,
    is_heading,
    is_own_page,
    is_team,
    names_only,
    obliges,
    policies,
    redirect_words,
    reports,
)

UCOC, FRIENDLY, TECHNICAL, OWN = PolicyKind.UCOC, PolicyKind.FRIENDLY, PolicyKind.TECHNICAL, PolicyKind.OWN


@pytest.mark.parametrize(
    "heading",
    ["Safe space policy", "FRIENDLY SPACE", "Friendly spaces policy", "Code of Conduct", "The code of conduct of our event", "1. Safety",
     "🛡️ Safety & security", "Trust and Safety", "Universal Code of Conduct (UCoC)", "Friendly space policy and safety contacts",
     "Creating a friendly space", "Reporting harassment", "CoC", "Event safety contacts", "Emergency contacts", "Response team",
     "Política de espacio seguro", "Código de conducta", "Seguridad", "Charte de conduite", "Politique d'espaces conviviaux", "Sécurité",
     "Verhaltenskodex", "Sicherheit", "Hausordnung", "Freundliche Räume", "Código de conduta", "Política de espaço amigável", "Segurança",
     "Codice di condotta", "Sicurezza", "Gedragscode", "Veiligheid", "Kodeks postępowania", "Bezpieczeństwo",
     "Универсальный кодекс поведения", "Правила поведения", "Безопасность", "Правила поведінки", "Безпека", "مدونة قواعد السلوك", "السلامة",
     "سياسة المساحة الودية", "آیین‌نامه رفتاری", "فضای دوستانه", "קוד התנהגות", "מרחב בטוח", "आचार संहिता", "मैत्रीपूर्ण स्थान नीति", "सुरक्षा",
     "আচরণবিধি", "নিরাপত্তা", "பாதுகாப்பு", "நடத்தை விதிகள்", "ప్రవర్తనా నియమావళి", "പെരുമാറ്റച്ചട്ടം", "ਸੁਰੱਖਿਆ", "आचारसंहिता", "આચાર સંહિતા",
     "Pedoman perilaku", "Ruang aman", "Keselamatan", "Kanuni za maadili", "Usalama", "Davranış kuralları", "Güvenlik", "Quy tắc ứng xử",
     "Không gian an toàn", "行動規範", "フレンドリースペースポリシー", "ハラスメント防止", "행동 강령", "우호적 공간 정책", "行为准则", "友善空間政策", "安全"],
)  # fmt: skip
def test_headings(heading: str) -> None:
    assert is_heading(heading)


@pytest.mark.parametrize(
    "heading",
    ["", "🧠", "Policy", "The event", "Participants", "Programme", "What is the Universal Code of Conduct?", "Workshop on safety", "Road safety",
     "Learning clinic: safe spaces, strong voices", "Drafting the code of conduct", "Conduct of the contest", "Code", "Space", "Rules", "Privacy",
     "Security of bots", "UCoC quiz", "History of the UCoC", "Seguridad vial", "Sicherheit im Gebirge", "Taller sobre el código de conducta",
     "Le code de conduite expliqué", "सुरक्षा कार्यशाला", "安全教育课程", "Contact", "Reports of last year", "Cocktails", "Safetypin"],
)  # fmt: skip
def test_other_headings(heading: str) -> None:
    assert not is_heading(heading)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Universal Code of Conduct", (UCOC,)),
        ("UCoC and Friendly Space Policy", (UCOC, FRIENDLY)),
        ("the Code of Conduct for Wikimedia's technical spaces", (TECHNICAL,)),
        ("the code of conduct of the venue", (OWN,)),
        ("UCoC and code of conduct", (UCOC, OWN)),
        ("Universellen Verhaltenskodex", (UCOC,)),
        ("Универсального кодекса поведения", (UCOC,)),
        ("遵守通用行為準則", (UCOC,)),
        ("ucocs", ()),
        ("a friendly person in space", ()),
        ("", ()),
    ],
)
def test_policies_named(text: str, expected: tuple[PolicyKind, ...]) -> None:
    assert policies(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Universal Code of Conduct", UCOC),
        ("the UCoC", UCOC),
        ("Friendly_Space_Policies", FRIENDLY),
        ("our Code of Conduct", OWN),
        ("UCoC training", None),
        ("Universal Code of Conduct enforcement guidelines", None),
        ("", None),
        ("policy", None),
    ],
)
def test_nothing_but_a_policy(text: str, expected: PolicyKind | None) -> None:
    assert names_only(text) is expected


@pytest.mark.parametrize(
    ("text", "plainly", "strictly"),
    [
        ("Please follow the policy.", True, True),
        ("All participants must abide by it", True, True),
        ("By registering you agree to it", True, True),
        ("The policy will be in effect throughout the event", True, True),
        ("The policy applies to this event.", True, False),
        ("Please read the policy.", True, False),
        ("Learn how the policy applies to you", False, False),
        ("This session explores how to follow it", False, False),
        ("We talk about the policy", False, False),
        ("Participants learn to comply with the policy", False, False),
        ("Please follow the policy! Learn more about it there.", True, True),
        ("請遵守準則。了解更多", True, True),
        ("By joining you will get to know the policy", True, False),
        ("Please note that the talk on the policy has moved", False, False),
        ("Es gilt der Kodex", True, True),
        ("Il faut respecter la charte", True, True),
        ("Se rige por la política", True, True),
        ("Участники обязаны соблюдать правила", True, True),
        ("কৃপায় নীতি মেনে চলুন", True, True),
        ("कृपया नीति का पालन करें", True, True),
        ("請遵守準則", True, True),
        ("يرجى الالتزام بها", True, True),
        ("Tafadhali fuata kanuni", True, True),
        ("", False, False),
    ],
)
def test_telling_to_follow(text: str, plainly: bool, strictly: bool) -> None:
    assert obliges(text) is plainly
    assert obliges(text, strictly=True) is strictly


@pytest.mark.parametrize(
    "text", ["Report incidents to us", "Bitte meldet Vorfälle", "अभियोग: संपर्क करें", "举报", "للإبلاغ"]
)
def test_reporting(text: str) -> None:
    assert reports(text)
    assert not reports("Ask Ada")


@pytest.mark.parametrize("text", ["In an emergency", "Notfall: 112", "Urgences", "জরুরি", "緊急の場合"])
def test_emergencies(text: str) -> None:
    assert is_emergency(text)
    assert not is_emergency("In the evening")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Friendly_Space_Policy", True), ("CoC", True), ("COC", True), ("Safety", True), ("Code of Conduct", True), ("Friendly_Space", True),
     ("Safe Space Policy", True), ("Hausordnung", True), ("Código de conducta", True), ("Schedule", False), ("FAQ", False), ("", False),
     ("Code", False), ("Safety workshop", False)],
)  # fmt: skip
def test_pages_of_an_events_own_policy(name: str, expected: bool) -> None:
    assert is_own_page(name) is expected


def test_other_words() -> None:
    assert is_team("Safety contacts")
    assert not is_team("Contact us")
    assert "weiterleitung" in redirect_words()
    assert "kategorie" in category_words()


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = policies(text)
    assert len(set(found)) == len(found)
    assert names_only(text) is None or found
    assert not (is_heading(text) and not any(char.isalpha() for char in text))
    assert not obliges(text, strictly=True) or obliges(text)
