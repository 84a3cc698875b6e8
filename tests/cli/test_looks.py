"""How results are written down."""

from __future__ import annotations

import io
import json

import pytest

from fairkit.cli.looks import json_of, style
from fairkit.model.agent import Agent


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("output", "variables", "colour"),
    [
        (None, {}, True),
        ("-", {}, True),
        ("file", {}, False),
        (None, {"NO_COLOR": "1"}, False),
        (None, {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_that_take_it(
    monkeypatch: pytest.MonkeyPatch, output: str | None, variables: dict[str, str], colour: bool
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert style(output, False, stream=Terminal()).colour is colour


def test_elsewhere_text_is_plain_and_of_one_width() -> None:
    assert style(None, True, stream=io.StringIO()) == (False, 100, True)


def test_half_a_letter_breaks_no_json() -> None:
    assert json.loads(json_of((Agent(name="half \ud800"),)).decode())[0]["name"] == "half \ud800"
