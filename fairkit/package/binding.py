"""Binding: each channel of a model's inputs becomes a documented variable of the data that go into it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fairkit.model.ai import Channel, Tensor
from fairkit.model.variable import Variable

from .feature_lists import STEPS, Features
from .validation import Fault

__all__ = ["Binding", "bind", "contradictions", "differences"]

_NO_FEATURES = frozenset({"label", "spectator", "truth"})
_NEAREST = 3


class Binding(NamedTuple):
    """The channels that were bound, in order, what is wrong, and the inputs that take none of the lists."""

    channels: tuple[Channel, ...]
    faults: tuple[Fault, ...]
    unmatched: tuple[str, ...] = ()


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
        faults += (*_square(tensor, fitting[0]), *_wrong(tensor, fitting[0], known, apart))
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


def contradictions(own: Sequence[Features], channels: Sequence[Channel]) -> tuple[Fault, ...]:
    """What the lists of features in the model's own metadata say otherwise than the channels of that input, or of all.

    A list about nothing that is bound, by its key, its names or its length, is left aside.
    """
    bound: dict[str, list[Channel]] = {}
    for one in sorted(channels, key=lambda channel: channel.index):
        bound.setdefault(one.input, []).append(one)
    every = [one for each in bound.values() for one in each]
    return tuple(fault for one in own for fault in _against(one, _meant(one, [*bound.values(), every], bound)))


def _meant(
    one: Features, lists: Sequence[Sequence[Channel]], bound: Mapping[str, Sequence[Channel]]
) -> Sequence[Channel]:
    """The channels that a list is about: those of the input it names, else those that share most of its names."""
    if one.name in bound:
        return bound[one.name]
    shared = [len(set(one.names) & {channel.variable for channel in each}) for each in lists]
    if max(shared, default=0):
        return lists[shared.index(max(shared))]
    return next((each for each in lists if len(each) == len(one.names)), ())


def _against(one: Features, channels: Sequence[Channel]) -> Iterator[Fault]:
    names = [channel.variable for channel in channels]
    if not names or names == list(one.names):
        return
    place = channels[0].input
    if len(names) != len(one.names) or not set(names) & set(one.names):
        listed = ", ".join(one.names[:5]) + (" …" if len(one.names) > 5 else "")
        text = f"the model itself lists {len(one.names)} features under {one.name!r}: {listed}; {len(names)} are bound"
        yield Fault(code="metadata-names", level="warning", text=f"{place}: {text}")
        return
    code = "metadata-order" if Counter(names) == Counter(one.names) else "metadata-differs"
    for told, channel in zip(one.names, channels, strict=True):
        if told != channel.variable:
            text = f"is {channel.variable}, where the model itself lists {told} under {one.name!r}"
            yield _fault(code, f"{channel.input}[{channel.index}]: {text}")


def _changed(before: Sequence[Channel], now: Sequence[Channel]) -> Iterator[Fault]:
    """What is done to a channel, or its unit, where both tell it and it is another."""
    are = {(one.input, one.index, one.variable): one for one in now}
    for was in before:
        one = are.get((was.input, was.index, was.variable))
        for name in ("unit", *STEPS):
            old, new = getattr(was, name), getattr(one, name, None)
            if old is not None and new is not None and old != new:
                text = f"{was.input}[{was.index}]: the {name} of {was.variable} was {old}, is {new}"
                yield _fault("channel-changed", text)


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


def _square(tensor: Tensor, one: Features) -> Iterator[Fault]:
    """That more than one axis of an input could count the features."""
    axes = [size for size in (tensor.shape or ())[1:] if isinstance(size, int)]
    if axes.count(len(one.names)) > 1:
        text = f"{tensor.name} ({_shape(tensor)}): more than one axis has {len(one.names)} places"
        remedy = "Say in the description of the input which axis counts the features."
        text = f"{text}, and nothing tells which of them counts the features"
        yield Fault(code="axis-ambiguous", level="warning", text=text, remedy=remedy)


def _shape(tensor: Tensor) -> str:
    return " x ".join("?" if size is None else str(size) for size in tensor.shape or ()) or "unknown"


def _unmatched(
    tensor: Tensor, lists: Sequence[Features], fitting: Sequence[Features], before: Sequence[str]
) -> Iterator[Fault]:
    """Why an input takes none of the lists; where one is nearly right, what is missing from it or too much."""
    shape = _shape(tensor)
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
