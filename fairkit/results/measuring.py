"""The numbers of one training: each metric at its operating point, with how far it may be off."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from fairkit.errors import UsageError
from fairkit.vocab import metrics

from . import spread
from .rows import Rows
from .scores import Heights, accuracy, area, background_efficiency, heights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

__all__ = ["BOOTSTRAP", "BY_FORMULA", "Measured", "Uncertainty", "Wanted", "measured", "wanted"]

Uncertainty = Literal["bootstrap", "statistical", "none"]
BOOTSTRAP = f"bootstrap (Poisson, {spread.REPLICAS} replicas, seed {spread.SEED})"
BY_FORMULA = {
    "auc": "statistical (DeLong)",
    "accuracy": "statistical (binomial)",
    "background-efficiency": "statistical (binomial)",
    "background-rejection": "statistical (binomial)",
}
_AT = ("background-rejection", "background-efficiency")
_FEWEST = 10


class Wanted(NamedTuple):
    """What is to be measured: metrics by their ids, the signal efficiencies of some, the threshold of others."""

    metrics: tuple[str, ...]
    signal_efficiencies: tuple[float, ...] = (0.3,)
    threshold: float | None = None
    uncertainty: Uncertainty = "bootstrap"
    weighted_by: str | None = None
    """The column of the weights, which is told with each metric: a weighted number is another one."""


class Measured(NamedTuple):
    """One number: `metric` is its id; after a colon the class, where there are more than two, and the weights."""

    metric: str
    value: float
    point: str
    uncertainty: float | None
    kind: str | None

    @property
    def key(self) -> tuple[str, str]:
        """What it is the number of."""
        return self.metric, self.point


def wanted(
    names: Sequence[str],
    *,
    signal_efficiencies: Sequence[float] = (),
    threshold: float | None = None,
    uncertainty: Uncertainty = "bootstrap",
    weighted_by: str | None = None,
) -> Wanted:
    """What is measured of these metrics, by any of their names; without names AUC and background rejection.

    Raises:
        UsageError: for a metric that is not known or not computed, or a signal efficiency not between 0 and 1.
    """
    computed = [one.id for one in metrics.metrics() if one.computed]
    found = []
    for name in names or ("auc", "background-rejection"):
        known = metrics.find(name)
        if known is None or not known.computed:
            what = f"{name!r} is no metric that is computed here"
            raise UsageError(what, value=name, remedy=f"These are: {', '.join(computed)}")
        found.append(known.id)
    for at in signal_efficiencies:
        if not 0 < at <= 1:
            raise UsageError(f"{at} is no signal efficiency", value=at, remedy="It lies between 0 and 1, as 0.3.")
    efficiencies = tuple(signal_efficiencies) or (0.3,)
    return Wanted(tuple(dict.fromkeys(found)), efficiencies, threshold, uncertainty, weighted_by)


def measured(rows: Rows, what: Wanted) -> list[Measured]:
    """Every metric of the rows; of more than two classes, each of a class against the rest.

    Raises:
        UsageError: if one has no finite value, or needs a threshold that is not told.
    """
    found = [_accuracy(rows, what)] if "accuracy" in what.metrics else []
    for of, scores, signal in _pairs(rows):
        found += _of_curve(of, scores, signal, rows.weights, what)
    order = {name: place for place, name in enumerate(what.metrics)}
    return sorted(found, key=lambda one: order[one.metric.partition(":")[0]])


def _pairs(rows: Rows) -> Iterator[tuple[str, Numbers, Truths]]:
    """The scores and what is signal; of several classes each against the rest, with its name."""
    if rows.scores.ndim == 1:
        yield "", rows.scores, rows.truth == 1
        return
    for place, name in enumerate(rows.classes):
        signal = rows.truth == place
        if signal.any():  # a class without rows has no curve
            yield f"{name} against the rest", rows.scores[:, place], signal


def _of_curve(of: str, scores: Numbers, signal: Truths, weights: Numbers | None, what: Wanted) -> Iterator[Measured]:
    asked = [(name, None) for name in what.metrics if name == "auc"]
    points = [(name, at) for name in what.metrics if name in _AT for at in what.signal_efficiencies]
    if not (asked or points):
        return
    told, _ = heights(scores, signal, weights)
    drawn = spread.drawn(scores, signal, weights) if what.uncertainty == "bootstrap" else None
    replicas = spread.shares(drawn) if drawn else []
    for name, at in [*asked, *points]:
        value = float(_value(name, told, at))
        point = "none" if at is None else f"signal efficiency {at:g}"
        deviation, kind = _deviation(replicas, name, at) if replicas else (None, None)
        if deviation is None and what.uncertainty != "none":
            deviation, kind = _by_formula(name, at, (scores, signal, weights)), BY_FORMULA[name]
        yield Measured(_named(name, of, what), _finite(name, value, signal, at), point, deviation, kind)


def _named(name: str, of: str, what: Wanted) -> str:
    more = [*([of] if of else []), *([f"weighted by {what.weighted_by}"] if what.weighted_by else [])]
    return f"{name}: {', '.join(more)}" if more else name


def _value(name: str, told: Heights, at: float | None) -> Numbers:
    import numpy as np

    if at is None:
        return area(told)
    passing = background_efficiency(told, at)
    if name == "background-efficiency":
        return passing
    with np.errstate(divide="ignore"):
        return np.asarray(1 / passing)


def _finite(name: str, value: float, signal: Truths, at: float | None) -> float:
    """The value.

    Raises:
        UsageError: if it is infinite: no background passes.
    """
    if value != float("inf"):
        return value
    count = int((~signal).sum())
    what = f"none of {count:,} background rows passes at the signal efficiency {at:g}: 1/eps_B is beyond what they tell"
    raise UsageError(what, value=at, remedy="Take a higher --signal-efficiency, more background, or only --metric auc.")


def _deviation(replicas: Sequence[Heights], name: str, at: float | None) -> tuple[float | None, str | None]:
    """The standard deviation over the replicas; None where some of them have no finite value."""
    import numpy as np

    with np.errstate(invalid="ignore"):
        values = np.concatenate([np.atleast_1d(_value(name, each, at)) for each in replicas])
    if not np.isfinite(values).all():
        return None, None
    return float(values.std(ddof=1)), BOOTSTRAP


def _by_formula(name: str, at: float | None, rows: tuple[Numbers, Truths, Numbers | None]) -> float | None:
    """The standard deviation; what passes of the background varies by itself, and with the threshold of the signal."""
    scores, signal, weights = rows
    if at is None:
        return spread.area_deviation(scores, signal, weights)
    told, _ = heights(scores, signal, weights)
    mine, other = (int(each.sum()) if weights is None else weights[each] for each in (signal, ~signal))
    passing = float(background_efficiency(told, at))
    step = spread.share_deviation(at, mine)
    ends = [float(background_efficiency(told, min(max(each, 0.0), 1.0))) for each in (at - step, at + step)]
    deviation = math.hypot(spread.share_deviation(passing, other), (ends[1] - ends[0]) / 2)
    if name == "background-efficiency":
        return deviation
    return deviation / passing**2 if passing > 0 else None


def _accuracy(rows: Rows, what: Wanted) -> Measured:
    """How often the class is right: of a signal by a threshold, of several classes by the highest score.

    Raises:
        UsageError: if scores that are no probabilities come without a threshold.
    """
    at = what.threshold
    if rows.scores.ndim > 1:
        right, point = rows.scores.argmax(axis=1) == rows.truth, "highest score"
    else:
        if at is None and (rows.scores.min() < 0 or rows.scores.max() > 1):
            text = f"the scores lie between {rows.scores.min():g} and {rows.scores.max():g}, and are no probabilities"
            raise UsageError(text, remedy="Say above which the signal begins: --threshold 0")
        at = 0.5 if at is None else at
        right, point = (rows.scores >= at) == (rows.truth == 1), f"threshold {at:g}"
    value = accuracy(right, rows.weights)
    if what.uncertainty == "none":
        return Measured(_named("accuracy", "", what), value, point, None, None)
    deviation = spread.share_deviation(value, len(right) if rows.weights is None else rows.weights)
    return Measured(_named("accuracy", "", what), value, point, deviation, BY_FORMULA["accuracy"])
