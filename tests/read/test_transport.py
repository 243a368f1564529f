"""Patience and its end: what is tried again, what is waited for, what is given up, and that every try is counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests

from bot.config import Network, Settings
from bot.errors import AnswerError, BusyError, EventSafetyError, UnreachableError, WikiError
from bot.read import transport
from bot.read.session import Session
from bot.read.transport import kind_of, place
from tests.read.memory import Answer, MemoryWiki, Reply, from_sample

GOOD = Reply({"batchcomplete": True, "query": {"logevents": []}})
HTML = Reply("<html><body>Our servers are having a break</body></html>", 200)
QUESTION = {"list": "logevents"}

BUSY = [
    pytest.param(Reply("slow down", 429, {"Retry-After": "7"}), [7.0], id="429 says how long"),
    pytest.param(Reply("slow down", 429), [3.0], id="429 does not say how long: our own pace"),
    pytest.param(Reply("busy", 503, {"Retry-After": "0"}), [0.0], id="503 may ask for nothing"),
    pytest.param(Reply("busy", 503, {"Retry-After": "1.5"}), [1.5], id="fractions of a second"),
    pytest.param(Reply("busy", 503, {"Retry-After": "soon"}), [3.0], id="503 with nonsense"),
    pytest.param(Reply("busy", 503, {"Retry-After": "-3"}), [0.0], id="a negative wait is none"),
    pytest.param(from_sample("maxlag_error"), [5.0], id="maxlag, recorded"),
    pytest.param(Reply(from_sample("maxlag_error").body, 503), [3.0], id="maxlag with 503 and no header"),
    pytest.param(Reply({"error": {"code": "ratelimited", "info": "Slower."}}), [3.0], id="ratelimited"),
    pytest.param(Reply("Bad gateway", 502), [3.0], id="502"),
    pytest.param(Reply("Gateway timeout", 504), [3.0], id="504"),
    pytest.param(requests.exceptions.ReadTimeout("slow"), [3.0], id="no answer in time"),
    pytest.param(requests.exceptions.ConnectionError("reset"), [3.0], id="connection broken"),
    pytest.param(requests.exceptions.ChunkedEncodingError("cut"), [3.0], id="broken off in the middle of the answer"),
]


@pytest.mark.parametrize(("trouble", "waited"), BUSY)
def test_one_bad_moment_is_waited_out(
    wiki: MemoryWiki, session: Session, waits: list[float], trouble: Answer, waited: list[float]
) -> None:
    wiki.script(trouble, GOOD, **QUESTION)
    before = session.requests["api"]
    assert session.query(**QUESTION)["query"] == {"logevents": []}
    assert waits == waited
    assert session.requests["api"] - before == 2


GIVEN_UP = [
    pytest.param(Reply("slow down", 429), BusyError, "HTTP 429", 3, id="429 three times"),
    pytest.param(Reply("", 503, {"Retry-After": "3600"}), BusyError, "wait 3600 seconds", 1, id="an hour is too long"),
    pytest.param(from_sample("maxlag_error"), BusyError, "maxlag", 3, id="maxlag that stays"),
    pytest.param(Reply("", 502), UnreachableError, "HTTP 502", 3, id="502 that stays"),
    pytest.param(
        requests.exceptions.ConnectionError("[Errno 111] Connection refused"),
        UnreachableError,
        "refused",
        3,
        id="refused",
    ),
    pytest.param(
        requests.exceptions.ConnectionError("NameResolutionError"),
        UnreachableError,
        "no server of this name",
        3,
        id="DNS",
    ),
    pytest.param(requests.exceptions.SSLError("bad"), UnreachableError, "certificate", 3, id="certificate"),
    pytest.param(requests.exceptions.ReadTimeout(), UnreachableError, "did not answer in time", 3, id="timeouts"),
    pytest.param(requests.exceptions.TooManyRedirects("x"), AnswerError, "TooManyRedirects", 1, id="a redirect circle"),
    pytest.param(requests.exceptions.InvalidURL("x"), AnswerError, "InvalidURL", 1, id="a redirect to nonsense"),
    pytest.param(UnicodeError("label too long"), AnswerError, "UnicodeError", 1, id="an error from below requests"),
    pytest.param(HTML, AnswerError, "text/html (HTTP 200) where a wiki's JSON", 1, id="HTML for JSON"),
    pytest.param(Reply("<html>", 403), AnswerError, "text/html (HTTP 403)", 1, id="forbidden by a proxy"),
    pytest.param(Reply("<html>", 404), AnswerError, "HTTP 404", 1, id="no api.php there"),
    pytest.param(Reply("<html>", 500), AnswerError, "HTTP 500", 1, id="a fatal error page"),
    pytest.param(
        Reply(b'{"query": {"loge', 200, {"Content-Type": "application/json"}), AnswerError, "damaged", 1, id="cut JSON"
    ),
    pytest.param(
        Reply(b"\xff\xfe", 200, {"Content-Type": "application/json"}), AnswerError, "damaged", 1, id="no UTF-8"
    ),
    pytest.param(Reply("", 200, {"Content-Type": ""}), AnswerError, "without a type", 1, id="nothing at all"),
    pytest.param(Reply([1, 2]), AnswerError, "damaged or unexpected JSON", 1, id="a list for an object"),
    pytest.param(Reply({"warnings": [1]}), AnswerError, "unexpected JSON", 1, id="warnings of another shape"),
    pytest.param(Reply({"error": "no"}), AnswerError, "unexpected JSON", 1, id="an error of another shape"),
    pytest.param(
        Reply({"error": {"code": "internal_api_error_X", "info": "[abc] Caught"}}, 500),
        AnswerError,
        "internal_api_error_X",
        1,
        id="an API error with status 500",
    ),
    pytest.param(
        Reply({"error": {"code": "internal_api_error_DBQueryError", "info": "x"}}),
        AnswerError,
        "internal_api_error_DBQueryError",
        1,
        id="an error that Pywikibot would wait for",
    ),
    pytest.param(Reply({"error": {"code": "readonly", "info": "x"}}), AnswerError, "readonly", 1, id="read-only"),
    pytest.param(from_sample("users_51_toomanyvalues"), AnswerError, "toomanyvalues", 1, id="an API error, recorded"),
    pytest.param(from_sample("query_list_absent"), AnswerError, "did not understand", 1, id="an absent module"),
    pytest.param(from_sample("logevents_leids"), AnswerError, "did not understand", 1, id="an unfiltered log"),
]


@pytest.mark.parametrize(("trouble", "kind", "says", "tries"), GIVEN_UP)
def test_what_stays_is_an_error_for_people(
    wiki: MemoryWiki,
    session: Session,
    waits: list[float],
    trouble: Answer,
    kind: type[EventSafetyError],
    says: str,
    tries: int,
) -> None:
    wiki.on(lambda sent: trouble if sent.params.get("list") else None)
    before = session.requests["api"]
    with pytest.raises(kind) as raised:
        session.query(**QUESTION)
    assert says in str(raised.value)
    assert str(raised.value).startswith("https://meta.wikimedia.org/w/api.php")
    assert "\n" not in str(raised.value)
    assert session.requests["api"] - before == tries
    assert sum(waits) <= 20


def test_retry_after_may_be_a_date(wiki: MemoryWiki, session: Session, waits: list[float]) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=12), usegmt=True)
    wiki.script(Reply("", 503, {"Retry-After": date}), GOOD, **QUESTION)
    session.query(**QUESTION)
    assert 9 <= waits[0] <= 12


def test_retry_after_of_a_good_answer_slows_nothing(wiki: MemoryWiki, session: Session, waits: list[float]) -> None:
    wiki.script(Reply(GOOD.body, 200, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}), GOOD, **QUESTION)
    session.query(**QUESTION)
    session.query(**QUESTION)
    assert waits == []


class Clock:
    """Time that only passes while somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(transport, "time", clock)
    return clock


