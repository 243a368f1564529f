"""Reads a file of settings and says in words what in it cannot be taken; must not know which keys there are."""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from msgspec import inspect

from bot.errors import ConfigError

_LONGEST = 60


def read(path: Path) -> dict[str, object]:
    """Return the values of a TOML file; raises ConfigError, which names the file and, for TOML itself, the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"Cannot read the settings file {path}: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"The settings file {path} is not valid TOML: {error}.") from error


def refused(sources: Mapping[str, Mapping[str, object]], kind: type) -> ConfigError:
    """Return the error that names everything that is wrong in the first of ``sources`` in which something is."""
    for where, values in sources.items():
        if wrong := troubles(values, kind):
            return ConfigError(all_of(wrong, where))
    return ConfigError(f"{' or '.join(sources)} holds a value that cannot be a setting; leave out what is unusual.")


def troubles(values: Mapping[str, object], kind: type) -> tuple[str, ...]:
    """Return a sentence for each value that ``kind``, a msgspec Struct, does not take: the key, and what is allowed.

    A text with a pattern is told by the description of its annotation.
    """
    return tuple(_troubles(values, inspect.type_info(kind), ""))


def all_of(sentences: Iterable[str], where: str) -> str:
    """Return one message about the file, or whatever else, ``where`` all these mistakes are."""
    each = tuple(dict.fromkeys(sentences))
    return f"{where}: {each[0]}" if len(each) == 1 else "\n  ".join((f"{where} has {len(each)} mistakes:", *each))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the end of a sentence that says what of ``known`` may have been meant by ``word``."""
    names = list(known)
    close = difflib.get_close_matches(word.lower()[:100], names, 1)
    return f'do you mean "{close[0]}"?' if close else f"there are {', '.join(map(_quoted, names))}."


def _troubles(value: object, kind: inspect.Type, key: str) -> Iterator[str]:
    words = ""
    if isinstance(kind, inspect.Metadata):
        words = (kind.extra_json_schema or {}).get("description", "")
        kind = kind.type
    if isinstance(kind, inspect.UnionType):  # a value or none, and TOML has no none
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if isinstance(kind, inspect.StructType):
        yield from _table(value, kind, key)
    elif isinstance(kind, inspect.DictType):
        yield from _names(value, kind, key)
    elif isinstance(kind, inspect.VarTupleType):
        yield from _list(value, kind, key)
    elif isinstance(kind, (inspect.LiteralType, inspect.EnumType)):
        known = [str(one) for one in (kind.values if isinstance(kind, inspect.LiteralType) else kind.cls)]
        if value not in known:
            yield f'"{key}" cannot be {_said(value)}; {nearest(value if isinstance(value, str) else "", known)}'
    elif (wanted := _wanted(kind, words)) and not wanted[1](value):
        yield f'"{key}" must be {wanted[0]}, not {_said(value)}.'


def _table(value: object, kind: inspect.StructType, key: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f'"{key}" must be a table, not {_said(value)}.'
        return
    known = {field.encode_name: field for field in kind.fields}
    for name, inner in value.items():
        if name in known:
            yield from _troubles(inner, known[name].type, f"{key}.{name}" if key else name)
        else:
            yield f"There is no {_quoted(name)}{f' in {_quoted(key)}' if key else ''}; {nearest(name, known)}"
    for name, field in known.items():
        if field.required and name not in value:
            yield f'"{key}" has no "{name}"; write one.'


def _names(value: object, kind: inspect.DictType, key: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f'"{key}" must be a table, not {_said(value)}.'
        return
    for name, inner in value.items():
        yield from _troubles(inner, kind.value_type, f"{key}.{_cut(name)}")


def _list(value: object, kind: inspect.VarTupleType, key: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f'"{key}" must be a list, not {_said(value)}.'
        return
    for number, inner in enumerate(value, 1):
        yield from _troubles(inner, kind.item_type, key if len(value) == 1 else f"{key} ({number})")


def _wanted(kind: inspect.Type, words: str) -> tuple[str, Callable[[object], bool]] | None:
    """Return what a plain value must be in words, and whether one is; None for a kind that says nothing of itself."""
    if isinstance(kind, inspect.StrType):
        return words or "text", lambda value: isinstance(value, str) and bool(re.search(kind.pattern or "", value))
    if isinstance(kind, inspect.BoolType):
        return "true or false", lambda value: isinstance(value, bool)
    if isinstance(kind, inspect.IntType):
        return f"a whole number{_range(kind)}", lambda value: isinstance(value, int) and _is_number(value, kind)
    if isinstance(kind, inspect.FloatType):
        return f"a number{_range(kind)}", lambda value: _is_number(value, kind)
    if isinstance(kind, inspect.DateType):
        return "a day, such as 2026-12-24", _is_day
    return None


def _range(kind: inspect.IntType | inspect.FloatType) -> str:
    """Return the bounds of a number in words, with a blank before them."""
    if kind.gt is not None:
        return f" above {kind.gt:g}" + (f", and at most {kind.le:g}" if kind.le is not None else "")
    if kind.ge is not None and kind.le is not None:
        return f" from {kind.ge:.10g} to {kind.le:.10g}"
    return ""


def _is_number(value: object, kind: inspect.IntType | inspect.FloatType) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value):
        return False
    return (
        (kind.gt is None or value > kind.gt)
        and (kind.ge is None or value >= kind.ge)
        and (kind.le is None or value <= kind.le)
    )


def _is_day(value: object) -> bool:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return isinstance(value, date) and not isinstance(value, datetime)


def _said(value: object) -> str:
    """Return what ``value`` is in the words of the person who wrote it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"the number {value}" if -1e9 < value < 1e9 else "a number like that"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, list) else "a date or time"


def _quoted(text: str) -> str:
    return f'"{_cut(text)}"'


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
