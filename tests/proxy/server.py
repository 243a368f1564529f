"""The proxy's own process: serves until its controller, at the other end of standard input, ends or says so.

It must not know what the requests are for. Controlled by lines of JSON, ``[name, argument]``, each answered by one.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from tests.proxy.rules import Deed, Phase, Rule, Rules, Seen, seen

WIKI_SECONDS = 60.0
PASS = Rule("", Deed.WAIT, Phase.BEFORE)
NOT_PASSED_ON = frozenset({"connection", "content-length", "date", "host", "keep-alive", "server", "transfer-encoding"})


class Answer(NamedTuple):
    """An answer in full."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Board:
    """What the threads of the server share: the rules, the notes, and the request that is held."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held, self._go = threading.Event(), threading.Event()
        self._open, self._ended = 0, threading.Condition(self._lock)
        self._waiting: Seen | None = None
        self.clear(None)

    def clear(self, _: object) -> None:
        """Forget rules and notes, count from 1 again, and drop what is held."""
        with self._lock:
            self._rules, self._notes = Rules(), list[Seen]()
            self._round = object()
        self.go(None)

    def rule(self, fields: Mapping[str, Any]) -> None:
        """Take a rule."""
        with self._lock:
            self._rules.add(Rule(**{**fields, "deed": Deed(fields["deed"]), "phase": Phase(fields["phase"])}))

    def requests(self, _: object) -> list[dict[str, Any]]:
        """Return all notes."""
        with self._lock:
            return [dataclasses.asdict(note) for note in self._notes]

    def held(self, seconds: float) -> dict[str, Any] | None:
        """Return the request that is held, waiting for one; None when none comes."""
        if not self._held.wait(seconds) or self._waiting is None:
            return None
        return dataclasses.asdict(self._waiting)

    def go(self, _: object) -> None:
        """Let the held request go on."""
        self._held.clear()
        self._go.set()

    def note(self, method: str, target: str, kind: str, body: bytes) -> tuple[Seen, Rule]:
        """Note a request and return what is to be done to it."""
        with self._lock:
            note = seen(len(self._notes) + 1, method, target, kind, body)
            rule = self._rules.take(note.text)
            note = dataclasses.replace(note, done=f"{rule.deed} {rule.phase}" if rule else "")
            self._notes.append(note)
            self._open += 1
            if rule and rule.deed is Deed.PAUSE:
                self._go.clear()
            return note, rule or PASS

    def end(self) -> None:
        """Note that nothing more will be done to a request."""
        with self._lock:
            self._open -= 1
            self._ended.notify_all()

    def idle(self, seconds: float) -> bool:
        """Return whether nothing is under way any more, waiting for it."""
        with self._ended:
            return self._ended.wait_for(lambda: not self._open, seconds)

    def next(self, note: Seen) -> Rule:
        """Return what is to be done to a request that was held."""
        with self._lock:
            return self._rules.take(note.text) or PASS

    def hold(self, note: Seen) -> bool:
        """Return when the controller says go; False when it forgot the request instead."""
        self._waiting, here = note, self._round
        self._held.set()
        self._go.wait()
        return here is self._round


class Server(ThreadingHTTPServer):
    """Listens on a free port of 127.0.0.1 for the wiki at ``port``."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.wiki, self.board = f"127.0.0.1:{port}", Board()
        self.own = f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when somebody hung up, which whoever is killed does."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One request, its rule and its answer; every answer ends its connection."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Serve as any other method."""
        self.do_GET()

    def do_GET(self) -> None:
        """Serve a request."""
        self.close_connection = True
        self.sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        note, rule = self.server.board.note(self.command, self.path, self.headers.get_content_type(), self.sent)
        try:
            with suppress(HTTPException):
                self._serve(note, rule)
        finally:
            self.server.board.end()

    def log_message(self, *_: object) -> None:
        """Keep quiet: the notes say all."""

    def _serve(self, note: Seen, rule: Rule) -> None:
        answer: Answer | None = None
        for phase in Phase:
            if phase is Phase.DURING:
                answer = self._forward()
            if phase is Phase.AFTER and answer:
                self._deliver(answer)
            if phase is not rule.phase:
                continue
            if rule.deed is Deed.STRAY:
                self._hang_up(rule)
            time.sleep(rule.seconds)
            if rule.deed is Deed.PAUSE:
                if self.server.board.hold(note):
                    self._serve(note, self.server.board.next(note))
                return
            if rule.deed is Deed.DUPLICATE:
                second = self._forward()
                answer = answer if rule.keep_first else second
            elif rule.deed is Deed.STRAY:
                self._forward()
                return
            elif rule.deed is not Deed.WAIT:
                self._end(rule, answer)
                return

    def _hang_up(self, rule: Rule) -> None:
        if rule.pid:
            os.kill(rule.pid, signal.SIGKILL)
        self.connection.shutdown(socket.SHUT_RDWR)

    def _end(self, rule: Rule, answer: Answer | None) -> None:
        """Do what leaves nothing to be done."""
        if rule.deed is Deed.KILL:
            with suppress(ProcessLookupError):
                os.kill(rule.pid, signal.SIGKILL)
        elif rule.deed is Deed.REPLACE:
            self._deliver(Answer(rule.status, list(rule.headers.items()), rule.body.encode()))
        elif rule.deed is Deed.TRUNCATE and answer:
            self._deliver(answer, rule.size)

    def _forward(self) -> Answer:
        """Ask the wiki and return its whole answer."""
        wiki = HTTPConnection(self.server.wiki, timeout=WIKI_SECONDS)
        try:
            wiki.putrequest(self.command, self.path, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in NOT_PASSED_ON:
                    wiki.putheader(name, value)
            wiki.putheader("Content-Length", str(len(self.sent)))
            wiki.putheader("Connection", "close")
            wiki.endheaders(self.sent)
            answer = wiki.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            wiki.close()

    def _deliver(self, answer: Answer, size: int | None = None) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value.replace(self.server.wiki, self.server.own))
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body[:size])
        self.wfile.flush()


def main(argv: list[str]) -> int:
    """Serve for the wiki at port ``argv[0]``; the first line of standard output is our own port."""
    server = Server(int(argv[0]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    for line in sys.stdin:
        name, argument = json.loads(line)
        print(json.dumps(getattr(server.board, name)(argument)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
