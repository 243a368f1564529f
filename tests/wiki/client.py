"""Asks a test wiki over plain HTTP, without Pywikibot and without the bot."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What came back; ``data`` is decoded JSON, or the text where it is none."""

    status: int
    data: Any


class Client:
    """A browser with its own cookies."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, **params: object) -> Answer:
        query = f"?{urllib.parse.urlencode(params)}" if params else ""
        return self._send(urllib.request.Request(self._url + urllib.parse.quote(path) + query))

    def post(self, path: str, **params: object) -> Answer:
        return self._send(urllib.request.Request(self._url + path, urllib.parse.urlencode(params).encode()))

    def api(self, **params: object) -> Any:
        return self.post("/w/api.php", format="json", formatversion=2, **params).data

    def login(self, name: str, password: str) -> str:
        """Log in by a password or a bot password (``name`` with ``@``); return the wiki's word for how it went."""
        token = self.api(action="query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
        return str(self.api(action="login", lgname=name, lgpassword=password, lgtoken=token)["login"]["result"])

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, _decoded(answer.read()))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _decoded(error.read()))


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode()
