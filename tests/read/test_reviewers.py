"""Who may decide: by groups as they are now, here and globally, and never while blocked, locked or not an account."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import Review
from bot.errors import AnswerError
from bot.read import reviewers
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, Sent

USUAL = Review()


class Groups:
    """Accounts of a wiki with their rows of ``list=users`` and ``meta=globaluserinfo``."""

    def __init__(self, wiki: MemoryWiki, local: dict[str, dict[str, Any]], central: dict[str, dict[str, Any]]) -> None:
        self._local, self._central = local, central
        wiki.on(self.answer)

    def answer(self, sent: Sent) -> Reply | None:
        if sent.params.get("list") == "users":
            rows = [{"name": name, **self._local.get(name, {"missing": True})} for name in sent.values("ususers")]
            return Reply({"query": {"users": rows}})
        if name := sent.params.get("guiuser"):
            if name not in self._central:
                return Reply({"error": {"code": "baduser", "info": "No."}})
            return Reply({"query": {"globaluserinfo": self._central[name]}})
        return None


def in_groups(*groups: str, **more: Any) -> dict[str, Any]:
    return {"userid": 7, "groups": ["*", "user", "autoconfirmed", *groups], **more}


def block(blockid: int | None, *, partial: bool) -> dict[str, Any]:
    return {"blockid": blockid, "blockpartial": partial, "blockexpiry": "infinite"}


NOBODY: dict[str, Any] = {"missing": True}
STEWARD: dict[str, Any] = {"id": 5, "groups": ["steward"]}


@pytest.mark.parametrize(
    ("local", "central", "expected"),
    [
        pytest.param(in_groups("sysop"), NOBODY, True, id="an administrator here"),
        pytest.param(in_groups("sysop"), {"id": 5, "locked": True}, False, id="an administrator who is locked"),
        pytest.param(in_groups("steward"), NOBODY, True, id="a steward here"),
        pytest.param(in_groups(), STEWARD, True, id="a steward globally"),
        pytest.param(in_groups(), {**STEWARD, "locked": True}, False, id="a steward who is locked"),
        pytest.param(in_groups(), {"id": 5, "groups": ["global-sysop"]}, False, id="another global group"),
        pytest.param(in_groups(), {"id": 5}, False, id="no global group"),
        pytest.param(in_groups(), NOBODY, False, id="no global account"),
        pytest.param(in_groups("bot", "bureaucrat"), NOBODY, False, id="other groups here"),
        pytest.param(in_groups("sysop", **block(3, partial=False)), STEWARD, False, id="blocked"),
        pytest.param(in_groups("sysop", **block(3, partial=True)), NOBODY, True, id="blocked from a page"),
        pytest.param(in_groups("sysop", **block(None, partial=False)), STEWARD, False, id="blocked several times over"),
        pytest.param({"missing": True}, STEWARD, False, id="no account here, so no revision of theirs"),
        pytest.param({"invalid": True}, STEWARD, False, id="no account at all"),
    ],
)
def test_groups(
    wiki: MemoryWiki, session: Session, local: dict[str, Any], central: dict[str, Any], *, expected: bool
) -> None:
    Groups(wiki, {"Ada": local}, {"Ada": central})
    assert reviewers.among(session, ["Ada"], USUAL, has_global=True) == ({"Ada"} if expected else set())


@pytest.mark.parametrize(
    ("review", "has_global", "expected"),
    [
        pytest.param(Review(reviewers=("Ada",)), True, {"Ada", "Cem", "Dan"}, id="named"),
        pytest.param(Review(groups=("bureaucrat",), global_groups=()), True, {"Bea"}, id="other groups"),
        pytest.param(Review(groups=()), True, {"Cem"}, id="global groups alone"),
        pytest.param(USUAL, False, {"Dan"}, id="a wiki without global accounts"),
        pytest.param(Review(groups=(), global_groups=()), True, set(), id="nobody"),
    ],
)
def test_settings(wiki: MemoryWiki, session: Session, review: Review, expected: set[str], *, has_global: bool) -> None:
    local = {"Ada": in_groups(), "Bea": in_groups("bureaucrat"), "Cem": in_groups(), "Dan": in_groups("sysop")}
    Groups(wiki, local, {**{name: {"id": 5} for name in local}, "Cem": STEWARD})
    assert reviewers.among(session, sorted(local), review, has_global=has_global) == expected
    assert {sent.params["guiuser"] for sent in wiki.asked(meta="globaluserinfo")} == (
        set() if not has_global else set(local) if review.global_groups else expected
    )


def test_a_named_account_that_is_blocked_may_not(wiki: MemoryWiki, session: Session) -> None:
    Groups(wiki, {"Ada": in_groups(**block(3, partial=False))}, {})
    assert not reviewers.among(session, ["Ada"], Review(reviewers=("Ada",)), has_global=False)


def test_one_request_for_all_and_one_for_each_account(wiki: MemoryWiki, session: Session) -> None:
    local = {"Ada": in_groups("sysop"), "Bea": in_groups(), "192.0.2.1": {"invalid": True}}
    Groups(wiki, local, {"Ada": {"id": 4}, "Bea": STEWARD})
    before = len(wiki.sent)
    assert reviewers.among(session, sorted(local), USUAL, has_global=True) == {"Ada", "Bea"}
    assert len(wiki.sent) - before == 3
    assert [sent.params["guiuser"] for sent in wiki.asked(meta="globaluserinfo")] == ["Ada", "Bea"]


def test_many_are_asked_in_batches(wiki: MemoryWiki, session: Session) -> None:
    people = {f"Reviewer {number}": in_groups("sysop") for number in range(session.limit + 1)}
    Groups(wiki, people, {})
    assert reviewers.among(session, list(people), USUAL, has_global=False) == set(people)
    assert [len(sent.values("ususers")) for sent in wiki.asked(list="users")] == [session.limit, 1]


def test_nobody_costs_nothing(wiki: MemoryWiki, session: Session) -> None:
    before = len(wiki.sent)
    assert reviewers.among(session, [], USUAL, has_global=True) == frozenset()
    assert len(wiki.sent) == before


def test_groups_that_cannot_be_read_are_an_error(wiki: MemoryWiki, session: Session) -> None:
    Groups(wiki, {"Ada": in_groups()}, {})
    with pytest.raises(AnswerError, match="baduser"):
        reviewers.among(session, ["Ada"], USUAL, has_global=True)
