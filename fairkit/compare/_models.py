"""What two values of a field that only models have mean to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fairkit.model.ai import Channel, DataUse, Result, Tensor, Verification
from fairkit.vocab import identifiers

from ._tally import Likeness, Tally, sets

__all__ = ["channels", "data_uses", "results", "tensors", "verifications"]


def tensors(one: tuple[Tensor, ...], other: tuple[Tensor, ...]) -> Likeness:
    """By name; another type or shape of one tensor contradicts, where a free length agrees with any."""
    return _paired("tensor", one, other, lambda each: each.name, _unlike_tensors, ("dtype", "shape", "description"))


def _unlike_tensors(mine: Tensor, yours: Tensor) -> Iterable[str]:
    if mine.dtype and yours.dtype and mine.dtype != yours.dtype:
        yield f"{mine.name} of {yours.dtype}, not {mine.dtype}"
    if mine.shape is not None and yours.shape is not None and not _fits(mine.shape, yours.shape):
        yield f"{mine.name} of the shape {_shape(yours.shape)}, not {_shape(mine.shape)}"


def _fits(one: tuple[int | str | None, ...], other: tuple[int | str | None, ...]) -> bool:
    if len(one) != len(other):
        return False
    pairs = zip(one, other, strict=True)
    return all(not (isinstance(a, int) and isinstance(b, int)) or a == b for a, b in pairs)


def _shape(shape: tuple[int | str | None, ...]) -> str:
    return f"({', '.join('?' if size is None else str(size) for size in shape)})"


def channels(one: tuple[Channel, ...], other: tuple[Channel, ...]) -> Likeness:
    """By input and place; another variable in one place contradicts."""
    return _paired("channel", one, other, _place, _unlike_channels, ("unit", "shift", "scale", "range"))


def _place(channel: Channel) -> str:
    return f"{channel.input}[{channel.index}]"


def _unlike_channels(mine: Channel, yours: Channel) -> Iterable[str]:
    if mine.variable != yours.variable:
        yield f"{_place(mine)} is {yours.variable}, not {mine.variable}"


def data_uses(one: tuple[DataUse, ...], other: tuple[DataUse, ...]) -> Likeness:
    """By role and dataset; another digest of one part contradicts."""
    return _paired("data use", one, other, _use, _unlike_uses, ("version", "files", "digest"))


def _use(use: DataUse) -> str:
    known = use.identifier and str(identifiers.key(use.identifier))
    return " ".join(filter(None, (use.role, "on", known or use.title, use.split)))


def _unlike_uses(mine: DataUse, yours: DataUse) -> Iterable[str]:
    if mine.digest and yours.digest and mine.digest != yours.digest:
        yield f"{_use(mine)}: {yours.digest}, not {mine.digest}"


def results(one: tuple[Result, ...], other: tuple[Result, ...]) -> Likeness:
    """By metric, split and operating point; another number contradicts."""
    return _paired("result", one, other, _measured, _unlike_results, ("uncertainty", "dataset", "split_digest"))


def _measured(result: Result) -> str:
    return " ".join(filter(None, (result.metric, result.split and f"on {result.split}", result.operating_point)))


def _unlike_results(mine: Result, yours: Result) -> Iterable[str]:
    if mine.value != yours.value:
        yield f"{_measured(mine)}: {yours.value:g}, not {mine.value:g}"


def verifications(one: tuple[Verification, ...], other: tuple[Verification, ...]) -> Likeness:
    return sets(*({repr(each): f"{each.rows:,} rows in {each.runtime}" for each in every} for every in (one, other)))


def _paired(
    noun: str,
    one: tuple[Any, ...],
    other: tuple[Any, ...],
    name: Callable[[Any], str],
    unlike: Callable[[Any, Any], Iterable[str]],
    attributes: tuple[str, ...],
) -> Likeness:
    """Collections whose members are known again by a name; of two by one name the first counts."""
    ours, theirs = ({name(each): each for each in reversed(every)} for every in (one, other))
    tally = Tally()
    tally.members(*({key: key for key in every} for every in (ours, theirs)))
    pairs = [(each, theirs[key]) for key, each in ours.items() if key in theirs]
    for mine, yours in pairs:
        tally.clashes += unlike(mine, yours)
    tally.attributes(noun, pairs, *attributes)
    return tally.likeness()
