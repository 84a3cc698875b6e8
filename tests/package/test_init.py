"""The beginning of a fairkit.toml: what is known stands there with its origin, what people wrote stays as it is."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit import resources
from fairkit.dialects import fairkit_toml, variables_csv
from fairkit.errors import FairkitError, NotFound, UnreadableDocument, UsageError
from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.package import questions
from fairkit.package.init import init
from fairkit.package.initiation import Question

CFF = """\
cff-version: 1.2.0
message: cite it
title: Toy jets
type: dataset
license: CC-BY-4.0
date-released: 2026-11-01
version: 1.0.0
authors:
  - {family-names: Example, given-names: Ada, orcid: "https://orcid.org/0000-0002-1825-0097"}
"""


def make(folder: Path, **files: str) -> Path:
    """A folder with files; a double underscore in a name stands for a dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(text.encode())
    return folder


def read(folder: Path) -> View:
    body = (folder / "fairkit.toml").read_bytes()
    return fairkit_toml.read(
        Document(representation="fairkit-toml", media_type="application/toml", url="fairkit.toml", body=body)
    )


def test_a_folder_with_a_citation_file_and_a_readme(tmp_path: Path) -> None:
    ak, h5py, np, pa, pq, uproot = (
        pytest.importorskip(name) for name in ("awkward", "h5py", "numpy", "pyarrow", "pyarrow.parquet", "uproot")
    )
    folder = make(tmp_path / "set", README__md="# Toy jets\n\nSimulated jets for a bar.\n", CITATION__cff=CFF)
    with uproot.recreate(folder / "raw.root") as file:
        tree = file.mktree("events", {"jet_pt": "var * float32", "met": "float32", "label": "int32"})
        values = {"met": np.ones(4, "f4"), "label": np.array([0, 1, 0, 1], "i4")}
        tree.extend({"jet_pt": ak.Array([[1.0], [], [2.0, 3.0], [4.0]]), **values})
    with h5py.File(folder / "train.h5", "w") as file:
        file["features"] = np.zeros((4, 10), "f4")
        file["label"] = np.array([0, 1, 0, 1])
    pq.write_table(pa.table({"x": np.ones(3), "y": [0, 1, 2]}), folder / "test.parquet")

    made = init(str(folder))
    view = read(folder)
    found = view.resource
    assert (made.created, made.written, view.faults) == (True, ("fairkit.toml",), ())
    assert (found.title, found.description, found.license) == ("Toy jets", "Simulated jets for a bar.", "CC-BY-4.0")
    assert [one.name for one in found.creators] == ["Example, Ada"]
    assert {one.name for one in found.variables} == {"jet_pt", "met", "label", "features", "x", "y"}
    assert [(one.name, one.entry_count) for one in found.splits] == [("train", 4), ("test", 3)]
    assert (found.entry_count, found.version, found.date_published) == (11, "1.0.0", "2026-11-01")
    assert [question.field for question in made.questions] == ["keywords", "variables"]

    before = (folder / "fairkit.toml").read_bytes()
    assert init(str(folder)).written == ()
    assert (folder / "fairkit.toml").read_bytes() == before


def test_every_value_tells_its_origin(tmp_path: Path) -> None:
    licence = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n"
    folder = make(
        tmp_path / "it",
        README__md="# Toys\n\nSome toys.\n\nVersion: 2\n",
        LICENSE=licence,
        toys__csv="pt,label\n1.5,0\n",
    )
    made = init(str(folder))
    told = {one.place: (one.how, one.source, one.line) for one in made.filled}
    assert told == {
        "resource.kind": ("extracted", None, None),
        "resource.title": ("extracted", "README.md", 1),
        "resource.description": ("extracted", "README.md", 3),
        "resource.version": ("extracted", "README.md", 5),
        "resource.license": ("extracted", "LICENSE", 3),
        "data.entries": ("extracted", "toys.csv", None),
        "data.formats": ("extracted", "toys.csv", None),
        "variables.0": ("extracted", "toys.csv", None),
        "variables.1": ("extracted", "toys.csv", None),
        "variables.1.role": ("guessed", None, None),
    }
    text = (folder / "fairkit.toml").read_text()
    assert text.startswith("#:schema https://w3id.org/fairkit/schemas/fairkit-toml.schema.json\n")
    for line in (
        'title = "Toys"  # extracted from README.md',
        "[[variables]]  # extracted from toys.csv",
        'role = "label"  # guessed: is called a label or a class',
    ):
        assert line in text.splitlines()


