"""Binding: each channel of a model's inputs becomes a documented variable of the data that go into it."""

from __future__ import annotations

import difflib
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fairkit.model.ai import Channel, Tensor
from fairkit.model.variable import Variable

from .validation import Fault

__all__ = ["Binding", "Features", "bind", "bound_before", "differences", "features"]

_NO_FEATURES = frozenset({"label", "spectator", "truth"})
_NEAREST = 3
_STEPS = ("shift", "scale", "clip", "padding")


class Features(NamedTuple):
    """A list of features: `length` is how many objects of them an entry is padded to, None where nobody says."""

    name: str
    names: tuple[str, ...]
    length: int | None = None
    steps: Mapping[str, Mapping[str, Any]] = {}
    """What is done to a feature before: values for the fields of its channel."""


class Binding(NamedTuple):
    """The channels that were bound, in order, what is wrong, and the inputs that take none of the lists."""

    channels: tuple[Channel, ...]
    faults: tuple[Fault, ...]
    unmatched: tuple[str, ...] = ()


def features(data: Mapping[str, Any]) -> tuple[tuple[Features, ...], frozenset[str]]:
    """The lists of features of a definitions file (`features_2` with `nobj_2`), and its labels and spectators.

    A plain list under the name of an input is a list of features as well, and so is each of the `inputs` of a data
    configuration of weaver: `{length, vars: [[name, shift, factor, least, greatest, padding]]}`.
    """
    if isinstance(data.get("inputs"), Mapping):
        return _weaver(data)
    kept = {str(name): value for name, value in data.items() if _is_names(value)}
    apart = {one for name in ("labels", "spectators", "reduced_labels") for one in kept.pop(name, ())}
    found = [
        Features(name, tuple(value), _length(data.get(f"nobj_{name.removeprefix('features_')}")))
        for name, value in kept.items()
        if not name.endswith("_files")
    ]
    return tuple(found), frozenset(apart)


def bound_before(channels: Sequence[Channel]) -> tuple[Features, ...]:
    """The lists of features that an earlier binding is made of, each under the name of its input."""
    found: dict[str, list[Channel]] = {}
    for one in sorted(channels, key=lambda channel: channel.index):
        found.setdefault(one.input, []).append(one)
    return tuple(
        Features(name, tuple(one.variable for one in every), None, {one.variable: _kept(one) for one in every})
        for name, every in found.items()
    )


def _kept(one: Channel) -> dict[str, Any]:
    return {name: value for name in _STEPS if (value := getattr(one, name)) is not None}


def bind(
    inputs: Sequence[Tensor],
    *,
    lists: Sequence[Features],
    variables: Sequence[Variable],
    apart: frozenset[str] = frozenset(),
    before: Sequence[Channel] = (),
) -> Binding:
    """Bind each input to the one list that has its number of features and objects, and each feature to a variable.

    `apart` are names that the list itself calls labels or spectators. An earlier binding, `before`, tells which
    feature is missing where a list has too few.
    """
    known = {one.name: one for one in variables}
    channels: list[Channel] = []
    faults: list[Fault] = []
    unmatched: list[str] = []
    for tensor in inputs:
        fitting = _fitting(tensor, lists)
        if len(fitting) != 1:
            faults += _unmatched(tensor, lists, fitting, [one.variable for one in before if one.input == tensor.name])
            unmatched.append(tensor.name)
            continue
        faults += _wrong(tensor, fitting[0], known, apart)
        channels += [
            Channel(**{
                "input": tensor.name, "index": index, "variable": name, "unit": one.unit,
                "description": one.description, "padding": one.padding, "range": one.range,
                **fitting[0].steps.get(name, {}),
            })
            for index, name in enumerate(fitting[0].names)
            if (one := known.get(name)) is not None
        ]  # fmt: skip
    return Binding(tuple(channels), tuple(faults), tuple(unmatched))


def differences(before: Sequence[Channel], now: Sequence[Channel], unmatched: Sequence[str] = ()) -> tuple[Fault, ...]:
    """What an earlier binding says otherwise about each input: its order, its names, its places, units or scales.

    Of the `unmatched` inputs was told already what is missing.
    """
    faults: list[Fault] = []
    for name in dict.fromkeys(one.input for one in (*before, *now) if one.input not in unmatched):
        was, are = ({one.index: one.variable for one in every if one.input == name} for every in (before, now))
        if not are:
            faults.append(_fault("channel-missing", f"{name}: its {len(was)} channels are no longer bound"))
            continue
        moved = Counter(was.values()) == Counter(are.values())
        for index in sorted(was.keys() | are.keys()):
            old, new = was.get(index), are.get(index)
            if old != new:
                code = "channel-order" if moved else "channel-renamed" if old and new else "channel-missing"
                faults.append(_fault(code, f"{name}[{index}]: was {old or 'not bound'}, is {new or 'not bound'}"))
    return (*faults, *_changed(before, now))


