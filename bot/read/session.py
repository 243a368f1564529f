"""An open wiki: one way to ask its API, its REST routes and its pages, each request counted and given up in time.

With its siblings the only module that knows Pywikibot. Between its own calls it leaves Pywikibot as it found it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

import msgspec
from requests import Response

from bot.config import Settings
from bot.errors import AnswerError, ConfigError, LoginError, NoSuchPageError, WikiError
from bot.read import environment, login
from bot.read.oneshot import never_ask, one_shot
from bot.read.transport import GaveUpError, Line, not_json, place

T = TypeVar("T")

LOW_LIMIT, HIGH_LIMIT = 50, 500

# The code of the AnswerError for a module or parameter that the wiki does not have.
UNRECOGNISED = "unrecognised"

# The API's actions that this room may use; logging in changes nothing on the wiki.
_READING = frozenset({"query", "paraminfo", "login", "clientlogin"})


class _RestError(msgspec.Struct, rename="camel"):
    error_key: str = ""


class Session:
    """A wiki open for reading; use ``Session.open`` in a ``with`` statement.

    ``requests`` counts every HTTP request really sent, by "api", "rest" and "html". ``limit`` is the number of values
    that one API request may hold for this account.
    """

    def __init__(self, settings: Settings, pywikibot: Any, site: str, wait: Callable[[float], None]) -> None:
        from pywikibot.comms import http

        self.name = site
        self.settings = settings
        self._pywikibot = pywikibot
        self._http = http
        self._line = Line(http.session, settings.network, wait)
        self._site = self._open_site()
        self._one_shot = one_shot()
        self._log_in()
        self.limit = HIGH_LIMIT if "apihighlimits" in self.rights else LOW_LIMIT

    @classmethod
    def open(
        cls, settings: Settings, site: str | None = None, *, wait: Callable[[float], None] = time.sleep
    ) -> Session:
        """Open ``site`` (Pywikibot's family:code, by default the settings' own), logged in if a user is configured.

        Raises ConfigError for a wiki that Pywikibot does not know or for a broken user-config.py, LoginError when a
        user is configured and cannot log in (it never asks for a password), WikiError when the wiki does not answer.
        """
        return cls(settings, environment.pywikibot(settings.contact), site or settings.site, wait)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing has to be closed: the connections are Pywikibot's."""

    @property
    def requests(self) -> Counter[str]:
        """How many requests were sent up to now."""
        return self._line.sent

    @property
    def username(self) -> str | None:
        """The account that is logged in, None for anonymous reading."""
        with self._in_charge():
            return str(self._site.username()) if self._site.logged_in() else None

    @property
    def rights(self) -> frozenset[str]:
        """The rights of the account, cut down to the grants of its bot password."""
        with self._in_charge():
            return frozenset(map(str, self._site.userinfo.get("rights", ())))

    @property
    def user_agent(self) -> str:
        """What the wiki sees as our name."""
        return str(self._http.user_agent(self._site))

    @property
    def holds_logs(self) -> bool:
        """Whether this is the wiki whose log ids and lists are meant."""
        return self.name == (self.settings.central_site or self.settings.site)

    def url(self, title: str, **parameters: str) -> str:
        """Return the address of a page for people."""
        script = self._site.base_url(self._site.path())
        return f"{script}?{urlencode({'title': title.replace(' ', '_'), **parameters}, safe=':/')}"

    def query(self, **parameters: object) -> dict[str, Any]:
        """Return the answer to one ``action=query``, with ``formatversion=2``; continues nothing.

        Raises AnswerError (with the API's code, or naming what came instead of JSON), BusyError, UnreachableError.
        """
        return self.ask("query", **parameters)

    def ask(self, action: str, **parameters: object) -> dict[str, Any]:
        """Return the answer to one request to the API that only reads."""
        if action not in _READING:
            raise ValueError(f"action={action} may write, and this only reads")
        everything = {"action": action, "formatversion": 2, "maxlag": self.settings.network.maxlag, **parameters}
        with self._in_charge():
            request = self._one_shot(
                site=self._site, throttle=False, use_get="login" not in action, parameters=everything
            )
            answer: dict[str, Any] = request.submit()
        self._refuse_unfiltered(answer)
        return answer

    def read(self, shape: type[T], **parameters: object) -> T:
        """Return the ``query`` part of an ``action=query`` as ``shape``; what the shape does not name is dropped.

        Raises AnswerError for an answer of another shape, and as ``query`` does.
        """
        return self.shaped(self.query(**parameters).get("query", {}), shape)

    def shaped(self, value: object, shape: type[T]) -> T:
        """Return a part of an answer as ``shape``; raises AnswerError naming the field that is not as expected."""
        try:
            return msgspec.convert(value, shape)
        except msgspec.ValidationError as error:
            raise AnswerError(f"{self.api} answered what cannot be understood: {error}.") from error

    def get_json(self, path: str, parameters: Mapping[str, str], shape: type[T]) -> T:
        """Return the JSON of a REST route (its path after ``rest.php/``) as ``shape``, dropping all other fields.

        Raises AnswerError with the answer's ``errorKey`` as code, BusyError, UnreachableError.
        """
        response = self._get(f"{self._site.scriptpath()}/rest.php/{path}", parameters)
        where = place(response.url)
        if not response.ok:
            raise _refused(response, where)
        try:
            return msgspec.json.decode(response.content, type=shape)
        except msgspec.ValidationError as error:
            raise AnswerError(f"{where} answered what cannot be understood: {error}.") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise AnswerError(not_json(response, where)) from error

    def get_html(self, title: str) -> str:
        """Return the HTML of a page as it is viewed, in English; redirects between pages are followed by the wiki.

        Raises NoSuchPageError for a page that does not exist, AnswerError for an answer that is no page.
        """
        response = self._get(self._site.path(), {"title": title, "uselang": "en"})
        where = place(response.url)
        if response.status_code == 404:
            raise NoSuchPageError(f'There is no page "{title}" at {where}.')
        if not response.ok or "html" not in response.headers.get("Content-Type", ""):
            came = response.headers.get("Content-Type", "something without a type")
            raise AnswerError(f"{where} answered {came} (HTTP {response.status_code}) where a page was expected.")
        return str(response.content, "utf-8", "replace")

    @property
    def api(self) -> str:
        """The address of the API, to name it in errors."""
        return str(self._site.base_url(self._site.apipath()))

    @contextmanager
    def single(self) -> Iterator[Any]:
        """Give Pywikibot's site for requests that are sent once, never repeated; they are counted like all others.

        For the one module that writes. Raises what WikiError says of a request without a usable answer.
        """
        with self._in_charge(self._line.single()):
            yield self._site

    def renew(self) -> None:
        """Begin a new session on the wiki: forget all cookies and log in; raises LoginError, WikiError.

        A session remembers more than who we are: AbuseFilter takes a second edit of a page in it as consent to its
        warning about the first.
        """
        if self._site.is_oauth_token_available():
            raise LoginError(
                "With OAuth the wiki keeps one session for ever, in which the warning of an abuse filter would be "
                "overridden by the next edit. Use a bot password to save pages."
            )
        self._http.cookie_jar.clear()
        del self._site.userinfo
        self._log_in()

    def _refuse_unfiltered(self, answer: Mapping[str, Any]) -> None:
        """Raise for an answer in which the wiki did not do what was asked; it says so only in a warning."""
        for module, warning in answer.get("warnings", {}).items():
            if "Unrecognized" in str(warning.get("warnings", "")):
                raise AnswerError(f"{self.api} did not understand what was asked of its module {module}.", UNRECOGNISED)

    def _get(self, path: str, parameters: Mapping[str, str]) -> Response:
        try:
            return self._line.get(
                self._site.base_url(path),
                params=dict(parameters),
                headers={"User-Agent": self.user_agent},
                verify=self._site.verify_SSL_certificate(),
            )
        except GaveUpError as error:
            raise error.error from error

    def _open_site(self) -> Any:
        known = self._pywikibot.exceptions
        with self._in_charge():
            try:
                return self._pywikibot.Site(self.name or ":")
            except (known.UnknownFamilyError, known.SiteDefinitionError, ValueError) as error:
                raise ConfigError(f'Pywikibot knows no wiki "{self.name}" (site is FAMILY:CODE): {error}.') from error

    def _log_in(self) -> None:
        """Log in if a user is configured and the cookies of an earlier run do not do."""
        site = self._site
        if not site.username() or site.logged_in():
            return
        try:
            with self._in_charge():
                if not site.is_oauth_token_available():
                    login.log_in(self.ask, site)
                    del site.userinfo
                accepted = site.userinfo["name"] == site.username()
        except LoginError as error:
            raise LoginError(f'Cannot log in as "{site.username()}" on {self.name}: {error}') from error
        if not accepted:
            raise LoginError(f'"{site.username()}" is not who is logged in on {self.name}: check user-config.py.')

    @contextmanager
    def _in_charge(self, line: Line | None = None) -> Iterator[None]:
        """Let Pywikibot use our line, without repeats or prompts of its own, and speak of its errors in our words."""
        pywikibot, http = self._pywikibot, self._http
        kept = http.session, pywikibot.config.max_retries, pywikibot.input
        http.session, pywikibot.config.max_retries, pywikibot.input = line or self._line, 0, never_ask
        try:
            yield
        except GaveUpError as error:
            raise error.error from error
        except pywikibot.exceptions.APIError as error:
            raise AnswerError(f"{self.api} refused the request: {error.code}.", error.code) from error
        except pywikibot.exceptions.Error as error:
            raise AnswerError(f"{self.name} cannot be read: {error}.") from error
        finally:
            http.session, pywikibot.config.max_retries, pywikibot.input = kept


def _refused(response: Response, where: str) -> WikiError:
    try:
        key = msgspec.json.decode(response.content, type=_RestError).error_key
    except (msgspec.DecodeError, UnicodeDecodeError):
        return AnswerError(not_json(response, where), f"http-{response.status_code}")
    reason = f"HTTP {response.status_code}" + (f", {key}" if key else "")
    return AnswerError(f"{where} refused the request: {reason}.", key or f"http-{response.status_code}")
