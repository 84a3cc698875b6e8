"""The endpoint JSON of shields.io has its four keys, and says what the badge says."""

from __future__ import annotations

import json

import pytest

from fairkit.report import Style, report

from .made import made, showcase


@pytest.mark.parametrize(
    ("total", "message", "colour"),
    [
        ((0.864, 0.864), "86 %", "green"),
        ((0.5, 0.6), "50–60 %", "yellow"),
        ((0.1, 0.9), "10–90 %", "red"),
        (None, "unknown", "lightgrey"),
    ],
)
def test_it_is_what_shields_reads(total: tuple[float, float] | None, message: str, colour: str) -> None:
    written = json.loads(report("shields").render([made(scores={"total": total})], style=Style()))
    assert written == {"schemaVersion": 1, "label": "FAIR", "message": message, "color": colour}


def test_the_showcase_is_no_record() -> None:
    assert json.loads(report("shields").render([showcase()], style=Style()))["message"] == "showcase"
