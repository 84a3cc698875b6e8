"""A mending for the terminal."""

from __future__ import annotations

import json

import pytest

from fairkit.assess import checklist
from fairkit.fix import mend
from fairkit.fix.text import diff, render
from fairkit.model.distribution import Distribution
from fairkit.model.harvest import Harvest
from fairkit.report import Style
from tests.report.made import HOSTILE

from .works import DATACITE, RECORD, folder, record

OURS = [checklist.load("fairkit")]


def text(read: Harvest, **style: bool) -> str:
    return render(mend(read, OURS), style=Style(**style)).decode()


@pytest.mark.parametrize(
    "said",
    [
        "/metadata/date_published: 2019-05-31",
        "from the spelling of ISO 8601 for '31 May 2019'; mends F2-published",
        "with the others",
        "≤ +",
        "version (no place for it in cern-open-data)",
        "with the values below",
    ],
)
def test_it_says_what_where_why_and_how_much(said: str) -> None:
    assert said in " ".join(text(record(), verbose=True).split())


def test_the_keys_of_a_folder_are_written_as_in_its_file() -> None:
    assert "resource.license:" in text(folder("", "fairkit.toml", "a.csv"), verbose=True)


def test_many_questions_are_told_on_request() -> None:
    assert "which -v shows" in text(record())
    assert "which -v shows" not in text(record(), verbose=True)


def test_a_diff_is_whole_and_of_the_file() -> None:
    read = folder('[resource]\ntitle = "Jets"\n', "fairkit.toml", "a.csv")
    changes = diff(mend(read, OURS, files=(Distribution(name="a.csv", byte_size=7),)))
    assert changes.startswith("--- jets/fairkit.toml\n+++ jets/fairkit.toml\n@@")
    assert '+path = "a.csv"\n' in changes
    assert diff(mend(record(), OURS)) == ""


@pytest.mark.parametrize(("written", "shown"), HOSTILE)
def test_nothing_of_a_stranger_is_obeyed(written: str, shown: str) -> None:
    cff = json.dumps({"cff-version": "1.2.0", "version": written, "title": written})
    native = {"metadata": RECORD | {"title": written, "date_published": written}}
    hostile = [
        folder("", "fairkit.toml", written, cff=cff),
        record(native, datacite={**DATACITE, "publisher": written}),
    ]
    for read in hostile:
        told = text(read, verbose=True)
        assert not [c for c in told if c != "\n" and not c.isprintable() and c != "\u0301"]
