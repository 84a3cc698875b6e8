"""Outputs held against what was expected of them, and against the rules of the model. For the limited child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

__all__ = ["Compared", "Tolerances", "broken_rules", "compare", "not_finite", "quiet_rows"]

_EDGE = 1e-6
"""How near to 0 or 1 a probability is for it to be saturated."""


class Tolerances(NamedTuple):
    """How far numbers may differ: relatively, and beside that."""

    relative: float
    absolute: float


class Compared(NamedTuple):
    """What came of a comparison."""

    faults: tuple[str, ...]
    largest: float | None
    """The largest difference; None where no numbers could be compared."""


def compare(found: Mapping[str, Any], expected: Mapping[str, Any], within: Tolerances) -> Compared:
    """Hold every output against the expected one of its name."""
    largest: list[float] = []
    faults = [f"{name}: nothing is expected of it, so nothing is compared" for name in found.keys() - expected.keys()]
    faults += [f"{name}: the model has no such output" for name in expected.keys() - found.keys()]
    for name in found.keys() & expected.keys():
        told, most = _one(name, found[name], expected[name], within)
        faults += told
        largest += [] if most is None else [most]
    return Compared(tuple(sorted(faults)), max(largest, default=None))


def _one(name: str, found: Any, expected: Any, within: Tolerances) -> tuple[list[str], float | None]:
    import numpy as np

    if found.shape != expected.shape:
        return [f"{name}: its shape is {list(found.shape)}, where {list(expected.shape)} is expected"], None
    if found.dtype.kind not in "fiub" or expected.dtype.kind not in "fiub":
        wrong = np.asarray(found.astype(str) != expected.astype(str))
        return _differing(name, found, expected, wrong), None
    with np.errstate(all="ignore"):
        gap = np.abs(found.astype("f8") - expected.astype("f8"))
        gap = np.where(found == expected, 0, gap)  # infinite numbers that are the same
        wrong = ~(gap <= within.absolute + within.relative * np.abs(expected.astype("f8")))
    sound = gap[np.isfinite(gap)]
    return _differing(name, found, expected, wrong), float(sound.max()) if sound.size else None


def _differing(name: str, found: Any, expected: Any, wrong: Any) -> list[str]:
    import numpy as np

    if not wrong.any():
        return []
    rows = wrong.reshape(len(wrong), -1).any(axis=1) if wrong.ndim else wrong.reshape(1)
    first = tuple(int(place) for place in np.argwhere(wrong)[0])
    sample = f"{_shown(found[first])} at {list(first)}, where {_shown(expected[first])} is expected"
    return [f"{name}: {int(rows.sum()):,} of {len(rows):,} rows differ; the first is {sample}"]


def _shown(value: Any) -> str:
    return repr(value)[:100] if isinstance(value, str) else f"{float(value):.7g}"


def not_finite(found: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    """The outputs that are no numbers, and the infinite ones that nobody expects."""
    import numpy as np

    for name, values in found.items():
        if values.dtype.kind != "f":
            continue
        bad = ~np.isfinite(values)
        wanted = expected.get(name)
        if wanted is not None and wanted.shape == values.shape and wanted.dtype.kind == "f":
            bad &= ~(np.isinf(values) & (values == wanted))
        if bad.any():
            rows = bad.reshape(len(bad), -1).any(axis=1) if bad.ndim else bad.reshape(1)
            yield f"{name}: {int(rows.sum()):,} of {len(rows):,} rows are NaN or infinite"


def broken_rules(
    found: Mapping[str, Any], rules: Sequence[Mapping[str, Any]], labels: Any, within: Tolerances
) -> Iterator[str]:
    """What the outputs are not, of what the model's metadata say of them."""
    for rule in rules:
        name = rule["name"]
        if name not in found:
            yield f"{name}: the metadata tell of this output, the model has none such"
            continue
        values = found[name]
        if rule.get("dtype") and values.dtype.name != rule["dtype"] and values.dtype.kind in "fiub":
            yield f"{name}: its type is {values.dtype.name}, the metadata say {rule['dtype']}"
        yield from _shape(name, values, rule.get("shape"))
        if values.dtype.kind in "fiub" and values.size:
            yield from _range(name, values, rule, within)
            yield from _sum(name, values, rule.get("sums_to"), within)
            yield from _classes(name, values, rule.get("classes") or (), labels)


