"""Servers that misbehave below HTTP, on real sockets: each is told in its time, and by a sentence."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Network, Settings
from bot.errors import AnswerError, UnreachableError, WikiError
from bot.read.session import Session

FAMILY = """
from pywikibot import family
class Family(family.SingleSiteFamily):
    name = "odd{port}"
    domain = "127.0.0.1:{port}"
    def protocol(self, code): return "http"
    def scriptpath(self, code): return "/w"
"""
HURRIED = Network(connect_timeout=1, read_timeout=0.15, retries=1, retry_wait=0.0, patience=0.25, between_reads=0)
Behaviour = Callable[[socket.socket], None]


def silence(_connection: socket.socket) -> None:
    """Take the question and never answer."""


def hang_up(connection: socket.socket) -> None:
    connection.close()


def no_http(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"220 mail.example.org ESMTP\r\n")
    connection.close()


def half_an_answer(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"query": ')
    connection.close()


def headers_and_silence(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")


def a_login_page(connection: socket.socket) -> None:
    connection.recv(65536)
    page = b"<html>Welcome to the hotel</html>"
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
    )
    connection.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], int]]:
    """Listen on a free port and treat every connection in one way."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []

    def start(behaviour: Behaviour) -> int:
        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                kept.append(connection)
                behaviour(connection)

        threading.Thread(target=accept, daemon=True).start()
        return int(listener.getsockname()[1])

    yield start
    listener.shutdown(socket.SHUT_RDWR)
    for open_ in (listener, *kept):
        open_.close()


@pytest.fixture
def open_at(pywikibot: Any, tmp_path: Path) -> Callable[[int], Session]:
    """Open a wiki on a port of this machine."""

    def open_(port: int) -> Session:
        file = tmp_path / f"odd{port}_family.py"  # a module is imported once
        file.write_text(FAMILY.format(port=port))
        pywikibot.config.family_files[f"odd{port}"] = str(file)
        return Session.open(Settings(site=f"odd{port}:odd{port}", network=HURRIED))

    return open_


ODD = [
    pytest.param(silence, UnreachableError, "did not answer in time", id="a black hole"),
    pytest.param(hang_up, UnreachableError, "broke off", id="hangs up"),
    pytest.param(no_http, UnreachableError, "broke off", id="not a web server"),
    pytest.param(half_an_answer, UnreachableError, "broke off", id="half an answer"),
    pytest.param(headers_and_silence, UnreachableError, "cannot be reached", id="starts and falls silent"),
    pytest.param(a_login_page, AnswerError, "text/html", id="the login page of a hotel"),
]


@pytest.mark.parametrize(("behaviour", "kind", "says"), ODD)
def test_a_server_that_misbehaves_is_told(
    serve: Callable[[Behaviour], int],
    open_at: Callable[[int], Session],
    behaviour: Behaviour,
    kind: type[WikiError],
    says: str,
) -> None:
    port = serve(behaviour)
    with pytest.raises(kind, match=says) as raised:
        open_at(port)
    assert f"http://127.0.0.1:{port}/w/api.php" in str(raised.value)


def test_nobody_listens(open_at: Callable[[int], Session]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UnreachableError, match="the connection was refused"):
        open_at(port)