CODEMETA = json.dumps({"@context": "https://w3id.org/codemeta/3.0", "name": "It"})
ZENODO = json.dumps({"title": "It", "upload_type": "dataset"})
DATAPACKAGE = json.dumps({"name": "it", "title": "It", "resources": []})
CARD = "---\nlicense: mit\npretty_name: It\ntask_categories: [other]\n---\n"


@pytest.mark.parametrize(
    ("files", "field", "value", "source"),
    [
        ({"codemeta__json": CODEMETA}, "title", "It", "codemeta.json"),
        ({"__zenodo__json": ZENODO}, "title", "It", ".zenodo.json"),
        ({"datapackage__json": DATAPACKAGE}, "title", "It", "datapackage.json"),
        ({"README__md": CARD}, "title", "It", "README.md"),
        ({"readme__txt": "Title: HEPMASS\nVersion: 3\n"}, "title", "HEPMASS", "readme.txt"),
        ({"readme__txt": "Authors: A. Baldi; B. Whiteson\n"}, "creators", "A. Baldi", "readme.txt"),
        ({"LICENSE": "CC0 1.0 Universal\n"}, "license", "CC0-1.0", "LICENSE"),
    ],
)
def test_documents_of_many_kinds_are_read(
    tmp_path: Path, files: dict[str, str], field: str, value: str, source: str
) -> None:
    folder = make(tmp_path / "it", **files)
    made = init(str(folder))
    found = getattr(read(folder).resource, field)
    assert (found[0].name if isinstance(found, tuple) else found) == value
    assert source in {one.source for one in made.filled}


