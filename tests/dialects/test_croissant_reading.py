"""Reading what only Croissant documents have: files, splits, and fields as variables."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.model.variable import Split, Variable

from .documents import read_json

BASE = {"@context": {"@vocab": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"}, "@type": "Dataset"}


def told(**words: Any) -> Any:
    return read_json("croissant", BASE | words).resource


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ({"contentUrl": "a.csv"}, ("a.csv", None, None, "data")),
        ({"contentUrl": "https://example.org/a.csv"}, ("a.csv", "https://example.org/a.csv", None, "data")),
        (
            {"name": "a", "encodingFormat": "application/x-parquet"},
            ("a", None, "application/vnd.apache.parquet", "data"),
        ),
        ({"name": "a", "additionalType": "index"}, ("a", None, None, "index")),
    ],
)
def test_files(words: dict[str, Any], file: tuple[Any, ...]) -> None:
    [found] = told(distribution=words).distributions
    assert (found.name, found.content_url, found.media_type, found.role) == file


@pytest.mark.parametrize("item", [None, "x", {}, {"@type": "cr:FileSet", "name": "all"}, {"name": ""}])
def test_what_is_no_file(item: Any) -> None:
    assert told(distribution=[item]).distributions == ()


@pytest.mark.parametrize(
    ("row", "split"),
    [
        ({"s/name": "train", "s/entry_count": 3, "s/files": ["a"]}, Split(name="train", entry_count=3, files=("a",))),
        ({"name": "test", "file_count": "2"}, Split(name="test", file_count=2)),
        ({"s/entry_count": 3}, None),
        ("train", None),
    ],
)
def test_splits(row: Any, split: Split | None) -> None:
    found = told(recordSet=[{"dataType": "cr:Split", "data": [row]}]).splits
    assert found == ((split,) if split else ())


@pytest.mark.parametrize(
    ("field", "variable"),
    [
        ({"name": "x", "dataType": "sc:Integer"}, Variable(name="x", dtype="int64")),
        ({"name": "x", "dataType": ["sc:Integer", "cr:UInt8"]}, Variable(name="x", dtype="uint8")),
        ({"name": "x", "dataType": "https://schema.org/Text"}, Variable(name="x", dtype="string")),
        ({"name": "x", "dataType": "wd:Q42"}, Variable(name="x")),
        ({"name": "x", "isArray": True}, Variable(name="x", shape=(None,))),
        ({"name": "x", "arrayShape": "-1, 4"}, Variable(name="x", shape=(None, 4))),
        ({"name": "x", "arrayShape": "many"}, Variable(name="x")),
        ({"dataType": "sc:Integer"}, None),
    ],
)
def test_fields_are_variables(field: dict[str, Any], variable: Variable | None) -> None:
    found = told(recordSet={"@id": "r", "field": field}).variables
    assert found == ((variable,) if variable else ())


def test_variables_that_are_listed_speak_before_the_fields() -> None:
    rows = {"variableMeasured": {"name": "y"}, "recordSet": {"field": {"name": "x"}}}
    assert told(**rows).variables == (Variable(name="y"),)
