import re
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import escape
from bot.private import addresses, letter_words, letters
from bot.private.letter_words import Decision
from bot.private.letters import Letter, Policy

NOW = datetime(2026, 11, 21, 20, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
RANDOM = bytes(range(16))
POLICIES = (Policy("Universal Code of Conduct", "https://foundation.example.org/wiki/Policy:UCoC?uselang=en"),)
LANGUAGES = letter_words.languages()


def at(text: str) -> addresses.Address:
    return addresses.read(text, "it")


def letter(language: str = "en", name: str = "Quiet Harbour", event: str = "Learning Clinic", **more: object) -> Letter:
    values: dict[str, object] = {
        "decision": Decision.REGISTRATION,
        "reason": "policy",
        "policies": POLICIES,
        "sender": at("Team <team@example.org>"),
        "to": at("quiet@example.org"),
        "copies": (at("Ada <ada@example.org>"), at("Bo <bo@example.org>")),
        **more,
    }
    return Letter(language, name, event, **values)  # type: ignore[arg-type]  # a table of them


def parsed(one: Letter) -> EmailMessage:
    data, _ = letters.draft(one, NOW, RANDOM)
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Reader(HTMLParser):
    """Keeps the tags that a page has, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_whole_letter_in_english() -> None:
    one = letter(dates="2026-12-24 – 2026-12-26", appeal="You can appeal at appeals@example.org.")
    assert letters.text(one) == (
        "Hello Quiet Harbour,\n\n"
        "Thank you for your interest in Learning Clinic (2026-12-24 – 2026-12-26). We cannot accept your registration, "
        "so it is not possible for you to take part in this event.\n\n"
        "The organizing team of the event made this decision. We know that this is not what you hoped for.\n\n"
        "We decided this on the basis of the policies named below.\n\n"
        "These policies apply to everyone at the event:\n\n"
        "- Universal Code of Conduct\n  https://foundation.example.org/wiki/Policy:UCoC?uselang=en\n\n"
        "We do not make this decision public. Only those who need to know of it are told, and some of them receive a "
        "copy of this message.\n\n"
        "If you have a question, or if you think that there is a mistake, for example that we confused you with "
        "somebody else, please reply to this message.\n\n"
        "You can appeal at appeals@example.org.\n\n"
        "Kind regards,\nThe organizing team of Learning Clinic\n"
    )


def test_the_headers_of_a_draft() -> None:
    message = parsed(letter())
    assert dict(message.items()) == {
        "X-Unsent": "1",
        "Date": "Sat, 21 Nov 2026 20:30:00 +0530",
        "From": "Team <team@example.org>",
        "To": "quiet@example.org",
        "Cc": "Ada <ada@example.org>, Bo <bo@example.org>",
        "Subject": "Your registration for Learning Clinic",
        "Message-ID": "<000102030405060708090a0b0c0d0e0f@example.org>",
        "MIME-Version": "1.0",
        "Content-Language": "en",
        "Content-Type": 'multipart/alternative; boundary="=_000102030405060708090a0b0c0d0e0f"',
    }
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert not message.defects
    assert letters.draft(letter(), NOW, RANDOM)[1] == message["Message-ID"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decision", Decision)
def test_every_language_says_the_same_things(language: str, decision: Decision) -> None:
    for reason in letter_words.REASONS:
        one = letter(language, decision=decision, reason=reason, dates="2026-12-24", appeal="Appeal here.")
        text, page = letters.text(one), Reader(letters.html(one))
        for said in (
            "Quiet Harbour",
            "Learning Clinic",
            "2026-12-24",
            POLICIES[0].name,
            POLICIES[0].url,
            "Appeal here",
        ):
            assert said in text
            assert said in page.words or said in str(page.tags)
        assert letter_words.words(language).reasons[reason] in text
        assert "$" not in text + page.words
        assert "ban" not in re.findall(r"[a-z]+", text.lower())
        message = parsed(one)
        assert content(message, "plain").replace("\r\n", "\n") == text
        assert content(message, "html").replace("\r\n", "\n").rstrip("\n") == letters.html(one).rstrip("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_its_direction(language: str) -> None:
    tags = dict(Reader(letters.html(letter(language))).tags)
    wanted = {"lang": letter_words.tag(language), "dir": "rtl" if language == "ar" else "ltr"}
    assert tags["html"] == wanted
    assert tags["div"].items() >= wanted.items()
    assert f"text-align: {'right' if language == 'ar' else 'left'}" in str(tags["div"]["style"])
    assert parsed(letter(language))["Content-Language"] == wanted["lang"]


def test_two_decisions_differ() -> None:
    first, second = (letters.text(letter(decision=one)) for one in Decision)
    assert "We cannot accept your registration" in first
    assert "We had accepted your registration" in second


def test_a_letter_without_policies_has_no_list() -> None:
    one = letter(policies=(), reason="capacity")
    assert "policies" not in letters.text(one)
    assert "li" not in [tag for tag, _ in Reader(letters.html(one)).tags]


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        pytest.param("en", "Quiet Harbour", "Hello Quiet Harbour,", id="one direction"),
        pytest.param("en", "ميناء", "Hello \u2068ميناء\u2069,", id="right-to-left in a letter that is not"),
        pytest.param("ar", "Quiet", "مرحبًا \u2068Quiet\u2069،", id="left-to-right in a letter that is not"),
        pytest.param("en", "a\u202eb", "Hello a<U+202E>b,", id="what would turn the line around is spelt out"),
        pytest.param("en", "a\n\nb", "Hello a<U+000A><U+000A>b,", id="a name is no paragraph"),
        pytest.param("en", "$event", "Hello $event,", id="a name is not filled in again"),
        pytest.param("zh-hans", "Quiet", "Quiet，您好：", id="another order"),
    ],
)
def test_a_name_stays_in_its_place(language: str, name: str, shown: str) -> None:
    one = letter(language, name)
    assert letters.text(one).startswith(f"{shown}\n\n")
    page = Reader(letters.html(one)).words.strip()
    assert shown.replace("\u2068", "").replace("\u2069", "") in page


def test_only_an_address_of_the_web_is_a_link() -> None:
    one = letter(policies=(Policy("Own", "javascript:alert(1)"), Policy("Other", "https://example.org/a")))
    links = [attrs["href"] for tag, attrs in Reader(letters.html(one)).tags if tag == "a"]
    assert links == ["https://example.org/a"]


def test_letters_of_an_address_beyond_ascii_are_kept() -> None:
    data, _ = letters.draft(letter(to=at("adà@bücher.example")), NOW, RANDOM)
    assert "\r\nTo: adà@xn--bcher-kva.example\r\n".encode() in data  # RFC 6532


def test_a_letter_has_no_repr() -> None:
    assert "Harbour" not in repr(letter()) + repr(letters.told(letter()))


MARKUP = ("<script>", "</div>", "{{ 1 }}", "{% x %}", "$event", "$name", "&lt;", "\u202e", "\u2069", "港" * 30)
MAIL = ("\r\n", "\n\n", "\r", "Bcc: eve@example.org", "=?utf-8?q?=0A?=", '"', ",", ";", "--=_", "--=_000102", ".", "=")
HOSTILE = st.lists(st.sampled_from((*MARKUP, *MAIL)) | st.text(st.characters(codec=None), max_size=20), max_size=8).map(
    "".join
)
HEADERS = [
    *("X-Unsent", "Date", "From", "To", "Cc", "Subject", "Message-ID", "MIME-Version", "Content-Language"),
    "Content-Type",
]


def bare(text: str) -> str:
    """What is compared: some readers of e-mail put a blank between two encoded words."""
    return re.sub("[ \u2068\u2069]", "", text)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.sampled_from(LANGUAGES))
def test_nothing_from_outside_is_anything_but_text(
    name: str, event: str, appeal: str, called: str, language: str
) -> None:
    to = addresses.Address(called, "quiet", "example.org")
    one = letter(language, name, event, appeal=appeal, to=to, copies=(to, to), sender=to, dates=appeal)
    data, _ = letters.draft(one, NOW, RANDOM)
    head = data.split(b"\r\n\r\n")[0]
    assert all(len(line) <= 76 for line in head.split(b"\r\n"))
    message = parsed(one)
    assert list(message.keys()) == HEADERS
    assert [one.addr_spec for one in message["Cc"].addresses] == ["quiet@example.org"] * 2
    assert bare(message["To"].addresses[0].display_name) == bare(escape.terminal(" ".join(called.split(" "))))
    wanted = letter_words.words(language).texts["subject"].replace("$event", escape.terminal(event))
    assert bare(message["Subject"]) == bare(wanted)
    assert len(list(message.iter_parts())) == 2
    assert content(message, "plain").replace("\r\n", "\n") == letters.text(one)
    tags = [tag for tag, _ in Reader(content(message, "html")).tags]
    plain = [tag for tag, _ in Reader(letters.html(letter(language, appeal="x"))).tags]
    assert sorted(tags) == sorted(plain if appeal else without_appeal(plain))
    words = Reader(content(message, "html")).words
    assert escape.html(name).strip() in words


def without_appeal(tags: list[str]) -> list[str]:
    left = list(tags)
    left.remove("p")
    left.remove("span")
    return left


@given(HOSTILE)
def test_the_text_shows_nothing_that_cannot_be_seen(name: str) -> None:
    lines = letters.text(letter(name=name, event=name, appeal=name)).split("\n")
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    bare_lines = [line.replace("\u2068", "").replace("\u2069", "") for line in lines]
    assert [escape.terminal(line) for line in bare_lines] == bare_lines


def test_two_letters_have_two_ids() -> None:
    assert letters.draft(letter(), NOW.astimezone(UTC), b"\x01" * 16)[1] != letters.draft(letter(), NOW, RANDOM)[1]
