"""Whatever people make of a review page and however facts change: twice is once, and what is theirs stays theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot import escape
from bot.model import Severity
from bot.parse import calls, reviews
from bot.parse.calls import Call
from bot.parse.reviews import FLAG, HEADER, SETTLED, ReviewPage, Row
from bot.parse.sites import META
from bot.plan import flagrow, rewrite, safety
from bot.plan.edits import as_saved
from bot.plan.flags import Flag
from bot.plan.wanted import Present, Wanted
from tests.plan.invented import edit
from tests.plan.invented import plan as invented_plan
from tests.plan.review_pages import TITLE, Wiki, flag, wanted
from tests.plan.test_safety import WIDE

MANY = settings(deadline=None)

# What stands in the world: up to five accounts, each with what a source says of it today.

_NUMBERS = st.integers(1, 5)
_FACTS = st.sampled_from(("facts-a", "facts-b", "facts-c"))
_SEVERITIES = st.sampled_from((Severity.BAN, Severity.LOCK, Severity.GLOBAL_BLOCK, Severity.SITEWIDE_BLOCK))


@st.composite
def worlds(draw: st.DrawFn) -> Wanted:
    """Give what a page is to say; the same numbers are the same accounts in every world."""
    flags: list[Flag] = []
    presence: dict[str, Present] = {}
    names: dict[str, str] = {}
    for number in draw(st.lists(_NUMBERS, unique=True)):
        name = draw(st.sampled_from((f"Person {number}", "Same name", f"{{{{x|[[P]] {number}")))
        identity = draw(st.sampled_from((f"flag0000{number}", f"nameless{number}")))
        one = flag(number, id=identity, name=name, facts=draw(_FACTS), severity=draw(_SEVERITIES))
        state = draw(st.sampled_from(("flag", "flag", "flag", "clear", "failed", "left", "gone")))
        names[identity] = name
        if state == "flag":
            flags.append(one)
        if state != "gone":
            presence[identity] = Present(registered=state != "left", known=state in ("flag", "clear"))
    return replace(
        wanted(*flags),
        presence=presence,
        everybody_read=draw(st.booleans()),
        unsure=frozenset(draw(st.sets(st.sampled_from(sorted(names.values()))))) if names else frozenset(),
        unchecked=draw(st.dictionaries(st.sampled_from(("global-lock", "account", "line")), st.integers(1, 9))),
    )


# What people do to a page: each takes the text and answers with another one, or None if it cannot be done.

_Edit = Callable[[str], str | None]
_ANY_STATUS = st.sampled_from(
    ("open", "", "confirmed", "Handled", "not this  person", "not this person", "done", "handled")
)


def _calls(text: str, *names: str) -> tuple[Call, ...]:
    return calls.find(text, names or (HEADER, FLAG, SETTLED), META)[0]


def _pick(found: Sequence[Call], number: int) -> Call | None:
    return found[number % len(found)] if found else None


def _with(call: Call | None, text: str, new: Callable[[str], str]) -> str | None:
    return text[: call.start] + new(text[call.start : call.end]) + text[call.end :] if call else None


def _sets(number: int, name: str, value: str) -> _Edit:
    def change(text: str) -> str | None:
        call = _pick(_calls(text, FLAG, SETTLED), number)
        return rewrite.edit(text, rewrite.set_parameters(text, call, {name: value})) if call else None

    return change


def _on_one_line(number: int) -> _Edit:
    return lambda text: _with(_pick(_calls(text), number), text, lambda raw: raw.replace("\n", " "))


def _around(number: int, before: str, behind: str) -> _Edit:
    return lambda text: _with(_pick(_calls(text), number), text, lambda raw: f"{before}{raw}{behind}")


def _twice(number: int) -> _Edit:
    return lambda text: _with(_pick(_calls(text, FLAG, SETTLED), number), text, lambda raw: f"{raw}\n{raw}")


def _without(number: int) -> _Edit:
    return lambda text: _with(_pick(_calls(text), number), text, lambda _: "")


def _broken(number: int) -> _Edit:
    return lambda text: _with(_pick(_calls(text), number), text, lambda raw: raw[:-2])


def _swapped(one: int, other: int) -> _Edit:
    def change(text: str) -> str | None:
        found = _calls(text, FLAG, SETTLED)
        pair = sorted({_pick(found, one), _pick(found, other)} - {None}, key=lambda call: call.start if call else 0)
        if len(pair) < 2 or pair[0] is None or pair[1] is None or pair[0].end > pair[1].start:
            return None
        (a, b), (c, d) = ((call.start, call.end) for call in pair if call)
        return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]

    return change


def _puts(where: float, words: str) -> _Edit:
    def change(text: str) -> str:
        lines = text.split("\n")
        lines.insert(round(where * len(lines)), words)
        return "\n".join(lines)

    return change


_INDEX = st.integers(0, 9)
_WRAPPED = st.sampled_from(
    (
        ("<div class=x>\n", "\n</div>"),
        ("{| class=wikitable\n|-\n| ", "\n|}"),
        ("* ", " – seen. --Rita"),
        ("<!-- ", " -->"),
        ("<nowiki>", "</nowiki>"),
        ("{{hidden|1=", "}}"),
        ("{", "}"),
        ("-{", "}-"),
        ("== ", " =="),
        ("[[", "]]"),
        ("I say: ", " and more\n"),
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
            "-{",
        ),
        *(
            "{{Event safety flag}}",
            "{{Event safety flag|id=abcdefg}}",
            "{{event_safety settled|id=abcdefg|status=handled}}",
        ),
        *(
            "{{Event safety flag|id=flag00001",
            "{{Event safety settled|id=flag00002|facts=facts-a|status=handled|revision=1}}",
        ),
        *("{{Event safety review}}", "<nowiki>", "</nowiki>", "é\u0301", "#REDIRECT [[X]]", "{{subst:x}} ~~~~"),
    )
)
_EDITS: st.SearchStrategy[_Edit] = st.one_of(
    st.builds(_sets, _INDEX, st.just("status"), _ANY_STATUS),
    st.builds(_sets, _INDEX, st.just("status"), _ANY_STATUS),
    st.builds(_sets, _INDEX, st.just("comment"), st.sampled_from(("", "words", "[[A|b]] {{c|d=e}}", "two\n\nlines"))),
    st.builds(
        _sets, _INDEX, st.sampled_from(("name", "facts", "event", "id", "mine", "source")), st.just("other words")
    ),
    st.builds(_on_one_line, _INDEX),
    st.builds(lambda index, pair: _around(index, *pair), _INDEX, _WRAPPED),
    st.builds(_twice, _INDEX),
    st.builds(_without, _INDEX),
    st.builds(_broken, _INDEX),
    st.builds(_swapped, _INDEX, _INDEX),
    st.builds(_puts, st.floats(0, 1), _WORDS),
    st.just(lambda _: ""),
)
_EDITORS = st.sampled_from(("Rita", "Rita", "Rob", "Nora", "Person 1", None))
_TURNS = st.lists(st.tuples(_EDITORS, st.lists(_EDITS, min_size=1, max_size=3)), max_size=4)


def edited(wiki: Wiki, turns: Sequence[tuple[str | None, Sequence[_Edit]]]) -> None:
    for user, edits in turns:
        text = wiki.text or ""
        for change in edits:
            text = change(text) or text
        wiki.save(user, text)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Wiki, Wanted]:
    """Give a page after several runs, each followed by people, and what it is to say next."""
    wiki = Wiki()
    for _ in range(draw(st.integers(1, 3))):
        wiki.run(draw(worlds()))
        edited(wiki, draw(_TURNS))
    return wiki, draw(worlds())


@MANY
@given(lives())
def test_a_second_run_changes_nothing(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    wiki.run(world)
    before = wiki.text
    again = wiki.planned(world)
    assert again.text == (before or "")
    assert again.reasons == ()


def _rest(text: str) -> str:
    """Return what is not the bot's: the text without blanks and without the calls that it can read."""
    page = reviews.read(text, META)
    own = [row.call for row in (*page.rows, *page.settled)] + ([page.header] if page.header else [])
    for call in sorted(own, key=lambda call: -call.start):
        text = text[: call.start] + text[call.end :]
    return re.sub(r"\s", "", text).replace("__NOINDEX__", "")


