"""Who gets no message: each reason alone, in its order, and nobody else."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from bot.model import AccountState, Existence, NameState, NotKnown, Registrant, Restriction, Severity, TalkPage
from bot.parse.sites import META
from bot.plan import skips
from bot.plan.skips import Skip
from tests.plan.crowd import BOT, SITE, page, person, state

LOCK = Restriction(Severity.LOCK, "log 8")
GLOBAL_BLOCK = Restriction(Severity.GLOBAL_BLOCK, "global block 1")
BLOCK = Restriction(Severity.SITEWIDE_BLOCK, "block 2")
PARTIAL = Restriction(Severity.PARTIAL_BLOCK, "block 3")
UNKNOWN = NotKnown("The wiki gave no answer about this account.")


def why(
    who: Registrant | None = None, account: AccountState | None = None, talk: TalkPage | None = None, site: Any = SITE
) -> Skip | None:
    found = skips.why(who or person(), account or state(), talk or page(), site, BOT)
    return found[0] if found else None


NAMES = [
    pytest.param(person(), None, id="an account"),
    pytest.param(person(maybe=True), None, id="who may come"),
    pytest.param(person(None, why_unnamed="the account is hidden"), Skip.UNNAMED, id="a hidden name"),
    pytest.param(person("192.0.2.1", state=NameState.IP), Skip.IP, id="an address"),
    pytest.param(person("~2026-1", state=NameState.TEMPORARY), Skip.TEMPORARY, id="a temporary account"),
    pytest.param(person("a<b", state=NameState.IMPOSSIBLE), Skip.IMPOSSIBLE, id="no name of an account"),
    pytest.param(person(prefix="w:de"), Skip.ELSEWHERE, id="an account of another wiki"),
    pytest.param(person(withdrawn=True), Skip.WITHDRAWN, id="struck out"),
]


@pytest.mark.parametrize(("who", "expected"), NAMES)
def test_by_name(who: Registrant, expected: Skip | None) -> None:
    assert why(who) is expected


ACCOUNTS = [
    pytest.param(state(), None, id="nothing against it"),
    pytest.param(state(global_lock=LOCK), Skip.LOCKED, id="locked"),
    pytest.param(state(global_lock=LOCK, local_block=BLOCK), Skip.LOCKED, id="locked and blocked"),
    pytest.param(state(global_block=GLOBAL_BLOCK), Skip.GLOBALLY_BLOCKED, id="globally blocked"),
    pytest.param(state(local_block=BLOCK), Skip.BLOCKED, id="blocked here"),
    pytest.param(state(local_block=PARTIAL), None, id="blocked from a page"),
    pytest.param(
        state(local_block=PARTIAL, global_block=GLOBAL_BLOCK), Skip.GLOBALLY_BLOCKED, id="from a page, and globally"
    ),
    pytest.param(state(local_block=BLOCK, global_block=GLOBAL_BLOCK), Skip.GLOBALLY_BLOCKED, id="here and globally"),
    pytest.param(state(existence=Existence.MISSING), Skip.MISSING, id="missing"),
    pytest.param(state(existence=Existence.INVALID), Skip.MISSING, id="invalid"),
    pytest.param(state(existence=Existence.TEMPORARY), Skip.TEMPORARY, id="temporary, by its group"),
    pytest.param(state(existence=Existence.UNANSWERED), Skip.UNCHECKED, id="no answer"),
    pytest.param(state(global_lock=UNKNOWN), Skip.UNCHECKED, id="a lock that could not be looked up"),
    pytest.param(state(local_block=UNKNOWN), Skip.UNCHECKED, id="somebody else's account of that name"),
    pytest.param(state(global_lock=UNKNOWN, local_block=BLOCK), Skip.BLOCKED, id="blocked, the rest unknown"),
]


@pytest.mark.parametrize(("account", "expected"), ACCOUNTS)
def test_by_account(account: AccountState, expected: Skip | None) -> None:
    assert why(account=account) is expected


def test_an_account_that_was_not_asked_about() -> None:
    assert skips.why(person(), None, page(), SITE, BOT) == (Skip.UNCHECKED, "")


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        pytest.param(state(global_lock=UNKNOWN, global_block=UNKNOWN), None, id="nobody can tell locks there"),
        pytest.param(state(local_block=UNKNOWN), Skip.UNCHECKED, id="every wiki can tell its own blocks"),
    ],
)
def test_what_a_wiki_cannot_know_of_anybody_is_no_reason(account: AccountState, expected: Skip | None) -> None:
    assert "CentralAuth" not in META.extensions
    assert why(account=account, site=META) is expected


PAGES = [
    pytest.param(page(), None, "", id="a page"),
    pytest.param(page(None), None, "", id="no page yet"),
    pytest.param(page(has_account=None, groups=None), None, "", id="nothing told of groups"),
    pytest.param(page(has_account=False, groups=None), Skip.MISSING, "", id="no account on this wiki"),
    pytest.param(page(groups=frozenset({"*", "bot"})), Skip.BOT, "", id="a bot"),
    pytest.param(page(name=BOT), Skip.BOT, "", id="the bot itself"),
    pytest.param(
        page(None, absent=False, redirect_to="User talk:Bea"),
        Skip.REDIRECT,
        'It leads to "User talk:Bea".',
        id="a redirect",
    ),
    pytest.param(
        page(None, absent=False, content_model="flow-board"),
        Skip.NOT_WIKITEXT,
        "Its content model is flow-board.",
        id="a board",
    ),
    pytest.param(page(None, absent=False, trouble="Hidden."), Skip.UNREADABLE, "Hidden.", id="hidden"),
    pytest.param(page(opted_out=True), Skip.OPTED_OUT, "", id="in the category"),
    pytest.param(
        page("Hi\n{{nobots}}"), Skip.EXCLUDED, "The page denies every bot by {{nobots}}.", id="no bots at all"
    ),
    pytest.param(
        page("{{bots|deny=Safety Bot}}"),
        Skip.EXCLUDED,
        "The page denies this bot by {{bots|deny=Safety Bot}}.",
        id="not us",
    ),
    pytest.param(
        page("{{bots|allow=ClueBot}}"),
        Skip.EXCLUDED,
        "The page allows only other bots by {{bots|allow=ClueBot}}.",
        id="only others",
    ),
    pytest.param(page("{{bots|deny=ClueBot}}"), None, "", id="not another one"),
    pytest.param(page("<nowiki>{{nobots}}</nowiki>"), None, "", id="only shown"),
    pytest.param(page("{{bots|deny=ClueBot}}", uses_bots=True), None, "", id="not another one, as the wiki knows too"),
    pytest.param(
        page("{{/Header}}", uses_bots=True),
        Skip.EXCLUDED,
        "A page that the talk page shows has {{bots}} or {{nobots}}, so it may deny this bot.",
        id="by a header of its own",
    ),
]


@pytest.mark.parametrize(("talk", "expected", "detail"), PAGES)
def test_by_page(talk: TalkPage, expected: Skip | None, detail: str) -> None:
    found = skips.why(person(), state(), talk, SITE, BOT)
    assert found == ((expected, detail) if expected else None)


@pytest.mark.parametrize(
    ("kind", "is_skipped"),
    [
        *[(kind, True) for kind in ("all", "eventsafety", "notices", "registrants", "massmessage", "MassMessage")],
        *[(kind, False) for kind in ("nosource", "newsletter", "")],
    ],
)
def test_opting_out_of_such_messages(kind: str, *, is_skipped: bool) -> None:
    assert why(talk=page(f"{{{{bots|optout={kind}}}}}")) is (Skip.EXCLUDED if is_skipped else None)


def test_a_page_that_was_not_read() -> None:
    assert skips.why(person(), state(), None, SITE, BOT) == (Skip.UNREADABLE, "")


def test_the_first_reason_in_the_order_is_the_one() -> None:
    people = [person(withdrawn=True), person()]
    states = [state(existence=Existence.MISSING), state(local_block=BLOCK), state()]
    pages = [page(groups=frozenset({"bot"}), opted_out=True), page("{{nobots}}", opted_out=True), page("{{nobots}}")]
    found = [why(*rows) for rows in product(people, states, pages)]
    expected = [Skip.WITHDRAWN] * 9 + [Skip.MISSING] * 3 + [Skip.BLOCKED] * 3
    assert found == [*expected, Skip.BOT, Skip.OPTED_OUT, Skip.EXCLUDED]


@pytest.mark.parametrize("skip", Skip)
def test_every_reason_has_one_sentence_of_its_own(skip: Skip) -> None:
    assert skip.sentence.endswith(".")
    assert [other for other in Skip if other.sentence == skip.sentence] == [skip]
