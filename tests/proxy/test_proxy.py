"""The proxy does to each request what was ordered, before a server that counts what reaches it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.proxy.proxy import ERROR_PAGE, Proxy
from tests.proxy.rules import Phase
from tests.sandbox.server import ROOT

LOST = (http.client.RemoteDisconnected, ConnectionResetError)


class Wiki(HTTPServer):
    """Answers every request with its number, its path and what was posted."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.bodies: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    server: Wiki

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.bodies.append(body)
        answer = f"{len(self.server.bodies)} {self.path} {body} {self.headers['Cookie']}".encode()
        self.send_response(302 if "moved" in self.path else 200)
        self.send_header("Location", f"{self.server.url}/there")
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def served() -> Iterator[Wiki]:
    with Wiki() as wiki:
        thread = threading.Thread(target=wiki.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield wiki
        wiki.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def running(served: Wiki) -> Iterator[Proxy]:
    with Proxy(served.url) as proxy:
        yield proxy


@pytest.fixture
def wiki(served: Wiki) -> Wiki:
    served.bodies.clear()
    return served


@pytest.fixture
def proxy(running: Proxy) -> Proxy:
    running.clear()
    return running


def ask(proxy: Proxy, path: str = "/w/api.php", body: str = "") -> tuple[int, str]:
    connection = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=10)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "c=3"}
        connection.request("POST" if body else "GET", path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_what_nobody_ordered_passes_unchanged(wiki: Wiki, proxy: Proxy) -> None:
    assert ask(proxy, "/a%20b?c=d%26e") == (200, "1 /a%20b?c=d%26e  c=3")
    assert ask(proxy, body="action=edit&text=x") == (200, "2 /w/api.php action=edit&text=x c=3")
    notes = proxy.requests()
    assert [(note.number, note.method, note.path, note.done) for note in notes] == [
        (1, "GET", "/a b", ""),
        (2, "POST", "/w/api.php", ""),
    ]
    assert notes[1].post == {"action": "edit", "text": "x"}
    assert proxy.requests('"text":"x"') == notes[1:]


def test_headers_pass_and_redirects_stay_with_the_proxy(wiki: Wiki, proxy: Proxy) -> None:
    connection = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=10)
    connection.request("GET", "/moved")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, f"{proxy.url}/there")
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]
    connection.close()


def test_drop_before_keeps_the_request_from_the_wiki(wiki: Wiki, proxy: Proxy) -> None:
    proxy.drop_before("edit")
    with pytest.raises(LOST):
        ask(proxy, body="action=edit")
    assert wiki.bodies == []
    assert proxy.requests()[0].done == "drop before"
    assert ask(proxy, body="action=edit")[0] == 200


def test_a_stray_request_arrives_when_nobody_waits_for_it_any_more(wiki: Wiki, proxy: Proxy) -> None:
    proxy.stray('"n":"1"', 0.3)
    began = time.monotonic()
    with pytest.raises(LOST):
        ask(proxy, body="n=1")
    assert time.monotonic() - began < 0.3
    assert ask(proxy, body="n=2")[0] == 200
    with pytest.raises(TimeoutError):
        proxy.idle(0.01)
    proxy.idle()
    assert wiki.bodies == ["n=2", "n=1"]


def test_drop_after_lets_the_wiki_act(wiki: Wiki, proxy: Proxy) -> None:
    proxy.drop_after("edit", skip=1)
    assert ask(proxy, body="action=edit")[0] == 200
    with pytest.raises(LOST):
        ask(proxy, body="action=edit&again=1")
    assert wiki.bodies == ["action=edit", "action=edit&again=1"]


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.DURING, Phase.AFTER])
def test_delay(wiki: Wiki, proxy: Proxy, phase: Phase) -> None:
    proxy.delay("x", 0.3, phase)
    began = time.monotonic()
    assert ask(proxy, "/x")[0] == 200
    late = time.monotonic() - began
    assert late < 0.3 if phase is Phase.AFTER else late >= 0.3


def test_truncate_promises_more_than_it_gives(wiki: Wiki, proxy: Proxy) -> None:
    proxy.truncate("x", 4)
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(proxy, "/x")
    assert caught.value.partial == b"1 /x"
    assert caught.value.expected == len(" c=3") + 1


@pytest.mark.parametrize(("keep_first", "answer"), [(False, "2 /x"), (True, "1 /x")])
def test_duplicate_asks_twice(wiki: Wiki, proxy: Proxy, answer: str, *, keep_first: bool) -> None:
    proxy.duplicate("x", keep_first=keep_first)
    assert ask(proxy, "/x")[1].startswith(answer)
    assert len(wiki.bodies) == 2
    assert len(proxy.requests()) == 1


