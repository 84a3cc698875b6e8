"""Numbers as people read them."""

from __future__ import annotations

import pytest

from fairkit.model.identifier import Identifier
from fairkit.results.wording import named, with_error


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (0.987777, 0.0123, "0.988 ± 0.012"),
        (0.987777, 0.00004, "0.987777 ± 0.000040"),
        (49.2, 46.1, "49 ± 46"),
        (12345.6, 789.0, "12350 ± 790"),
        (0.987777777, None, "0.987778"),
        (0.5, 0.0, "0.5"),
        (0.5, float("nan"), "0.5"),
        (0.5, 1e-30, "0.5 ± 1e-30"),
    ],
)
def test_an_error_says_how_many_digits_count(value: float, error: float | None, text: str) -> None:
    assert with_error(value, error) == text


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        (None, ""),
        (Identifier(scheme="doi", value="10.5281/zenodo.9"), "10.5281/zenodo.9"),
        (Identifier(scheme="made-up", value="7"), "made-up:7"),
    ],
)
def test_data_are_named(identifier: Identifier | None, text: str) -> None:
    assert named(identifier) == text
