"""What changed between two assessments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fairkit.assess.assessment import Assessment, ScoreRow
from fairkit.diff import Difference, diff
from fairkit.errors import UsageError
from fairkit.model.base import plain
from tests.report.made import made, row
from tests.test_schemas import GENERATED, faults


def assessment(*rows: tuple[str, str, float], total: float = 0.5, **others: Any) -> Assessment:
    results = [row(name, status, points=points, message=f"{name} {status}") for name, status, points in rows]
    score = (total, total)
    return made(*results, scores={"F": score, "total": score}, evidence_digest=f"sha256:{total}", **others)


def by(name: str = "fairkit", version: str = "1.0") -> Assessment:
    return assessment(checklist={"id": name, "version": version})


def only(then: Assessment, now: Assessment) -> Difference:
    [found] = diff([then], [now])
    return found


@pytest.mark.parametrize(
    ("then", "now", "better", "worse"),
    [
        (("fail", 0), ("pass", 3), ["a"], []),
        (("pass", 3), ("partial", 1.5), [], ["a"]),
        (("partial", 1), ("partial", 2), ["a"], []),
        (("unknown", 0), ("fail", 0), [], ["a"]),
        (("fail", 0), ("unknown", 0), ["a"], []),
        (("pass", 3), ("pass", 3), [], []),
        (("not-applicable", 0), ("fail", 0), [], ["a"]),
    ],
)
def test_a_metric_becomes_better_or_worse(
    then: tuple[str, float], now: tuple[str, float], better: list[str], worse: list[str]
) -> None:
    found = only(assessment(("a", *then)), assessment(("a", *now)))
    assert [change.metric for change in found.better] == better
    assert [change.metric for change in found.worse] == worse


def test_metrics_that_only_one_has_are_named() -> None:
    found = only(assessment(("a", "pass", 3), ("b", "fail", 0)), assessment(("b", "fail", 0), ("c", "pass", 1)))
    assert ([each.metric for each in found.only_then], [each.metric for each in found.only_now]) == (["a"], ["c"])
    assert found.unchanged == 1


def test_a_changed_message_alone_is_told_apart() -> None:
    before = assessment(("a", "fail", 0))
    [same] = before.results
    found = only(before, replace(before, results=(replace(same, message="otherwise"),)))
    assert (found.better, found.worse, found.unchanged) == ((), (), 0)
    assert [(each.said_then, each.said_now) for each in found.reworded] == [("a fail", "otherwise")]


def test_scores_are_told_then_and_now() -> None:
    found = only(assessment(total=0.5), assessment(total=0.75))
    total = found.scores[-1]
    assert (total.letter, total.then, total.now) == (
        "total",
        ScoreRow(low=0.5, high=0.5),
        ScoreRow(low=0.75, high=0.75),
    )
    assert found.scores[1].then is None


@pytest.mark.parametrize(
    ("then", "now", "note"),
    [
        (by(version="1.0"), by(version="1.1"), "was 1.0 then and is 1.1 now"),
        (assessment(), replace(assessment(), fairkit_version="1"), "fairkit 0.1.0 then and 1 now"),
        (assessment(target="./jets"), assessment(target="record 1"), "./jets then, record 1 now"),
        (assessment(urls=()), assessment(), "then nothing could be read"),
    ],
)
def test_what_cannot_be_compared_like_with_like_is_told(then: Assessment, now: Assessment, note: str) -> None:
    assert note in "; ".join(only(then, now).notes)


def test_pairs_are_of_one_checklist_and_of_one_target_where_there_are_several() -> None:
    other = by("fair4hep")
    found = diff([assessment(), other], [other, assessment()])
    assert [each.now.checklist for each in found] == ["fair4hep", "fairkit"]
    several = [assessment(target="a"), assessment(target="b")]
    found = diff(several, [*several[::-1], assessment(target="c")])
    assert [(each.then.target, each.now.target) for each in found] == [("b", "b"), ("a", "a")]


def test_what_has_nothing_in_common_is_refused() -> None:
    other = by("fair4hep")
    with pytest.raises(UsageError, match="record 1 by fairkit against record 1 by fair4hep"):
        diff([assessment()], [other])


def test_it_holds_to_its_schema() -> None:
    showcase = GENERATED["showcase"]()
    assert faults("diff", plain(diff([showcase], [showcase]))) == []
    assert only(showcase, showcase).same_evidence
