"""Data as pictures: histograms, shares of splits, bars of values.

The pictures are SVG whose sizes are attributes, since the policy of the page forbids styles of single elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairkit.report._markup import Markup, join, tag, text

from . import _words_shown as shown
from .words import Statistics

__all__ = ["COLOURS", "distribution", "shares"]

COLOURS = 5
_WIDTH, _HEIGHT = 200.0, 50.0
_MOST_BARS = 12
"""Values that get a bar each."""


def shares(parts: Sequence[int]) -> Markup:
    """A bar cut into parts, each in its colour."""
    total = sum(parts) or 1
    drawn, begin = [], 0.0
    for place, part in enumerate(parts):
        width = part / total * _WIDTH
        drawn.append(tag("rect", class_=f"s{place % COLOURS}", x=_size(begin), width=_size(width), height=10))
        begin += width
    return tag(
        "svg",
        *drawn,
        class_="shares",
        viewBox=f"0 0 {_WIDTH:g} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def distribution(stats: Statistics, names: dict[str, str]) -> Markup:
    """How the values lie: a bar for each where they are few, else a histogram with the middle half below it."""
    if stats.values and len(stats.values) <= _MOST_BARS:
        return _bars(stats, names)
    if stats.histogram is None:
        return join([])
    ends = tag("div", *(tag("span", end) for end in _ends(stats)), class_="ends")
    return tag("div", _histogram(stats), _box(stats), ends)


def _histogram(stats: Statistics) -> Markup:
    counts = stats.histogram.counts if stats.histogram else ()
    most, step = max(counts, default=0) or 1, _WIDTH / (len(counts) or 1)
    bars = []
    for place, count in enumerate(counts):
        if count:
            height = max(count / most * _HEIGHT, 0.7)
            sizes = {"x": _size(place * step), "y": _size(_HEIGHT - height), "height": _size(height)}
            bars.append(tag("rect", width=_size(step * 0.92), **sizes))
    said = f"Distribution of {stats.variable} from {shown.number(stats.minimum)} to {shown.number(stats.maximum)}"
    return tag(
        "svg",
        *bars,
        class_="histogram",
        viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}",
        preserveAspectRatio="none",
        role="img",
        aria_label=text(said, longest=200),
    )


def _box(stats: Statistics) -> Markup:
    """Where nine tenths, the half in the middle and the middle itself lie, below the histogram."""
    known = dict(stats.quantiles)
    histogram = stats.histogram
    if histogram is None or not known or histogram.high <= histogram.low:
        return join([])

    def at(share: float) -> float:
        place = (known[share] - histogram.low) / (histogram.high - histogram.low)
        return min(max(place, 0.0), 1.0) * _WIDTH

    parts = [
        tag("rect", class_="whisker", x=_size(at(0.05)), y="4", width=_size(at(0.95) - at(0.05)), height=2),
        tag("rect", class_="half", x=_size(at(0.25)), y="2.5", width=_size(at(0.75) - at(0.25)), height=5),
        tag("rect", class_="middle", x=_size(at(0.5) - 0.8), y="1", width="1.6", height=8),
    ]
    return tag(
        "svg", *parts, class_="box", viewBox=f"0 0 {_WIDTH:g} 10", preserveAspectRatio="none", aria_hidden="true"
    )


def _ends(stats: Statistics) -> Iterator[str]:
    histogram = stats.histogram
    if histogram is not None:
        yield f"{shown.number(histogram.low)}{f' ({histogram.below:,} below)' if histogram.below else ''}"
        yield f"{shown.number(histogram.high)}{f' ({histogram.above:,} above)' if histogram.above else ''}"


def _bars(stats: Statistics, names: dict[str, str]) -> Markup:
    total, most = sum(count for _, count in stats.values) or 1, max(count for _, count in stats.values) or 1
    cells: list[Markup] = []
    for value, count in stats.values:
        name = f"{value} {names[value]}" if value in names else value
        bar = tag("rect", width=_size(count / most * _WIDTH), height=10)
        drawn = tag("svg", bar, viewBox=f"0 0 {_WIDTH:g} 10", preserveAspectRatio="none", aria_hidden="true")
        cells += [
            tag("span", tag("bdi", text(name, longest=40))),
            tag("span", drawn),
            tag("span", f"{count / total:.1%}"),
        ]
    return tag("div", *cells, class_="values")


def _size(value: float) -> str:
    return f"{value:.4g}"
