"""Splits have the files that documents name, else those whose paths say so; of forms of the same data one counts."""

from __future__ import annotations

import pytest

from fairkit.formats import Facts
from fairkit.model.variable import Split, Table, Variable
from fairkit.package.splits import copies, counted, entries, members
from fairkit.package.words import FileFacts

FORMATS = {"parquet": "parquet", "h5": "hdf5", "root": "root", "csv": "csv"}
COLUMNS = ("pt", "eta", "label")


def file(path: str, rows: int | None = 10, columns: tuple[str, ...] = COLUMNS) -> FileFacts:
    made = tuple(Variable(name=name) for name in columns)
    form = FORMATS[path.rpartition(".")[2]]
    return FileFacts(path=path, facts=Facts(format=form, tables=(Table(name="", entry_count=rows, columns=made),)))


def told(documented: list[Split], *files: FileFacts) -> list[tuple[str, int | None, int | None]]:
    found, _, _ = counted(documented, [one.path for one in files], files)
    return [(split.name, split.entry_count, split.file_count) for split in found]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("train.h5", ("train.h5",)),
        ("*.h5", ("train.h5", "data/x.h5")),
        ("data", ("data/x.h5", "data/deep/y.csv")),
        ("data/", ("data/x.h5", "data/deep/y.csv")),
        ("./train.h5", ("train.h5",)),
        ("nothing", ()),
    ],
)
def test_names_patterns_and_folders_mean_files(pattern: str, found: tuple[str, ...]) -> None:
    assert members(Split(name="a", files=(pattern,)), ["train.h5", "data/x.h5", "data/deep/y.csv"]) == found


def test_documented_splits_are_counted() -> None:
    splits = [Split(name="train", files=("a*",)), Split(name="test", files=("b.h5",))]
    assert told(splits, file("a1.h5"), file("a2.h5", 5), file("b.h5", 3)) == [("train", 15, 2), ("test", 3, 1)]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["train.h5", "val.h5", "test.h5"], ["train", "validation", "test"]),
        (["training/a.h5", "testing/a.h5"], ["train", "test"]),
        (["x_TRAIN_1.h5", "x_TEST_1.h5"], ["train", "test"]),
        (["dev.csv", "train.csv"], ["train", "validation"]),
        (["train.h5"], []),
        (["contest.h5", "strain.h5"], []),
        (["train/test.h5", "test/train.h5"], []),
    ],
)
def test_paths_suggest_splits(paths: list[str], names: list[str]) -> None:
    files = [file(path) for path in paths]
    found, findings, guesses = counted([], paths, files)
    assert [split.name for split in found] == names
    assert [(guess.subject, guess.field) for guess in guesses] == [(name, "files") for name in names]
    assert findings == ()


def test_documented_splits_without_files_take_those_that_paths_suggest() -> None:
    splits = [Split(name="train", description="Half"), Split(name="holdout")]
    found, _, guesses = counted(splits, ["train.h5", "test.h5"], [file("train.h5"), file("test.h5")])
    assert [(split.name, split.files, split.description) for split in found] == [
        ("train", ("train.h5",), "Half"),
        ("holdout", (), None),
    ]
    assert [guess.subject for guess in guesses] == ["train"]


def test_the_same_data_in_several_formats_count_once() -> None:
    files = [file("root/train.root"), file("train.h5"), file("parquet/train.parquet"), file("test.h5")]
    assert copies(files) == {"train.h5": "parquet/train.parquet", "root/train.root": "parquet/train.parquet"}
    splits = [Split(name="train", files=("*train*",)), Split(name="test", files=("test.h5",))]
    assert told(splits, *files) == [("train", 10, 3), ("test", 10, 1)]
    assert told([Split(name="train", files=("train.h5",))], *files) == [("train", 10, 1)]


def test_files_that_only_look_alike_count_each() -> None:
    assert copies([file("a.h5", columns=("x", "label")), file("a.root", columns=("pt", "label", "met"))]) == {}
    assert copies([file("a.h5", 10), file("a.root", 11)]) == {}
    assert copies([file("a.h5"), file("b.root")]) == {}


def test_a_file_of_several_splits_is_counted_in_none() -> None:
    splits = [Split(name="train", files=("all.csv",)), Split(name="test", files=("all.csv",), entry_count=4)]
    assert told(splits, file("all.csv")) == [("train", None, 1), ("test", 4, 1)]


def test_contradictions_are_found() -> None:
    splits = [Split(name="train", files=("a.h5",), entry_count=11, file_count=2), Split(name="test", files=("gone",))]
    _, findings, _ = counted(splits, ["a.h5"], [file("a.h5")], where=("fairkit.toml", 3))
    assert [(one.text, one.line) for one in findings] == [
        ("the split train is said to have 11 entries, and has 10", 3),
        ("the split train is said to have 2 files, and has 1", 3),
        ("the split test names no file that is here", 3),
    ]


def test_the_rows_of_a_file_are_those_of_its_longest_table() -> None:
    tables = (Table(name="meta", entry_count=1), Table(name="jets", entry_count=7), Table(name="open"))
    assert entries(FileFacts(path="a", facts=Facts(format="root", tables=tables))) == 7
    assert entries(FileFacts(path="a", facts=Facts(format="root"))) is None
