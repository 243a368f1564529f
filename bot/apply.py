"""The only place that saves: a plan, edit by edit, each looked at once more just before; decides nothing by itself.

What may be sent says ``plan.gate``, what an answer means says ``plan.outcomes``. Each edit is one look and one POST of
the full text, guarded by its base revision (or createonly), the account, the bot flag and the time of the plan. It is
never sent twice without a new look in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec

from bot.config import Writing
from bot.errors import ConfigError, LoginError, WikiError
from bot.journal import INTENT, OUTCOME, Journal, Record
from bot.model import SiteInfo
from bot.pace import Pace, Stopper
from bot.plan import gate, outcomes
from bot.plan.edits import Edit, Plan
from bot.plan.outcomes import Again, Answer, End, Outcome, outcome
from bot.read import before
from bot.read.session import Session

# Answers after which only the page itself can tell whether the edit is there; an unknown error may come after a save.
_UNSETTLED = frozenset({End.LOST, End.CONFLICT, End.EXISTS, End.MISSING, End.REFUSED})

# Ends that speak of what we write, not of the page: many in a row are a fault of ours.
_OUR_FAULT = frozenset({End.REFUSED, End.SPAM_LIST, End.TITLE_LIST, End.FILTERED, End.FILTER_WARNED})


class Consent(StrEnum):
    """What a person says of an edit that is shown: QUIT ends the run before it."""

    YES = "yes"
    NO = "no"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Door:
    """What every save goes through: the open wiki and what is known of it, pace, stopper, journal and consent.

    ``now`` gives the time in UTC. ``consent`` is asked before each edit that is still to be made; None: the plan as a
    whole was approved by its digest.
    """

    session: Session
    site: SiteInfo
    writing: Writing
    stop_page: str
    pace: Pace
    stopper: Stopper
    journal: Journal
    consent: Callable[[Edit], Consent] | None
    now: Callable[[], datetime]


def apply(plan: Plan, door: Door) -> Iterator[Outcome]:
    """Yield the outcome of each edit of ``plan`` in order, until one says that the run must not go on.

    Raises ConfigError when the journal cannot be written or Pywikibot only simulates.
    """
    saver = _Saver(plan, door)
    failures = filtered = 0
    for number, edit in enumerate(plan.edits, 1):
        ended = saver.save(number, edit)
        yield ended
        failures = failures + 1 if ended.end in _OUR_FAULT else 0
        filtered += ended.end in (End.FILTERED, End.FILTER_WARNED)
        # Two hits of an abuse filter are a pattern that its keepers should see before there are twenty.
        if not ended.meaning.goes_on or failures >= door.writing.failures or filtered > 1:
            return


class _Saver:
    """Saves the edits of one plan, one after the other."""

    def __init__(self, plan: Plan, door: Door) -> None:
        self._plan = plan
        self._digest = plan.digest
        self._door = door

    def save(self, number: int, edit: Edit) -> Outcome:
        """Save one edit, trying again as often as the settings say where that may help."""
        # A session kept in a cookie file may have been warned by a filter in an earlier run.
        ended = (self._renewed(edit) if number == 1 else None) or self._unwilling(edit) or self._attempt(number, edit)
        for _ in range(self._door.writing.retries):
            if ended.meaning.again is not Again.NOW or ended.wait > self._door.session.settings.network.longest_wait:
                break
            self._door.stopper.wait(max(ended.wait, self._door.writing.put_throttle))
            # The answer that was lost may have been a filter's warning, which the same session would override.
            ended = self._renewed(edit) or self._attempt(number, edit)
        self._note(OUTCOME, number, edit, ended)
        return ended

    def _unwilling(self, edit: Edit) -> Outcome | None:
        """Ask the person who is there, if the edit is still to be made; return that they do not want it."""
        if self._door.consent is None:
            return None
        seen = self._look(edit)
        if isinstance(seen, Outcome):
            return seen
        if ended := self._refused(edit, seen):
            return ended
        said = self._door.consent(edit)
        if said is Consent.QUIT:
            return outcome(edit, End.STOPPED, text="Stopped before this edit, as you said.")
        return outcome(edit, End.DECLINED) if said is Consent.NO else None

    def _attempt(self, number: int, edit: Edit) -> Outcome:
        """Wait, look, send the edit once, and find out what came of it."""
        self._door.stopper.wait(self._door.pace.seconds())
        if self._door.stopper.stopped:
            return outcome(edit, End.STOPPED, text="Stopped before this edit, as asked; apply the same plan to go on.")
        seen = self._look(edit)
        if isinstance(seen, Outcome):
            return seen
        if ended := self._refused(edit, seen):
            return ended
        self._note(INTENT, number, edit)
        self._door.pace.edited()
        ended = self._send(edit, seen.token)
        return self._settle(edit, ended) if ended.end in _UNSETTLED else ended

    def _renewed(self, edit: Edit) -> Outcome | None:
        """Begin a new session on the wiki; return why there can be none."""
        try:
            self._door.session.renew()
        except LoginError as error:
            return outcome(edit, End.SESSION_LOST, text=str(error))
        except WikiError as error:
            return outcome(edit, End.STOPPED, text=f"Stopped: the bot cannot log in. {error}")
        return None

    def _look(self, edit: Edit) -> gate.Seen | Outcome:
        """Look at the wiki, and log in once more if it does not know us; what cannot be read stops the run."""
        session, stop_page = self._door.session, self._door.stop_page
        try:
            seen = before.look(session, edit.title, stop_page)
            if seen.user != self._plan.user:
                session.renew()
                seen = before.look(session, edit.title, stop_page)
        except LoginError as error:
            return outcome(edit, End.SESSION_LOST, text=str(error))
        except WikiError as error:
            why = f"Stopped: whether the bot may go on cannot be read. {error}"
            return outcome(edit, End.STOPPED, text=why)
        return seen

    def _refused(self, edit: Edit, seen: gate.Seen) -> Outcome | None:
        """Return why the edit must not be sent, or that it need not be."""
        if seen.user != self._plan.user:
            why = f'The plan is for the account "{self._plan.user}", and the wiki sees "{seen.user}".'
            return outcome(edit, End.SESSION_LOST, text=why)
        if stop := gate.switches(edit, seen, self._door.stop_page):
            return stop
        if gate.moved_on(edit, seen):
            return self._what_came(edit)
        return gate.misread(edit, seen) or gate.unwanted(edit, self._door.site, self._plan.user)

    def _what_came(self, edit: Edit) -> Outcome:
        try:
            later, exists = before.after(self._door.session, edit.title, edit.base_revid)
        except WikiError as error:
            return outcome(edit, End.LOST, text=f"What happened to the page cannot be read. {error}")
        return gate.what_came(edit, later, self._plan.user, exists=exists)

    def _settle(self, edit: Edit, ended: Outcome) -> Outcome:
        """Find out whether an edit was saved whose answer does not say so."""
        seen = self._look(edit)
        if isinstance(seen, Outcome):
            return outcome(edit, End.LOST, code=ended.code)
        if gate.moved_on(edit, seen):
            return self._what_came(edit)
        # The base is as it was. Should the request still be under way, the base guards the page against a second.
        return outcome(edit, End.UNREACHABLE, code=ended.code) if ended.end is End.LOST else ended

    def _send(self, edit: Edit, token: str) -> Outcome:
        """POST the edit once; any answer that does not say what happened is LOST."""
        try:
            with self._door.session.single() as site:
                answer = _saving()(site=site, parameters=self._parameters(edit, token)).submit()
            return outcomes.of(msgspec.convert(answer, Answer), edit)
        except (WikiError, msgspec.MsgspecError, UnicodeError):
            return outcome(edit, End.LOST)

    def _parameters(self, edit: Edit, token: str) -> dict[str, Any]:
        guard = {"createonly": True} if edit.creates else {"nocreate": True, "baserevid": edit.base_revid}
        return {
            "action": "edit",
            "formatversion": 2,
            "title": edit.title,
            "text": edit.text,
            "md5": hashlib.md5(edit.text.encode(), usedforsecurity=False).hexdigest(),
            "summary": edit.summary,
            "minor" if edit.minor else "notminor": True,
            "bot": edit.bot,
            "tags": "|".join(edit.tags),
            "watchlist": "nochange",
            # A page that was deleted after the plan was read is not brought back (error pagedeleted).
            "starttimestamp": self._plan.read_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "assertuser": self._plan.user,
            "maxlag": self._door.writing.maxlag,
            "token": token,
            **guard,
        }

    def _note(self, what: str, number: int, edit: Edit, ended: Outcome | None = None) -> None:
        self._door.journal.write(
            Record(
                what=what,
                at=self._door.now(),
                plan=self._digest,
                site=self._plan.site,
                user=self._plan.user,
                number=number,
                title=edit.title,
                base=edit.base_revid,
                sha1=edit.new_digest,
                task=edit.task,
                end=ended.end.value if ended else "",
                revid=ended.revid if ended else None,
                code=ended.code if ended else "",
            )
        )


@cache
def _saving() -> Any:
    """Return the class of a request that is sent once; made late because Pywikibot is imported late."""
    import pywikibot
    from pywikibot.comms import http

    from bot.read.oneshot import one_shot

    class Saving(one_shot()):  # type: ignore[misc]  # Pywikibot has no types
        """Sends ``action=edit`` and returns the answer, errors included: Pywikibot would wait, repeat and override."""

        def submit(self) -> Any:
            if pywikibot.config.simulate:
                raise ConfigError("Pywikibot is told to simulate (-simulate), so nothing can be saved.")
            self["assert"] = "bot"  # the constructor forces "user" on every write
            self._add_defaults()
            _, uri, body, headers = self._get_request_params(use_get=False, paramstring=self._http_param_string())
            response = http.request(self.site, uri=uri, method="POST", data=body, headers=headers)
            return msgspec.json.decode(response.content)

    return Saving
