"""`fairkit publish --cern`: a bundle to hand over, and plain words about what is done by hand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.cli.conftest import Ran
from tests.conftest import ROOT
from tests.publish.cern.test_bundle import TOML

Run = Callable[..., Ran]
LOST = {"I1-linked-data", "R1-splits", "R1-files", "R1-cryptographic", "R1.2-version"}
"""What a record there cannot say: a version, a strong digest, the files of its indexes, terms in linked data."""


@pytest.fixture
def jets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets"))


def test_the_bundle_lies_beside_the_data(run: Run, jets: Path) -> None:
    done = run("publish", jets, "--cern", "--experiment", "cms")
    assert done.code == 0, done.err
    root = jets.parent / "submission"
    assert sorted(path.name for path in root.iterdir()) == [
        "PULL-REQUEST.md",
        "checks.json",
        "fairkit-submission.json",
        "records",
        "upload.txt",
    ]
    assert json.loads((root / "checks.json").read_bytes()) == []
    text = (root / "PULL-REQUEST.md").read_text()
    assert "no public deposit" in text
    assert "xrdcp" in text
    assert "FAIR gate: pass" in text


def test_a_second_run_writes_the_same(run: Run, jets: Path) -> None:
    every = []
    for _ in range(2):
        assert run("publish", jets, "--cern", "--experiment", "cms").code == 0
        root = jets.parent / "submission"
        every.append({path: path.read_bytes() for path in root.rglob("*") if path.is_file()})
    assert every[0] == every[1]


def test_programs_are_told_in_a_published_form(run: Run, jets: Path) -> None:
    done = run("publish", jets, "--cern", "--experiment", "cms", "--recid", "cms-93999", "--json", "-q")
    told = json.loads(done.out)
    assert (told["recid"], told["files"], told["faults"]) == ("cms-93999", 7, [])
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "publish.schema.json"))).validate(told)


def test_a_dry_run_writes_no_bundle(run: Run, jets: Path) -> None:
    done = run("publish", jets, "--cern", "--experiment", "cms", "--dry-run")
    assert done.code == 0
    assert "pull request" in done.out
    assert not (jets.parent / "submission").exists()


def test_what_the_portal_would_refuse_is_told_with_its_line(run: Run, jets: Path) -> None:
    toml = jets / "fairkit.toml"
    toml.write_text(toml.read_text().replace('license = "CC0-1.0"', 'license = "CC-BY-4.0"'))
    done = run("publish", jets, "--cern", "--experiment", "cms", "--no-gate")
    assert done.code == 2
    assert "fairkit.toml:14: /0/license/attribution: CC-BY-4.0 [licence-other]" in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--cern"], "none is named"),
        (["--cern", "--experiment", "babar"], "alice"),
        (["--cern", "--experiment", "cms", "--recid", "12102"], "recid-form"),
        (["--cern", "--experiment", "cms", "-o", "jets/submission"], "among the data"),
        (["--cern", "--experiment", "cms", "--publish"], "no public deposit"),
        (["--local", "kept", "-o", "submission"], "are for CERN Open Data"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, jets: Path, words: list[str], told: str) -> None:
    done = run("publish", jets, *words)
    assert done.code == 2
    assert told in done.err


def test_the_help_says_that_there_is_no_public_deposit(run: Run) -> None:
    assert "no public deposit" in " ".join(run("publish", "--help").out.replace("│", " ").split())


def test_the_record_scores_what_the_package_scores_but_for_what_it_cannot_say(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "atlas"
    for split, count in (("train", 24), ("test", 6)):
        (root / split).mkdir(parents=True)
        for number in range(count):
            (root / split / f"{split}_{number:02}.csv").write_text("pt\n" + f"{number}.5\n" * 10)
    (root / "fairkit.toml").write_text(TOML)
    output = tmp_path / "submission"
    assert run("publish", root, "--cern", "--experiment", "atlas", "-o", output, "--no-gate").code == 0
    [record] = (output / "records").glob("*.json")
    package, there = passed(run, root / ".fairkit" / "package"), passed(run, record)
    assert {name for name, ok in package.items() if ok and there.get(name) is False} == LOST


def passed(run: Run, target: Path) -> dict[str, bool | None]:
    [made] = json.loads(run("assess", target, "--offline", "--json").out)
    verdicts = {"pass": True, "fail": False, "partial": False, "unknown": False}
    return {row["metric"]: verdicts.get(row["status"]) for row in made["results"]}
