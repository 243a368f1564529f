"""A plan as JSON and back; refuses a file in which anything is not as it was shown."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from bot import escape
from bot.config import Limits
from bot.errors import BadInputError
from bot.plan.edits import SCHEMA, Input, Plan

_OWN = frozenset({"schema", "digest"})
_NO_PLAN = "{name} is not a plan of eventsafety: {why}; give the file that `eventsafety plan -o FILE` stored."


class _Head(msgspec.Struct):
    schema: str


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    schema: str
    digest: str
    site: str
    server: str
    user: str
    software: str
    read_at: datetime
    inputs: tuple[Input, ...]
    limits: dict[str, Limits]
    edits: list[dict[str, Any]]
    notes: tuple[str, ...]


def to_json(plan: Plan) -> str:
    """Return ``eventsafety/plan@1``: the plan, its digest, and for each edit the digests and the guard as well."""
    fields = msgspec.to_builtins(plan)
    for row, edit in zip(fields["edits"], plan.edits, strict=True):
        row |= {
            "guard": "createonly" if edit.creates else "nocreate",
            "old_digest": edit.old_digest,
            "new_digest": edit.new_digest,
        }
    document = {"schema": SCHEMA, "digest": plan.digest, **fields}
    return escape.json_text(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def from_json(data: bytes, name: str) -> Plan:
    """Return the plan that a file holds; raises BadInputError when it is no plan, or not the one that was made."""
    try:
        schema = msgspec.json.decode(data, type=_Head).schema
        if schema != SCHEMA:
            raise BadInputError(f"{name} holds {schema}, and this version reads {SCHEMA}: make a new plan.")
        fields = msgspec.to_builtins(msgspec.json.decode(data, type=_Stored))
        plan = msgspec.convert({key: value for key, value in fields.items() if key not in _OWN}, Plan)
        same = _exactly(data) == _exactly(to_json(plan))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BadInputError(_NO_PLAN.format(name=name, why=_why(data))) from error
    if not same:
        raise BadInputError(f"{name} was changed after the plan was made: its digest is not that of its content.")
    return plan


def _why(data: bytes) -> str:
    """Return what a file that holds no plan is instead."""
    if not data.strip():
        return "it is empty"
    try:
        document = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return "it holds no JSON that can be read, or its end is missing"
    if not isinstance(document, dict) or not isinstance(document.get("schema"), str):
        return 'it has no "schema" that says so'
    return "something in it is missing, or is not what a plan has there"


def _exactly(document: str | bytes) -> Any:
    """Return everything that a document says: keys in their order, those too that are given twice."""
    return json.loads(document, object_pairs_hook=tuple)
