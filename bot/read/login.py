"""Logging in without a prompt and without waste; knows passwords, and must never let one out.

Pywikibot itself would first ask the wiki which kinds of tokens there are, and then perhaps the person at the terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from bot.errors import AnswerError, LoginError


class _Tokens(msgspec.Struct):
    logintoken: str


class _TokenQuery(msgspec.Struct):
    tokens: _Tokens


class _TokenAnswer(msgspec.Struct):
    query: _TokenQuery


class _Outcome(msgspec.Struct):
    """``action=login`` says result and reason, ``action=clientlogin`` status and message."""

    result: str = ""
    status: str = ""
    reason: str = ""
    message: str = ""


def log_in(ask: Callable[..., dict[str, Any]], site: Any) -> None:
    """Log in with the password of the file that user-config.py names; ``ask`` sends one API request, twice in all.

    Raises LoginError, whose text says why and holds no password, and WikiError when the wiki does not answer.
    """
    from pywikibot.exceptions import NoUsernameError
    from pywikibot.login import ClientLoginManager

    try:
        manager = ClientLoginManager(site=site, user=site.username())
    except (OSError, ValueError, NoUsernameError) as error:
        raise LoginError(f"{error}.") from error
    if not manager.password:
        raise LoginError("the password_file of user-config.py has no password for this account.")
    try:
        outcome = _try(ask, manager.login_name, manager.password)
    except AnswerError as error:
        if not error.code:
            raise
        raise LoginError(f"the wiki refused it ({error.code}).") from error
    except msgspec.ValidationError as error:
        raise LoginError("the wiki's answer cannot be understood.") from error
    if outcome.status == "UI":
        raise LoginError("the wiki wants a second proof of who you are; use a bot password.")
    if "Success" not in outcome.result and outcome.status != "PASS":
        raise LoginError(outcome.reason or outcome.message or "the wiki did not accept the password.")
    manager.storecookiedata()


def _try(ask: Callable[..., dict[str, Any]], name: str, password: str) -> _Outcome:
    token = msgspec.convert(ask("query", meta="tokens", type="login"), _TokenAnswer).query.tokens.logintoken
    if "@" in name:  # a bot password
        return msgspec.convert(ask("login", lgname=name, lgpassword=password, lgtoken=token).get("login"), _Outcome)
    # The wiki wants an address to return to, although nobody is sent anywhere.
    fields = {"username": name, "password": password, "loginreturnurl": "https://example.org", "rememberMe": 1}
    return msgspec.convert(ask("clientlogin", logintoken=token, **fields).get("clientlogin"), _Outcome)
