"""Whatever people make of a list of contacts and however the team changes: twice is once, and what is theirs stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.model import Channel, ChannelKind, Contact, Hours, Phase, Role, Training
from bot.parse import calls
from bot.parse.calls import Call
from bot.parse.contacts import ROWS, TEAM
from bot.parse.contacts_row import ROW
from bot.parse.sites import META
from bot.plan import contacts_values, rewrite
from bot.plan.contacts import ORDER, WantedTeam
from bot.plan.contacts_values import PARAMETERS, Secrets
from bot.plan.edits import as_saved
from tests.plan.contact_pages import (
    ADA,
    BOB,
    CEM,
    SECRET_MAIL,
    SECRET_PHONE,
    ada,
    has_secret,
    listed,
    plan,
    read,
    wanted,
)

MANY = settings(deadline=None)

# The team: some of a few people, each saying some things, with private channels that must never be seen.

_NAMES = ("Ada", "Bob", "Cem", "D'Or & co", "E=mc2", "Ünal Ş", "RFC 1")
_CHANNELS = st.sampled_from(
    (
        Channel(ChannelKind.WIKI_MAIL),
        Channel(ChannelKind.EMAIL, "ada@example.org", public=True),
        Channel(ChannelKind.PHONE, "+91 11 2345", public=True),
        Channel(ChannelKind.CHAT, "https://t.example/x?y=z|w", public=True),
        Channel(ChannelKind.CHAT, "#safety on {{Matrix}}", public=True),
    )
)
_HIDDEN = (Channel(ChannelKind.EMAIL, SECRET_MAIL), Channel(ChannelKind.PHONE, SECRET_PHONE))
_HOURS = st.sampled_from(
    (Hours(time(9), time(18)), Hours(time(22), time(2)), Hours(time(1), time(2), date(2026, 12, 24)))
)
_TRAINING = st.sampled_from(
    (Training("First aid"), Training("Safe; (really)", date(2026, 1, 2)), Training(f"By {SECRET_MAIL}"))
)
_AFFILIATIONS = st.sampled_from(("", "", "Wikimedia India", "[[m:X|X]]", f"call {SECRET_PHONE}", "a | b }} c"))
_DAYS = st.sampled_from((None, None, date(2026, 12, 24)))


def _some(what: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=most, unique=True).map(tuple)


def contacts_named(name: str) -> st.SearchStrategy[Contact]:
    return st.builds(
        Contact,
        name=st.just(name),
        roles=st.sets(st.sampled_from(tuple(Role))).map(lambda some: tuple(r for r in Role if r in some)),
        languages=_some(st.sampled_from(("en", "hi", "pt-br", "ar", "de", "fr", "sw", "zh")), 8),
        channels=_some(_CHANNELS, 4).map(lambda some: (*some, *_HIDDEN)),
        phases=st.sampled_from((tuple(Phase), (Phase.DURING,), (Phase.BEFORE, Phase.DURING))),
        hours=_some(_HOURS, 2),
        begins=_DAYS,
        ends=_DAYS,
        training=_some(_TRAINING, 2),
        affiliation=_AFFILIATIONS,
        order=st.sampled_from((None, 1, 2)),
    )


@st.composite
def worlds(draw: st.DrawFn) -> WantedTeam:
    names = draw(st.lists(st.sampled_from((*_NAMES, "Ada")), max_size=5))
    assume(names.count("Ada") <= 2)
    once = sorted(set(names), key=names.index) + ["Ada"] * (names.count("Ada") == 2)
    return wanted(
        *(draw(contacts_named(name)) for name in once),
        lang=draw(st.sampled_from(("en", "hi"))),
        form=draw(st.sampled_from(("full", "compact"))),
        phase=draw(st.sampled_from(("before", "during"))),
        number=draw(st.sampled_from(("", "112", "112; 100"))),
        emergency=draw(st.sampled_from(("emergency@wikimedia.org", "emergency{{@}}wikimedia.org"))),
    )


# What people do to a page.

_Edit = Callable[[str], str | None]


def _found(text: str, *names: str) -> tuple[Call, ...]:
    return calls.find(text, names or (TEAM, ROW), META)[0]


def _pick(found: Sequence[Call], number: int) -> Call | None:
    return found[number % len(found)] if found else None


def _with(name: str, number: int, new: Callable[[str], str]) -> _Edit:
    def change(text: str) -> str | None:
        call = _pick(_found(text, name), number)
        return text[: call.start] + new(text[call.start : call.end]) + text[call.end :] if call else None

    return change


def _sets(template: str, number: int, name: str, value: str) -> _Edit:
    def change(text: str) -> str | None:
        call = _pick(_found(text, template), number)
        return rewrite.edit(text, rewrite.set_parameters(text, call, {name: value})) if call else None

    return change


def _puts(where: float, words: str) -> _Edit:
    def change(text: str) -> str:
        lines = text.split("\n")
        lines.insert(round(where * len(lines)), words)
        return "\n".join(lines)

    return change


_INDEX = st.integers(0, 5)
_TEMPLATES = st.sampled_from((ROW, ROW, TEAM))
_VALUES = st.sampled_from(
    (
        *(
            "",
            "yes",
            "no",
            "Yes",
            "ja",
            "en",
            "09:00-18:00",
            "mornings",
            "2026-12-24",
            "Bob",
            "user:bob",
            "x",
        ),
        *("[[m:X|X]]", "{{@}}", "ada{{@}}example.org", "two\n\nlines", "2", "before, during", "112", "full"),
        *(SECRET_MAIL, SECRET_PHONE, "call +990-555-0199 at night"),
    )
)
_WRAPPED = st.sampled_from(
    (
        ("<div class=x>\n", "\n</div>"),
        ("{|\n|-\n| ", "\n|}"),
        ("{{{!}}\n{{!}}-\n{{!}} ", "\n{{!}}}"),
        ("* ", " – ask her. --Rita"),
        ("<!-- ", " -->"),
        ("<nowiki>", "</nowiki>"),
        ("{{hidden|1=", "}}"),
        ("{", "}"),
        ("[[", "]]"),
        ("<translate>\n", "\n</translate>"),
        ("Call ", " and nobody else"),
    )
)
_WORDS = st.sampled_from(
    (
        *(
            "A remark. --Nora",
            "",
            "== A heading ==",
            "<!-- note -->",
            "<!-- never closed",
            "{{unclosed",
            "}}",
            "[[",
            "|}",
        ),
        *("-{", "| mine = 1", "| team = x", "{{Event safety contact}}", "{{Event safety contact|name=Ada}}"),
        *("{{event_safety contact|name=Ada|phone=+990 555 0199|mine=2}}", "{{Event safety contact|name=#}}"),
        *("{{Event safety contacts|team={{Event safety contact|name=Zoe}}}}", "{{Event safety contact|name=Bob"),
        *("{{Event safety contacts", "<nowiki>", "</nowiki>", "<translate>", "<!--T:1-->", "{{{team|}}}"),
    )
)
_EDITS: st.SearchStrategy[_Edit] = st.one_of(
    st.builds(_sets, _TEMPLATES, _INDEX, st.sampled_from((*PARAMETERS, *ORDER[:-1], "mine", "mine", "name")), _VALUES),
    st.builds(_sets, st.just(ROW), _INDEX, st.sampled_from(("email", "phone", "hours", "mine")), _VALUES),
    st.builds(lambda template, n: _with(template, n, lambda raw: raw.replace("\n", " ")), _TEMPLATES, _INDEX),
    st.builds(lambda n, pair: _with(ROW, n, lambda raw: f"{pair[0]}{raw}{pair[1]}"), _INDEX, _WRAPPED),
    st.builds(lambda template, n: _with(template, n, lambda raw: f"{raw}\n{raw}"), _TEMPLATES, _INDEX),
    st.builds(lambda template, n: _with(template, n, lambda _: ""), _TEMPLATES, _INDEX),
    st.builds(lambda template, n: _with(template, n, lambda raw: raw[:-2]), _TEMPLATES, _INDEX),
    st.builds(_puts, st.floats(0, 1), _WORDS),
    st.builds(_puts, st.floats(0, 1), _WORDS),
)
_PAGES = st.sampled_from(
    (
        *("", "Welcome!\n\n== Participants ==\n# Zoe", listed(), listed(ADA, BOB), f"x\n{listed(CEM, ADA)} y\n"),
        "{{Event safety contacts|event=event:Learning_Clinic|team={{Event safety contact|name=ada}}{{Event safety contact|name=Zoe}}}}",
        (
            "{{event safety contacts\n|  team =\nOur team <!-- of 2026 -->:\n{{{!}}\n{{!}}-\n{{!}} {{Event safety contact|name=User:Bob}}\n"
            "{{!}}-\n{{!}} {{Event safety contact | name = Zoe | mine = 1 }} {{!!}} a friend\n{{!}}}\n<!-- the end --> | form = compact }}"
        ),
        "{{Event safety contacts}}",
        "{{Event safety contacts|mine=<!-- note -->|{{Event safety contact|name=Ada}}}}",
    )
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[str, WantedTeam, int]:
    """Give a page after some runs, each followed by people; what it is to say next, and where a list may go."""
    text = as_saved(draw(_PAGES))
    for _ in range(draw(st.integers(0, 2))):
        text = plan(text, draw(worlds()), 0).text
        for change in draw(st.lists(_EDITS, max_size=4)):
            text = change(text) or text
        text = as_saved(text)
    breaks = [0, *(found.start() for found in re.finditer("\n", text)), len(text)]
    return text, draw(worlds()), draw(st.sampled_from(breaks))


@MANY
@given(lives())
def test_a_second_plan_changes_nothing(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    after = plan(text, world, at).text
    again = plan(after, world, at)
    assert again.text == after
    assert again.reasons == ()


@MANY
@given(lives())
def test_a_change_has_a_reason(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    draft = plan(text, world, at)
    assert (draft.text != text) == bool(draft.reasons)


@MANY
@given(lives())
def test_every_byte_outside_the_list_stays(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    old, after = read(text).call, plan(text, world, at).text
    new = read(after).call
    if old and new:
        assert after[: new.start] == text[: old.start]
        assert after[new.end :] == text[old.end :]
    elif new:
        assert after.startswith(text[:at].rstrip())
        assert after.endswith(text[at:].lstrip())
        assert "".join((after[: new.start] + after[new.end :]).split()) == "".join(text.split())
    else:
        assert after == text


def _unknown(text: str, call: Call, known: Sequence[str]) -> list[tuple[str, str]]:
    return [(one.name, text[one.pipe : one.end].strip()) for one in call.parameters if one.name not in known]


def _between(text: str) -> str:
    """Return what stands between the rows of the list, without blanks."""
    page = read(text)
    team = page.call.last(ROWS) if page.call else None
    if team is None:
        return ""
    rest = text[: team.end]
    for _, call in sorted(page.rows, key=lambda row: -row[1].start):
        rest = rest[: call.start] + rest[call.end :]
    return "".join(rest[team.start :].replace("<nowiki/>", "").split())


@MANY
@given(lives())
def test_what_people_wrote_in_the_list_stays(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    old, after = read(text), plan(text, world, at).text
    new = read(after)
    if old.call is None or new.call is None:
        return
    assert _unknown(after, new.call, ORDER) == _unknown(text, old.call, ORDER)
    assert _between(after) == _between(text)
    kept = [one for one in world.contacts if sum(other.name == one.name for other, _ in old.rows) == 1]
    for contact in kept:
        before = next(call for other, call in old.rows if other.name == contact.name)
        now = next(call for other, call in new.rows if other.name == contact.name)
        if len([one for one in world.contacts if one.name == contact.name]) == 1:
            assert _unknown(after, now, PARAMETERS) == _unknown(text, before, PARAMETERS)
            assert text[before.start : before.end].count("<!--") == after[now.start : now.end].count("<!--")


@MANY
@given(lives())
def test_the_list_says_what_is_wanted_or_is_left_alone(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    draft = plan(text, world, at)
    page = read(draft.text)
    if page.broken or any("left alone: a change" in note for note in draft.notes):
        assert draft.text == text
        assert draft.notes
        return
    if page.call is None:
        assert not world.contacts
        return
    assert sorted(contact.name for contact, _ in page.rows) == sorted(one.name for one in world.contacts)
    secrets = Secrets(world.contacts)
    for contact, call in page.rows:
        alike = [one for one in world.contacts if one.name == contact.name]
        if len(alike) == 1:
            shown = contacts_values.as_shown(contacts_values.plain(alike[0], secrets), contact.name)
            assert contacts_values.differing(contact, shown) == ()
        assert call.get("lang") == world.lang


@MANY
@given(lives())
def test_rows_that_stay_keep_their_order(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    names = {one.name for one in world.contacts} - {"Ada"}  # who may have two rows
    before = [contact.name for contact, _ in read(text).rows if contact.name in names]
    assume(len(set(before)) == len(before))
    after = [contact.name for contact, _ in read(plan(text, world, at).text).rows]
    assert [name for name in after if name in before] == before


@MANY
@given(worlds(), worlds(), st.sampled_from((ADA, BOB, CEM, "")))
def test_no_private_channel_is_ever_written(one: WantedTeam, other: WantedTeam, row: str) -> None:
    text = plan(listed(row) if row else "", one, 0).text
    assert not has_secret(text)
    assert not has_secret(plan(text, other, 0).text)


@MANY
@given(lives())
def test_no_private_channel_is_written_on_a_page_of_people(life: tuple[str, WantedTeam, int]) -> None:
    text, world, at = life
    assume(not has_secret(text))
    draft = plan(text, world, at)
    assert not has_secret(draft.text)
    assert not any(has_secret(sentence) for sentence in (*draft.reasons, *draft.notes))


@MANY
@given(st.sampled_from(("email", "phone", "chat", "affiliation", "training")), _VALUES, st.sampled_from((ADA, BOB)))
def test_a_private_channel_that_the_page_shows_is_taken_off(name: str, value: str, row: str) -> None:
    text = listed(row.replace("\n}}", f"\n| {name} = {value}\n}}}}"))
    team = (ada(channels=_HIDDEN), Contact("Bob", channels=_HIDDEN))
    draft = plan(text, wanted(*team))
    assert not has_secret(draft.text)
    assert not any(has_secret(sentence) for sentence in (*draft.reasons, *draft.notes))


# Names and values that are full of everything.

_PIECES = st.sampled_from(
    (
        *(
            "{{",
            "}}",
            "{{{",
            "|",
            "=",
            "[[",
            "]]",
            "<!--",
            "-->",
            "<nowiki>",
            "</nowiki>",
            "<b>",
            "~~~~",
            "{{subst:x}}",
        ),
        *(
            "__NOTOC__",
            "-{",
            "}-",
            "RFC 1",
            "http://x.org",
            "\n",
            "\n\n",
            "== x ==",
            "\u202e",
            "\x1b[2J",
            ";",
            "\\",
            "(",
        ),
        *("{{Event safety contact|name=x}}", "&#39;", "&amp;", "'''", "\u0338", "\ue000", "*", "  ", "{{@}}", "team"),
    )
)
_HOSTILE = st.lists(_PIECES | st.text(st.characters(codec=None), max_size=4), min_size=1, max_size=6).map("".join)


@MANY
@given(_HOSTILE, _HOSTILE, _HOSTILE, _HOSTILE)
def test_hostile_values_stay_in_their_place(name: str, value: str, event: str, chat: str) -> None:
    hostile = Contact(
        name,
        affiliation=value,
        training=(Training(value),),
        channels=(Channel(ChannelKind.CHAT, chat, public=True), Channel(ChannelKind.EMAIL, value, public=True)),
        languages=(value,),
    )
    bland = replace(hostile, name="Ada")
    world = wanted(bland, hostile, event=event, number=value, trust=chat, timezone=event)
    for before in ("Before", listed(BOB), f"{{{{Event safety contacts|team={CEM}{CEM}}}}}"):
        draft = plan(before, world, len(before))
        assert len(_found(draft.text, TEAM)) == 1
        page = read(draft.text)
        assert page.broken == ()
        assert next(contact.name for contact, _ in page.rows) == "Ada"
        assert plan(draft.text, world).text == draft.text


@MANY
@given(st.lists(_PIECES | _WORDS | st.sampled_from((ADA, listed(BOB), "|", "\n")), max_size=8).map("".join), worlds())
def test_any_page_is_read_and_planned_for(text: str, world: WantedTeam) -> None:
    for at in (None, 0, len(text)):
        after = plan(text, world, at).text
        assert plan(after, world, at).text == after
