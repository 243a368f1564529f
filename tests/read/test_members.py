"""Accounts of a team: what is told of each, what could not be asked, and how many requests that takes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.model import Member, SiteInfo
from bot.parse.sites import META
from bot.read import members
from bot.read.session import Session
from tests.read.memory import Account, Accounts, MemoryWiki, Reply, Sent

SITE = SiteInfo(
    **{
        **{field: getattr(META, field) for field in META.__slots__},
        "extensions": frozenset({"CentralAuth", "GlobalBlocking"}),
    }
)
BLOCK = {"blockid": 3, "blockexpiry": "infinite", "blockedtimestamp": "2026-11-21T00:18:46Z", "blockpartial": False}


class Latest:
    """Answers about mail and activity, before those of ``Accounts``."""

    def __init__(self, wiki: MemoryWiki) -> None:
        self.emailable: dict[str, bool] = {}
        self.edits: dict[str, str] = {}
        self.logs: dict[str, str | None] = {}
        self.fails = False
        wiki.on(self.answer)

    def answer(self, sent: Sent) -> Reply | None:
        if sent.params.get("list") != "users|usercontribs|logevents":
            return None
        if self.fails:
            return Reply("", 503)
        name = sent.params["ususers"]
        assert (sent.params["ucuser"], sent.params["leuser"]) == (name, name)
        user: dict[str, Any] = {"name": name}
        user |= {"emailable": self.emailable[name]} if name in self.emailable else {"missing": True}
        edits = [{"timestamp": self.edits[name]}] if name in self.edits else []
        logs = [{"timestamp": self.logs[name]} if self.logs[name] else {}] if name in self.logs else []
        return Reply({"query": {"users": [user], "usercontribs": edits, "logevents": logs}})


def one(session: Session, site: SiteInfo = SITE) -> Member:
    return members.read(session, ["Ada"], site)["Ada"]


EDIT, LATER = "2026-08-01T09:00:00Z", "2026-09-01T09:00:00Z"
ACTIVITY = [
    pytest.param({"Ada": EDIT}, {}, datetime(2026, 8, 1, 9, tzinfo=UTC), id="an edit"),
    pytest.param({"Ada": EDIT}, {"Ada": LATER}, datetime(2026, 9, 1, 9, tzinfo=UTC), id="a log entry after it"),
    pytest.param({"Ada": LATER}, {"Ada": EDIT}, datetime(2026, 9, 1, 9, tzinfo=UTC), id="a log entry before it"),
    pytest.param({"Ada": EDIT}, {"Ada": None}, datetime(2026, 8, 1, 9, tzinfo=UTC), id="a log entry without a time"),
    pytest.param({}, {}, None, id="nothing ever"),
]


@pytest.mark.parametrize(("edits", "logs", "expected"), ACTIVITY)
def test_when_somebody_was_last_active(
    wiki: MemoryWiki,
    session: Session,
    edits: dict[str, str],
    logs: dict[str, str | None],
    expected: datetime | None,
) -> None:
    Accounts(wiki, Account("Ada", 5))
    latest = Latest(wiki)
    latest.emailable, latest.edits, latest.logs = {"Ada": True}, edits, logs
    said = Member("Ada", exists=True, emailable=True, last_active=expected, never_active=not (edits or logs))
    assert one(session) == said


@pytest.mark.parametrize("emailable", [True, False])
def test_who_takes_mail(wiki: MemoryWiki, session: Session, *, emailable: bool) -> None:
    Accounts(wiki, Account("Ada", 5))
    Latest(wiki).emailable["Ada"] = emailable
    assert one(session).emailable is emailable


def test_an_account_of_other_wikis_takes_no_mail_here_and_was_never_active(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Ada", 5, local=False))
    Latest(wiki)
    assert one(session) == Member("Ada", exists=True, emailable=False, never_active=True)


TROUBLE = [
    pytest.param(
        Account("Ada", 5, locked=12), "The account is locked on all wikis (log 12).", id="locked, with its log entry"
    ),
    pytest.param(Account("Ada", 5, locked=True), "The account is locked on all wikis (global account).", id="locked"),
    pytest.param(Account("Ada", 5, block=BLOCK), "The account is blocked on this wiki (block 3).", id="blocked here"),
    pytest.param(
        Account("Ada", 5, block={**BLOCK, "blockpartial": True}),
        "The account is blocked from a part of this wiki (block 3).",
        id="blocked from a page",
    ),
    pytest.param(
        Account("Ada", 5, global_block={"id": "1", "timestamp": EDIT, "expiry": "infinity"}),
        "The account is blocked on all wikis (global block 1).",
        id="blocked globally",
    ),
]


@pytest.mark.parametrize(("account", "sentence"), TROUBLE)
def test_locks_and_blocks_are_told_without_reasons(
    wiki: MemoryWiki, session: Session, account: Account, sentence: str
) -> None:
    Accounts(wiki, account)
    Latest(wiki)
    member = one(session)
    assert (member.exists, member.trouble, member.unknown) == (True, (sentence,), ())


def test_a_renamed_account_gives_its_present_name(wiki: MemoryWiki, session: Session) -> None:
    accounts = Accounts(wiki, Account("Ada the Second", 5))
    accounts.rename("Ada", "Ada of Aberdeen", 7, EDIT)
    accounts.rename("Ada of Aberdeen", "Ada the Second", 8, LATER)
    Latest(wiki)
    assert one(session) == Member("Ada", exists=False, renamed_to="Ada the Second")


def test_a_name_that_nobody_ever_had(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki)
    Latest(wiki)
    assert one(session) == Member("Ada", exists=False)


def test_an_impossible_name_is_no_account(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki)
    assert members.read(session, ["a<b"], SITE)["a<b"] == Member("a<b", exists=False)
    assert not wiki.asked(list="logevents")


def test_a_wiki_that_does_not_answer_leaves_everything_unknown(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(lambda sent: Reply("", 503) if sent.params.get("action") != "paraminfo" else None)
    member = one(session)
    assert (member.exists, member.emailable, member.last_active, member.trouble) == (None, None, None, ())
    assert member.unknown


def test_what_could_not_be_asked_is_said(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki, Account("Ada", 5))
    Latest(wiki).fails = True
    member = one(session)
    assert (member.exists, member.emailable, member.last_active) == (True, None, None)
    assert "HTTP 503" in member.unknown[-1]


def test_a_rename_log_that_cannot_be_read_is_said(wiki: MemoryWiki, session: Session) -> None:
    Accounts(wiki)
    wiki.script(*[Reply("", 503)] * 9, letype="renameuser")
    member = one(session)
    assert (member.exists, member.renamed_to) == (False, "")
    assert "HTTP 503" in member.unknown[0]


def test_a_wiki_without_global_accounts_is_not_asked_for_them(wiki: MemoryWiki, session: Session) -> None:
    wiki.modules = []
    Accounts(wiki, Account("Ada", None))
    Latest(wiki).emailable["Ada"] = True
    assert one(session, META) == Member("Ada", exists=True, emailable=True, never_active=True)


def test_how_many_requests_a_team_takes(wiki: MemoryWiki, session: Session) -> None:
    names = [f"Person {number}" for number in range(session.limit + 1)]
    Accounts(wiki, *(Account(name, number) for number, name in enumerate(names, 1)))
    Latest(wiki)
    before = len(wiki.sent)
    assert tuple(members.read(session, names, SITE)) == tuple(names)
    modules, users, blocks = 1, 2, 2
    assert len(wiki.sent) - before == modules + users + blocks + len(names)
