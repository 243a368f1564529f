"""Opening a wiki: with and without an account, never with a prompt, and Pywikibot left as it was found."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from requests.cookies import create_cookie

import bot
from bot.config import Network, Settings
from bot.errors import AnswerError, BusyError, ConfigError, LoginError, NoSuchPageError, UnreachableError
from bot.read import environment
from bot.read.session import Session
from tests.read.memory import MemoryWiki, Reply, Sent, from_sample, sample


class Row(msgspec.Struct):
    name: str


class Rows(msgspec.Struct):
    users: list[Row]


BOT = {"id": 6, "name": "TestBot", "groups": ["bot", "*", "user"], "rights": ["read", "bot", "apihighlimits"]}


@pytest.fixture
def account(pywikibot: Any, wiki: MemoryWiki) -> Callable[[str], None]:
    """Configure TestBot with a password file, and let the wiki accept it as the given answer says."""

    def configure(line: str) -> None:
        folder = Path(pywikibot.config.base_dir)
        (folder / "user-password.py").write_text(line)
        (folder / "user-password.py").chmod(0o600)
        pywikibot.config.usernames["meta"]["meta"] = "TestBot"
        pywikibot.config.password_file = "user-password.py"
        wiki.on(token)

    return configure


def token(sent: Sent) -> Reply | None:
    if sent.params.get("meta") == "tokens":
        return Reply({"query": {"tokens": {"logintoken": "0123456789abcdef+\\"}}})
    return None


def accept(wiki: MemoryWiki) -> Callable[[Sent], Reply | None]:
    def rule(sent: Sent) -> Reply | None:
        if sent.params.get("action") != "login":
            return None
        wiki.user = BOT
        return Reply({"login": {"result": "Success", "lguserid": 6, "lgusername": "TestBot"}})

    return rule


PASSWORD = "('TestBot', BotPassword('suffix', 'the-secret-password'))\n"


def test_without_an_account_it_reads_as_anybody(wiki: MemoryWiki, session: Session) -> None:
    assert session.username is None
    assert session.limit == 50
    assert session.requests == {"api": 1}
    assert [sent.params["meta"] for sent in wiki.sent] == ["userinfo"]


def test_a_configured_account_logs_in_and_gets_its_limit(
    wiki: MemoryWiki,
    account: Callable[[str], None],
    open_session: Callable[..., Session],
    caplog: pytest.LogCaptureFixture,
) -> None:
    environment.pywikibot()
    logging.getLogger("pywiki").addHandler(caplog.handler)
    caplog.set_level(1, "pywiki")
    account(PASSWORD)
    wiki.on(accept(wiki))
    session = open_session()
    logging.getLogger("pywiki").removeHandler(caplog.handler)
    assert session.username == "TestBot"
    assert session.limit == 500
    assert "apihighlimits" in session.rights
    assert session.requests == {"api": 4}, "userinfo, token, login, userinfo: all of them are counted"
    assert "lgtoken" not in caplog.text
    assert "the-secret-password" not in caplog.text


def test_a_plain_password_works_too(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session]
) -> None:
    def rule(sent: Sent) -> Reply | None:
        if sent.params.get("action") != "clientlogin":
            return None
        wiki.user = BOT
        return Reply({"clientlogin": {"status": "PASS", "username": "TestBot"}})

    account("('TestBot', 'plain')\n")
    wiki.on(rule)
    assert open_session().username == "TestBot"


def test_an_account_that_is_not_the_one_configured_is_refused(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session]
) -> None:
    account(PASSWORD)
    wiki.on(lambda sent: Reply({"login": {"result": "Success"}}) if sent.params.get("action") == "login" else None)
    with pytest.raises(LoginError, match="is not who is logged in"):
        open_session()


def test_html_in_the_middle_of_a_login_is_not_a_wrong_password(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session]
) -> None:
    account(PASSWORD)
    wiki.on(lambda sent: Reply("<html>") if sent.params.get("action") == "login" else None)
    with pytest.raises(AnswerError, match="text/html"):
        open_session()


def test_pywikibot_may_never_ask_by_itself(wiki: MemoryWiki, pywikibot: Any, session: Session) -> None:
    with pytest.raises(LoginError, match="wants to ask"), session._in_charge():
        pywikibot.input("Password:")


def test_a_second_session_in_the_process_is_already_logged_in(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session]
) -> None:
    account(PASSWORD)
    wiki.on(accept(wiki))
    open_session()
    assert open_session().requests == {}


def failed(_sent: Sent) -> Reply | None:
    return from_sample("login_bot_password_wrong") if _sent.params.get("action") == "login" else None


def throttled(_sent: Sent) -> Reply | None:
    return Reply({"error": {"code": "login-throttled", "info": "x"}}) if _sent.params.get("action") == "login" else None


def wants_a_code(sent: Sent) -> Reply | None:
    if sent.params.get("action") != "clientlogin":
        return None
    field = {"OATHToken": {"type": "string", "label": "Code", "help": "h"}}
    ui = {"status": "UI", "requests": [{"fields": field}], "message": "Code?", "messagecode": "oathauth-login"}
    return Reply({"clientlogin": ui})


def odd(sent: Sent) -> Reply | None:
    return Reply({"login": "yes"}) if sent.params.get("action") == "login" else None


def silent(sent: Sent) -> Reply | None:
    return Reply({"login": {"result": "Aborted"}}) if sent.params.get("action") == "login" else None


LOGIN_FAILS = [
    pytest.param("", None, "has no password", id="no password"),
    pytest.param("('Somebody', 'x')\n", None, "has no password", id="only another account's password"),
    pytest.param("('TestBot', nonsense)\n", None, "Invalid password line format", id="a broken password file"),
    pytest.param(PASSWORD, failed, "Incorrect username or password", id="a wrong password"),
    pytest.param(PASSWORD, throttled, "refused it (login-throttled)", id="an error of another kind"),
    pytest.param("('TestBot', 'plain')\n", wants_a_code, "second proof", id="two-factor login"),
]


@pytest.mark.parametrize(("line", "rule", "says"), LOGIN_FAILS)
def test_a_login_that_fails_is_a_sentence_and_never_a_prompt(
    wiki: MemoryWiki,
    account: Callable[[str], None],
    open_session: Callable[..., Session],
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    rule: Callable[[Sent], Reply | None] | None,
    says: str,
) -> None:
    account(line)
    if rule:
        wiki.on(rule)
    monkeypatch.setattr("builtins.input", _no_prompt)
    monkeypatch.setattr("getpass.getpass", _no_prompt)
    with pytest.raises(LoginError) as raised:
        open_session()
    assert says in str(raised.value)
    assert "the-secret-password" not in str(raised.value)


def _no_prompt(*_args: object) -> str:
    raise AssertionError("it asked")


def test_a_missing_password_file_is_a_login_error(
    wiki: MemoryWiki, account: Callable[[str], None], pywikibot: Any, open_session: Callable[..., Session]
) -> None:
    account(PASSWORD)
    pywikibot.config.password_file = "elsewhere.py"
    with pytest.raises(LoginError, match=r"elsewhere\.py does not exist"):
        open_session()


def test_a_dead_wiki_is_not_a_login_error(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session]
) -> None:
    account(PASSWORD)
    wiki.on(lambda sent: Reply("", 502) if sent.params.get("action") == "login" else None)
    with pytest.raises(UnreachableError):
        open_session()


@pytest.mark.parametrize("site", ["nowhere:nowhere", "wikipedia:nolanguage", "", ":", "meta:xx", "http://x:y:z"])
def test_an_unknown_wiki_is_an_error_of_the_settings(open_session: Callable[..., Session], site: str) -> None:
    with pytest.raises(ConfigError, match="FAMILY:CODE"):
        open_session(Settings(site=site))


def test_strange_userinfo_is_an_answer_error(wiki: MemoryWiki, open_session: Callable[..., Session]) -> None:
    wiki.on(lambda _sent: Reply({"batchcomplete": True}))
    with pytest.raises(AnswerError, match="meta:meta cannot be read"):
        open_session()


def test_pywikibot_is_left_as_it_was(wiki: MemoryWiki, pywikibot: Any, session: Session) -> None:
    before = pywikibot.comms.http.session, pywikibot.config.max_retries, pywikibot.input
    wiki.on(lambda _sent: Reply("<html>"))
    with pytest.raises(AnswerError):
        session.query(list="nothing")
    assert (pywikibot.comms.http.session, pywikibot.config.max_retries, pywikibot.input) == before


def test_two_open_wikis_count_for_themselves(wiki: MemoryWiki, open_session: Callable[..., Session]) -> None:
    meta, commons = open_session(), open_session(site="commons:commons")
    wiki.on(lambda sent: Reply({"query": {}}) if sent.params.get("list") else None)
    meta.query(list="logevents")
    assert (meta.requests, commons.requests) == ({"api": 2}, {"api": 1})
    assert (meta.holds_logs, commons.holds_logs) == (True, False)


def test_it_says_who_it_is_in_every_kind_of_request(wiki: MemoryWiki, open_session: Callable[..., Session]) -> None:
    session = open_session(Settings(contact="ops@example.org", network=Network(between_reads=0)))
    wiki.on(lambda sent: Reply({"ok": True}) if "rest.php" in sent.path else None)
    wiki.on(lambda sent: Reply("<html>") if sent.path == "/w/index.php" else None)
    session.get_json("x", {}, dict[str, bool])
    session.get_html("Event:X")
    assert session.requests == {"api": 1, "rest": 1, "html": 1}
    for sent in wiki.sent:
        name = {key.lower(): value for key, value in sent.headers.items()}["user-agent"]
        assert f"eventsafety/{bot.__version__} (ops@example.org)" in name


def test_a_query_is_sent_exactly_as_given(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(lambda sent: Reply({"query": {}}) if sent.params.get("list") else None)
    session.query(list="users", ususers="Ada|Bo", usprop="groups")
    assert wiki.sent[-1].params == {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "list": "users",
        "maxlag": "30",
        "ususers": "Ada|Bo",
        "usprop": "groups",
    }


def test_what_the_shape_does_not_name_is_dropped(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(lambda sent: from_sample("users_blockinfo_mix") if sent.params.get("list") else None)
    rows = session.read(Rows, list="users").users
    assert [row.name for row in rows] == [row["name"] for row in sample("users_blockinfo_mix")["query"]["users"]]
    assert not hasattr(rows[0], "blockreason")


SHAPES = [
    pytest.param({"query": {"users": {"name": "Ada"}}}, id="an object for a list"),
    pytest.param({"query": {"users": [{"name": 7}]}}, id="a number for a name"),
    pytest.param({"query": []}, id="an empty list for an object"),
    pytest.param({"batchcomplete": True}, id="no query"),
    pytest.param({"query": None}, id="null"),
]


@pytest.mark.parametrize("answer", SHAPES)
def test_json_of_another_shape_is_an_answer_error(wiki: MemoryWiki, session: Session, answer: object) -> None:
    wiki.on(lambda sent: Reply(answer) if sent.params.get("list") else None)
    with pytest.raises(AnswerError, match=r"https://meta\.wikimedia\.org/w/api\.php answered "):
        session.read(Rows, list="users")


REST_FAILS = [
    pytest.param(Reply("<html>", 404), "http-404", "text/html", id="HTML"),
    pytest.param(Reply("<html>", 200), "", "text/html", id="HTML with status 200"),
    pytest.param(Reply('{"a": 1', 200, {"Content-Type": "application/json"}), "", "damaged", id="cut JSON"),
    pytest.param(Reply({"a": "text"}), "", "cannot be understood", id="another shape"),
    pytest.param(from_sample("ce_event_bad_id_400"), "badinteger", "HTTP 400, badinteger", id="400"),
    pytest.param(
        from_sample("ce_events_of_private_participant_500"), "http-500", "HTTP 500", id="500 without errorKey"
    ),
]


@pytest.mark.parametrize(("reply", "code", "says"), REST_FAILS)
def test_rest_answers_that_cannot_be_used(
    wiki: MemoryWiki, session: Session, reply: Reply, code: str, says: str
) -> None:
    wiki.on(lambda sent: reply if "rest.php" in sent.path else None)
    with pytest.raises(AnswerError) as raised:
        session.get_json("campaignevents/v0/x", {}, dict[str, int])
    assert raised.value.code == code
    assert says in str(raised.value)
    assert "https://meta.wikimedia.org/w/rest.php/campaignevents/v0/x" in str(raised.value)


HTML_FAILS = [
    pytest.param(Reply("<html>no such page", 404), NoSuchPageError, 'no page "Event:Gone"', id="404"),
    pytest.param(Reply("<html>bad title", 400), AnswerError, "HTTP 400", id="a bad title"),
    pytest.param(Reply({"json": 1}), AnswerError, "application/json", id="JSON for HTML"),
]


@pytest.mark.parametrize(("reply", "kind", "says"), HTML_FAILS)
def test_pages_that_cannot_be_read(
    wiki: MemoryWiki, session: Session, reply: Reply, kind: type[Exception], says: str
) -> None:
    wiki.on(lambda sent: reply if sent.path == "/w/index.php" else None)
    with pytest.raises(kind, match=says):
        session.get_html("Event:Gone")


def test_a_page_is_asked_for_in_english(wiki: MemoryWiki, session: Session) -> None:
    wiki.on(lambda sent: Reply("<html>é</html>") if sent.path == "/w/index.php" else None)
    assert session.get_html("Event:Éclair & Co") == "<html>é</html>"
    assert wiki.sent[-1].params == {"title": "Event:Éclair & Co", "uselang": "en"}


def test_addresses_for_people(session: Session) -> None:
    assert session.url("Special:Log", logid="8") == "https://meta.wikimedia.org/w/index.php?title=Special:Log&logid=8"
    assert "title=User:A%26B+%3Cx%3E" not in session.url("User:A&B <x>")
    assert session.url("User:A&B <x>").endswith("title=User:A%26B_%3Cx%3E")


def test_a_session_is_a_context(session: Session) -> None:
    with session as opened:
        assert opened is session


WRITES = ["edit", "delete", "move", "protect", "block", "purge", "upload", "rollback"]


@pytest.mark.parametrize("action", WRITES)
def test_what_reads_does_not_write(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session], action: str
) -> None:
    account(PASSWORD)
    wiki.on(accept(wiki))
    session = open_session()
    before = len(wiki.sent)
    with pytest.raises(ValueError, match=f"action={action} may write, and this only reads"):
        session.ask(action, title="Event:X", text="x", token="0123+\\")
    assert wiki.sent[before:] == []


def test_without_an_account_it_does_not_write_either(wiki: MemoryWiki, session: Session) -> None:
    with pytest.raises(ValueError, match="may write"):
        session.ask("edit", title="Event:X", text="x", token="+\\")
    assert not wiki.asked(action="edit")


def test_single_gives_the_site_and_puts_everything_back(
    wiki: MemoryWiki, pywikibot: Any, session: Session, waits: list[float]
) -> None:
    http = pywikibot.comms.http
    before = http.session, pywikibot.config.max_retries, pywikibot.input
    wiki.script(Reply("busy", 503), Reply({"edit": {}}), action="edit")
    count = session.requests["api"]
    with pytest.raises(BusyError, match="HTTP 503"), session.single() as site:
        http.request(site, uri=site.apipath(), method="POST", data={"action": "edit"})
    assert (http.session, pywikibot.config.max_retries, pywikibot.input) == before
    assert len(wiki.asked(action="edit")) == session.requests["api"] - count == 1
    assert waits == []


def test_single_tells_of_pywikibot_s_errors_in_our_words(session: Session, pywikibot: Any) -> None:
    with pytest.raises(AnswerError, match="refused the request: editconflict") as raised, session.single() as site:
        raise pywikibot.exceptions.APIError("editconflict", "x", site=site)
    assert raised.value.code == "editconflict"
    with pytest.raises(LoginError, match="wants to ask"), session.single():
        pywikibot.input("Captcha?")


def test_a_new_session_on_the_wiki_logs_in_again_and_brings_nothing_along(
    wiki: MemoryWiki, account: Callable[[str], None], open_session: Callable[..., Session], pywikibot: Any
) -> None:
    account(PASSWORD)
    wiki.on(accept(wiki))
    session = open_session()
    old = create_cookie("session", "old", domain="meta.wikimedia.org")  # type: ignore[no-untyped-call]
    pywikibot.comms.http.cookie_jar.set_cookie(old)
    wiki.user = {"id": 0, "name": "192.0.2.7", "anon": True, "groups": ["*"], "rights": ["read"]}
    assert session.username == "TestBot", "Pywikibot believes that it still is"
    wiki.script(Reply({"query": {}}), list="nothing")
    session.query(list="nothing")
    assert wiki.sent[-1].headers["Cookie"] == "session=old"
    before = session.requests["api"], len(wiki.sent)
    session.renew()
    assert session.username == "TestBot"
    assert "bot" in session.rights
    assert len(wiki.asked(action="login")) == 2
    assert session.requests["api"] - before[0] == len(wiki.sent) - before[1] == 3, "every request is counted"
    assert not any("Cookie" in sent.headers for sent in wiki.sent[before[1] :])


REFUSALS = [
    pytest.param(failed, LoginError, "Incorrect username or password", id="another password"),
    pytest.param(throttled, LoginError, "login-throttled", id="too often"),
    pytest.param(lambda _sent: Reply("", 502), UnreachableError, "HTTP 502", id="a wiki that is down"),
    pytest.param(lambda _sent: Reply("<html>"), AnswerError, "text/html", id="HTML"),
    pytest.param(silent, LoginError, "did not accept", id="no reason given"),
]


@pytest.mark.parametrize(("rule", "kind", "says"), REFUSALS)
def test_a_new_session_can_fail(
    wiki: MemoryWiki,
    account: Callable[[str], None],
    open_session: Callable[..., Session],
    rule: Callable[[Sent], Reply | None],
    kind: type[Exception],
    says: str,
) -> None:
    account(PASSWORD)
    wiki.on(accept(wiki))
    session = open_session()
    wiki.user = {"id": 0, "name": "192.0.2.7", "anon": True, "groups": ["*"], "rights": ["read"]}
    wiki.on(rule)
    with pytest.raises(kind, match=says):
        session.renew()
    assert session.username is None, "nobody is taken for the bot after that"


def test_oauth_keeps_one_session_for_ever_so_no_new_one_is_pretended(
    wiki: MemoryWiki,
    account: Callable[[str], None],
    open_session: Callable[..., Session],
    monkeypatch: pytest.MonkeyPatch,
    pywikibot: Any,
) -> None:
    account(PASSWORD)
    wiki.on(accept(wiki))
    session = open_session()
    monkeypatch.setitem(pywikibot.config.authenticate, "meta.wikimedia.org", ("a", "b", "c", "d"))
    with pytest.raises(LoginError, match="Use a bot password to save pages"):
        session.renew()
    assert session.username == "TestBot", "reading goes on"


def test_without_an_account_there_is_nothing_to_log_in(wiki: MemoryWiki, session: Session) -> None:
    before = len(wiki.sent)
    session.renew()
    assert session.username is None
    assert not wiki.asked(action="login")
    assert len(wiki.sent) == before
