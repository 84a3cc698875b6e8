"""Check digits of identifiers that exist, and of the same with one figure changed."""

from __future__ import annotations

import pytest

from fairkit.vocab.check_digits import ALGORITHMS

RIGHT = [
    ("mod-11-2", "0000-0002-5076-7096"),
    ("mod-11-2", "0000-0002-1825-0097"),
    ("mod-11-2", "0000-0002-1694-233X"),
    ("mod-97-10", "01ggx4157"),
    ("mod-97-10", "04wxnsj81"),
    ("issn", "0378-5955"),
    ("issn", "2434-561X"),
    ("isbn", "9780306406157"),
    ("isbn", "0306406152"),
    ("isbn", "080442957X"),
]


@pytest.mark.parametrize(("algorithm", "value"), RIGHT)
def test_a_published_identifier_has_the_right_check_digit(algorithm: str, value: str) -> None:
    assert ALGORITHMS[algorithm](value)


@pytest.mark.parametrize(("algorithm", "value"), RIGHT)
def test_one_wrong_figure_is_noticed(algorithm: str, value: str) -> None:
    place = next(i for i, figure in enumerate(value) if figure in "12345678" and i > 0)
    assert not ALGORITHMS[algorithm](value[:place] + str(int(value[place]) + 1) + value[place + 1 :])


def test_a_scheme_without_check_digits_has_no_wrong_one() -> None:
    assert ALGORITHMS[""]("anything")