def test_what_nobody_knows_stays_open(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", a__csv="x\n1\n")
    made = init(str(folder))
    assert [one.field for one in made.questions] == [
        "license",
        "creators",
        "description",
        "title",
        "keywords",
        "variables",
    ]
    resource = read(folder).resource
    assert (resource.license, resource.creators, resource.title, resource.description) == (None, (), None, None)
    lines = questions.left((folder / "fairkit.toml").read_text())
    assert [field for field, _ in lines] == [one.field for one in made.questions]
    assert [line for _, line in lines] == list(range(5, 11))


def test_at_most_five_questions_are_asked_each_with_its_proposal(tmp_path: Path) -> None:
    folder = make(tmp_path / "toy_jets", a__csv="x\n1\n2\n", LICENSE="Copyright 2026 Ada Example\n")
    asked: list[Question] = []
    answers: dict[str, Any] = {
        "license": "CC0-1.0",
        "creators": (Agent(name="Bo"),),
        "description": "It is.",
        "title": "It",
    }

    def ask(question: Question) -> Any:
        asked.append(question)
        return answers.get(question.field)

    made = init(str(folder), ask=ask)
    assert [(one.field, one.proposal) for one in asked] == [
        ("license", "CC-BY-4.0"),
        ("creators", "Ada Example"),
        ("description", "2 entries of 1 variable in 1 file (CSV)."),
        ("title", "Toy jets"),
        ("keywords", None),
    ]
    assert {one.place: one.how for one in made.filled if one.how == "asked"} == {
        "resource.license": "asked", "creators.0": "asked", "resource.description": "asked", "resource.title": "asked",
    }  # fmt: skip
    assert [one.field for one in made.questions] == ["keywords", "variables"]
    assert 'license = "CC0-1.0"  # as answered' in (folder / "fairkit.toml").read_text()


HAND = """\
# my own words

[resource]
title = 'Mine' # do not touch
licence = "oops"

[gate]
minimum = { total = 0.5 }

[[variables]] # the first
name = "x"
description = "what I know"
"""


def test_what_somebody_wrote_stays_and_gaps_are_filled(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", fairkit__toml=HAND, CITATION__cff=CFF, a__csv="x,y\n1,2\n")
    made = init(str(folder))
    text = (folder / "fairkit.toml").read_text()
    assert is_subsequence(HAND.splitlines(), text.splitlines())
    resource = read(folder).resource
    assert (resource.title, resource.license) == ("Mine", "CC-BY-4.0")
    assert [(one.name, one.description) for one in resource.variables] == [("x", "what I know"), ("y", None)]
    assert [one.text for one in made.contradictions] == ["the title is 'Mine' here and 'Toy jets' in CITATION.cff"]
    assert (made.contradictions[0].file, text.splitlines()[(made.contradictions[0].line or 0) - 1]) == (
        "fairkit.toml", "title = 'Mine' # do not touch",
    )  # fmt: skip
    assert init(str(folder)).written == ()


def test_the_text_of_another_licence_is_reported(tmp_path: Path) -> None:
    made = init(str(make(tmp_path / "it", CITATION__cff=CFF, LICENSE="SPDX-License-Identifier: MIT\n")))
    assert [one.text for one in made.contradictions] == ["the license is 'CC-BY-4.0' here and 'MIT' in LICENSE, line 1"]


def test_a_recipe_stays_the_only_account_of_the_steps(tmp_path: Path) -> None:
    recipe = "[recipe]\ngenerator = 'Pythia'\nseeds = 1\n"
    record = resources.folder("showcase") / "12102" / "native.json"
    folder = make(tmp_path / "it", fairkit__toml=recipe, record__json=record.read_text())
    init(str(folder))
    assert [step.name for step in read(folder).resource.activities] == ["generation"]


def test_new_columns_and_files_are_added_and_contradictions_named(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", train__csv="x\n1\n", test__csv="x\n1\n")
    init(str(folder))
    mine = (folder / "fairkit.toml").read_text().replace('type = "int64"', 'type = "string"')
    (folder / "fairkit.toml").write_text(mine)
    make(folder, train_2__csv="x,z\n1,2\n2,3\n")
    made = init(str(folder))
    resource = read(folder).resource
    assert [one.name for one in resource.variables] == ["x", "z"]
    assert resource.splits[0].files == ("train.csv", "train_2.csv")
    assert "x is said to be string, and is int64 in the file" in {one.text for one in made.contradictions}
    assert init(str(folder)).written == ()


def test_answered_questions_go_and_the_others_stay(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", a__csv="x\n1\n")
    init(str(folder))
    path = folder / "fairkit.toml"
    path.write_text(path.read_text().replace("[resource]\n", '[resource]\ntitle = "Mine"\nlicense = "MIT"\n'))
    left = [one.field for one in init(str(folder)).questions]
    assert left == ["creators", "description", "keywords", "variables"]
    assert [field for field, _ in questions.left(path.read_text())] == left
    assert init(str(folder)).written == ()


def test_many_variables_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    heads = ",".join(f"{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")
    folder = make(tmp_path / "it", a__csv=f"{heads}\n{','.join('1' * 43)}\n")
    made = init(str(folder))
    assert made.written == ("variables.csv", "fairkit.toml")
    assert read(folder).resource.variables == ()
    table = folder / "variables.csv"
    assert variables(table.read_bytes())[:2] == ["aa", "bb"]
    assert init(str(folder)).written == ()
    table.write_bytes(b"\xef\xbb\xbfname;unit;description\r\naa;GeV;mine\r\n")
    assert init(str(folder)).written == ("variables.csv",)
    assert table.read_bytes().startswith(b"\xef\xbb\xbfname;unit;description\r\naa;GeV;mine\r\nbb;;\r\n")
    assert len(variables(table.read_bytes())) == 43
    assert init(str(folder)).written == ()


def test_a_saved_record_is_read(tmp_path: Path) -> None:
    folder = make(tmp_path / "it")
    record = resources.folder("showcase") / "12102" / "native.json"
    (folder / "record.json").write_bytes(record.read_bytes())
    made = init(str(folder))
    found = read(folder).resource
    assert (found.license, found.creators[0].name, len(found.relations)) == ("CC0-1.0", "Duarte, Javier", 22)
    assert {one.how for one in made.filled if one.place == "resource.title"} == {"read"}
    assert len(variables((folder / "variables.csv").read_bytes())) == 178
    assert "in its columns role, group." in (folder / "fairkit.toml").read_text()
    assert made.contradictions == ()
    assert init(str(folder)).written == ()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", CITATION__cff="a: [b\n", b__parquet="PAR1")
    notes = init(str(folder)).notes
    assert ["CITATION.cff is not readable YAML" in notes[0], "b.parquet" in notes[1]] == [True, True]


def test_a_table_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    heads = ",".join(f"{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")
    folder = make(tmp_path / "it", a__csv=f"{heads}\n{','.join('1' * 43)}\n", variables__csv="age,height\n1,2\n")
    assert init(str(folder)).written == ("fairkit.toml",)
    assert (folder / "variables.csv").read_text() == "age,height\n1,2\n"
    assert len(read(folder).resource.variables) == 43


def variables(body: bytes) -> list[str]:
    table = Document(representation="variables-csv", media_type="text/csv", url="variables.csv", body=body)
    return [one.name for one in variables_csv.read(table).resource.variables]


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", fairkit__toml="[resource]\r\ntitle = 'a'\r\n", CITATION__cff=CFF)
    init(str(folder))
    body = (folder / "fairkit.toml").read_bytes()
    assert body.count(b"\r\n") == body.count(b"\n")
    assert init(str(folder)).written == ()


@pytest.mark.parametrize("make_it", [os.mkfifo, os.mkdir])
def test_nothing_waits_for_what_is_no_file(tmp_path: Path, make_it: Callable[[Path], None]) -> None:
    folder = make(tmp_path / "it", a__csv="x\n1\n")
    make_it(folder / "fairkit.toml")
    with pytest.raises(UsageError, match="is no file"):
        init(str(folder))


@pytest.mark.parametrize("name", ["fairkit.toml", "variables.csv"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mine")
    folder = make(tmp_path / "it", a__csv="x\n1\n")
    (folder / name).symlink_to(secret)
    with pytest.raises(UsageError, match="is a link"):
        init(str(folder))
    assert secret.read_text() == "mine"


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n\nWords.\n")
    folder = make(tmp_path / "it", a__csv="x\n1\n")
    (folder / "README.md").symlink_to(secret)
    init(str(folder))
    assert "Secret" not in (folder / "fairkit.toml").read_text()


def test_what_is_no_folder_or_no_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        init(str(tmp_path / "none"))
    with pytest.raises(UnreadableDocument, match="TOML"):
        init(str(make(tmp_path / "it", fairkit__toml="[a")))
    (tmp_path / "it" / "fairkit.toml").write_bytes(b"\xff")
    with pytest.raises(UnreadableDocument, match="UTF-8"):
        init(str(tmp_path / "it"))


def test_an_empty_folder_gets_its_questions(tmp_path: Path) -> None:
    folder = make(tmp_path / "it")
    assert init(str(folder)).created
    assert read(folder).faults == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text() | st.builds(lambda text: CFF + text, st.text()))
def test_any_readme_and_citation_file_is_survived(tmp_path: Path, readme: str, cff: str) -> None:
    folder = make(tmp_path / "it")
    (folder / "fairkit.toml").unlink(missing_ok=True)
    (folder / "README.md").write_bytes(readme.encode("utf-8", "surrogatepass"))
    (folder / "CITATION.cff").write_bytes(cff.encode("utf-8", "surrogatepass"))
    try:
        init(str(folder))
    except FairkitError:
        return
    assert read(folder).faults == ()
    assert init(str(folder)).written == ()


VALUES = st.one_of(st.text(max_size=5), st.integers(-9, 9), st.booleans(), st.lists(st.text(max_size=3), max_size=2))
KEYS = st.sampled_from(["title", "license", "keywords", "version", "kind", "name", "entries", "x y", "titel"])
TABLE = st.dictionaries(KEYS, VALUES, max_size=3)
FILES = st.dictionaries(
    st.sampled_from(["resource", "creators", "data", "variables", "splits", "provenance", "gate", "other"]),
    TABLE | st.lists(TABLE, max_size=2) | VALUES,
    max_size=4,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, st.booleans())
def test_no_key_and_no_comment_is_ever_lost(tmp_path: Path, data: dict[str, Any], last: bool) -> None:
    folder = make(tmp_path / "it", CITATION__cff=CFF, train__csv="x,label\n1,0\n", test__csv="x,label\n1,0\n")
    written = f"# first\n{tomlkit.dumps(data)}" + ("# last\n" if last else "")
    (folder / "fairkit.toml").write_text(written)
    init(str(folder))
    after = (folder / "fairkit.toml").read_text()
    assert keeps(tomllib.loads(after), tomllib.loads(written))
    assert after.count("# first") == 1
    assert ("# last" in after) == last
    assert init(str(folder)).written == ()


def keeps(after: Any, before: Any) -> bool:
    """Whether all that was there is there, with the same value."""
    if isinstance(before, dict):
        return isinstance(after, dict) and all(
            key in after and keeps(after[key], value) for key, value in before.items()
        )
    if isinstance(before, list):
        return isinstance(after, list) and len(after) >= len(before) and all(map(keeps, after, before))
    return type(after) is type(before) and after == before


def is_subsequence(lines: list[str], of: list[str]) -> bool:
    left = iter(of)
    return all(any(line == other for other in left) for line in lines)


def test_the_card_of_a_model_answers_what_it_does_and_was_trained_on(tmp_path: Path) -> None:
    front = "---\nlicense: mit\npipeline_tag: tabular-classification\ndatasets: [toy/jets]\n---\n"
    (tmp_path / "README.md").write_text(f"{front}# Tagger\n\nIt tags jets, and says so.\n")
    asked = {one.field for one in init(str(tmp_path)).questions}
    assert not {"tasks", "data_uses"} & asked
    told = tomllib.loads((tmp_path / "fairkit.toml").read_text())["model"]
    assert told["tasks"] == ["tabular-classification"]
    assert told["data"] == [{"role": "trained", "id": "https://huggingface.co/datasets/toy/jets", "title": "toy/jets"}]
