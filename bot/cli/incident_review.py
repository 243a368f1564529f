"""``eventsafety incident review``: the post-incident review of a record, asked at the terminal or as a form."""

from __future__ import annotations

import click

from bot.cli import confidential, options


@click.command(
    "review",
    epilog=options.examples(
        "eventsafety incident review k7m2",
        "eventsafety incident review --form",
        "eventsafety incident review k7m2 --from-file review.txt",
    ),
)
@click.argument("record", required=False, default="")
@click.option("--form", "as_form", is_flag=True, help="Print an empty form to fill in, and no more.")
@click.option("--from-file", metavar="FILE", help="Take the answers from a filled in form (- for standard input).")
@options.common
@confidential.confidential
def command(*, record: str, as_form: bool, from_file: str | None) -> None:
    """Review how RECORD was handled, with the questions of the training module; the answers become part of it.

    Nothing is read of the record, so that no passphrase is needed. A later answer takes the place of an earlier one;
    the history shows both.
    """
    from bot.cli import console, files, incident_open
    from bot.cli.incident_session import HOW, say
    from bot.errors import UsageError
    from bot.private import incident_store, review_form

    if as_form:
        if record or from_file:
            raise UsageError("--form prints an empty form; leave out RECORD and --from-file.")
        console.result(review_form.blank())
        return
    answers = review_form.read(files.read_text(from_file)) if from_file else ()
    if from_file and not answers:
        raise UsageError("The form holds no answer; `eventsafety incident review --form` prints an empty one.")
    path = incident_store.find(incident_open.folder(), record)
    incident_store.last_receipt(path)  # is it a record? Better known before somebody types
    say(f"The review of record {incident_open.name_of(path)}." + ("" if from_file else f" {HOW}"))
    with incident_open.session(path) as writing:
        if from_file:
            for name, text in answers:
                writing.save(name, text)
        else:
            incident_open.ask_name(writing)
            writing.ask_all(review_form.questions())
        incident_open.farewell(writing)
