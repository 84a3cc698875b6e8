"""The verdict: intervals, required metrics, waivers, regressions, and what is never judged."""

from __future__ import annotations

from datetime import date

import pytest

from fairkit.errors import UnknownName, UsageError
from fairkit.gate import Baseline, Policy, Verdict, Waiver, judge
from fairkit.model.outcome import Status

from .made import assessment

TODAY = date(2026, 11, 21)
WAIVERS = (Waiver("a", "asked of the experiment", date(2026, 12, 31)),)


def baseline(**statuses: Status) -> Baseline:
    return Baseline(()).updated([assessment(**statuses)])  # type: ignore[arg-type]


def whats(verdict: Verdict) -> dict[str, list[str]]:
    """What stands in each list of a verdict."""
    lists = ("blocking", "unknown", "waived", "regressions")
    return {name: found for name in lists if (found := [each.what for each in getattr(verdict, name)])}


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


@pytest.mark.parametrize(
    ("policy", "verdict"),
    [
        (Policy({"total": 0.1}), "pass"),
        (Policy(required=("useful_b",)), "pass"),
        (Policy(required=("a",)), "block"),
        (Policy(levels=("useful",)), "pass"),
        (Policy(levels=("useful", "important")), "unknown"),
        (Policy({"total": 0.1}, levels=("essential",)), "block"),
        (Policy(levels=()), "pass"),
    ],
)
def test_a_policy_says_what_blocks(policy: Policy, verdict: str) -> None:
    assert judge(assessment(a="fail", important_c="unknown", useful_b="pass"), policy).verdict == verdict


def test_a_required_metric_must_exist() -> None:
    with pytest.raises(UnknownName, match="no metric of fairkit 'b'"):
        judge(assessment(a="pass"), Policy(required=("b",)))


@pytest.mark.parametrize("status", ["fail", "partial", "unknown"])
def test_a_waived_shortfall_neither_blocks_nor_is_unknown(status: Status) -> None:
    verdict = judge(assessment(a=status, b="pass"), Policy(waivers=WAIVERS), today=TODAY)
    [waived] = verdict.waived
    assert (verdict.verdict, waived.what) == ("pass", "a")
    assert (waived.why, waived.reason, waived.until) == (f"{status}: as found", "asked of the experiment", "2026-12-31")


def test_what_needs_no_waiver_is_not_listed_as_waived() -> None:
    assert judge(assessment(a="pass"), Policy(waivers=WAIVERS), today=TODAY).waived == ()


def test_waivers_change_no_score_and_it_says_so() -> None:
    policy = Policy({"total": 0.9}, waivers=WAIVERS)
    [reason] = judge(assessment(a="fail"), policy, today=TODAY).blocking
    assert (reason.what, reason.why) == ("total", "0.80, and 0.90 is asked; waivers change no score")


def test_a_waiver_that_has_expired_is_an_error() -> None:
    with pytest.raises(UsageError, match="expired on 2026-12-31"):
        judge(assessment(a="fail"), Policy(waivers=WAIVERS), today=date(2027, 1, 1))
    with pytest.raises(UsageError, match="expired on 2026-12-31"):
        judge(assessment(a="fail"), Policy(waivers=WAIVERS))


@pytest.mark.parametrize(
    ("before", "now", "found", "code"),
    [
        ("pass", "fail", {"blocking": ["useful_x"], "regressions": ["useful_x"]}, 1),
        ("pass", "partial", {"blocking": ["useful_x"], "regressions": ["useful_x"]}, 1),
        ("pass", "unknown", {"unknown": ["useful_x"]}, 3),
        ("pass", "pending", {}, 0),
        ("pass", "not-applicable", {}, 0),
        ("pass", "pass", {}, 0),
        ("partial", "fail", {}, 0),
        ("fail", "fail", {}, 0),
        ("unknown", "fail", {}, 0),
    ],
)
def test_what_passed_before_may_not_fall_back(
    before: Status, now: Status, found: dict[str, list[str]], code: int
) -> None:
    verdict = judge(assessment(useful_x=now), None, baseline(useful_x=before))
    assert (whats(verdict), verdict.exit_code) == (found, code)


def test_a_regression_can_be_waived() -> None:
    verdict = judge(assessment(a="fail"), Policy(waivers=WAIVERS), baseline(a="pass"), today=TODAY)
    assert whats(verdict) == {"waived": ["a"]}
    assert verdict.waived[0].why == "fail: as found (it passed in the baseline)"


def test_what_is_required_and_falls_back_is_told_once() -> None:
    verdict = judge(assessment(a="fail"), Policy(required=("a",)), baseline(a="pass"))
    assert whats(verdict) == {"blocking": ["a"], "regressions": ["a"]}


def test_a_baseline_adds_to_the_policy() -> None:
    assert judge(assessment(a="fail"), None, baseline(a="fail")).verdict == "block"
    assert judge(assessment(a="fail"), Policy(levels=()), baseline(a="fail")).verdict == "pass"


def test_the_showcase_is_never_judged() -> None:
    found = judge(assessment(a="pass", url="showcase:12102/native.json"))
    assert found.verdict == "unknown"
    assert "showcase" in found.unknown[0].why


def test_nothing_read_is_nothing_known() -> None:
    assert judge(assessment(a="fail", empty=True)).exit_code == 3
    assert judge(assessment(a="unknown", empty=True), None, baseline(a="pass")).exit_code == 3


def test_a_verdict_names_the_file_of_its_policy() -> None:
    assert judge(assessment(a="pass"), Policy(where="fairkit.toml")).policy == "fairkit.toml"
    assert judge(assessment(a="pass")).policy is None
