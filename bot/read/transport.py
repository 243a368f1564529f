"""One HTTP request, patiently: counts what is sent, waits when asked to, gives up in time; ignores what is read.

Pywikibot would wait 22 minutes for a dead wiki. Its documented way out is to put another ``requests.Session`` in its
place: this one, which serves our own requests too, so that both obey one budget and are counted together.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests

from bot.config import Network
from bot.errors import AnswerError, BusyError, UnreachableError, WikiError

# What a wiki that has used up our patience still gets: seconds for a single try.
LAST_CHANCE = 2.0

_BUSY_STATUS = frozenset({429, 503})
_BROKEN_GATEWAY = frozenset({502, 504})
_BUSY_CODES = frozenset({"maxlag", "ratelimited"})
_NO_ANSWER = (
    requests.exceptions.Timeout,
    requests.exceptions.ConnectionError,
    requests.exceptions.ChunkedEncodingError,
)


class GaveUpError(ConnectionError):
    """Carries ``error`` through Pywikibot, which lets a builtin ConnectionError pass at once and would retry others."""

    def __init__(self, error: WikiError) -> None:
        super().__init__(str(error))
        self.error = error


class _ApiError(msgspec.Struct):
    code: str = ""
    info: str = ""


class _Envelope(msgspec.Struct):
    """What every answer of api.php has around its content, in both format versions."""

    error: _ApiError | None = None
    warnings: dict[str, dict[str, msgspec.Raw]] = {}
    query: dict[str, msgspec.Raw] = {}


def kind_of(url: str) -> str:
    """Return "api", "rest" or "html", by the script that the address names."""
    path = urlsplit(url).path
    if path.endswith("/api.php"):
        return "api"
    return "rest" if "/rest.php/" in path else "html"


def place(url: str) -> str:
    """Return an address without its parameters, which may name people."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


class Line(requests.Session):
    """A requests session that shares cookies and adapters with ``inner`` and adds patience.

    ``sent`` counts every request really sent, redirects and repeats included. ``wait`` gets seconds; a
    KeyboardInterrupt passes through it. Raises GaveUpError only.
    """

    def __init__(self, inner: requests.Session, network: Network, wait: Callable[[float], None] = time.sleep) -> None:
        super().__init__()
        self.adapters, self.cookies = inner.adapters, inner.cookies
        self.max_redirects = 5
        self.sent: Counter[str] = Counter()
        self._network = network
        self._wait = wait
        self._lost = 0.0
        self._last_sent = float("-inf")
        self._once = False

    def single(self) -> Line:
        """Return a line that tries once and waits for nothing, whatever was lost before; it counts for this one."""
        line = Line(self, self._network, self._wait)
        line.sent, line._once = self.sent, True
        return line

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request (requests comes here for each redirect too), counted and not too soon after the last."""
        pause = self._last_sent + self._network.between_reads - time.monotonic()
        if pause > 0:
            self._wait(pause)
        self._last_sent = time.monotonic()
        self.sent[kind_of(request.url or "")] += 1
        return super().send(request, **kwargs)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request until it is answered, at most ``retries`` times more; the patience is one for all requests."""
        last = 0 if self._once or self._spent() else self._network.retries
        attempt = -1
        while True:
            attempt += 1
            outcome, pause = self._try(method, url, *args, **kwargs)
            if isinstance(outcome, requests.Response):
                self._lost = 0.0
                return outcome
            if pause is None:
                pause = self._network.retry_wait * 2**attempt
            if attempt >= last or pause > self._network.longest_wait or self._spent(pause):
                raise GaveUpError(outcome)
            self._wait(pause)
            self._lost += pause

    def _try(
        self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any
    ) -> tuple[requests.Response | WikiError, float | None]:
        where = place(str(url))
        began = time.monotonic()
        try:
            response = super().request(method, url, *args, **kwargs | {"timeout": self._timeout()})
        except _NO_ANSWER as error:
            self._lost += time.monotonic() - began
            return UnreachableError(f"{where} cannot be reached: {_why(error)}."), None
        except (OSError, ValueError) as error:  # every other error of requests, and what it lets through from below
            raise GaveUpError(AnswerError(f"{where} cannot be read: {type(error).__name__}.")) from error
        # Pywikibot would remember it for later requests, and cannot read a date in it.
        asked = _seconds(response.headers.pop("Retry-After", None))
        return _judge(response, where, asked, once=self._once), asked

    def _spent(self, more: float = 0.0) -> bool:
        return self._lost + more >= self._network.patience

    def _timeout(self) -> tuple[float, float]:
        left = max(self._network.patience - self._lost, LAST_CHANCE)
        return min(self._network.connect_timeout, left), min(self._network.read_timeout, left)


def _why(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate was not accepted"
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ReadTimeout):
        return "it did not answer in time"
    text = str(error)
    if "NameResolutionError" in text or "getaddrinfo" in text:
        return "there is no server of this name, or no network"
    return "the connection was refused" if "refused" in text else "the connection broke off"


def _seconds(retry_after: str | None) -> float | None:
    """Return the seconds of a Retry-After header, which is a number or a date; None when there is none to obey."""
    if retry_after is None:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _judge(
    response: requests.Response, where: str, asked: float | None, *, once: bool
) -> requests.Response | WikiError:
    """Return an answer that can be used, or an error that another try may cure; raises for any other.

    ``once``: whoever sent it wants to see the API's own errors.
    """
    status = response.status_code
    envelope = _envelope(response) if kind_of(response.url) == "api" else None
    code = envelope.error.code if envelope and envelope.error else ""
    if once and code:
        return response
    if status in _BUSY_STATUS or code in _BUSY_CODES:
        wish = "" if asked is None else f" and asks to wait {asked:.0f} seconds"
        return BusyError(f"{where} is too busy to answer ({code or f'HTTP {status}'}){wish}; try again later.")
    if status in _BROKEN_GATEWAY:
        return UnreachableError(f"{where} cannot be reached: its gateway says HTTP {status}.")
    if kind_of(response.url) == "api":
        _refuse_bad_api_answer(response, where, envelope)
    return response


def _envelope(response: requests.Response) -> _Envelope | None:
    try:
        return msgspec.json.decode(response.content, type=_Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _refuse_bad_api_answer(response: requests.Response, where: str, envelope: _Envelope | None) -> None:
    if envelope is None:
        raise GaveUpError(AnswerError(not_json(response, where)))
    if envelope.error and response.status_code >= 500:
        raise GaveUpError(AnswerError(f"{where} failed: {envelope.error.code}.", envelope.error.code))


def not_json(response: requests.Response, where: str) -> str:
    """Return a sentence that says what came where JSON was expected."""
    came = response.headers.get("Content-Type", "").partition(";")[0] or "something without a type"
    if "json" in came:
        came = "damaged or unexpected JSON"
    return f"{where} answered {came} (HTTP {response.status_code}) where a wiki's JSON was expected."
