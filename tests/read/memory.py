"""A wiki in memory behind a requests adapter: scripted answers, and a log of everything that was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from urllib3.response import HTTPResponse

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Any:
    """Return the answer of a recorded sample."""
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))["response"]


@dataclass(frozen=True)
class Sent:
    """One request: the script's path and the parameters of address and body together."""

    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        """Return the values of a parameter, whichever separator was used."""
        text = self.params.get(name, "")
        return text[1:].split("\x1f") if text.startswith("\x1f") else text.split("|") if text else []


@dataclass(frozen=True)
class Reply:
    """One answer; a str or bytes body is sent as it is, anything else as JSON."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def from_sample(name: str) -> Reply:
    """Return a recorded answer with its status and headers."""
    recorded = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return Reply(recorded["response"], recorded["status"], recorded["response_headers"])


Answer = Reply | Exception | None
Rule = Callable[[Sent], Answer]


class MemoryWiki(requests.adapters.BaseAdapter):
    """Asks its rules, the newest first, until one answers; knows userinfo, siteinfo and paraminfo by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []
        self.user: dict[str, Any] = {"id": 0, "name": "192.0.2.7", "anon": True, "groups": ["*"], "rights": ["read"]}
        self.modules = ["globalusers", "globaluserinfo", "globalblocks"]
        self.rules: list[Rule] = [self._basics]

    def on(self, rule: Rule) -> None:
        """Put a rule before the others."""
        self.rules.insert(0, rule)

    def script(self, *answers: Answer, **params: str) -> None:
        """Give these answers, one after the other, to requests with these parameters; then rules below answer."""
        waiting = list(answers)

        def rule(sent: Sent) -> Answer:
            matches = all(sent.params.get(key) == value for key, value in params.items())
            return waiting.pop(0) if waiting and matches else None

        self.on(rule)

    def asked(self, **params: str) -> list[Sent]:
        """Return the requests with these parameters."""
        return [sent for sent in self.sent if all(sent.params.get(key) == value for key, value in params.items())]

    def send(self, request: requests.PreparedRequest, *_args: object, **_kwargs: object) -> requests.Response:
        """Answer one request, or lose it as the rule wishes."""
        parts = urlsplit(request.url or "")
        body = request.body.decode() if isinstance(request.body, bytes) else request.body or ""
        params = dict(parse_qsl(parts.query, keep_blank_values=True) + parse_qsl(body, keep_blank_values=True))
        sent = Sent(parts.path, params, dict(request.headers))
        self.sent.append(sent)
        answer = next((found for rule in self.rules if (found := rule(sent)) is not None), None)
        if isinstance(answer, Exception):
            raise answer
        assert answer is not None, f"nobody answers {sent}"
        return _response(request, answer)

    def close(self) -> None:
        """Nothing is open."""

    def _basics(self, sent: Sent) -> Answer:
        if sent.params.get("meta") == "userinfo":
            return Reply({"batchcomplete": True, "query": {"userinfo": self.user}})
        if sent.params.get("action") == "paraminfo":
            asked = [module.partition("+")[2] for module in sent.values("modules")]
            return Reply({"paraminfo": {"modules": [{"name": name} for name in asked if name in self.modules]}})
        if sent.params.get("meta") == "siteinfo":
            query: dict[str, Any] = {"extensions": [{"name": "CampaignEvents"}]}
            for name in ("siteinfo_general_extensions", "siteinfo_namespaces", "siteinfo_specialpagealiases"):
                query |= sample(name)["query"]
            return Reply({"batchcomplete": True, "query": query})
        return None


def _response(request: requests.PreparedRequest, answer: Reply) -> requests.Response:
    plain = isinstance(answer.body, str | bytes)
    content = answer.body if plain else json.dumps(answer.body, ensure_ascii=False)
    response = requests.Response()
    response.status_code, response.url, response.request = answer.status, request.url or "", request
    default = "text/html; charset=UTF-8" if plain else "application/json; charset=utf-8"
    response.headers.update({"Content-Type": default, **answer.headers})
    response.raw = HTTPResponse(
        BytesIO(content.encode() if isinstance(content, str) else content), preload_content=False
    )
    return response


@dataclass
class Account:
    """An account of the invented world; ``central_id`` None: local only, ``local`` False: on other wikis only."""

    name: str
    central_id: int | None
    locked: int | bool = False
    registration: str = "2020-01-01T00:00:00Z"
    local: bool = True
    attached_to: int | None = None
    groups: Sequence[str] = ("*", "user")
    block: Mapping[str, Any] | None = None
    global_block: Mapping[str, Any] | None = None