@pytest.mark.parametrize(("phase", "reached"), [(Phase.BEFORE, 0), (Phase.DURING, 1)])
def test_a_gateway_answers_in_place_of_the_wiki(wiki: Wiki, proxy: Proxy, phase: Phase, reached: int) -> None:
    proxy.status("x", 503, phase, {"Retry-After": "7"}, times=2)
    assert [ask(proxy, "/x")[0] for _ in range(3)] == [503, 503, 200]
    assert len(wiki.bodies) == 2 * reached + 1


@pytest.mark.parametrize(("phase", "reached"), [(Phase.BEFORE, 0), (Phase.DURING, 1)])
def test_html_in_place_of_the_answer(wiki: Wiki, proxy: Proxy, phase: Phase, reached: int) -> None:
    proxy.html("x", phase)
    assert ask(proxy, "/x") == (200, ERROR_PAGE)
    assert len(wiki.bodies) == reached


@pytest.mark.parametrize(("phase", "reached"), [(Phase.BEFORE, 0), (Phase.DURING, 1)])
def test_json_in_place_of_the_answer(wiki: Wiki, proxy: Proxy, phase: Phase, reached: int) -> None:
    proxy.answer("x", {"error": {"code": "maxlag"}}, phase)
    assert ask(proxy, "/x") == (200, '{"error": {"code": "maxlag"}}')
    assert len(wiki.bodies) == reached


CLIENT = """
import sys, urllib.request
for number in range(3):
    urllib.request.urlopen(sys.argv[1]).read()
    print(number, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("phase", "reached", "told"), [(Phase.BEFORE, 1, ["0"]), (Phase.DURING, 2, ["0"]), (Phase.AFTER, 2, ["0", "1"])]
)
def test_kill_ends_the_client_at_the_request_that_was_named(
    wiki: Wiki, proxy: Proxy, phase: Phase, reached: int, told: list[str]
) -> None:
    proxy.pause("")  # until its number is known
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", CLIENT, f"{proxy.url}/x"], stdin=pipe, stdout=pipe, text=True
    ) as child:
        proxy.held()
        # Only now is its number known; the first request has yet to be counted.
        proxy.kill_at(2, child.pid, phase, 0.3 if phase is Phase.AFTER else 0.0)
        if phase is Phase.AFTER:  # the third request shall not come before the end
            proxy.pause("", skip=1)
        proxy.go()
        assert child.wait(10) == -signal.SIGKILL
        assert child.stdout
        assert child.stdout.read().split() == told
    assert len(wiki.bodies) == reached


def test_pause_holds_a_request_until_the_controller_says_go(wiki: Wiki, proxy: Proxy) -> None:
    proxy.pause("edit", skip=1)
    answers: list[int] = []
    bodies = ("action=edit&n=1", "action=edit&n=2")
    thread = threading.Thread(target=lambda: answers.extend(ask(proxy, body=body)[0] for body in bodies))
    thread.start()
    assert proxy.held().post["n"] == "2"
    assert (answers, len(wiki.bodies)) == ([200], 1)
    proxy.status("edit", 503, Phase.DURING)  # what is held meets later rules
    proxy.go()
    thread.join(10)
    assert (answers, wiki.bodies) == ([200, 503], list(bodies))


def test_what_is_held_when_all_is_forgotten_never_reaches_the_wiki(wiki: Wiki, proxy: Proxy) -> None:
    proxy.pause("edit")
    lost: list[Exception] = []

    def client() -> None:
        try:
            ask(proxy, body="action=edit")
        except LOST as error:
            lost.append(error)

    thread = threading.Thread(target=client)
    thread.start()
    proxy.held()
    proxy.clear()
    thread.join(10)
    assert (len(lost), wiki.bodies) == (1, [])


def test_nothing_held_is_said_so(proxy: Proxy) -> None:
    with pytest.raises(TimeoutError, match="No request was held"):
        proxy.held(0.05)


def test_clearing_forgets_orders_and_notes(wiki: Wiki, proxy: Proxy) -> None:
    proxy.drop_before("x")
    ask(proxy, "/y")
    proxy.clear()
    assert ask(proxy, "/x")[0] == 200
    assert [note.number for note in proxy.requests()] == [1]


def test_it_ends_with_its_controller(wiki: Wiki, tmp_path: Path) -> None:
    code = "import sys; from tests.proxy.proxy import Proxy; print(Proxy(sys.argv[1]).pid, flush=True); import os; os._exit(0)"
    done = subprocess.run([sys.executable, "-c", code, wiki.url], cwd=ROOT, capture_output=True, text=True, check=True)
    end = time.monotonic() + 5
    while time.monotonic() < end and _runs(int(done.stdout)):
        time.sleep(0.02)
    assert not _runs(int(done.stdout))


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_is_gone_when_its_block_ends(wiki: Wiki) -> None:
    with Proxy(wiki.url) as proxy:
        pid = proxy.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
