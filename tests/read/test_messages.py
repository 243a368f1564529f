"""Messages of the wiki's interface: in the language of its content, and a missing one is not made up."""

from __future__ import annotations

from typing import Any

import pytest

from bot.errors import AnswerError
from bot.parse.sites import META
from bot.read import messages
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, Sent, from_sample

RUSSIAN = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)


def answering(wiki: MemoryWiki, content: dict[int, dict[str, Any]]) -> None:
    """Answer for the months in Russian; ``content`` replaces single rows."""

    def rule(sent: Sent) -> Reply | None:
        keys = sent.values("ammessages")
        rows = [{"name": key, **content.get(number, {"content": RUSSIAN[number]})} for number, key in enumerate(keys)]
        return Reply({"query": {"allmessages": rows}}) if keys else None

    wiki.on(rule)


def test_the_months_in_their_order(wiki: MemoryWiki, session: Session) -> None:
    answering(wiki, {})
    before = len(wiki.sent)
    assert messages.months(session, META) == RUSSIAN
    [sent] = wiki.sent[before:]
    assert (sent.values("ammessages")[0], sent.values("ammessages")[11]) == ("january-gen", "december-gen")
    assert sent.params["amlang"] == "en"
    assert "amenableparser" in sent.params


@pytest.mark.parametrize("row", [{"missing": True}, {"content": ""}, {"content": " "}])
def test_a_month_without_a_name_is_an_error(wiki: MemoryWiki, session: Session, row: dict[str, Any]) -> None:
    answering(wiki, {6: row})
    with pytest.raises(AnswerError, match="does not know the message july-gen"):
        messages.months(session, META)


def test_messages_recorded(wiki: MemoryWiki, session: Session) -> None:
    wiki.script(from_sample("allmessages_optout_category"), from_sample("allmessages_missing"), meta="allmessages")
    key = "massmessage-optout-category"
    assert messages.texts(session, META, [key]) == {key: "Opted-out of message delivery"}
    assert messages.texts(session, META, [f"{key}-nosuch"]) == {}