class Accounts:
    """Rules that answer for accounts as the recorded samples do, traps included."""

    def __init__(self, wiki: MemoryWiki, *accounts: Account) -> None:
        self.by_name = {account.name: account for account in accounts}
        self.limit = 50
        self.nosuchuser = False  # newer GlobalBlocking refuses a whole batch for one unknown name
        self.most_rows = 10_000  # a smaller number cuts an answer short
        self.renames: list[dict[str, Any]] = []
        wiki.on(self.answer)

    def rename(self, old: str, new: str, logid: int, timestamp: str, kind: str = "renameuser") -> None:
        """Write a row into a rename log."""
        title = f"User:{old}" if kind == "renameuser" else f"Special:CentralAuth/{new}"
        params = {"olduser": old, "newuser": new}
        row = {"logid": logid, "ns": 2 if kind == "renameuser" else -1, "title": title, "type": kind, "params": params}
        self.renames.append({**row, "timestamp": timestamp})

    def answer(self, sent: Sent) -> Answer:
        """Answer one request of the modules that tell about accounts."""
        modules = [*sent.values("list"), *(["globaluserinfo"] if sent.params.get("meta") == "globaluserinfo" else [])]
        query: dict[str, Any] = {}
        more: dict[str, Any] = {}
        for module in modules:
            names = next((sent.values(key) for key in ("ususers", "gususers", "bgtargets") if module in _OF[key]), [])
            if len(names) > self.limit:
                return Reply({"error": {"code": "toomanyvalues", "info": "Too many values", "limit": self.limit}})
            found = getattr(self, f"_{module}")(sent, list(dict.fromkeys(names)))
            if isinstance(found, Reply):
                return found
            query[module] = found[: self.most_rows] if isinstance(found, list) else found
            if isinstance(found, list) and len(found) > self.most_rows:
                more["continue"] = {"gususers": sent.params.get("gususers", ""), "continue": "-||"}
        return Reply({"batchcomplete": True, "query": query, **more}) if query else None

    def _users(self, _sent: Sent, names: list[str]) -> list[dict[str, Any]]:
        rows = [self._local(name) for name in names]
        return sorted(rows, key=lambda row: "invalid" not in row)

    def _local(self, name: str) -> dict[str, Any]:
        account = self.by_name.get(name)
        if "<" in name:
            return {"name": name, "invalid": True}
        if account is None or not account.local:
            return {"name": name, "missing": True}
        attached = account.attached_to if account.attached_to is not None else account.central_id or 0
        by_name = attached or account.central_id or 0
        ids = {"centralids": {"CentralAuth": by_name, "local": 7}, "attachedlocal": {"CentralAuth": attached > 0}}
        return {"userid": 7, "name": name, "groups": list(account.groups), **ids, **(account.block or {})}

    def _globalusers(self, _sent: Sent, names: list[str]) -> list[dict[str, Any]]:
        return [self._central(name) for name in names]

    def _central(self, name: str) -> dict[str, Any]:
        account = self.by_name.get(name)
        if "<" in name:
            return {"name": name, "invalid": True}
        if account is None or account.central_id is None:
            return {"name": name, "missing": True}
        logid = {"locklogid": account.locked} if account.locked is not True and account.locked else {}
        known = {"centralid": account.central_id, "name": name, "registration": account.registration}
        return {**known, "locked": bool(account.locked), **logid}

    def _globaluserinfo(self, sent: Sent, _names: list[str]) -> dict[str, Any] | Reply:
        account = self.by_name.get(sent.params["guiuser"])
        if "<" in sent.params["guiuser"]:
            return from_sample("globaluserinfo_invalid")
        if account is None or account.central_id is None:
            return {"missing": True}
        row = {"id": account.central_id, "name": account.name, "registration": account.registration}
        return {**row, "locked": True} if account.locked else row

    def _globalblocks(self, _sent: Sent, names: list[str]) -> list[dict[str, Any]] | Reply:
        if self.nosuchuser and any(self.by_name.get(n) is None or not self.by_name[n].central_id for n in names):
            return Reply({"error": {"code": "nosuchuser", "info": "There is no user by this name."}})
        known = [self.by_name[name] for name in names if name in self.by_name and self.by_name[name].central_id]
        return [{"target": a.name, **a.global_block} for a in known if a.global_block]

    def _logevents(self, sent: Sent, _names: list[str]) -> list[dict[str, Any]]:
        return [r for r in self.renames if r["type"] == sent.params["letype"] and r["title"] == sent.params["letitle"]]


_OF = {"ususers": ["users"], "gususers": ["globalusers"], "bgtargets": ["globalblocks"]}
