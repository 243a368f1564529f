"""Results as JSON for other programs: the shapes that DESIGN calls ``eventsafety/<name>@<n>``; changes no value.

Every key is always there, null where there is nothing to say; times are UTC and end in "Z". Keys may be added; a change
that breaks a reader raises the number. schema/ holds the JSON Schema of each.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from bot import escape
from bot.model import (
    Agreed,
    Banlist,
    CheckResult,
    Decision,
    Event,
    Evidence,
    Excluded,
    Finding,
    Judged,
    Signups,
    Source,
    VerdictKind,
)
from bot.render import words

Json = Mapping[str, object]


def check(result: CheckResult) -> str:
    """Return ``eventsafety/check@1``."""
    counts = Counter(judged.verdict for judged in result.judged)
    agreed = Counter(judged.registrant.agreed for judged in result.judged)
    return _document(
        {
            "schema": "eventsafety/check@1",
            "event": _event(result.event),
            "sources": [_source(source) for source in result.sources],
            "registrants": [_judged(judged) for judged in result.judged],
            "unparsed": [
                {"title": line.title, "revid": line.revid, "line": line.line, "text": line.text, "why": line.why}
                for line in result.unparsed
            ],
            "coverage": {
                "registrants": result.coverage.registrants,
                "checked": result.coverage.checked,
                "private": result.coverage.private,
            },
            "requests": dict(result.requests),
            "summary": {kind.value: counts[kind] for kind in VerdictKind},
            "excluded": [_excluded(excluded) for excluded in result.excluded],
            "notes": list(result.notes),
            "unread": list(result.unread),
            "checked_at": words.utc(result.checked_at),
            "agreement": {state.value: agreed[state] for state in Agreed},
        }
    )


def signups(found: Signups) -> str:
    """Return ``eventsafety/signups@1``; no entry in "sections" means that no sign-up list was recognised."""
    return _document(
        {
            "schema": "eventsafety/signups@1",
            "registrants": [
                {
                    "name": registrant.name,
                    "line": registrant.origin.line,
                    "kind": registrant.origin.kind,
                    "section": registrant.origin.section,
                    "withdrawn": registrant.withdrawn,
                    "maybe": registrant.maybe,
                    "prefix": registrant.prefix,
                    "state": registrant.state.value,
                }
                for registrant in found.registrants
            ],
            "excluded": [_excluded(excluded) for excluded in found.excluded],
            "unparsed": [{"line": line.line, "text": line.text, "why": line.why} for line in found.unparsed],
            "sections": list(found.sections),
        }
    )


def banlist(found: Banlist) -> str:
    """Return ``eventsafety/banlist@1``; with anything in "unrecognised" the list must not be believed."""
    return _document(
        {
            "schema": "eventsafety/banlist@1",
            "entries": [
                {
                    "name": entry.name,
                    "line": entry.line,
                    "section": entry.section,
                    "authority": entry.authority,
                    "since": entry.since,
                }
                for entry in found.entries
            ],
            "ignored": [_excluded(ignored) for ignored in found.ignored],
            "unrecognised": [{"line": line.line, "text": line.text, "why": line.why} for line in found.unrecognised],
        }
    )


def doctor(findings: Sequence[Finding]) -> str:
    """Return ``eventsafety/doctor@1``."""
    return _document(
        {
            "schema": "eventsafety/doctor@1",
            "findings": [
                {"name": row.name, "state": row.state.value, "text": row.text, "advice": row.advice} for row in findings
            ],
        }
    )


def _event(event: Event) -> Json:
    return {
        "title": event.title,
        "id": event.id,
        "revid": event.revid,
        "start": words.utc(event.start),
        "end": words.utc(event.end),
        "in_person": event.in_person,
        "name": event.name,
        "is_test": event.is_test,
        "url": event.url,
    }


def _source(source: Source) -> Json:
    return {
        "id": source.id,
        "state": source.state.value,
        "title": source.title,
        "revid": source.revid,
        "entries": source.entries,
        "detail": source.detail,
        "kind": source.kind.value,
        "authority": source.authority,
        "severity": source.severity and source.severity.value,
        "visibility": source.visibility,
        "timestamp": words.utc(source.timestamp),
        "url": source.url,
    }


def _judged(judged: Judged) -> Json:
    registrant, origin = judged.registrant, judged.registrant.origin
    return {
        "name": registrant.name,
        "central_id": registrant.central_id,
        "verdict": judged.verdict.value,
        "withdrawn": registrant.withdrawn,
        "origin": {"kind": origin.kind, "title": origin.title, "revid": origin.revid, "line": origin.line},
        "evidence": [_evidence(evidence) for evidence in judged.evidence],
        "unknown": list(judged.unknown),
        "maybe": registrant.maybe,
        "prefix": registrant.prefix,
        "agreement": registrant.agreed.value,
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "source": evidence.source,
        "tier": evidence.tier.value,
        "severity": evidence.severity.value,
        "left": evidence.left,
        "right": evidence.right,
        "where": evidence.where,
        "text": evidence.text,
        "url": evidence.url,
        "facts": evidence.facts or None,
        "since": evidence.since or None,
        "until": evidence.until or None,
        "decision": evidence.decision and _decision(evidence.decision),
    }


def _decision(decision: Decision) -> Json:
    return {
        "flag": decision.flag,
        "status": decision.status.value,
        "by": decision.by,
        "revid": decision.revid,
        "when": words.utc(decision.when),
        "comment": decision.comment,
        "url": decision.url,
    }


def _excluded(excluded: Excluded) -> Json:
    return {"name": excluded.name, "line": excluded.line, "section": excluded.section, "why": excluded.why}


def _document(data: Json) -> str:
    return escape.json_text(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
