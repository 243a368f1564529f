"""A group whose commands are imported when they are used, and which turns every error into one sentence.

It must not know what any command does.
"""

from __future__ import annotations

import difflib
import importlib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from bot import escape
from bot.cli import console, options
from bot.errors import EventSafetyError, UsageError

BUG = (
    "this is a bug: something went wrong that the program does not know ({kind}). Please report it with the details "
    "that -vv (or EVENTSAFETY_DEBUG=1) prints."
)


class Sentence(click.ClickException):
    """An error as the user sees it: "eventsafety: what, where, what to do", with a traceback only when asked for."""

    def __init__(self, message: str, cause: BaseException) -> None:
        super().__init__(message)
        self.details = "".join(traceback.format_exception(cause)) if options.debugging() else ""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence to standard error, without control characters; a list of problems keeps its lines."""
        lines = [*self.details.splitlines(), *f"eventsafety: {self.message}".splitlines()]
        click.echo("\n".join(map(escape.terminal, lines)), file=file, err=True)


class Misuse(Sentence):
    """The words of the command cannot be taken."""

    exit_code = 2


class Stopped(Sentence):
    """Ctrl-C; 128 + SIGINT, as shells report it."""

    exit_code = 130


class LazyGroup(click.Group):
    """``lazy`` maps the name of a command to the module that holds it as ``command``."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which is the order in which people need them."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None when there is none."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        command: click.Command = importlib.import_module(self.lazy[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may have been meant."""
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f' Did you mean "{close[0]}"?' if close else f" There are: {', '.join(known)}."
            ctx.fail(f'There is no command "{escape.terminal(name)}".{hint}')
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the words before the command; --help and --version print and end here."""
        with _sentences():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises ends as one sentence and the exit code for it."""
        with _sentences():
            return super().invoke(ctx)


@contextmanager
def _sentences() -> Iterator[None]:
    """Make whatever is raised a sentence with its exit code."""
    try:
        yield
    except UsageError as error:
        raise Misuse(str(error), error) from error
    except EventSafetyError as error:
        raise Sentence(str(error), error) from error
    except KeyboardInterrupt as error:
        raise Stopped("stopped; nothing was changed.", error) from error
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and console.raised_by_printing(error):
            raise Sentence(str(console.unprinted(error)), error) from error
        raise Sentence(BUG.format(kind=type(error).__name__), error) from error
