"""What is wrong in a folder or a package is found: the code, the file, the line."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit import resources
from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.package.package import build
from fairkit.package.validate import validate
from fairkit.package.validation import Fault, Validation
from tests.conftest import ROOT

HEAD = """\
[resource]
title = "Jets"
description = "Toy jets."
license = "CC0-1.0"
version = "1"
[[creators]]
name = "Example, Ada"
"""
"""Seven lines without a fault."""
VARIABLES = """\
[[variables]]
name = "pt"
type = "float64"
unit = "GeV"
description = "momentum"
[[variables]]
name = "label"
type = "int64"
unit = "1"
description = "flavour"
"""
MORE = "[[variables]]\nname = '{}'\nunit = 'GeV'\ndescription = 'x'\n"
FILE = "[[files]]\npath = 'a.csv'\n"
DATA = "pt,label\n20.5,0\n30.5,1\n"


def make(folder: Path, toml: str | None = HEAD + VARIABLES, **files: str) -> Path:
    """A folder with a file of data; a double underscore in a name stands for a dot."""
    folder.mkdir(exist_ok=True)
    if toml is not None:
        (folder / "fairkit.toml").write_text(toml)
    for name, text in {"a__csv": DATA, **files}.items():
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def places(found: Validation) -> list[tuple[str, str | None, int | None]]:
    return [(fault.code, fault.file, fault.line) for fault in found.faults]


def test_a_folder_that_is_as_said_passes(tmp_path: Path) -> None:
    found = validate(str(make(tmp_path / "it")), stats=True, digests=True, strict=True)
    assert (found.faults, found.passed, found.unchecked) == ((), True, ())


TOML = "fairkit.toml"


@pytest.mark.parametrize(
    ("toml", "found"),
    [
        ("titel = 1\n" + HEAD + VARIABLES, [("schema", TOML, 1)]),
        (HEAD + VARIABLES.replace('unit = "1"', "unit = 1"), [("no-units", TOML, 8), ("schema", TOML, 16)]),
        (HEAD + 'orcid = "0000-0002-1825-0098"\n' + VARIABLES, [("schema", TOML, 8)]),
        (HEAD.replace("CC0-1.0", "ours") + VARIABLES, [("unknown-licence", TOML, 4)]),
        (HEAD.replace('license = "CC0-1.0"\n', "") + VARIABLES, [("no-license", TOML, 1)]),
        (HEAD.replace('"1"', '"1"\npublished = "soon"') + VARIABLES, [("bad-date", TOML, 6)]),
        (
            HEAD.replace('"1"', '"1"\ncreated = 2026-05-01\npublished = 2026-04-01') + VARIABLES,
            [("date-order", TOML, 6)],
        ),
        (HEAD + VARIABLES + "[[provenance.steps]]\nname = 'x'\nended = 'late'\n", [("bad-date", TOML, 20)]),
        (HEAD + VARIABLES + MORE.format("mass"), [("variable-missing", TOML, 18)]),
        (HEAD + VARIABLES.replace("float64", "string"), [("variable-conflict", TOML, 8)]),
        (HEAD + VARIABLES.replace('"float64"', '"float64"\nshape = [3]'), [("variable-conflict", TOML, 8)]),
        (HEAD + VARIABLES.partition("[[variables]]\nname = \"label\"")[0], [("variable-undocumented", TOML, 8)]),
        (
            HEAD + VARIABLES + MORE.format("pt"),
            [("variable-twice", TOML, 18)],
        ),
        (HEAD + VARIABLES.replace('description = "flavour"\n', ""), [("no-descriptions", TOML, 8)]),
        (HEAD + VARIABLES + "[data]\nentries = 3\n", [("entries-count", TOML, 19)]),
        (HEAD + VARIABLES + "[data]\nfiles = 3\nbytes = 1\n", [("files-count", TOML, 19), ("bytes-count", TOML, 20)]),
        (HEAD + VARIABLES + "[data]\nformats = ['root']\n", [("format-absent", TOML, 19)]),
        (HEAD + VARIABLES + "[[splits]]\nname = 'train'\nfiles = ['*.root']\n", [("split-files", TOML, 18)]),
        (
            HEAD + VARIABLES + "[[splits]]\nname = 'a'\n[[splits]]\nname = 'b'\nentries = 3\nfiles = ['a.csv']\n",
            [("split-count", TOML, 20)],
        ),
        (HEAD + VARIABLES + "[[files]]\npath = 'b.csv'\n", [("file-missing", TOML, 18)]),
        (HEAD + VARIABLES + FILE + "bytes = 1\n", [("file-size", TOML, 18)]),
        (HEAD + VARIABLES + FILE + "media_type = 'application/x-hdf5'\n", [("file-media-type", TOML, 18)]),
        (HEAD + VARIABLES + FILE + "checksum = 'sha256:xyz'\n", [("bad-checksum", TOML, 20)]),
        (HEAD + VARIABLES + FILE + f"checksum = 'sha256:{'0' * 64}'\n", [("file-checksum", TOML, 18)]),
        (HEAD + VARIABLES.replace('"momentum"', '"x"\nrange = [0, 30]'), [("range", TOML, 8)]),
        (HEAD + VARIABLES.replace('"flavour"', '"x"\nclasses = { 0 = "light" }'), [("values", TOML, 13)]),
        ("#? creators: who?\n" + HEAD.partition("[[creators]]")[0] + VARIABLES, [("open-question", TOML, 1)]),
        ("#? creators: who?\n" + HEAD + VARIABLES, []),
        (HEAD + "[broken\n", [("unreadable", TOML, 8)]),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(tmp_path: Path, toml: str, found: list[tuple[str, str, int]]) -> None:
    folder = make(tmp_path / "it", toml)
    told = validate(str(folder), stats=True, digests=True)
    wanted = found if ("unreadable", TOML, 8) not in found else [*found, ("no-metadata", TOML, 1)]
    assert sorted(places(told)) == sorted(wanted)
    assert told.passed == (told.errors == 0)
    assert all(fault.remedy for fault in told.faults)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"CITATION__cff": "cff-version: 1.2.0\ntype: dataset\ntitle: Other\n"}, [("disagree", "CITATION.cff", 3)]),
        ({"CITATION__cff": "cff-version: 1.2.0\nauthors:\n  - name: A\n    orcid: https://orcid.org/0000-0002-1825-0098\n"},
         [("bad-orcid", "CITATION.cff", 4), ("disagree", "CITATION.cff", 3)]),
        ({"CITATION__cff": "cff-version: 1.2.0\ndoi: soon\n"}, [("bad-doi", "CITATION.cff", 2)]),
        ({"CITATION__cff": "cff-version: 1.2.0\ndate-released: 31.5.26\n"}, [("bad-date", "CITATION.cff", 2)]),
        ({"CITATION__cff": "a: [b\nc: d\n"}, [("unreadable", "CITATION.cff", 2)]),
        ({"variables__csv": "name,unit,hue\npt,GeV,red\n"},
         [("schema", "variables.csv", 1), ("variables-in-both", "variables.csv", 1)]),
        ({"variables__csv": "age,height\n1,2\n"}, [("strange-table", "variables.csv", 1)]),
        ({"LICENSE": "MIT License\n\nSPDX-License-Identifier: MIT\n"}, [("disagree", "LICENSE", 3)]),
        ({"LICENSE": "CC0 1.0 Universal\n"}, []),
        ({"b__parquet": "PAR1"}, [("data-unreadable", "b.parquet", None)]),
        ({}, []),
    ],
)  # fmt: skip
def test_other_documents_are_held_too(tmp_path: Path, files: dict[str, str], found: list[object]) -> None:
    told = validate(str(make(tmp_path / "it", **files)))
    assert sorted(map(str, places(told))) == sorted(map(str, found))


def test_a_row_of_a_table_has_its_line(tmp_path: Path) -> None:
    table = "name,unit,description,range_max\npt,GeV,x,much\nlabel,1,x,\nlabel,1,x,\nmass,GeV,x,\n"
    told = validate(str(make(tmp_path / "it", HEAD, variables__csv=table)))
    assert places(told) == [
        ("schema", "variables.csv", 2),
        ("variable-twice", "variables.csv", 4),
        ("variable-missing", "variables.csv", 5),
    ]


def test_a_folder_without_a_word_about_it(tmp_path: Path) -> None:
    told = validate(str(make(tmp_path / "it", None)))
    assert places(told) == [("no-metadata", "fairkit.toml", 1)]
    assert not told.passed


def test_a_saved_record_alone_is_not_held_against_files(tmp_path: Path) -> None:
    folder = tmp_path / "it"
    folder.mkdir()
    record = resources.folder("showcase") / "12102" / "native.json"
    (folder / "record.json").write_bytes(record.read_bytes())
    assert {fault.code for fault in validate(str(folder)).faults} == {"no-units"}


def test_a_link_out_is_told_and_not_followed(tmp_path: Path) -> None:
    folder = make(tmp_path / "it")
    (tmp_path / "secret.csv").write_text("x\n1\n")
    (folder / "b.csv").symlink_to(tmp_path / "secret.csv")
    assert places(validate(str(folder))) == [("link-out", "b.csv", None)]


def test_warnings_count_when_they_are_to(tmp_path: Path) -> None:
    folder = make(tmp_path / "it", HEAD.replace("CC0-1.0", "ours") + VARIABLES)
    assert [validate(str(folder), strict=strict).passed for strict in (False, True)] == [True, False]


def test_what_was_not_looked_at_is_told(tmp_path: Path) -> None:
    more = FILE + f"checksum = 'sha256:{'0' * 64}'\n"
    folder = make(tmp_path / "it", HEAD + VARIABLES.replace('"momentum"', '"x"\nrange = [0, 30]') + more)
    assert [words.partition(":")[0] for words in validate(str(folder)).unchecked] == [
        "ranges and classes of values", "checksums of files",
    ]  # fmt: skip


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        validate(str(tmp_path / "none"))


def packaged(tmp_path: Path, **files: str) -> Path:
    """A package by hand: the folder and its manifest."""
    folder = make(tmp_path / "pkg", **files)
    rows = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / "manifest-sha256.txt").write_text("".join(rows))
    return folder


def test_a_package_that_is_as_said_passes(tmp_path: Path) -> None:
    told = validate(str(packaged(tmp_path)), strict=True)
    assert (told.faults, told.passed) == ((), True)


MANIFEST = "manifest-sha256.txt"
MADE = ("croissant.json", "ro-crate-metadata.json")


BROKEN = pytest.mark.parametrize(
    ("broken", "found"),
    [
        (lambda folder: (folder / "b.csv").write_text(DATA), ("manifest-extra", MANIFEST, None)),
        (lambda folder: (folder / "README.md").unlink(), ("manifest-missing", MANIFEST, 1)),
        (lambda folder: append(folder / MANIFEST, "x\n"), ("manifest-line", MANIFEST, 4)),
        (lambda folder: append(folder / MANIFEST, f"{'0' * 64}  ../x\n"), ("manifest-line", MANIFEST, 4)),
        (lambda folder: append(folder / TOML, "[data]\nfiles = 7\n"), ("files-count", TOML, 19)),
    ],
)


@BROKEN
def test_what_is_wrong_in_a_package_is_found(
    tmp_path: Path, broken: object, found: tuple[str, str, int | None]
) -> None:
    folder = packaged(tmp_path, README__md="# x\n")
    assert callable(broken)
    broken(folder)
    assert places(validate(str(folder))) == [found]


def zipped(folder: Path) -> str:
    return shutil.make_archive(str(folder), "zip", folder)


@BROKEN
def test_what_is_wrong_in_an_archive_is_what_is_wrong_in_its_folder(
    tmp_path: Path, broken: object, found: tuple[str, str, int | None]
) -> None:
    folder = packaged(tmp_path, README__md="# x\n")
    assert callable(broken)
    broken(folder)
    here, told = validate(str(folder), stats=True, digests=True), validate(zipped(folder), stats=True, digests=True)
    assert found in places(told)
    assert (told.faults, told.passed, told.unchecked) == (here.faults, here.passed, here.unchecked)


@pytest.mark.parametrize(
    ("name", "mode", "why"),
    [
        ("../../owned", 0o100644, "leads out"),
        ("/owned", 0o100644, "absolute"),
        ("owned", 0o120777, "a link"),
        ("a.csv/owned", 0o100644, "cannot be unpacked"),
    ],
)
def test_an_archive_of_strangers_makes_nothing_elsewhere(tmp_path: Path, name: str, mode: int, why: str) -> None:
    archive = zipped(packaged(tmp_path))
    with zipfile.ZipFile(archive, "a") as more:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        more.writestr(entry, "../../../../etc/passwd")
    told = validate(archive)
    assert [fault.code for fault in told.faults] == ["archive-entry"]
    assert why in told.faults[0].text
    assert not told.passed
    assert not list(tmp_path.rglob("owned"))


def test_where_an_archive_was_looked_into_is_not_told(tmp_path: Path) -> None:
    folder = packaged(tmp_path, b__parquet="PAR1", CITATION__cff="a: [", results__json="{")
    (folder / "fairkit.toml").write_text("[resource")
    here, told = validate(str(folder)), validate(archive := zipped(folder))
    assert here.faults
    assert [one.text.replace(archive, "") for one in told.faults] == [
        one.text.replace(str(folder), "") for one in here.faults
    ]


def test_there_must_be_room_for_what_is_in_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = zipped(packaged(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 1))
    with pytest.raises(UsageError, match="no room"):
        validate(archive)


def test_a_file_that_is_no_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(DATA)
    with pytest.raises(UnreadableDocument, match="no archive"):
        validate(str(tmp_path / "a.csv"))


def test_documents_of_a_package_must_agree(tmp_path: Path) -> None:
    cff = "cff-version: 1.2.0\ntype: dataset\ntitle: Jets\nlicense: MIT\n"
    told = validate(str(packaged(tmp_path, CITATION__cff=cff)))
    assert [(fault.code, fault.level, fault.file, fault.line) for fault in told.faults] == [
        ("disagree", "error", "CITATION.cff", 4)
    ]


@pytest.fixture(scope="module")
def jets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the example."""
    made = tmp_path_factory.mktemp("packages") / "jets"
    build(str(ROOT / "examples" / "jets"), str(made))
    return made


