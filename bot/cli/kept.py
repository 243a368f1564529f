"""Options that belong together, kept in the context as one value instead of as many parameters; knows none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The options whose values are the fields of ``shape``, a dataclass with a default for each of them."""

    def __init__(self, key: str, shape: type[Value]) -> None:
        self._key = key
        self._shape = shape

    def option(self, *names: str, **how: Any) -> Callable[[Decorated], Decorated]:
        """Return ``click.option``, its value kept in the field that has the name of the parameter."""
        return click.option(*names, expose_value=False, callback=self._remember, **how)

    def value(self) -> Value:
        """Return what the options of the command that runs say."""
        found: Value = click.get_current_context().meta.setdefault(self._key, self._shape())
        return found

    def _remember(self, ctx: click.Context, param: click.Parameter, value: object) -> None:
        setattr(ctx.meta.setdefault(self._key, self._shape()), str(param.name), value)


def together(*options: Callable[[Decorated], Decorated]) -> Callable[[Decorated], Decorated]:
    """Return the options as one decorator; the help lists them in this order."""

    def add(command: Decorated) -> Decorated:
        for option in reversed(options):
            command = option(command)
        return command

    return add
