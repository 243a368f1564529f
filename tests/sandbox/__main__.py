"""The command behind scripts/sandbox."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from tests.sandbox import install, server
from tests.sandbox.errors import SandboxError
from tests.sandbox.sandbox import HOURS, Sandbox
from tests.sandbox.seed import seed

DEFAULT = Path(os.environ.get("EVENTSAFETY_SANDBOX") or server.ROOT / ".sandbox")
VERBS = {
    "up": "start the wiki (installs it the first time) and print its address",
    "seed": "fill it with the default events, accounts and lists, and keep that for reset",
    "reset": "put it back as it was after up or seed",
    "url": "print its address",
    "env": "print the shell lines that point Pywikibot and the bot at it",
    "down": "end its processes and remove its folder",
    "install": "install the Debian packages that are missing (as root)",
}


def main(argv: list[str]) -> int:
    """Do one verb; 0 done, 1 could not, 2 wrong usage."""
    options = _parser().parse_args(argv)
    sandbox = Sandbox(options.dir)
    try:
        print(_do(options.verb, sandbox, options))
    except SandboxError as error:
        print(f"scripts/sandbox: {error}", file=sys.stderr)
        return 1
    return 0


def _do(verb: str, sandbox: Sandbox, options: argparse.Namespace) -> str:
    if verb == "up":
        url = sandbox.up(options.port, options.hours)
        where = "" if sandbox.folder == Sandbox(DEFAULT).folder else f" --dir {shlex.quote(str(sandbox.folder))}"
        return f'{url}\nPoint the bot at it: eval "$(scripts/sandbox env{where})"'
    if verb == "down":
        return "Gone." if sandbox.down() else "There was nothing."
    if verb == "env":
        return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in sandbox.environment().items())
    if verb == "install":
        try:
            install.require()
            install.require_strace()
        except SandboxError:
            install.apt_install()
            install.require()
        return "The packages are installed."
    if verb == "seed":
        seed(sandbox.world)
        sandbox.keep()
    if verb == "reset":
        sandbox.reset()
    return sandbox.url


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/sandbox",
        description="A real MediaWiki on 127.0.0.1 for tests, in one folder.",
        epilog="\n".join(f"  {verb:8} {what}" for verb, what in VERBS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS, metavar="|".join(VERBS))
    parser.add_argument(
        "--dir", type=Path, default=DEFAULT, help="its folder (default: .sandbox, or $EVENTSAFETY_SANDBOX)"
    )
    parser.add_argument("--port", type=int, help="its port (default: a free one)")
    parser.add_argument("--hours", type=float, default=HOURS, help="stop by itself after this time (default: 8)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
