"""Who gets the files, as a call decides it."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.errors import UsageError
from fairkit.publish.access import closed


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795824000")  # 2026-11-28


@pytest.mark.parametrize(
    ("asked", "decided"),
    [
        ({}, {}),
        ({"restricted": True}, {"access": "restricted", "embargo_until": None}),
        ({"embargo": "2027-01-31"}, {"access": "embargoed", "embargo_until": "2027-01-31"}),
    ],
)
def test_options_decide_and_their_absence_does_not(asked: dict[str, Any], decided: dict[str, Any]) -> None:
    assert closed(**asked) == decided


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"embargo": "2026-11-28"}, "not in the future"),
        ({"embargo": "2020-01-01"}, "not in the future"),
        ({"embargo": "2027-02-30"}, "no day"),
        ({"embargo": "soon"}, "no day"),
        ({"embargo": "2027-01-31", "restricted": True}, "contradict"),
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        closed(**asked)
