#!/usr/bin/env python3
"""Run a command of the bot on recorded answers of the test wiki, or record them; needs no network to replay.

    scripts/replay.py CASSETTE WORD…                 eventsafety WORD… from the answers in CASSETTE
    scripts/replay.py --record URL CASSETTE WORD…    the same on the test wiki at URL, keeping its answers

The wiki is always called demo.wiki.example: a recording must not hold the address at which it was made.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import vcr

from bot.cli import main as eventsafety

HOST = "demo.wiki.example"
FAMILY = """from pywikibot import family
class Family(family.SingleSiteFamily):
    name = 'demo'
    domain = '{host}'
    def protocol(self, code): return 'http'
    def scriptpath(self, code): return '/w'
"""
USER_CONFIG = """family = mylang = 'demo'
put_throttle = minthrottle = 0
"""
TOKEN = re.compile(rb'("\w*token\\?": ?\\?")[0-9a-f]{8,}(\+)')
UNWANTED = frozenset(
    ("set-cookie", "date", "server", "content-length", "x-request-id", "x-powered-by", "last-modified", "etag", "host")
)


def main(argv: list[str]) -> int:
    """Replay or record; returns the exit code of the command."""
    url = ""
    if argv[:1] == ["--record"]:
        url, argv = argv[1], argv[2:]
    if len(argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    cassette, words = Path(argv[0]), argv[1:]
    if not url and not cassette.exists():
        print(f"replay.py: there is no recording {cassette}; scripts/record makes them.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="eventsafety-replay-") as folder:
        _prepare(Path(folder), urlsplit(url).netloc or HOST)
        with _recorder(urlsplit(url).netloc).use_cassette(str(cassette)) as tape:
            code = _run(words)
            if not url and not tape.all_played:
                print("replay.py: not all recorded answers were asked for; record anew.", file=sys.stderr)
                return 1
    return code


def _prepare(folder: Path, host: str) -> None:
    (folder / "families").mkdir()
    (folder / "families" / "demo_family.py").write_text(FAMILY.format(host=host), encoding="utf-8")
    (folder / "user-config.py").write_text(USER_CONFIG, encoding="utf-8")
    (folder / "user-config.py").chmod(0o600)
    (folder / "settings.toml").write_text(
        f'site = "demo:demo"\nstate_file = "{folder}/memory.json"\nnetwork = {{between_reads = 0.0, retries = 0}}\n',
        encoding="utf-8",
    )
    os.environ["PYWIKIBOT_DIR"] = str(folder)
    os.environ["EVENTSAFETY_CONFIG"] = str(folder / "settings.toml")
    os.environ.pop("EVENTSAFETY_SITE", None)


def _recorder(netloc: str) -> vcr.VCR:
    def request(sent: Any) -> Any:
        if netloc:
            sent.uri = sent.uri.replace(netloc, HOST)
        return sent

    def response(answer: dict[str, Any]) -> dict[str, Any]:
        kept = {name: value for name, value in answer["headers"].items() if name.lower() not in UNWANTED}
        body = TOKEN.sub(rb"\1SCRUBBED\2", answer["body"]["string"])
        if netloc:  # an anonymous reader is called by the address it reads from
            body = body.replace(netloc.encode(), HOST.encode()).replace(b"127.0.0.1", b"192.0.2.1")
        return {**answer, "headers": kept, "body": {"string": body}}

    return vcr.VCR(
        record_mode="all" if netloc else "none",
        match_on=["method", "scheme", "host", "port", "path", "query", "body"],
        filter_headers=["cookie", "authorization", "user-agent", "connection", "accept", "content-length"],
        before_record_request=request,
        before_record_response=response,
        decode_compressed_response=True,
    )


def _run(words: list[str]) -> int:
    sys.argv = ["eventsafety", *words]
    try:
        eventsafety()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