def _shape(name: str, values: Any, told: Sequence[Any] | None) -> Iterator[str]:
    """The first length is that of the batch, which is as many rows as there are."""
    if told is None:
        return
    same = all(not isinstance(want, int) or want == has for want, has in zip(told[1:], values.shape[1:], strict=False))
    if len(told) != values.ndim or not same:
        yield f"{name}: its shape is {list(values.shape)}, the metadata say {list(told)}"


def _range(name: str, values: Any, rule: Mapping[str, Any], within: Tolerances) -> Iterator[str]:
    low, high = rule.get("range") or ((0.0, 1.0) if rule.get("meaning") == "probability" else (None, None))
    least, most = float(values.min()), float(values.max())
    for bound, value, beyond in ((low, least, -1), (high, most, 1)):
        if bound is not None and (value - bound) * beyond > within.absolute + within.relative * abs(bound):
            side = "below" if beyond < 0 else "above"
            yield f"{name}: {value:.7g} is {side} {bound:g}, the bound of its range"


def _sum(name: str, values: Any, wanted: float | None, within: Tolerances) -> Iterator[str]:
    if wanted is None or not values.ndim:
        return
    sums = values.astype("f8").sum(axis=-1)
    off = abs(sums - wanted)
    bad = int((off > within.absolute + within.relative * max(1.0, abs(wanted)) * values.shape[-1]).sum())
    if bad:
        yield f"{name}: {bad:,} of {off.size:,} rows do not add up to {wanted:g}; the worst is off by {off.max():.3g}"


def _classes(name: str, values: Any, classes: Sequence[str], labels: Any) -> Iterator[str]:
    if not classes or not values.ndim:
        return
    if values.shape[-1] != len(classes):
        yield f"{name}: it has {values.shape[-1]} numbers for each row, and {len(classes)} classes"
        return
    given = values.argmax(axis=-1).reshape(-1)
    if labels is None:
        return
    named = _labelled(labels, values.shape, classes)
    if len(named) != len(given):
        yield f"{name}: there are {len(named):,} labels for {len(given):,} rows"
        return
    wrong = [row for row, label in enumerate(named) if label != classes[given[row]]]
    if wrong:
        row = wrong[0]
        say = f"row {row} is {classes[given[row]]!r}, where {named[row]!r} is expected"
        yield f"{name}: {len(wrong):,} of {len(named):,} rows have another class than their label; {say}"


def _labelled(labels: Any, shape: Sequence[int], classes: Sequence[str]) -> list[str]:
    """The class of each row by its name: labels are names, numbers of classes, or for each row a 1 among zeros."""
    import numpy as np

    if labels.shape == tuple(shape) and labels.ndim > 1 and labels.dtype.kind in "fiub" and labels.shape[-1] > 1:
        labels = labels.argmax(axis=-1)
    if labels.dtype.kind == "f" and np.array_equal(labels, np.trunc(labels)):
        labels = labels.astype("i8")
    flat = labels.reshape(-1).tolist()
    if labels.dtype.kind in "iub":
        return [classes[int(one)] if 0 <= int(one) < len(classes) else str(int(one)) for one in flat]
    return [one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in flat]


def quiet_rows(found: Mapping[str, Any]) -> tuple[float, float]:
    """The share of rows in which every number is saturated (0 or 1), and of those that are as the first one is."""
    import numpy as np

    saturated: Any = None
    same: Any = None
    for values in found.values():
        if values.dtype.kind != "f" or not values.ndim:
            continue
        flat = values.reshape(len(values), -1).astype("f8")
        edges = (np.minimum(np.abs(flat), np.abs(flat - 1)) <= _EDGE).all(axis=1)
        alike = (np.abs(flat - flat[0]) <= _EDGE).all(axis=1)
        if saturated is None or len(saturated) == len(edges):
            saturated = edges if saturated is None else saturated & edges
            same = alike if same is None else same & alike
    if saturated is None:
        return 0.0, 0.0
    return float(saturated.mean()), float(same.mean()) if len(same) > 1 else 0.0
