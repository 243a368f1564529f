"""From facts to verdicts: what is known of each registrant, and what could not be known; knows no wiki and no clock.

Laws: only the same account makes a FLAG (a central id, a canonical name, a rename log); a likeness is a REVIEW. What
was not answered is UNKNOWN, never CLEAR. A graver verdict hides no milder cause: every piece of evidence and every gap
is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.match import sentences
from bot.match.exemptions import facts_digest
from bot.match.hints import Hinted, Hints
from bot.match.likeness import Match
from bot.match.mixed import MixedWord
from bot.model import (
    ACCOUNT_GAP,
    AccountState,
    BanEntry,
    Evidence,
    Existence,
    Judged,
    NameState,
    NotKnown,
    Registrant,
    Rename,
    Restriction,
    Severity,
    Source,
    SourceKind,
    SourceState,
    Tier,
    VerdictKind,
)

# Evidence of this source is no source's word: it is what the name itself shows.
NAME_FORM = "name-form"

_FACT_TIERS = frozenset({Tier.IDENTICAL, Tier.RENAMED})


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read, for all registrants and all list entries together.

    ``states`` is keyed by canonical name and holds registrants, listed names and the new names of renamed ones;
    ``renames`` maps a name that no longer exists to the steps that lead to the present one; ``unattached`` maps
    (prefix, name) of registrants named through another wiki to the reason why the global account may be another's.
    """

    sources: Sequence[Source]
    entries: Sequence[BanEntry]
    states: Mapping[str, AccountState]
    renames: Mapping[str, tuple[Rename, ...]] = field(default_factory=dict)
    unattached: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Listing:
    """A list entry with the steps by which its account got its present name (none: it still has the listed one)."""

    entry: BanEntry
    steps: tuple[Rename, ...]


@dataclass(frozen=True, slots=True)
class _Account:
    """The account behind a name as given, as it is today, and the steps from that name to the present one."""

    given: str
    name: str
    state: AccountState | None
    steps: tuple[Rename, ...]


