"""Writes the Pywikibot base folders and the bot's settings file with which a sandbox is asked."""

from __future__ import annotations

from pathlib import Path

from tests.sandbox.install import BOT_PASSWORD

FAMILY = '''"""The test wiki on this machine."""
from pywikibot import family


class Family(family.SingleSiteFamily):
    """One wiki by plain http, on any port."""

    name = "trial"
    domain = "{domain}"

    def protocol(self, code):
        """Return http: there is no certificate for 127.0.0.1."""
        return "http"

    def scriptpath(self, code):
        """Return the path that the wiki's router serves."""
        return "/w"
'''
CONFIG = """family = mylang = "trial"
{login}put_throttle = minthrottle = maxthrottle = 0
max_retries = retry_wait = retry_max = 0
solve_captcha = False
"""
LOGIN = """usernames["trial"]["trial"] = "TestBot"
password_file = "user-password.py"
"""
SETTINGS = """# Settings of the bot for the test wiki.
site = "trial:trial"
contact = "test@example.org"
state_file = "{folder}/memory.json"

[network]
between_reads = 0.0
"""


def write(folder: Path, url: str) -> None:
    """Write ``pywikibot/`` (logs in as TestBot), ``pywikibot-anonymous/`` and ``eventsafety.toml`` into ``folder``."""
    for name, login in (("pywikibot", LOGIN), ("pywikibot-anonymous", "")):
        base = folder / name
        (base / "families").mkdir(parents=True, exist_ok=True)
        _private(base / "families" / "trial_family.py", FAMILY.format(domain=url.removeprefix("http://")))
        _private(base / "user-config.py", CONFIG.format(login=login))
        if login:
            _private(base / "user-password.py", f'("TestBot", BotPassword("test", "{BOT_PASSWORD}"))\n')
    (folder / "eventsafety.toml").write_text(SETTINGS.format(folder=folder), encoding="utf-8")


def _private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
