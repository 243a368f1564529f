"""What each file in golden/ must hold; ``python -m tests.render.golden_files`` writes them anew, to be read in the diff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.model import Finding, FindingState
from bot.plan import stored
from bot.render import html, jsons, plans, readiness, readiness_html, runs, terminal
from tests.render import made_plans, made_readiness
from tests.render.made_up import BAD_DAY, BANLIST, EMPTY, RESULT, SIGNUPS

FOLDER = Path(__file__).parent / "golden"
FINDINGS = (
    Finding("Python", FindingState.OK, "Python 3.11.7."),
    Finding("Login", FindingState.WARN, "Reading anonymously.", "Configure an account to read faster."),
    Finding("Wiki", FindingState.FAIL, "meta:meta does not answer.", "Check the connection."),
)
FILES: Mapping[str, Callable[[], str]] = {
    "readiness-80.txt": lambda: readiness.report(made_readiness.READINESS, 80, colour=False),
    "readiness-40.txt": lambda: readiness.report(made_readiness.READINESS, 40, colour=False),
    "readiness-unknown.txt": lambda: readiness.report(made_readiness.UNKNOWN, 80, colour=False),
    "readiness.json": lambda: readiness.as_json(made_readiness.READINESS),
    "readiness.html": lambda: readiness_html.page(made_readiness.READINESS),
    "check.json": lambda: jsons.check(RESULT),
    "check.html": lambda: html.check(RESULT),
    "check-80.txt": lambda: terminal.check(RESULT, 80, colour=False),
    "check-40-verbose.txt": lambda: terminal.check(RESULT, 40, colour=False, everything=True),
    "check-colour.txt": lambda: terminal.check(RESULT, 80, colour=True),
    "bad-day.txt": lambda: terminal.check(BAD_DAY, 80, colour=False),
    "bad-day.html": lambda: html.check(BAD_DAY),
    "empty.txt": lambda: terminal.check(EMPTY, 80, colour=False),
    "signups.json": lambda: jsons.signups(SIGNUPS),
    "signups.txt": lambda: terminal.signups(SIGNUPS, 80, colour=False),
    "banlist.json": lambda: jsons.banlist(BANLIST),
    "banlist.txt": lambda: terminal.banlist(BANLIST, 80, colour=False),
    "doctor.json": lambda: jsons.doctor(FINDINGS),
    "doctor.txt": lambda: terminal.doctor(FINDINGS, 60, colour=False),
    "plan.json": lambda: stored.to_json(made_plans.PLAN),
    "plan-80.txt": lambda: plans.plan(made_plans.PLAN, 80, colour=False, file="plan.json"),
    "plan-40.txt": lambda: plans.plan(made_plans.PLAN, 40, colour=False),
    "plan-colour.txt": lambda: plans.plan(made_plans.PLAN, 80, colour=True, file="plan.json"),
    "diff.txt": lambda: plans.diff(made_plans.PLAN, colour=False),
    "diff-colour.txt": lambda: plans.diff(made_plans.PLAN, colour=True),
    "outcomes.json": lambda: runs.as_json(made_plans.PLAN, made_plans.ENDED),
    "outcomes.txt": lambda: runs.summary(made_plans.PLAN, made_plans.ENDED, 80, colour=False),
}

if __name__ == "__main__":
    for name, render in FILES.items():
        (FOLDER / name).write_text(render(), encoding="utf-8")
