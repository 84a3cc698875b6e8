"""Dates that can be read in one way only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.vocab import dates


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("2019", "2019"),
        ("2019-5", "2019-05"),
        ("2019/05/31", "2019-05-31"),
        ("2019.5.3", "2019-05-03"),
        ("20190531", "2019-05-31"),
        ("31 May 2019", "2019-05-31"),
        ("31st May, 2019", "2019-05-31"),
        ("May 31, 2019", "2019-05-31"),
        ("Sept. 2019", "2019-09"),
        ("may 2019", "2019-05"),
        ("5/6/2019", None),
        ("31-05-2019", None),
        ("201905", None),
        ("2019-13-01", None),
        ("2019-02-30", None),
        ("Smarch 2019", None),
        ("2011/2012", None),
        ("0000", None),
        ("", None),
    ],
)
def test_a_date_has_one_meaning_or_none(written: str, means: str | None) -> None:
    assert dates.iso(written) == means


@given(st.dates())
def test_what_is_iso_stays(day: object) -> None:
    assert dates.iso(str(day)) == str(day)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = dates.iso(text)
    assert found is None or dates.iso(found) == found