def test_what_fairkit_packages_is_as_said(jets: Path) -> None:
    told = validate(str(jets), stats=True, digests=True, strict=True)
    assert (told.faults, told.passed, told.unchecked) == ((), True, ())


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("croissant.json", '"name": "Toy jets with', '"name": "Other jets with', [("disagree", "croissant.json")]),
        ("ro-crate-metadata.json", '"name": "Toy jets with', '"name": "Other jets with',
         [("disagree", "ro-crate-metadata.json")]),
        ("datacite.json", "Toy jets with", "Other jets with", [("disagree", "datacite.json")]),
        ("CITATION.cff", "license: CC0-1.0", "license: MIT", [("disagree", "CITATION.cff")]),
        ("fairkit.toml", 'license = "CC0-1.0"', 'license = "MIT"',
         [("disagree", name) for name in (*MADE, "CITATION.cff", "LICENSE", "datacite.json")]),
        ("croissant.json", "train.parquet", "other.parquet", [("document-files", "croissant.json")] * 2),
        ("manifest-sha256.txt", "train.root", "other.root",
         [("manifest-extra", MANIFEST), ("manifest-missing", MANIFEST), *(("document-files", name) for name in MADE)]),
    ],
)  # fmt: skip
def test_each_document_of_a_package_is_held_against_the_others(
    jets: Path, tmp_path: Path, name: str, old: str, new: str, found: list[tuple[str, str]]
) -> None:
    folder = tmp_path / "jets"
    shutil.copytree(jets, folder)
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    told = validate(str(folder))
    assert sorted((fault.code, fault.file) for fault in told.faults) == sorted(found)
    assert not told.passed


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text(), st.text())
def test_any_documents_are_survived(tmp_path: Path, toml: str, cff: str, table: str) -> None:
    folder = make(tmp_path / "it", None)
    for name, text in (("fairkit.toml", toml), ("CITATION.cff", cff), ("variables.csv", f"name,unit\n{table}")):
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    told = validate(str(folder))
    assert all(isinstance(fault, Fault) for fault in told.faults)
    assert told.errors + told.warnings == len(told.faults)
