from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Channel, ChannelKind, Hours, Phase, Role, Training
from bot.parse import contact_fields as fields
from bot.parse.item_ids import ITEMS
from bot.parse.languages import LANGUAGES


def refusal(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return ""


XMAS = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("09:00-18:00", (Hours(time(9), time(18)),), id="every day"),
        pytest.param("2026-12-24 09:00-18:00", (Hours(time(9), time(18), XMAS),), id="one day"),
        pytest.param(
            "2026-12-24 09:00-18:00; 09:00-18:00",
            (Hours(time(9), time(18), XMAS), Hours(time(9), time(18))),
            id="both",
        ),
        pytest.param(" 9:30 – 18:05 ;", (Hours(time(9, 30), time(18, 5)),), id="an en dash, blanks, an empty end"),
        pytest.param("2026-12-24T22:00-06:00", (Hours(time(22), time(6), XMAS),), id="over midnight, with a T"),
        pytest.param("00:00-24:00", (Hours(time(0), time(0)),), id="all day"),
    ],
)
def test_hours(text: str, found: tuple[Hours, ...]) -> None:
    assert fields.hours(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("takes reports; decides", (Role.REPORTS, Role.DECIDES), id="long forms"),
        pytest.param("decides, Reports", (Role.REPORTS, Role.DECIDES), id="order of Role, commas, case"),
        pytest.param("responds on site; on_site", (Role.ON_SITE,), id="each once"),
        pytest.param(
            "removes people; speaks  with the venue", (Role.REMOVES, Role.VENUE), id="the other long forms, blanks"
        ),
        pytest.param(
            "reports, on site, decides, removes, venue", tuple(Role), id="the words of the template's parameters"
        ),
    ],
)
def test_roles(text: str, found: tuple[Role, ...]) -> None:
    assert fields.roles(text) == found


def test_every_word_that_the_message_offers_is_a_role() -> None:
    words = re.findall('"([^"]+)"', refusal(fields.roles, "boss"))[1:]
    assert len(words) == 9
    assert {role for word in words for role in fields.roles(word)} == set(Role)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", tuple(Phase), id="missing is all"),
        pytest.param(" , ", tuple(Phase), id="only a separator"),
        pytest.param("during, Before", (Phase.BEFORE, Phase.DURING), id="two"),
        pytest.param("after", (Phase.AFTER,), id="one"),
    ],
)
def test_phases(text: str, found: tuple[Phase, ...]) -> None:
    assert fields.phases(text) == found


def test_languages_are_codes_in_lower_case_each_once_in_their_order() -> None:
    assert fields.languages("hi; EN, pt-BR, zh_hans, en, ils") == ("hi", "en", "pt-br", "zh-hans", "ils")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Keeping events safe (2026-01-02); First aid",
            (Training("Keeping events safe", date(2026, 1, 2)), Training("First aid")),
            id="with and without a day",
        ),
        pytest.param("Aid (part one)", (Training("Aid (part one)"),), id="brackets that hold no day"),
        pytest.param("Aid (2024)", (Training("Aid (2024)"),), id="a year is no day"),
        pytest.param(
            "Aid (part one) (2026-01-02)", (Training("Aid (part one)", date(2026, 1, 2)),), id="brackets twice"
        ),
        pytest.param(r"Aid\; more", (Training("Aid; more"),), id="a separator that is none"),
        pytest.param(r"Aid \(2026-01-02)", (Training("Aid (2026-01-02)"),), id="a day that is none"),
    ],
)
def test_training(text: str, found: tuple[Training, ...]) -> None:
    assert fields.training(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("wiki mail", (Channel(ChannelKind.WIKI_MAIL),), id="wiki mail"),
        pytest.param("Special:EmailUser", (Channel(ChannelKind.WIKI_MAIL),), id="wiki mail by its page"),
        pytest.param(
            "email: ada@example.org (public)",
            (Channel(ChannelKind.EMAIL, "ada@example.org", public=True),),
            id="public",
        ),
        pytest.param("E-Mail: a@b.example", (Channel(ChannelKind.EMAIL, "a@b.example"),), id="private unless marked"),
        pytest.param(
            "phone: +91 1 234 (private)", (Channel(ChannelKind.PHONE, "+91 1 234"),), id="private, and said so"
        ),
        pytest.param(
            "chat: Telegram: @ada (PUBLIC)", (Channel(ChannelKind.CHAT, "Telegram: @ada", public=True),), id="colons"
        ),
        pytest.param(r"chat: a\; b \(public)", (Channel(ChannelKind.CHAT, "a; b (public)"),), id="a mark that is none"),
    ],
)
def test_channels(text: str, found: tuple[Channel, ...]) -> None:
    assert fields.channels(text) == found


