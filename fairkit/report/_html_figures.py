"""Scores as pictures: what is certain is solid, what may come with the unknown is light.

The pictures are SVG whose sizes are attributes, since the policy of the page forbids styles of single elements.
"""

from __future__ import annotations

from fairkit.assess.assessment import ScoreRow

from ._markup import Markup, tag
from ._wording import grade, percent

__all__ = ["bar", "ring"]

_LENGTH = 100
"""The length of a bar, and of the way round a ring."""


def bar(score: ScoreRow | None) -> Markup:
    """A bar; the number has to stand beside it."""
    return tag(
        "svg",
        *_solid_and_light(score),
        class_=f"bar {_colour(score)}",
        viewBox=f"0 0 {_LENGTH} 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _solid_and_light(score: ScoreRow | None) -> list[Markup]:
    if score is None:
        return []
    light = tag("rect", class_="light", height=10, width=_share(score.high))
    return [light, tag("rect", class_="solid", height=10, width=_share(score.low))]


def ring(score: ScoreRow | None) -> Markup:
    """A ring with the score in its middle."""
    arcs = [_arc("rest", 1.0)]
    if score:
        arcs += [_arc("light", score.high), _arc("solid", score.low)]
    drawn = tag("svg", *arcs, viewBox="0 0 120 120", aria_hidden="true")
    said = percent(score)
    number = tag("strong", said, class_="wide-range" if "–" in said.strip("–") else None)
    return tag("div", drawn, number, class_=f"ring {_colour(score)}")


def _arc(name: str, share: float) -> Markup:
    sizes = {"cx": 60, "cy": 60, "r": 52, "pathLength": _LENGTH}
    return tag("circle", class_=name, stroke_dasharray=f"{_share(share)} {2 * _LENGTH}", **sizes)


def _share(share: float) -> str:
    return f"{_LENGTH * share:.4g}"


def _colour(score: ScoreRow | None) -> str:
    return grade(score) if score else "none"
