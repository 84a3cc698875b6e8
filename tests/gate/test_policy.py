"""Policies: minimum scores as they are written, what blocks, and what is refused before anything is judged."""

from __future__ import annotations

from datetime import date

import pytest

from fairkit.errors import UnknownName, UsageError
from fairkit.gate import Policy, Waiver, minimum, vet

TODAY = date(2026, 11, 21)
METRICS = ["F1-unique", "R1-units"]


def waiver(metric: str = "R1-units", reason: str = "asked of the experiment", until: str = "2026-11-30") -> Waiver:
    return Waiver(metric, reason, date.fromisoformat(until))


def test_minimum_scores_are_read() -> None:
    assert minimum(["F=0.8,total=0.7", "r = 1"]) == {"F": 0.8, "total": 0.7, "R": 1.0}
    assert minimum([]) == {}


@pytest.mark.parametrize("written", ["nonsense", "F", "F=", "F=2", "F=-1", "X=0.5", "F=80%", "total=0.1,", "F=1.2.3"])
def test_a_wrong_minimum_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="minimum"):
        minimum([written])


@pytest.mark.parametrize(
    ("policy", "levels"),
    [
        (Policy(), ("essential",)),
        (Policy(waivers=(waiver(),)), ("essential",)),
        (Policy({"total": 0.5}), ()),
        (Policy(required=("F1-unique",)), ()),
        (Policy({"total": 0.5}, levels=("essential", "important")), ("essential", "important")),
        (Policy(levels=()), ()),
    ],
)
def test_essential_metrics_block_where_nothing_else_is_asked(policy: Policy, levels: tuple[str, ...]) -> None:
    assert policy.blocking_levels == levels


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(required=("R1-unit",)), "there is no metric 'R1-unit'"),
        (Policy(waivers=(waiver("R1-unit"),)), "there is no metric 'R1-unit'"),
        (Policy(levels=("esential",)), "there is no level 'esential'"),
        (Policy(waivers=(waiver(until="2026-11-20"),)), "the waiver of R1-units expired on 2026-11-20"),
        (Policy(waivers=(waiver(reason=" "),)), "the waiver of R1-units gives no reason"),
    ],
)
def test_a_policy_that_cannot_hold_is_refused(policy: Policy, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        vet(policy, METRICS, today=TODAY)


def test_a_near_miss_is_proposed() -> None:
    with pytest.raises(UnknownName) as caught:
        vet(Policy(waivers=(waiver("R1-unit"),)), METRICS, today=TODAY)
    assert "Did you mean 'R1-units'?" in str(caught.value)


@pytest.mark.parametrize("until", ["2026-11-21", "2026-11-22"])
def test_a_waiver_holds_up_to_its_last_day(until: str) -> None:
    vet(Policy(waivers=(waiver(until=until),)), METRICS, today=TODAY)


def test_a_policy_concerns_a_checklist_as_far_as_it_has_the_metrics() -> None:
    policy = Policy({"F": 0.5}, ("F1-unique", "other"), waivers=(waiver(), waiver("another")))
    assert policy.concerning(METRICS) == Policy({"F": 0.5}, ("F1-unique",), (), (waiver(),))


def test_a_checklist_without_the_required_metrics_is_asked_for_nothing_else() -> None:
    assert Policy(required=("other",)).concerning(METRICS).blocking_levels == ()
    assert Policy().concerning(METRICS).blocking_levels == ("essential",)
