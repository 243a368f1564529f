"""The world that a test wiki shows: accounts, locks, blocks, pages, events; each change is done when its call returns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.sandbox.defaults import EVENT_FIELDS, FIRST_CENTRAL_ID, INTERWIKIS, WIKI, account_row
from tests.sandbox.steps import Steps, digits


class World(Steps):
    """The people, pages and events of one sandbox, and its switches."""

    def found(self) -> None:
        """Give a new wiki its interwiki prefixes."""
        with self.batch():
            here = f"{self._url}/wiki/$1"
            self._step("interwikis", prefixes={**INTERWIKIS, "m": here, "meta": here})

    # --- accounts

    def account(self, name: str, **how: Any) -> int:
        """Make one account as ``accounts`` does and return its central id."""
        return self.accounts([name], **how)[0]

    def accounts(
        self,
        names: Iterable[str],
        *,
        central: bool = True,
        local: bool = True,
        wikis: Sequence[str] = (),
        groups: Sequence[str] = (),
        registration: str = "20200501080000",
    ) -> list[int]:
        """Make accounts, with canonical names, that do not exist yet; return the central ids of all (0: none).

        ``local``: there is an account on this wiki; ``central``: there is a central one, attached to this wiki if there
        is a local one, and to ``wikis``. Both are the usual case. ``groups`` are those of the local account.
        """
        names = list(names)
        with self.batch():
            known = {account["name"]: account["id"] for account in self._data["accounts"]}
            fresh = [name for name in dict.fromkeys(names) if name not in known]
            for name in fresh if central else ():
                known[name] = self._next("account", FIRST_CENTRAL_ID)
                attached = [WIKI, *wikis] if local else list(wikis)
                self._data["accounts"].append(account_row(known[name], name, attached, registration))
            here = (fresh if central else names) if local else []
            if here:
                self._step("accounts", names=here, groups=list(groups), at=registration)
        return [known.get(name, 0) for name in names]

    def lock(self, name: str, reason: str = "Cross-wiki vandalism (sample)") -> int:
        """Lock a central account; return the log id."""
        return self._set_lock(name, locked=True, reason=reason)

    def unlock(self, name: str, reason: str = "Sample unlock") -> int:
        """Unlock a central account; return the log id."""
        return self._set_lock(name, locked=False, reason=reason)

    def hide(self, name: str, how: str = "suppressed") -> None:
        """Hide a central account, which is locked with it: "suppressed" (its local account too) or "hidden" (from lists)."""
        with self.batch():
            account = self._account(name)
            account["hidden"], account["locked"] = how, True
            if how == "suppressed" and WIKI in account["wikis"]:
                self._block_step(name, reason="Sample suppression", hide=True)

    def global_groups(self, name: str, groups: Sequence[str]) -> None:
        """Put a central account into these global groups, and out of all others."""
        with self.batch():
            self._account(name)["groups"] = list(groups)

    def delete_central(self, name: str) -> None:
        """Delete the central account and leave the local one, as stewards do to unmerge."""
        with self.batch():
            self._account(name)["deleted"] = True
            self._log_step("globalauth", "delete", f"User:{name}@global", {}, "Sample unmerge")

    def rename(self, old: str, new: str, reason: str = "Sample rename on request") -> None:
        """Rename an account everywhere; global blocks and lock log entries go on showing the old name."""
        with self.batch():
            account = self._account(old)
            account["name"] = new
            if WIKI in account["wikis"]:
                self._step("rename", name=old, to=new, reason=reason)
            params = {"4::olduser": old, "5::newuser": new, "movepages": True, "suppressredirects": None}
            self._log_step("gblrename", "rename", f"Special:CentralAuth/{new}", params, reason)

    def globally_block(
        self,
        name: str,
        *,
        expiry: str = "infinity",
        reason: str = "Long-term abuse (sample)",
        automatic: bool = False,
        at: str | None = None,
    ) -> int:
        """Block an account or an address globally; return the block's id. ``expiry``, ``at``: ISO times or "infinity"."""
        with self.batch():
            account = next((a["id"] for a in self._data["accounts"] if a["name"] == name and not a["deleted"]), None)
            block = self._next("block", 1)
            row = {
                "id": block,
                "account": account,
                "name": name,
                "by": "Steward",
                "bywiki": WIKI,
                "automatic": automatic,
            }
            self._data["blocks"].append({**row, "timestamp": at or self._now(), "expiry": expiry, "reason": reason})
            params = {"expiry": expiry if expiry == "infinity" else digits(expiry), "flags": []}
            self._log_step("gblblock", "gblock", f"User:{name}", params, reason, at=at)
        return block

    def block(
        self,
        name: str,
        *,
        pages: Sequence[str] = (),
        namespaces: Sequence[int] = (),
        expiry: str = "infinity",
        reason: str = "Harassment (sample)",
    ) -> int:
        """Block an account on this wiki; return the block's id. ``pages`` or ``namespaces`` make it a partial block."""
        return self._made(self._block_step, name, pages=pages, namespaces=namespaces, expiry=expiry, reason=reason)

    def unblock(self, name: str) -> None:
        """Lift the block on this wiki."""
        self._made(self._step, "unblock", name=name)

    def email(self, name: str, address: str = "somebody@example.org") -> None:
        """Give an account on this wiki a confirmed address; an empty one takes it away."""
        self._made(self._step, "email", name=name, address=address)

    def end_sessions(self, name: str) -> None:
        """Log an account out everywhere; its passwords stay good."""
        self._made(self._step, "sessions", name=name)

    # --- pages

    def page(
        self,
        title: str,
        text: str,
        *,
        user: str = "Other",
        summary: str = "Test",
        at: str | None = None,
        model: str | None = None,
    ) -> int:
        """Save a page; return its revision id (the present one when the text is the same).

        ``at``: 14 digits, UTC. ``model``: a content model other than the usual one of such a title.
        """
        return self._made(self._step, "page", title=title, text=text, user=user, summary=summary, at=at, model=model)

    def delete_page(self, title: str, *, at: str | None = None) -> None:
        """Delete a page. ``at``: 14 digits, UTC."""
        self._made(self._step, "delete", title=title, at=at)

    def protect(self, title: str, level: str = "sysop") -> None:
        """Let only those with the right ``level`` edit a page, or make it if there is none; "" lifts it."""
        self._made(self._step, "protect", title=title, level=level)

    def move_page(self, title: str, to: str, *, redirect: bool = True) -> None:
        """Move a page and its events."""
        with self.batch():
            self._step("move", title=title, to=to, redirect=redirect)
            for event in self._data["events"].values():
                event["pages"] = [to if page == title else page for page in event["pages"]]
                if event["fields"]["event_page"] == title:
                    event["fields"]["event_page"] = to

    def abuse_filter(self, rule: str, *, warn: bool = False, disallow: bool = False) -> int:
        """Make a filter in AbuseFilter's language and return its id; without a consequence it only logs."""
        actions = {"warn": ["abusefilter-warning"]} if warn else {}
        actions |= {"disallow": ["abusefilter-disallowed"]} if disallow else {}
        return self._made(self._step, "filter", rule=rule, actions=actions)

    # --- events

    def add_event(
        self,
        page: str,
        participants: Iterable[str] = (),
        private: Iterable[str] = (),
        *,
        organizers: Sequence[str] = ("Admin",),
        text: str | None = "Welcome.",
        translations: Sequence[str] = (),
        **fields: Any,
    ) -> int:
        """Open a registration on ``page`` and return its id.

        The page is saved with ``text`` (None: left alone). ``translations`` are language codes whose subpages belong to
        the event. ``fields`` are those of the REST answer. Accounts that do not exist yet are made.
        """
        with self.batch():
            event = self._next("event", 1)
            own = {"id": event, "name": page.partition(":")[2] or page, "event_page": page, "event_page_wiki": WIKI}
            self._data["events"][str(event)] = {
                "fields": {**EVENT_FIELDS, **own, **fields},
                "deleted": False,
                "pages": [page, *(f"{page}/{code}" for code in translations)],
                "organizers": [],
                "participants": [],
            }
            for title in self._data["events"][str(event)]["pages"] if text is not None else ():
                self._step("page", title=title, text=text, user="Other", summary="Test")
            for position, central_id in enumerate(self.accounts(organizers)):
                role = "organizer" if position else "creator"
                self._data["events"][str(event)]["organizers"].append([self._next("organizer", 3), central_id, role])
            self.register(event, participants)
            self.register(event, private, private=True)
        return event

    def register(self, event: int, names: Iterable[str], *, private: bool = False) -> None:
        """Register accounts for an event; one that was registered before keeps its old participant id."""
        with self.batch():
            rows = self._event(event)["participants"]
            gone = self._event(event).setdefault("gone", {})
            for central_id in self.accounts(names):
                old = next((row[0] for row in rows if row[1] == central_id), gone.pop(str(central_id), None))
                rows[:] = [row for row in rows if row[1] != central_id]
                rows.append([old or self._next("participant", 5), central_id, self._time(), int(private)])
            rows.sort()

    def unregister(self, event: int, names: Iterable[str]) -> None:
        """Cancel registrations, or let an organizer remove them: it looks the same."""
        with self.batch():
            ids = set(self.accounts(names))
            rows = self._event(event)["participants"]
            self._event(event).setdefault("gone", {}).update({str(row[1]): row[0] for row in rows if row[1] in ids})
            rows[:] = [row for row in rows if row[1] not in ids]

    def delete_event(self, event: int) -> None:
        """Delete a registration; its page stays."""
        with self.batch():
            self._event(event)["deleted"] = True

    def change_event(self, event: int, **fields: Any) -> None:
        """Change fields of the REST answer, e.g. ``status="closed"``."""
        with self.batch():
            self._event(event)["fields"].update(fields)

    # --- the wiki itself

    def switch(
        self, *, off: Sequence[str] = (), on: Sequence[str] = (), settings: Mapping[str, Any] | None = None
    ) -> None:
        """Set every switch anew; without arguments the wiki is as it was made.

        ``off``: "CentralAuth", "GlobalBlocking", "CampaignEvents", or a list or meta module such as "globalusers".
        ``on``: "globalblocks-strict" (an unknown target fails the whole request, as in newer code), "campaignevents-old"
        (fields of MediaWiki 1.43). ``settings``: PHP settings such as {"wgReadOnly": "Maintenance"}.
        """
        self._write("switches.json", {"off": list(off), "on": list(on), "settings": dict(settings or {})})

    def fault(
        self,
        match: str,
        *,
        status: int = 503,
        headers: Mapping[str, str] | None = None,
        body: str = "",
        delay: float = 0.0,
        skip: int = 0,
        times: int = 1,
    ) -> None:
        """Order a bad answer for requests whose "METHOD /path?query {post data}" holds ``match``.

        The first ``skip`` such requests are answered as usual, the next ``times`` get ``status`` (0: the usual answer,
        late by ``delay`` seconds).
        """
        path = self._folder / "faults.json"
        faults = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        ordered = {"match": match, "status": status, "headers": dict(headers or {}), "body": body}
        self._write("faults.json", [*faults, {**ordered, "delay": delay, "skip": skip, "times": times}])

    def _set_lock(self, name: str, *, locked: bool, reason: str) -> int:
        with self.batch():
            self._account(name)["locked"] = locked
            params = {"added": ["locked"] if locked else [], "removed": [] if locked else ["locked"]}
            position = len(self._steps)
            self._log_step("globalauth", "setstatus", f"User:{name}@global", params, reason)
        return int(self._results[position]) if self._depth == 0 else 0

    def _block_step(self, name: str, **how: Any) -> None:
        plain = {"pages": [], "namespaces": [], "expiry": "infinity", "hide": False}
        self._step("block", name=name, **{**plain, **how})
