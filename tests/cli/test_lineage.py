"""`fairkit lineage` as a user calls it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.servers.cern_open_data import Portal

from .conftest import Ran

Run = Callable[..., Ran]


def test_12102_has_21_parents_and_its_software(run: Run) -> None:
    ran = run("lineage", "record", "12102", "--offline")
    assert ran.code == 0
    assert "comes from (21)" in ran.out
    assert ran.out.count("MINIAODSIM  [cern-open-data:120") == 21
    assert ran.out.splitlines()[-2:] == ["└─ was made with", "   └─ cern-open-data:12103"]


def test_other_works_are_looked_up_online(run: Run, real: Portal, visit: Callable[[Portal], None]) -> None:
    visit(real)
    ran = run("lineage", "record", "12102", "--depth", "2")
    assert ran.code == 0
    assert "cern-open-data:12103" in ran.out


def test_the_steps_of_a_folder_stand_in_its_toml(run: Run) -> None:
    ran = run("lineage", "examples/jets")
    assert "was made by the step" in ran.out
    assert "make_jets.py" in ran.out
    assert "NumPy  [github:numpy/numpy, 2.4]" in ran.out


@pytest.mark.parametrize("depth", ["0", "-1", "21", "two"])
def test_a_depth_that_is_none_is_refused(run: Run, depth: str) -> None:
    ran = run("lineage", "record", "12102", "--offline", "--depth", depth)
    assert ran.code == 2
    assert "no number of generations" in ran.err
