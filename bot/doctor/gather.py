"""Looks at the settings, the files beside them and the wiki; must not judge, and never stops at the first trouble."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot import memory, onwiki
from bot.check.gather import read_lists
from bot.config import Settings
from bot.doctor.facts import Clocks, Door, Facts, Wiki
from bot.errors import EventSafetyError
from bot.model import SiteInfo, Source
from bot.read import accounts, wiki
from bot.read.session import Session
from bot.tasks import local

T = TypeVar("T")

PASSWORD_FILES = ("user-password.py", "user-password.cfg")


def gather(settings: Settings | str, clock: Callable[[], datetime]) -> Facts:
    """Return the facts of this set-up; ``settings`` may be why there are none, ``clock`` gives our time in UTC."""
    python = sys.version_info[:3]
    if isinstance(settings, str):
        return Facts(python, settings, None, password_files(os.environ))
    return Facts(python, settings, _or_why(lambda: _wiki(settings, clock)), password_files(os.environ))


def password_files(environ: Mapping[str, str]) -> dict[str, int]:
    """Return the modes of Pywikibot's password files, in the folders where it looks for its settings."""
    folders = dict.fromkeys((Path(environ.get("PYWIKIBOT_DIR") or "."), Path.home() / ".pywikibot"))
    files = (folder / name for folder in folders for name in PASSWORD_FILES)
    return {str(file): stat.S_IMODE(file.stat().st_mode) for file in files if file.is_file()}


def _wiki(settings: Settings, clock: Callable[[], datetime]) -> Wiki:
    with Session.open(settings) as session:
        site = _or_why(lambda: wiki.site_info(session))
        return Wiki(
            name=session.name,
            user_agent=session.user_agent,
            username=session.username,
            rights=session.rights,
            site=site,
            clocks=_or_why(lambda: _clocks(session, clock)),
            accounts=_or_why(lambda: accounts.states(session, (), frozenset(settings.off)).sources),
            door=None if isinstance(site, str) else _or_why(lambda: _door(settings, session, site)),
            lists=site if isinstance(site, str) else _or_why(lambda: _lists(settings, session, site, clock())),
        )


def _door(settings: Settings, session: Session, site: SiteInfo) -> Door | None:
    """Return what is needed to write, None when nobody is logged in."""
    if session.username is None:
        return None
    stop = settings.writing.stop_page.replace("{bot}", session.username)
    wanted = {local(title, site): text for title, text in onwiki.templates().items()}
    pages = wiki.pages(session, (stop, *wanted), redirects=False).found
    text = pages[stop].text if stop in pages else None
    return Door(
        stop, text, tuple(title for title in wanted if title not in pages or pages[title].text != wanted[title])
    )


def _clocks(session: Session, clock: Callable[[], datetime]) -> Clocks:
    return Clocks(wiki.clock(session), clock())


def _lists(settings: Settings, session: Session, site: SiteInfo, now: datetime) -> tuple[Source, ...]:
    if settings.central_site in ("", settings.site):
        return _read_lists(settings, session, site, now)
    with Session.open(settings, settings.central_site) as central:
        return _read_lists(settings, central, wiki.site_info(central), now)


def _read_lists(settings: Settings, session: Session, site: SiteInfo, now: datetime) -> tuple[Source, ...]:
    pages = wiki.pages(session, [wanted.title for wanted in settings.wanted_lists()])
    return read_lists(session, site, pages, memory.load(_state_file(settings)), now=now).sources


def _state_file(settings: Settings) -> Path:
    return Path(settings.state_file) if settings.state_file else memory.default_path()


def _or_why(look: Callable[[], T]) -> T | str:
    try:
        return look()
    except EventSafetyError as error:
        return str(error)
