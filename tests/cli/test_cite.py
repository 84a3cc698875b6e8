"""`fairkit cite`: every format, for folders and records."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.conftest import ROOT

RECORD = ROOT / "showcase" / "12102" / "native.json"


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("text", "Duarte, J. (2019). Sample with jet"),
        ("bibtex", "@misc{duarte2019sample,"),
        ("ris", "TY  - DATA"),
        ("csl-json", "[\n  {"),
    ],
)
def test_a_record_is_cited(run: Callable[..., Ran], form: str, beginning: str) -> None:
    ran = run("cite", RECORD, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(beginning)
    assert "10.7483/OPENDATA.CMS.JGJX.MS7Q" in ran.out


def test_a_folder_is_cited_and_its_wish_is_told(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "fairkit.toml").write_text('[resource]\ntitle = "Toy jets"\ncitation = "As you like"\n')
    ran = run("cite", tmp_path)
    assert (ran.code, ran.out) == (0, "Toy jets [Data set] (n.d.).\n")
    assert "asks to be cited as: As you like" in ran.err
    assert run("cite", tmp_path, "--quiet").err == ""


def test_json_has_every_format(run: Callable[..., Ran]) -> None:
    made = json.loads(run("cite", RECORD, "--json").out)
    assert made["csl"]["DOI"] == "10.7483/OPENDATA.CMS.JGJX.MS7Q"
    assert made["text"].endswith("MS7Q")


def test_an_unknown_format_is_refused(run: Callable[..., Ran]) -> None:
    ran = run("cite", RECORD, "--format", "endnote")
    assert (ran.code, "there is no format of citations 'endnote'" in ran.err) == (2, True)


def test_it_goes_to_a_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("cite", RECORD, "-o", tmp_path / "cite.txt").out == ""
    assert (tmp_path / "cite.txt").read_text().startswith("Duarte")


def test_the_target_may_stand_on_standard_input(run: Callable[..., Ran]) -> None:
    assert run("cite", "-", stdin=f"# one\n{RECORD}\n").out.startswith("Duarte")