def test_a_mark_of_another_word_is_not_taken_for_public() -> None:
    assert fields.channels("chat: @ada (publicly known)") == (Channel(ChannelKind.CHAT, "@ada (publicly known)"),)


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        pytest.param(
            fields.hours, "9-18",
            '"9-18" is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.', id="no minutes",
        ),
        pytest.param(
            fields.hours, "25:00-26:00", '"25:00-26:00" holds a time that no clock shows; write 00:00 to 24:00.',
            id="no such hour",
        ),
        pytest.param(
            fields.hours, "24:00-06:00", '"24:00-06:00" holds a time that no clock shows; write 00:00 to 24:00.',
            id="24:00 begins nothing",
        ),
        pytest.param(
            fields.hours, "2026-02-30 09:00-18:00",
            '"2026-02-30" is no day of the calendar; write it as "2026-12-24".', id="no such day",
        ),
        pytest.param(
            fields.hours, "x; 09:00-10:00; 10:77-11:00",
            '"x" is not from and to; write "09:00-18:00", or "2026-12-24 09:00-18:00" for one day.'
            ' "10:77-11:00" holds a time that no clock shows; write 00:00 to 24:00.', id="all that is wrong",
        ),
        pytest.param(
            fields.roles, "reports, boss",
            '"boss" is no role; there are "reports" (or "takes reports"), "on site" (or "responds on site"), "decides",'
            ' "removes" (or "removes people"), "venue" (or "speaks with the venue").', id="role",
        ),
        pytest.param(
            fields.phases, "whilst", '"whilst" is no phase; there are "before", "during", "after".', id="phase"
        ),
        pytest.param(
            fields.languages, "English",
            '"English" is no language code of MediaWiki; write one such as "en" or "pt-br".', id="a language's name",
        ),
        pytest.param(
            fields.training, "First aid (2026-02-30)",
            '"2026-02-30" is no day of the calendar; write it as "2026-12-24".', id="training on no day",
        ),
        pytest.param(
            fields.training, "First aid (2.1.2026)", '"2.1.2026" is no day of the calendar; write it as "2026-12-24".',
            id="a day in another form is not taken for the name",
        ),
        pytest.param(
            fields.training, "(2026-01-02)", '"(2026-01-02)" is a day without a course; write "Course (2026-01-02)".',
            id="no course",
        ),
        pytest.param(
            fields.channels, "pigeon: x",
            '"pigeon" is no way to reach somebody; there are "wiki mail", "email", "phone", "chat".', id="no channel",
        ),
        pytest.param(
            fields.channels, "email (public)", 'There is no address behind "email"; write "email: " and the address.',
            id="no address",
        ),
        pytest.param(
            fields.channels, "wiki mail: ada@example.org",
            'Mail through the wiki needs no address; take it away.', id="wiki mail with an address",
        ),
        pytest.param(
            fields.channels, "email: ada at example.org",
            'This is no e-mail address; write one such as "ada@example.org".', id="no at sign",
        ),
        pytest.param(
            fields.channels, "email: a@b.org (public), phone: 112",
            'This is no e-mail address; write one such as "ada@example.org", and ";" between two ways.', id="comma",
        ),
        pytest.param(
            fields.channels, "phone: 112, email",
            'This is no telephone number; write one such as "+91 11 2345 6789", and ";" between two ways.',
            id="comma behind a telephone",
        ),
        pytest.param(
            fields.channels, "phone: 12 or so", 'This is no telephone number; write one such as "+91 11 2345 6789".',
            id="no number",
        ),
        pytest.param(
            fields.escalation_order, "0", '"0" is no place in the escalation; write a number from 1 to 99.', id="order"
        ),
        pytest.param(fields.day, "20261224", '"20261224" is no day of the calendar; write it as "2026-12-24".', id="day"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_notation_is_a_sentence(read: Callable[[str], object], text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        read(text)


@pytest.mark.parametrize(("text", "order"), [("", None), (" 3 ", 3), ("99", 99)])
def test_escalation_order(text: str, order: int | None) -> None:
    assert fields.escalation_order(text) == order


def test_long_texts_are_cut_in_sentences() -> None:
    assert fields.quoted("x" * 200) == '"' + "x" * 60 + '…"'
    assert fields.quoted("a\n b") == '"a b"'


def test_each_item_has_one_id() -> None:
    assert len(set(ITEMS)) == len(ITEMS) == 20


TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
HOURS = st.builds(Hours, TIMES, TIMES, st.none() | st.dates())
# Texts as the readers give them: trimmed, single blanks; with all that the notation could take for its own.
TEXT = st.text("ab;,()\\: 1-2", min_size=1, max_size=15) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10
)
PLAIN = TEXT.map(fields.spaced).filter(bool)
DATED = st.builds("{} ({})".format, PLAIN, st.dates()) | st.builds("{} (public)".format, PLAIN)
COURSES = st.builds(Training, PLAIN | DATED, st.none() | st.dates())
CHANNELS = st.one_of(
    st.builds(Channel, st.just(ChannelKind.WIKI_MAIL), public=st.booleans()),
    st.builds(Channel, st.just(ChannelKind.CHAT), PLAIN | DATED, st.booleans()),
    st.builds(Channel, st.just(ChannelKind.PHONE), st.from_regex(r"\+?[0-9]{3,9}", fullmatch=True), st.booleans()),
    st.builds(
        Channel, st.just(ChannelKind.EMAIL), st.from_regex(r"[a-z;\\]{1,5}@b\.org", fullmatch=True), st.booleans()
    ),
)


@given(st.lists(HOURS).map(tuple))
def test_hours_come_back(values: tuple[Hours, ...]) -> None:
    assert fields.hours(fields.hours_text(values)) == values


@given(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(Phase), min_size=1))
def test_roles_and_phases_come_back(roles: set[Role], phases: set[Phase]) -> None:
    ordered = tuple(role for role in Role if role in roles)
    assert fields.roles(fields.roles_text(ordered)) == ordered
    kept = tuple(phase for phase in Phase if phase in phases)
    assert fields.phases(fields.phases_text(kept)) == kept


@given(st.lists(st.sampled_from(sorted(LANGUAGES)), unique=True).map(tuple))
def test_languages_come_back(values: tuple[str, ...]) -> None:
    assert fields.languages(fields.languages_text(values)) == values


@given(st.lists(COURSES).map(tuple))
def test_training_comes_back(values: tuple[Training, ...]) -> None:
    assert fields.training(fields.training_text(values)) == values


@given(st.lists(CHANNELS).map(tuple))
def test_channels_come_back(values: tuple[Channel, ...]) -> None:
    assert fields.channels(fields.channels_text(values)) == values


@pytest.mark.parametrize(
    "read",
    [fields.hours, fields.roles, fields.phases, fields.languages, fields.training, fields.channels, fields.day,
     fields.escalation_order],
)  # fmt: skip
@given(text=st.text(max_size=30) | st.text("0123456789-:; ()\\publicemail@.", max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(read: Callable[[str], object], text: str) -> None:
    assert refusal(read, text)[-1:] in ("", ".")
