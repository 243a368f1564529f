"""Pywikibot's request, sent once and exactly as given: its waiting, probing and prompting stay out of the way."""

from __future__ import annotations

from functools import cache
from typing import Any

from bot.errors import AnswerError, LoginError


@cache
def one_shot() -> Any:
    """Return the class; made late because Pywikibot may only be imported late."""
    from pywikibot.data import api

    class OneShot(api.Request):  # type: ignore[misc]  # Pywikibot has no types
        """Sends exactly what it was given, once."""

        def wait(self, *_delay: object, **_context: object) -> None:
            """Stop: whoever asked has a budget of its own."""
            code = self.last_error.get("code") or "no usable answer"
            raise AnswerError(f"{self.site.base_url(self.site.apipath())} cannot answer now: {code}.", str(code))

        def _userinfo_query(self, _result: object) -> bool:
            """Take the answer as it is: Pywikibot would log in and ask again until it is whom it expects."""
            return False

        def _add_defaults(self) -> None:
            """Add only the format: Pywikibot would ask for the list of extensions first, and for userinfo each time."""
            self["format"] = "json"

    return OneShot


def never_ask(*_args: object, **_kwargs: object) -> str:
    """Stand in for ``pywikibot.input``, which would wait at a terminal that may not be there."""
    raise LoginError(
        "Pywikibot wants to ask for a password or a code. Put a bot password into the password_file that "
        "user-config.py names, or remove the user name from user-config.py to read without an account."
    )