def silent(wiki: MemoryWiki, clock: Clock, timeouts: list[float]) -> Callable[..., Any]:
    """Return an adapter's send that never answers and takes the time that it is given."""

    def send(request: object, *args: object, **kwargs: Any) -> requests.Response:
        timeouts.append(kwargs["timeout"][1])
        clock.wait(kwargs["timeout"][1])
        raise requests.exceptions.ReadTimeout("silence")

    return send


def test_a_wiki_that_never_answers_is_told_in_under_a_minute_even_if_everything_is_asked(
    wiki: MemoryWiki, pywikibot: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(Settings(), wait=clock.wait)
    timeouts: list[float] = []
    monkeypatch.setattr(wiki, "send", silent(wiki, clock, timeouts))
    began = clock.now
    for _ in range(6):
        with pytest.raises(UnreachableError):
            session.query(**QUESTION)
    assert clock.now - began < 60
    assert timeouts == pytest.approx([20, 17, 2, 2, 2, 2, 2], abs=0.2)


def test_a_wiki_that_never_answered_at_all_is_told_in_under_a_minute(
    wiki: MemoryWiki, pywikibot: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiki, "send", silent(wiki, clock, []))
    began = clock.now
    with pytest.raises(UnreachableError, match="did not answer in time"):
        Session.open(Settings(), wait=clock.wait)
    assert clock.now - began < 60


def test_patience_is_whole_again_after_an_answer(
    wiki: MemoryWiki, pywikibot: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(Settings(), wait=clock.wait)
    answer, timeouts = wiki.send, list[float]()
    monkeypatch.setattr(wiki, "send", silent(wiki, clock, timeouts))
    with pytest.raises(UnreachableError):
        session.query(**QUESTION)
    monkeypatch.setattr(wiki, "send", answer)
    wiki.script(GOOD, **QUESTION)
    session.query(**QUESTION)
    monkeypatch.setattr(wiki, "send", silent(wiki, clock, timeouts))
    with pytest.raises(UnreachableError):
        session.query(**QUESTION)
    assert timeouts == pytest.approx([20, 17, 20, 17], abs=0.2)


def test_requests_keep_their_distance(wiki: MemoryWiki, pywikibot: Any, clock: Clock) -> None:
    pauses: list[float] = []
    session = Session.open(Settings(network=Network(between_reads=0.5)), wait=pauses.append)
    wiki.script(GOOD, GOOD, **QUESTION)
    session.query(**QUESTION)
    clock.now += 0.2
    session.query(**QUESTION)
    assert pauses == pytest.approx([0.5, 0.3])


def test_ctrl_c_while_waiting_passes(wiki: MemoryWiki, pywikibot: Any) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    session = Session.open(Settings(network=Network(between_reads=0)), wait=interrupted)
    wiki.script(Reply("", 503), **QUESTION)
    with pytest.raises(KeyboardInterrupt):
        session.query(**QUESTION)
    assert pywikibot.config.max_retries == 0


def test_a_redirect_to_another_address_is_one_more_request(wiki: MemoryWiki, session: Session) -> None:
    there = Reply("", 302, {"Location": "https://meta.wikimedia.org/wiki/Event:X"})
    wiki.on(lambda sent: Reply("<html>here</html>") if sent.path == "/wiki/Event:X" else None)
    wiki.script(there, title="Event:X")
    assert session.get_html("Event:X") == "<html>here</html>"
    assert session.requests["html"] == 2


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://meta.wikimedia.org/w/api.php?action=query", "api"),
        ("https://meta.wikimedia.org/w/rest.php/campaignevents/v0/event_registration/1", "rest"),
        ("https://meta.wikimedia.org/w/index.php?title=/w/api.php", "html"),
        ("https://meta.wikimedia.org/wiki/Event:X", "html"),
    ],
)
def test_the_kind_of_a_request_is_its_script(url: str, kind: str) -> None:
    assert kind_of(url) == kind


