"""The options that several verbs share mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.conftest import Ran

SHARED = ["--checklist", "--json", "--output", "--offline", "--online", "--evidence", "--save-evidence", "--fail-fast"]


@pytest.mark.parametrize("option", [*SHARED, "--quiet", "--verbose"])
def test_assess_and_gate_take_the_same_options(run: Callable[..., Ran], option: str) -> None:
    assert option in run("assess", "--help").out
    assert option in run("gate", "--help").out
