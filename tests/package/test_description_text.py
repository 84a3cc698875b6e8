"""What the terminal shows: what it is, its splits, its variables, what to look at; strangers move no cursor."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from fairkit.model.variable import Variable
from fairkit.package.description_text import render
from fairkit.package.words import Description, Finding, Guess
from fairkit.report import Style
from tests.report.payloads import PAYLOADS

from .descriptions import hostile, rich


def shown(found: Description, **style: object) -> str:
    return render(found, style=Style(**({"width": 120} | style))).decode()  # type: ignore[arg-type]


def test_everything_has_its_line() -> None:
    told = shown(rich())
    for text in (
        "123.5 kB · 1,200 entries · Parquet, jets · jets · version jets", "No row of jets is in",
        "float32[60]", "33.3", "250.5", "3 NaN", "0: 58%", "1: 42%", "leak: jets equals the label  fairkit.toml:12",
        "guessed from paths",
    ):  # fmt: skip
        assert text in told, text


def test_what_is_wrong_comes_before_what_is_good_to_know() -> None:
    found = replace(rich(), findings=(Finding(kind="note", text="mind"), Finding(kind="conflict", text="wrong")))
    told = shown(found)
    assert told.index("wrong") < told.index("mind")


def test_without_numbers_descriptions_are_told() -> None:
    one = Variable(name="pt", description="Transverse momentum")
    assert "Transverse momentum" in shown(Description(target="x", resource=replace(rich().resource, variables=(one,))))


def test_a_guess_is_marked() -> None:
    one = replace(rich().resource, variables=(Variable(name="label", dtype="int8"),))
    guess = Guess(subject="label", field="role", value="label", why="so")
    assert "label?" in shown(Description(target="x", resource=one, guessed=(guess,)))


def test_long_lists_are_cut_unless_all_is_asked_for() -> None:
    many = tuple(Variable(name=f"x{place}") for place in range(100))
    findings = tuple(Finding(kind="note", text=f"note {place}") for place in range(30))
    found = Description(target="x", resource=replace(rich().resource, variables=many), findings=findings)
    told, whole = shown(found), shown(found, verbose=True)
    assert ("40 more: --verbose tells all" in told, "10 more: --verbose tells all" in told) == (True, True)
    assert ("x99" in told, "x99" in whole, "note 29" in whole) == (False, True, True)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_strangers_move_no_cursor(payload: str) -> None:
    told = shown(hostile(payload))
    assert all(unicodedata.category(letter) not in ("Cc", "Cf", "Cs") or letter == "\n" for letter in told)
    assert told == render(hostile(payload), style=Style(width=120)).decode()
