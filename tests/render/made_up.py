"""A made-up check result with one of everything, and a way to put hostile text into every part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.model import (
    BanEntry,
    Banlist,
    CheckResult,
    Coverage,
    Decision,
    Event,
    Evidence,
    Excluded,
    Judged,
    NameState,
    Origin,
    Registrant,
    Severity,
    Signups,
    Source,
    SourceKind,
    SourceState,
    Status,
    Tier,
    Unparsed,
    VerdictKind,
)

API = Origin("campaignevents")


def same(text: str) -> str:
    """Leave a text as it is."""
    return text


def result(word: Callable[[str], str] = same) -> CheckResult:
    """Return a result; ``word`` is called on every text that can come from a wiki or a file."""
    page = word("Event:Learning Clinic/Participants")
    signed = Origin("signature", title=page, revid=872, line=14, section=word("Participants"))
    return CheckResult(
        event=Event(
            title=word("Event:Learning Clinic"),
            id=12,
            revid=871,
            start=datetime(2026, 12, 24, 13, tzinfo=UTC),
            end=datetime(2026, 12, 24, 14, tzinfo=UTC),
            in_person=False,
            name=word("Learning Clinic: sources, মূল and 出典"),
            url="https://meta.example.org/wiki/Event:Learning_Clinic",
        ),
        sources=(
            Source(
                "wmf-global-bans",
                SourceKind.LIST,
                "wmf",
                Severity.BAN,
                SourceState.OK,
                title=word("WMF Global Ban Policy/List"),
                revid=640,
                timestamp=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
                entries=41,
                url="https://meta.example.org/wiki/Special:PermanentLink/640",
            ),
            Source(
                "globally-banned-users",
                SourceKind.LIST,
                "community",
                Severity.BAN,
                SourceState.OK,
                title=word("List of globally banned users"),
                revid=700,
                timestamp=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
                entries=12,
                url="https://meta.example.org/wiki/Special:PermanentLink/700",
            ),
            Source(
                "global-lock", SourceKind.ACCOUNT, "stewards", Severity.LOCK, SourceState.OK, detail="list=globalusers"
            ),
            Source("global-block", SourceKind.ACCOUNT, "stewards", Severity.GLOBAL_BLOCK, SourceState.OFF),
            Source("local-block", SourceKind.ACCOUNT, "admins", None, SourceState.OK, detail="list=users"),
        ),
        judged=(
            Judged(
                Registrant(word("Quiet Harbour"), API, central_id=5),
                VerdictKind.FLAG,
                (
                    Evidence(
                        "wmf-global-bans",
                        Tier.RENAMED,
                        Severity.BAN,
                        word("Quiet Harbour"),
                        word("Loud Harbour"),
                        word("WMF Global Ban Policy/List, revision 640, line 7"),
                        word(
                            '"Quiet Harbour" is on the list "WMF Global Ban Policy/List" as "Loud Harbour" (line 7, by the '
                            'Wikimedia Foundation, since 8 February 2026). "Loud Harbour" was renamed to "Quiet Harbour" (log 23).'
                        ),
                        "https://meta.example.org/wiki/Special:PermanentLink/640",
                    ),
                    Evidence(
                        "global-lock",
                        Tier.IDENTICAL,
                        Severity.LOCK,
                        word("Quiet Harbour"),
                        word("Quiet Harbour"),
                        "log 8",
                        word(
                            '"Quiet Harbour" is globally locked: it cannot log in. A lock alone is not a ban (log 8).'
                        ),
                        "https://meta.example.org/wiki/Special:Log?logid=8",
                    ),
                ),
            ),
            Judged(
                Registrant(word("محمد الميناء"), signed, central_id=6, withdrawn=True),
                VerdictKind.FLAG,
                (
                    Evidence(
                        "global-lock",
                        Tier.IDENTICAL,
                        Severity.LOCK,
                        word("محمد الميناء"),
                        word("محمد الميناء"),
                        "log 9",
                        word('"محمد الميناء" is globally locked: it cannot log in. A lock alone is not a ban (log 9).'),
                        "https://meta.example.org/wiki/Special:Log?logid=9",
                        since=word("2026-08-01T09:05:00Z"),
                        decision=Decision(
                            "vteshyk8e7",
                            Status.CONFIRMED,
                            word("Steward Ina"),
                            4711,
                            datetime(2026, 11, 20, 23, 59, 0, tzinfo=UTC),
                            "70fd39e7c88f",
                            word("seen | it"),
                            "https://meta.example.org/wiki/Special:Diff/4711",
                        ),
                    ),
                ),
                (word("The wiki gave no answer about local blocks."),),
            ),
            Judged(
                Registrant(word("出典の港"), API, central_id=7),
                VerdictKind.REVIEW,
                (
                    Evidence(
                        "local-block",
                        Tier.IDENTICAL,
                        Severity.PARTIAL_BLOCK,
                        word("出典の港"),
                        word("出典の港"),
                        "block 2",
                        word(
                            '"出典の港" is blocked from parts of this wiki only, which says little about an event (block 2).'
                        ),
                    ),
                ),
            ),
            Judged(
                Registrant(None, API, central_id=8, why_unnamed="The name is hidden by the wiki."),
                VerdictKind.UNKNOWN,
                unknown=("The name is hidden by the wiki.",),
            ),
            Judged(
                Registrant(word("198.51.100.7"), signed, state=NameState.IP, maybe=True),
                VerdictKind.UNKNOWN,
                unknown=("This entry was signed by an IP address, which cannot be checked.",),
            ),
            Judged(Registrant(word("সবুজ নদী"), API, central_id=9), VerdictKind.CLEAR),
            Judged(
                Registrant(word("Willow Quill"), signed, central_id=10, prefix=word("w:de"), maybe=True),
                VerdictKind.CLEAR,
            ),
        ),
        unparsed=(
            Unparsed(19, word("# {{user|}} I will be there ~~~~"), title=page, revid=872),
            Unparsed(3, word("12;Heron;x"), why=word("the cell for the user name is empty")),
        ),
        excluded=(Excluded(word("Tindle"), 2, word("named in prose"), word("About")),),
        coverage=Coverage(registrants=7, checked=5, private=9),
        requests={"api": 9, "rest": 2, "html": 1},
        checked_at=datetime(2026, 11, 21, 1, 2, 3, tzinfo=UTC),
        notes=(word("The event page redirects to this one."),),
        unread=(word('The text of the page "Event:Clinic/Participants" is hidden or is not wikitext.'),),
    )


def bad_day() -> CheckResult:
    """Return the same check on a day on which a list was not understood and the blocks of the wiki did not come."""
    good = result()
    gaps = (
        'The source "List of globally banned users" could not be used (unrecognised): a section was not found.',
        "The source local-block could not be used (failed): the wiki did not answer.",
    )
    failed = {"globally-banned-users": SourceState.UNRECOGNISED, "local-block": SourceState.FAILED}
    return replace(
        good,
        sources=tuple(replace(s, state=failed.get(s.id, s.state), detail=f"Detail of {s.id}.") for s in good.sources),
        judged=tuple(
            replace(
                j,
                unknown=(*j.unknown, *gaps),
                verdict=VerdictKind.UNKNOWN if j.verdict is VerdictKind.CLEAR else j.verdict,
            )
            for j in good.judged
        ),
        coverage=Coverage(registrants=7, checked=0, private=None),
        unparsed=(),
    )


def signups(word: Callable[[str], str] = same) -> Signups:
    """Return what a sign-up page might give."""
    section = word("Participants")
    return Signups(
        registrants=(
            Registrant(word("Gorse Hill"), Origin("signature", line=5, section=section)),
            Registrant(word("出典の港"), Origin("user_link", line=6, section=section), withdrawn=True),
            Registrant(
                word("Plover 3"), Origin("interwiki_link", line=10, section=section), prefix=word("w:de"), maybe=True
            ),
        ),
        excluded=(Excluded(word("Tindle"), 2, word("named in prose"), word("About")),),
        unparsed=(Unparsed(19, word("# {{user|}} I will be there ~~~~")),),
        sections=(section,),
    )


def banlist(word: Callable[[str], str] = same) -> Banlist:
    """Return what a list page might give, with a line that was not understood."""
    section = word("Currently banned by the community")
    return Banlist(
        entries=(
            BanEntry(word("Sour Almanac"), 5, section, "community", word("14 April 2016")),
            BanEntry(word("Grim Lantern"), 12, word("Currently banned by the Wikimedia Foundation"), "wmf"),
        ),
        ignored=(Excluded(word("Honest Mistake"), 17, word("request failed, not banned"), section),),
        unrecognised=(Unparsed(21, word("* and somebody else")),),
    )


RESULT = result()
SIGNUPS = signups()
BANLIST = banlist()
EMPTY = CheckResult(
    event=Event(title="Event:Nobody yet"),
    sources=(),
    judged=(),
    unparsed=(),
    excluded=(),
    coverage=Coverage(registrants=0, checked=0, private=0),
    requests={},
    checked_at=datetime(2026, 11, 21, tzinfo=UTC),
)
BAD_DAY = bad_day()
