"""`fairkit export`: documents, folders of documents, what is lost, and what is never replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fairkit.dialects import exports
from tests.cli.conftest import Ran
from tests.conftest import ROOT

RECORD = ROOT / "showcase" / "12102" / "native.json"


@pytest.fixture
def jets(tmp_path: Path) -> Path:
    """A small folder with its fairkit.toml."""
    folder = tmp_path / "jets"
    folder.mkdir()
    (folder / "fairkit.toml").write_text('[resource]\ntitle = "Toy jets"\nlicense = "CC-BY-4.0"\n')
    (folder / "jets.csv").write_text("pt,label\n1.5,0\n2.5,1\n")
    return folder


def test_a_folder_is_written_with_the_digests_of_its_files(run: Callable[..., Ran], jets: Path) -> None:
    ran = run("export", jets, "--to", "datapackage")
    assert (ran.code, ran.err) == (0, "")
    [file] = json.loads(ran.out)["resources"]
    assert file["path"] == "jets.csv"
    assert file["hash"].startswith("sha256:")
    assert [field["name"] for field in file["schema"]["fields"]] == ["pt", "label"]


def test_a_record_is_written_to_a_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("export", RECORD, "--to", "cff", "--output", tmp_path / "CITATION.cff")
    assert (ran.code, ran.out) == (0, "")
    assert "doi: 10.7483/OPENDATA.CMS.JGJX.MS7Q" in (tmp_path / "CITATION.cff").read_text()


def test_all_forms_go_to_a_folder_and_again(run: Callable[..., Ran], jets: Path, tmp_path: Path) -> None:
    for _ in range(2):
        ran = run("export", jets, "--to", "all", "--output", tmp_path / "forms")
        assert ran.code == 0
        assert ran.err.count("wrote") == len(exports())
    names = {file.name for file in (tmp_path / "forms").iterdir()}
    assert len(names) == len(exports())
    assert {"CITATION.cff", "codemeta.json", "croissant.json", "schema-org.jsonld", "datacite.xml"} <= names


def test_what_people_may_have_written_is_left_unless_forced(
    run: Callable[..., Ran], jets: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "CITATION.cff"
    theirs.write_text("cff-version: 1.2.0\n")
    ran = run("export", jets, "--to", "all", "-o", tmp_path)
    assert "CITATION.cff is there already and stays" in ran.err
    assert theirs.read_text() == "cff-version: 1.2.0\n"
    run("export", jets, "--to", "all", "-o", tmp_path, "--force", "--quiet")
    assert "Toy jets" in theirs.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no form was named"),
        (("--to", "klingon"), "there is no dialect 'klingon'"),
        (("--to", "fairkit-toml"), "no form in which a work is exported"),
        (("--to", "cff:json"), "there is no form of cff 'json'"),
        (("--to", "all"), "need a folder"),
        (("--to", "all", "-o", "here"), "is what is described"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    run: Callable[..., Ran], jets: Path, words: tuple[str, ...], said: str
) -> None:
    ran = run("export", jets, *(jets if word == "here" else word for word in words))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_there_must_be_one_target(run: Callable[..., Ran], jets: Path) -> None:
    assert run("export", "--to", "cff").code == 2
    assert "one is written down at a time" in run("export", RECORD, RECORD, "--to", "cff").err


def test_what_is_lost_stands_in_a_table(run: Callable[..., Ran], jets: Path, tmp_path: Path) -> None:
    ran = run("export", jets, "--to", "cff", "--loss", "-o", tmp_path / "x.cff")
    assert ran.code == 0
    assert "no place for: distributions" in ran.out
    assert (tmp_path / "x.cff").exists()
    every = run("export", jets, "--loss").out
    assert all(name in every for name in exports())
    assert "wrote" not in ran.err + every


def test_the_table_goes_to_a_file_too(run: Callable[..., Ran], jets: Path, tmp_path: Path) -> None:
    assert run("export", jets, "--loss", "-o", tmp_path / "loss.txt").out == ""
    assert "schema-org" in (tmp_path / "loss.txt").read_text()


def test_json_tells_the_document_and_what_is_lost(run: Callable[..., Ran], jets: Path, tmp_path: Path) -> None:
    [made] = json.loads(run("export", jets, "--to", "codemeta", "--json").out)
    assert json.loads(made["document"])["name"] == "Toy jets"
    assert made["file"] is None
    assert {"field": "variables", "how": "no-place", "why": None} in made["losses"]
    every = json.loads(run("export", jets, "--to", "all", "--json", "-o", tmp_path / "forms").out)
    assert [one["form"] for one in every] == list(exports())
    assert all(one["document"] is None and Path(one["file"]).exists() for one in every)


def test_the_forms_are_listed(run: Callable[..., Ran]) -> None:
    ran = run("export", "--list")
    assert [line.split()[0] for line in ran.out.splitlines()] == list(exports())
    rows = json.loads(run("export", "--list", "--json").out)
    assert {row["form"]: row["file"] for row in rows}["cff"] == "CITATION.cff"


def test_a_folder_that_cannot_be_made_is_told(run: Callable[..., Ran], jets: Path) -> None:
    ran = run("export", jets, "--to", "all", "-o", jets / "jets.csv")
    assert (ran.code, "there can be no folder" in ran.err) == (2, True)


def test_a_broken_file_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{")
    assert run("export", tmp_path / "x.json", "--to", "cff").code == 2


@pytest.fixture
def model(jets: Path) -> Path:
    """The small folder as one of a model."""
    (jets / "fairkit.toml").write_text('[resource]\nkind = "model"\ntitle = "Tagger"\n')
    return jets


@pytest.mark.parametrize("name", ["croissant", "datapackage"])
@pytest.mark.parametrize("more", [(), ("--loss",), ("--json",)])
def test_a_form_for_data_is_refused_to_a_model(
    run: Callable[..., Ran], model: Path, name: str, more: tuple[str, ...]
) -> None:
    ran = run("export", model, "--to", name, *more)
    assert (ran.code, ran.out) == (2, "")
    assert f"{name} is a form for data, and {model} is a model" in ran.err
    assert "fair4ml" in ran.err
    assert run("export", model, "--to", "ro-crate", *more).code == 0


def test_all_forms_of_a_model_are_those_that_fit(run: Callable[..., Ran], model: Path, tmp_path: Path) -> None:
    ran = run("export", model, "--to", "all", "-o", tmp_path / "forms")
    names = {file.name for file in (tmp_path / "forms").iterdir()}
    assert (ran.code, len(names)) == (0, len(exports()) - 2)
    assert not {"croissant.json", "datapackage.json"} & names
    assert "left out, for forms of data: croissant, datapackage" in ran.err
    every = json.loads(run("export", model, "--loss", "--json").out)
    assert not {"croissant", "datapackage"} & {one["form"] for one in every}
