"""Frozen dataclasses to plain JSON values by field name, and back with every value checked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Literal, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None
"""What JSON can hold."""

Convert = Callable[[Plain, str], object]
"""The value from its JSON, and its dotted name for messages."""

Value = TypeVar("Value")

_NOT_FINITE = ("nan", "inf", "-inf")


class UnknownField(ValueError):  # noqa: N818 - read as a noun: the value that this version does not know
    """A field or value that this version does not know: a newer one wrote it."""


class WrongValue(ValueError):  # noqa: N818 - read as a noun, as above
    """A value of the wrong type or outside its range."""


@dataclass(frozen=True, slots=True)
class _Described:
    convert: Convert
    required: bool


def to_plain(value: object) -> Plain:
    """The JSON value; a number that is not finite becomes its name, because JSON has none."""
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, float) and not math.isfinite(value):
        return str(float(value))
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no place in a recording")


def from_plain(kind: type[Value], plain: Plain, where: str) -> Value:
    """The dataclass from its JSON object; `where` is its dotted name in messages.

    Raises:
        UnknownField: a newer version wrote it.
        WrongValue: a field is missing, of another type, or refused by the dataclass.
    """
    if not isinstance(plain, dict):
        raise WrongValue(f"{where} is not an object")
    described = _describe(cast("object", kind))
    _check_names(described, plain, where)
    values = {name: described[name].convert(value, f"{where}.{name}") for name, value in plain.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise WrongValue(f"{where}: {error}") from error


def _check_names(described: Mapping[str, _Described], plain: dict[str, Plain], where: str) -> None:
    for name in plain.keys() - described.keys():
        raise UnknownField(f"{where}.{name}")
    for name, field in described.items():
        if field.required and name not in plain:
            raise WrongValue(f"{where}.{name} is missing")


@cache
def _describe(kind: object) -> Mapping[str, _Described]:
    if not isinstance(kind, type) or not is_dataclass(kind):
        raise TypeError(f"{kind} is no dataclass")
    hints = get_type_hints(kind)
    return {
        field.name: _Described(
            convert=_converter(hints[field.name]),
            required=field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
    }


def _converter(hint: object) -> Convert:
    if isinstance(hint, NewType):
        return _converter(hint.__supertype__)
    if get_origin(hint) is not None:
        return _compound(get_origin(hint), get_args(hint))
    if not isinstance(hint, type):
        raise TypeError(f"{hint} has no place in a recording")
    if is_dataclass(hint):
        return partial(from_plain, hint)
    if issubclass(hint, StrEnum):
        return partial(_member, hint)
    return _number if hint is float else partial(_exactly, hint)


def _compound(origin: object, parts: tuple[object, ...]) -> Convert:
    if origin is Literal:
        return partial(_choice, parts)
    if origin is tuple:
        return partial(_items, _converter(parts[0]), None if parts[-1] is Ellipsis else len(parts))
    inner = [part for part in parts if part is not NoneType]
    if origin in {Union, UnionType} and len(inner) == 1:
        return partial(_optional, _converter(inner[0]))
    raise TypeError(f"{origin} of {parts} has no place in a recording")


def _choice(choices: tuple[object, ...], plain: Plain, where: str) -> object:
    if plain not in choices:
        raise UnknownField(f"{where} = {plain!r}")
    return plain


def _member(kind: type[StrEnum], plain: Plain, where: str) -> object:
    return kind(str(_choice(tuple(member.value for member in kind), plain, where)))


def _items(convert: Convert, count: int | None, plain: Plain, where: str) -> object:
    if not isinstance(plain, list):
        raise WrongValue(f"{where} is not a list")
    if count is not None and len(plain) != count:
        raise WrongValue(f"{where} has {len(plain)} values, not {count}")
    return tuple(convert(item, f"{where}[{index}]") for index, item in enumerate(plain))


def _optional(convert: Convert, plain: Plain, where: str) -> object:
    return None if plain is None else convert(plain, where)


def _number(plain: Plain, where: str) -> object:
    if type(plain) in {int, float} or plain in _NOT_FINITE:
        return float(plain)  # type: ignore[arg-type]  # a number or one of three words, checked above
    raise WrongValue(f"{where} is {plain!r}, not a number")


def _exactly(kind: type, plain: Plain, where: str) -> object:
    if type(plain) is not kind:
        raise WrongValue(f"{where} is {plain!r}, not {kind.__name__}")
    return plain
