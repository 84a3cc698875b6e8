"""The gate: intervals, required metrics, and what it never judges."""

from __future__ import annotations

import pytest

from fairkit.assess.assessment import Assessment, ChecklistRow, DocumentRow, ResultRow, ScoreRow, Scores
from fairkit.errors import UnknownName, UsageError
from fairkit.gate import Policy, judge, minimum
from fairkit.model.outcome import Status


def assessment(
    *, total: tuple[float, float] | None = (0.8, 0.8), url: str = "record.json", empty: bool = False, **statuses: Status
) -> Assessment:
    """An assessment with a total score and one essential metric per keyword; `useful_x` makes a useful one."""
    rows = tuple(
        ResultRow(
            metric=name, title="", principle="F1", about="metadata",
            level="useful" if name.startswith("useful") else "essential", status=status, points=0, possible=3,
            maturity=None, answer=None, message="as found", tests=(), evidence=(), fix=None,
        )
        for name, status in statuses.items()
    )  # fmt: skip
    score = ScoreRow(low=total[0], high=total[1]) if total else None
    document = DocumentRow(representation="x", url=url, media_type="x", sha256="0", size=1)
    return Assessment(
        target="t",
        resource=None,
        checklist=ChecklistRow(id="fairkit", version="1"),
        results=rows,
        scores=Scores(F=score, A=None, I=None, R=None, total=score),
        documents=() if empty else (document,),
        evidence_digest="sha256:0",
        fairkit_version="0",
        assessed_at="2026-11-21T00:00:00Z",
    )


@pytest.mark.parametrize(
    ("statuses", "verdict", "code"),
    [
        ({"a": "pass", "b": "pass"}, "pass", 0),
        ({"a": "pass", "b": "partial"}, "block", 1),
        ({"a": "pass", "b": "fail"}, "block", 1),
        ({"a": "pass", "b": "unknown"}, "unknown", 3),
        ({"a": "fail", "b": "unknown"}, "block", 1),
        ({"a": "pass", "b": "pending", "c": "not-applicable"}, "pass", 0),
        ({"a": "pass", "useful_b": "fail"}, "pass", 0),
    ],
)
def test_without_a_policy_every_essential_metric_must_pass(
    statuses: dict[str, Status], verdict: str, code: int
) -> None:
    found = judge(assessment(**statuses))  # type: ignore[arg-type]
    assert (found.verdict, found.exit_code) == (verdict, code)


@pytest.mark.parametrize(
    ("total", "least", "verdict"),
    [
        ((0.8, 0.8), 0.8, "pass"),
        ((0.7, 0.7), 0.8, "block"),
        ((0.7, 0.9), 0.8, "unknown"),
        ((0.7, 0.79), 0.8, "block"),
        ((0.8, 1.0), 0.8, "pass"),
        (None, 0.8, "pass"),
    ],
)
def test_a_score_is_an_interval(total: tuple[float, float] | None, least: float, verdict: str) -> None:
    assert judge(assessment(total=total), Policy({"total": least})).verdict == verdict


def test_a_policy_takes_the_place_of_the_essential_metrics() -> None:
    assert judge(assessment(a="fail"), Policy({"total": 0.1})).verdict == "pass"
    assert judge(assessment(a="fail", useful_b="pass"), Policy(required=("useful_b",))).verdict == "pass"
    assert judge(assessment(a="fail"), Policy(required=("a",))).verdict == "block"


def test_a_required_metric_must_exist() -> None:
    with pytest.raises(UnknownName, match="no metric of fairkit 'b'"):
        judge(assessment(a="pass"), Policy(required=("b",)))


def test_the_showcase_is_never_judged() -> None:
    found = judge(assessment(a="pass", url="showcase:12102/native.json"))
    assert found.verdict == "unknown"
    assert "showcase" in found.unknown[0].why


def test_nothing_read_is_nothing_known() -> None:
    assert judge(assessment(a="fail", empty=True)).exit_code == 3


def test_minimum_scores_are_read() -> None:
    assert minimum(["F=0.8,total=0.7", "r = 1"]) == {"F": 0.8, "total": 0.7, "R": 1.0}
    assert minimum([]) == {}


@pytest.mark.parametrize("written", ["nonsense", "F", "F=", "F=2", "F=-1", "X=0.5", "F=80%", "total=0.1,", "F=1.2.3"])
def test_a_wrong_minimum_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="minimum"):
        minimum([written])
