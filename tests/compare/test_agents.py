"""Who of one list of people is who of another."""

from __future__ import annotations

import time

from fairkit.compare import match
from tests.checks.judge import agent


def test_each_is_paired_once_by_the_surest_sign() -> None:
    ours = (agent("Zhang, Y."), agent("Zhang, Yi"), agent("Zhang, Y.", "orcid:0000-0002-1825-0097"))
    theirs = (agent("Y. Zhang"), agent("Zhang, Ying", "orcid:0000-0002-1825-0097"), agent("Zhang, Yi"))
    found = match(ours, theirs)
    assert found.pairs == [(ours[0], theirs[0]), (ours[1], theirs[2]), (ours[2], theirs[1])]
    assert (found.ours, found.theirs) == ([], [])


def test_a_collaboration_is_paired_quickly() -> None:
    ours = tuple(agent(f"Family{n}, Given{n}") for n in range(3000))
    began = time.perf_counter()
    assert len(match(ours, ours[::-1]).pairs) == 3000
    assert time.perf_counter() - began < 5