def _changed(before: Sequence[Channel], now: Sequence[Channel]) -> Iterator[Fault]:
    """What is done to a channel, or its unit, where both tell it and it is another."""
    are = {(one.input, one.index, one.variable): one for one in now}
    for was in before:
        one = are.get((was.input, was.index, was.variable))
        for name in ("unit", *_STEPS):
            old, new = getattr(was, name), getattr(one, name, None)
            if old is not None and new is not None and old != new:
                text = f"{was.input}[{was.index}]: the {name} of {was.variable} was {old}, is {new}"
                yield _fault("channel-changed", text)


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _weaver(data: Mapping[str, Any]) -> tuple[tuple[Features, ...], frozenset[str]]:
    found = []
    for name, each in data["inputs"].items():
        one: Mapping[str, Any] = each if isinstance(each, Mapping) else {}
        rows = one.get("vars")
        every = [row if isinstance(row, list) else [row] for row in (rows if isinstance(rows, list) else [])]
        kept = [row for row in every if row and isinstance(row[0], str)]
        steps = {row[0]: _steps([*row[1:6], *[None] * 5]) for row in kept}
        found.append(Features(str(name), tuple(row[0] for row in kept), _length(one.get("length")), steps))
    labels = data.get("labels")
    listed = [labels.get("value") if isinstance(labels, Mapping) else None, data.get("observers")]
    return tuple(found), frozenset(name for names in listed if _is_names(names) for name in names or ())


def _steps(row: Sequence[Any]) -> dict[str, Any]:
    """What weaver does: it multiplies where a channel says what is divided by, and nothing where no shift is told."""
    shift, factor, least, greatest = (_number(cell) for cell in row[:4])
    told: dict[str, Any] = {} if row[4] is None else {"padding": str(row[4])}
    if shift is not None:
        told["shift"] = shift
        if factor:
            told["scale"] = 1 / factor
        if least is not None or greatest is not None:
            told["clip"] = (least, greatest)
    return told


def _number(cell: Any) -> float | None:
    try:
        found = float(cell)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def _length(value: Any) -> int | None:
    return int(value) if str(value).isascii() and str(value).isdigit() else None


def _fitting(tensor: Tensor, lists: Sequence[Features]) -> list[Features]:
    """The lists that fill the input; those named as it is before all others."""
    named = [one for one in lists if one.name == tensor.name]
    axes = [size for size in (tensor.shape or ())[1:] if isinstance(size, int)]
    return [one for one in named or lists if _fits(one, axes, many=len(tensor.shape or ()) > 2)]


def _fits(one: Features, axes: list[int], *, many: bool) -> bool:
    """Whether one axis counts the features and, where there is another and a length is told, that counts objects."""
    if len(one.names) not in axes:
        return False
    rest = list(axes)
    rest.remove(len(one.names))
    return not (many and rest and one.length is not None) or one.length in rest


def _unmatched(
    tensor: Tensor, lists: Sequence[Features], fitting: Sequence[Features], before: Sequence[str]
) -> Iterator[Fault]:
    """Why an input takes none of the lists; where one is nearly right, what is missing from it or too much."""
    shape = " x ".join(str(size) for size in tensor.shape or ()) or "unknown"
    if fitting:
        names = ", ".join(one.name for one in fitting)
        yield _fault("input-ambiguous", f"{tensor.name} ({shape}) may take any of: {names}")
        return
    told = ", ".join(f"{one.name}: {len(one.names)} features of {one.length or 'any'} objects" for one in lists)
    near = _nearest(tensor, lists, before)
    if near is not None:
        told = f"{near.name} is nearest, with {len(near.names)} features of {near.length or 'any'} objects"
    yield _fault("channel-count", f"no list of features has the shape of {tensor.name} ({shape}); {told or 'none'}")
    if near is not None and before:
        for name in sorted(set(before) - set(near.names)):
            yield _fault("channel-missing", f"{tensor.name}[{before.index(name)}]: {name} is not in {near.name}")
        for name in sorted(set(near.names) - set(before)):
            yield _fault("channel-renamed", f"{tensor.name}: {name} of {near.name} was not bound before")


def _nearest(tensor: Tensor, lists: Sequence[Features], before: Sequence[str]) -> Features | None:
    """The list that shares most with what was bound before; without that, the one of as many objects."""
    if before:
        best = max(lists, key=lambda one: len(set(one.names) & set(before)), default=None)
        return best if best and 2 * len(set(best.names) & set(before)) > len(before) else None
    alike = [one for one in lists if one.name == tensor.name or one.length in (tensor.shape or ())[1:]]
    return alike[0] if len(alike) == 1 else None


def _wrong(tensor: Tensor, one: Features, known: Mapping[str, Variable], apart: frozenset[str]) -> Iterator[Fault]:
    """What is wrong with the features of an input, each by its name."""
    for name, number in Counter(one.names).items():
        place = f"{tensor.name}[{one.names.index(name)}]"
        variable = known.get(name)
        if number > 1:
            yield _fault("channel-duplicate", f"{place}: {name} stands {number} times in {one.name}")
        if name in apart or (variable is not None and variable.role in _NO_FEATURES):
            yield _fault("channel-leak", f"{place}: {name} is no feature but a label, a spectator or the truth")
        if variable is None:
            near = ", ".join(difflib.get_close_matches(name, known, n=_NEAREST))
            hint = f"; the nearest are {near}" if near else ""
            yield _fault("channel-undocumented", f"{place}: no variable {name} is documented{hint}")
        elif variable.unit is None:
            yield Fault(code="channel-unit", level="warning", text=f"{place}: {name} has no unit")


def _fault(code: str, text: str) -> Fault:
    return Fault(code=code, level="error", text=text)