def test_an_error_names_no_parameters() -> None:
    assert place("https://meta.wikimedia.org/w/api.php?ususers=Ada") == "https://meta.wikimedia.org/w/api.php"


def post(session: Session) -> requests.Response:
    """Send something once, past Pywikibot."""
    return session._line.single().request("POST", session.api, data={"action": "edit"})


ONCE = [
    *[parameter for parameter in BUSY if not str(parameter.id).startswith(("maxlag", "ratelimited"))],
    pytest.param(HTML, None, id="HTML"),
    pytest.param(Reply(b'{"edit": {"resu', 200, {"Content-Type": "application/json"}), None, id="cut JSON"),
    pytest.param(Reply("", 500), None, id="a fatal error"),
    pytest.param(UnicodeError("x"), None, id="an error from below requests"),
]


@pytest.mark.parametrize(("trouble", "_waited"), ONCE)
def test_what_is_sent_once_is_never_repeated(
    wiki: MemoryWiki, session: Session, waits: list[float], trouble: Answer, _waited: object
) -> None:
    wiki.script(trouble, GOOD, action="edit")
    before = session.requests["api"]
    with pytest.raises(transport.GaveUpError) as raised:
        post(session)
    assert isinstance(raised.value.error, WikiError)
    assert len(wiki.asked(action="edit")) == session.requests["api"] - before == 1
    assert waits == []


SAID = [
    pytest.param(Reply({"error": {"code": "editconflict", "info": "x"}}), id="a conflict"),
    pytest.param(from_sample("maxlag_error"), id="maxlag"),
    pytest.param(Reply(from_sample("maxlag_error").body, 503), id="maxlag with its status"),
    pytest.param(Reply({"error": {"code": "ratelimited", "info": "x"}}, 429), id="ratelimited"),
    pytest.param(Reply({"error": {"code": "internal_api_error_DBQueryError", "info": "x"}}, 500), id="a failure"),
    pytest.param(Reply({"edit": {"result": "Success"}}), id="a success"),
]


@pytest.mark.parametrize("said", SAID)
def test_what_the_wiki_says_to_what_is_sent_once_is_for_the_sender(
    wiki: MemoryWiki, session: Session, waits: list[float], said: Reply
) -> None:
    wiki.script(said, GOOD, action="edit")
    assert post(session).json() == said.body
    assert waits == []


def test_what_is_sent_once_has_its_full_time_and_takes_none_from_others(
    wiki: MemoryWiki, pywikibot: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.open(Settings(), wait=clock.wait)
    timeouts: list[float] = []
    monkeypatch.setattr(wiki, "send", silent(wiki, clock, timeouts))
    with pytest.raises(UnreachableError):
        session.query(**QUESTION)
    with pytest.raises(transport.GaveUpError):
        post(session)
    assert timeouts == pytest.approx([20, 17, 20], abs=0.2)


def test_what_is_sent_once_shares_cookies_and_count(wiki: MemoryWiki, session: Session) -> None:
    line = session._line
    single = line.single()
    assert single.cookies is line.cookies
    assert single.adapters is line.adapters
    assert single.sent is line.sent
    wiki.script(Reply("", 503), GOOD, **QUESTION)
    assert session.query(**QUESTION)["query"] == {"logevents": []}, "the line itself is as patient as before"
