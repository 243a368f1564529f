"""Brings Pywikibot in without its side effects: no stray folders, no prompt, no password in a log; asks no wiki.

Importing Pywikibot reads ``sys.argv``, makes ``~/.pywikibot``, and without a ``user-config.py`` takes the current
folder for its cache. The log at its levels DEBUG and VERBOSE holds request bodies, passwords and tokens included.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bot
from bot import escape
from bot.errors import ConfigError


def pywikibot(contact: str = "") -> Any:
    """Return the module, imported at the first call; inside a script run by ``pwb`` it is there and keeps its settings.

    Raises ConfigError for a ``user-config.py`` that cannot be used.
    """
    ours = "pywikibot" not in sys.modules
    if ours:
        with _sheltered():
            try:
                import pywikibot as module
            except (Exception, SystemExit) as error:
                raise ConfigError(f"Pywikibot's user-config.py cannot be used: {error}.") from error
    else:
        module = sys.modules["pywikibot"]
    _quiet(module, ours=ours)
    _introduce(module, contact, ours=ours)
    return module


@contextmanager
def _sheltered() -> Iterator[None]:
    """Hide our own arguments from Pywikibot, and give it a temporary folder if the user has none for it."""
    argv, environ = sys.argv, dict(os.environ)
    sys.argv = argv[:1]
    if not _has_user_config():
        folder = Path(_shelter())
        (folder / "user-config.py").touch(mode=0o600)
        os.environ["PYWIKIBOT_DIR"] = str(folder)
        os.environ["PYWIKIBOT_NO_USER_CONFIG"] = "2"
    try:
        yield
    finally:
        sys.argv = argv
        for name in ("PYWIKIBOT_DIR", "PYWIKIBOT_NO_USER_CONFIG"):
            os.environ.pop(name, None)
            if name in environ:
                os.environ[name] = environ[name]


def _has_user_config() -> bool:
    """Tell whether Pywikibot will find a user-config.py, in the places where it looks."""
    folders = [
        os.environ.get("PYWIKIBOT_DIR"),
        ".",
        os.environ.get("PYWIKIBOT_DIR_PWB"),
        str(Path.home() / ".pywikibot"),
    ]
    return any(folder and (Path(folder) / "user-config.py").is_file() for folder in folders)


def _shelter() -> str:
    """Make a folder that goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="eventsafety-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    return folder.name


def _quiet(module: Any, *, ours: bool) -> None:
    """Keep request bodies out of every log, and hostile text out of the terminal; inside pwb its handlers stay."""
    module.bot.init_handlers()
    logger = logging.getLogger("pywiki")
    if not any(isinstance(known, _Door) for known in logger.filters):
        logger.addFilter(_Door())
    if ours:
        logger.handlers[:] = [logging.NullHandler()]
        logger.setLevel(logging.INFO)
        logger.propagate = True


class _Door(logging.Filter):
    """Lets no request body out, and no control or bidi character."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; False drops it."""
        if record.levelname in ("DEBUG", "VERBOSE"):
            return False
        lines = record.getMessage().split("\n")
        record.msg, record.args = "\n".join(escape.terminal(line) for line in lines), ()
        return True


def _introduce(module: Any, contact: str, *, ours: bool) -> None:
    """Put our name, version and contact into the user agent; inside pwb beside the script's own."""
    name = f"eventsafety/{bot.__version__}"
    config = module.config
    if ours:
        config.user_agent_format = f"{name} ({{script_comments}}) {{pwb}} {{python}} {{http_backend}}"
        wanted = contact
    else:
        wanted = f"{name} ({contact})" if contact else name
    said = config.user_agent_description or ""
    if wanted not in said:
        config.user_agent_description = f"{said}; {wanted}" if said else wanted