@MANY
@given(lives())
def test_what_is_not_the_bots_stays(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    before = wiki.text or ""
    assert _rest(wiki.run(world).text) == _rest(before)


def _rows(page: ReviewPage) -> dict[str, Row]:
    return {row.id: row for row in page.rows}


@MANY
@given(lives())
def test_what_people_said_in_a_row_stays(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    old, found = wiki.page, wiki.decisions()
    new = _rows(reviews.read(wiki.run(world).text, META))
    for identity, row in _rows(old).items():
        if identity not in new:
            continue
        assert new[identity].comment == row.comment
        assert new[identity].call.get("mine") == row.call.get("mine")
        reopened = identity in found.accepted and new[identity].status == "open"
        assert reopened or new[identity].status == row.status
        assert not reopened or new[identity].call.get("reopened") == found.accepted[identity].status.value


@MANY
@given(lives())
def test_the_order_of_rows_stays(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    before = [row.id for row in wiki.page.rows]
    wiki.run(world)
    after = [row.id for row in wiki.page.rows]
    assert [identity for identity in before if identity in after] == [one for one in after if one in before]


@MANY
@given(lives())
def test_every_flag_is_on_the_page_unless_it_was_handled_or_cannot_be_read(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    ruined, old = wiki.page.unreadable_ids, _rows(wiki.page)
    wiki.run(world)
    rows, found = _rows(wiki.page), wiki.decisions()
    others = {*world.presence, *(one.id for one in world.flags)}
    for one in world.flags:
        alike = (row for row in rows.values() if row.id in old.keys() - others and flagrow.is_alike(row, one))
        row = rows.get(one.id) or next(alike, None)
        if row is not None:
            assert row.call.get("facts") == one.facts
            assert row.call.get("name") == escape.terminal(one.name)
        else:
            assert one.id in ruined or found.settled[one.id].facts == one.facts
    for gone in old.keys() - rows.keys():
        there = world.presence.get(gone)
        settled = gone in found.settled or gone in wiki.page.unreadable_ids
        assert there is None or there.known or not there.registered or settled


@MANY
@given(lives())
def test_what_cannot_be_checked_is_neither_added_nor_taken_away(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    blind = replace(
        world,
        flags=(),
        presence={one: Present(registered=True, known=False) for one in world.presence},
        everybody_read=False,
    )
    before, text = wiki.page, wiki.text
    after = reviews.read(wiki.run(blind).text, META)
    assert [row.id for row in after.rows] == [row.id for row in before.rows]
    assert [row.id for row in after.settled] == [row.id for row in before.settled]
    assert text is not None or wiki.text is None


@MANY
@given(lives())
def test_a_change_has_a_summary_and_a_reason(life: tuple[Wiki, Wanted]) -> None:
    wiki, world = life
    before = wiki.text or ""
    page = wiki.run(world)
    assert (page.text != before) == bool(page.reasons)
    assert (page.summary not in ("", "Event review: ")) == bool(page.reasons)
    assert not re.search(r"\[\[|\n|Person|Same name", page.summary)


# Names and titles that are full of everything; none begins or ends with a blank, as on a wiki.

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
            "ISBN 0306406152",
            "http://x.org",
            "\n",
            "\n\n",
            "== x ==",
            "\u202e",
            "\x1b[2J",
        ),
        *(
            "{{Event safety flag|id=abcdefg}}",
            "&#39;",
            "&amp;",
            "'''",
            "\u0338",
            "\ue000",
            "*",
            "#REDIRECT",
            "  ",
            "status",
        ),
    )
)
_HOSTILE = st.lists(_PIECES | st.text(st.characters(codec=None), max_size=4), min_size=1, max_size=6).map(
    lambda some: "".join(some).strip()
)


def _shown(text: str) -> str:
    return as_saved(escape.terminal(text).strip(" "))


@MANY
@given(_HOSTILE, _HOSTILE, _HOSTILE, _HOSTILE)
def test_hostile_words_come_back_as_they_are_shown(name: str, label: str, title: str, stop: str) -> None:
    assume(_shown(name))
    hostile = flag(name=name, label=label, listed=title, event=title, since=stop, until=label)
    world = wanted(hostile, title=title, stop_page=stop, unchecked={"bans": 3})
    wiki = Wiki()
    wiki.run(world)
    page = wiki.page
    assert page.broken == ()
    [row] = page.rows
    assert page.header is not None
    for parameter, said in (("name", name), ("source", label), ("listed", title), ("since", stop), ("until", label)):
        assert as_saved(row.call.get(parameter)).strip(" ") == _shown(said).strip(" ")
    assert as_saved(page.header.get("stop")).strip(" ") == _shown(stop).strip(" ")
    assert len(_calls(wiki.text or "")) == 2
    assert wiki.planned(world).text == wiki.text


@MANY
@given(_HOSTILE, _HOSTILE)
def test_a_page_with_hostile_words_may_be_saved(name: str, title: str) -> None:
    wiki = Wiki()
    page = wiki.run(wanted(flag(name=name, event=title), title=title))
    made = edit(base_revid=0, old_text="", text=page.text, summary=page.summary, reasons=page.reasons)
    assert safety.refusals(invented_plan(made), {"": WIDE, "review": WIDE}, {"review": lambda _: True}) == ()


@MANY
@given(_HOSTILE, _HOSTILE, st.sampled_from(("| name = Person 1\n", "| name=Person 1\n", "|name=Person 1|")))
def test_a_new_name_is_written_into_any_row(old: str, new: str, spelt: str) -> None:
    assume(_shown(old))
    assume(_shown(new))
    wiki = Wiki()
    wiki.run(wanted(flag()))
    wiki.put("Nora", "| name = Person 1\n", spelt)
    for name in (old, new):
        world = wanted(flag(name=name))
        wiki.run(world)
        [row] = wiki.page.rows
        assert as_saved(row.call.get("name")).strip(" ") == _shown(name).strip(" ")
        assert wiki.planned(world).text == wiki.text
    assert TITLE in (wiki.text or "").replace("&#58;", ":")