class Judge:
    """Holds the facts of one run, indexed once; ``judge`` then costs the same for every registrant."""

    def __init__(self, facts: Facts, hints: Hints | None = None) -> None:
        self._facts = facts
        self._hints = hints
        self._sources = {source.id: source for source in facts.sources}
        self._gaps = tuple(_source_gaps(facts.sources))
        self._bad_sources = tuple(s.id for s in facts.sources if s.state not in (SourceState.OK, SourceState.OFF))
        self._by_name: dict[str, list[_Listing]] = defaultdict(list)
        self._by_id: dict[int, list[_Listing]] = defaultdict(list)
        for entry in facts.entries:
            self._index(entry)

    def judge(self, registrant: Registrant) -> Judged:
        """Return the verdict on one registrant with all evidence, gravest first, and all gaps."""
        if registrant.name is None:
            unknown = (sentences.unnamed(registrant), *self._gaps)
            gaps = (ACCOUNT_GAP, *self._bad_sources)
            return Judged(registrant, VerdictKind.UNKNOWN, unknown=unknown, gaps=gaps, central_id=registrant.central_id)
        account = self._account(registrant.name)
        listings = self._listings(registrant, account)
        central_id = registrant.central_id or (account.state.central_id if account.state else None)
        hinted = self._hinted(registrant.state, account, listings, central_id)
        evidence = sorted(
            (
                *(self._listed(account, listing) for listing in listings),
                *self._restricted(account),
                *(self._likeness(match, central_id) for match in hinted.matches),
                *(_mixed(registrant.name, word) for word in hinted.mixed),
            ),
            key=_gravity,
        )
        missed = tuple(self._unknown(registrant, account))
        unknown = (*dict.fromkeys(why for _, why in missed), *self._gaps)
        return Judged(
            registrant,
            verdict_of(evidence, unknown),
            tuple(evidence),
            unknown,
            hinted.remarks,
            gaps=tuple(dict.fromkeys((*(source for source, _ in missed), *self._bad_sources))),
            central_id=central_id,
            exists=account.state is not None and account.state.existence is Existence.EXISTS,
            missing=account.state is not None and account.state.existence is Existence.MISSING,
        )

    def _index(self, entry: BanEntry) -> None:
        account = self._account(entry.name)
        listing = _Listing(entry, account.steps)
        for name in dict.fromkeys((entry.name, account.name)):
            self._by_name[name].append(listing)
        if account.state is not None and account.state.central_id:
            self._by_id[account.state.central_id].append(listing)

    def _account(self, name: str) -> _Account:
        state = self._facts.states.get(name)
        steps = self._facts.renames.get(name, ())
        if not steps or (state is not None and state.existence is Existence.EXISTS):
            return _Account(name, name, state, ())
        return _Account(name, steps[-1].new, self._facts.states.get(steps[-1].new), steps)

    def _listings(self, registrant: Registrant, account: _Account) -> tuple[_Listing, ...]:
        """Return the entries of this very account, each once."""
        ids = (registrant.central_id, account.state.central_id if account.state else None)
        hits = [hit for name in (account.given, account.name) for hit in self._by_name.get(name, ())]
        hits += [hit for central_id in ids if central_id for hit in self._by_id.get(central_id, ())]
        return tuple(dict.fromkeys(hits))

    def _listed(self, account: _Account, listing: _Listing) -> Evidence:
        steps = () if listing.entry.name == account.given else (*listing.steps, *account.steps)
        source = self._sources[listing.entry.source]
        return Evidence(
            source=source.id,
            tier=Tier.RENAMED if steps else Tier.IDENTICAL,
            severity=source.severity or Severity.BAN,
            left=account.given,
            right=listing.entry.name,
            where=sentences.list_place(source, listing.entry),
            text=sentences.listed(account.given, source, listing.entry, steps),
            url=source.url,
            since=listing.entry.since,
            until=listing.entry.until,
        )

    def _hinted(
        self, state: NameState, account: _Account, listings: Sequence[_Listing], central_id: int | None
    ) -> Hinted:
        if self._hints is None or state in (NameState.TEMPORARY, NameState.IP):
            return Hinted()
        names = tuple(dict.fromkeys((account.given, account.name)))
        return self._hints.about(names, central_id, frozenset(listing.entry for listing in listings))

    def _likeness(self, match: Match, central_id: int | None) -> Evidence:
        source = self._sources[match.entry.source]
        return Evidence(
            source=source.id,
            tier=match.tier,
            severity=source.severity or Severity.BAN,
            left=match.name,
            right=match.entry.name,
            where=sentences.list_place(source, match.entry),
            text=match.text,
            url=source.url,
            facts=facts_digest(central_id, match.name, match.entry) if central_id else "",
        )

    def _restricted(self, account: _Account) -> Iterable[Evidence]:
        for source_id, fact in account.state.facts.items() if account.state else ():
            if isinstance(fact, Restriction):
                yield Evidence(
                    source=source_id,
                    tier=Tier.RENAMED if account.steps else Tier.IDENTICAL,
                    severity=fact.severity,
                    left=account.given,
                    right=account.name,
                    where=fact.where,
                    text=sentences.restricted(account.name, fact, account.steps),
                    url=fact.url,
                    since=fact.since,
                    until=fact.expiry,
                )

    def _unknown(self, registrant: Registrant, account: _Account) -> Iterable[tuple[str, str]]:
        """Give what could not be asked, an id of a source or ACCOUNT_GAP, each with the sentence for it."""
        if registrant.state is not NameState.ACCOUNT:
            yield ACCOUNT_GAP, sentences.not_an_account(registrant.state)
            return
        if account.state is None:
            yield ACCOUNT_GAP, sentences.existence(Existence.UNANSWERED)
            return
        if account.state.existence is not Existence.EXISTS:
            yield ACCOUNT_GAP, sentences.existence(account.state.existence)
        elif not account.state.central_id:
            yield ACCOUNT_GAP, sentences.NO_CENTRAL_ID
        elif registrant.central_id not in (None, account.state.central_id):
            yield ACCOUNT_GAP, sentences.ID_MISMATCH
        causes = ((f.cause, source) for source, f in account.state.facts.items() if isinstance(f, NotKnown))
        yield from ((source, cause) for cause, source in sorted(causes))
        for source_id in self._unasked(account.state):
            yield source_id, sentences.no_answer(source_id)
        if why := self._facts.unattached.get((registrant.prefix, account.given)):
            yield ACCOUNT_GAP, why

    def _unasked(self, state: AccountState) -> Iterable[str]:
        if state.existence is Existence.EXISTS:
            for source in self._facts.sources:
                asked = source.kind is SourceKind.ACCOUNT and source.state is SourceState.OK
                if asked and source.id not in state.facts:
                    yield source.id


def verdict_of(evidence: Sequence[Evidence], unknown: Sequence[str]) -> VerdictKind:
    """Return FLAG, REVIEW, UNKNOWN or CLEAR, in that order of precedence."""
    if any(e.tier in _FACT_TIERS and e.severity is not Severity.PARTIAL_BLOCK for e in evidence):
        return VerdictKind.FLAG
    if evidence:
        return VerdictKind.REVIEW
    return VerdictKind.UNKNOWN if unknown else VerdictKind.CLEAR


def _gravity(evidence: Evidence) -> tuple[bool, int, int]:
    """Return a sort key: what is known of this very account first, then the gravest, then the surest."""
    severity, tier = list(Severity).index(evidence.severity), list(Tier).index(evidence.tier)
    return evidence.tier not in _FACT_TIERS, severity, tier


def _mixed(name: str, word: MixedWord) -> Evidence:
    return Evidence(NAME_FORM, Tier.CONFUSABLE, Severity.NAME_FORM, name, word.word, "the name itself", word.text)


def _source_gaps(sources: Sequence[Source]) -> Iterable[str]:
    if all(source.state is SourceState.OFF for source in sources):
        yield sentences.NOTHING_ASKED
    for source in sources:
        if source.state not in (SourceState.OK, SourceState.OFF):
            yield sentences.source_gap(source)
