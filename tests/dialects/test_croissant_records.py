"""Record sets: which files get one, what their fields are called, and how splits are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fairkit.dialects._croissant_records import apart, is_parquet, record_sets
from fairkit.model.distribution import Distribution
from fairkit.model.resource import Resource
from fairkit.model.variable import Split, Table, Variable

PT = Variable(name="pt", dtype="float32", shape=())


def file(name: str, *columns: Variable, **more: Any) -> Distribution:
    return Distribution(name=name, tables=(Table(name="t", columns=columns or (PT,)),), **more)


def told(*files: Distribution, **said: Any) -> tuple[list[Any], list[Any]]:
    return record_sets(Resource(**said), {one.name: one for one in files})


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a.csv", "b/c.csv"], ["a.csv", "b/c.csv"]),
        (["a b", "a-b", "a  b"], ["a-b", "a-b-2", "a-b-3"]),
        (["../../x", "/x", "./x"], ["x", "x-2", "x-3"]),
        (["", "ü", ".."], ["it", "it-2", "it-3"]),
        (["splits"], ["splits-2"]),
    ],
)
def test_ids_are_plain_and_apart(names: list[str], ids: list[str]) -> None:
    assert apart(names) == ids


@pytest.mark.parametrize(
    ("name", "media_type", "good"),
    [
        ("a.parquet", None, True),
        ("a.PARQUET", None, True),
        ("a", "application/x-parquet", True),
        ("a", "application/vnd.apache.parquet", True),
        ("a.parquet", "text/csv", False),
        ("a.root", None, False),
    ],
)
def test_parquet_is_known_by_its_type_or_its_name(name: str, media_type: str | None, good: bool) -> None:
    assert is_parquet(Distribution(name=name, media_type=media_type)) == good


def test_only_parquet_files_of_one_table_have_records() -> None:
    empty = Distribution(name="b.parquet")
    assert told(file("a.root"), file("a.h5"), empty) == ([], [])
    _, [records] = told(file("a.parquet"))
    assert records["field"][0]["source"] == {"fileObject": {"@id": "a.parquet"}, "extract": {"column": "pt"}}


def test_like_files_are_one_set_and_remote_ones_are_not() -> None:
    sets, records = told(file("a*.parquet"), file("b.parquet"), file("c.parquet", replace(PT, name="eta")))
    assert [one["includes"] for one in sets] == [["a[*].parquet", "b.parquet"]]
    assert [one["@id"] for one in records] == ["records/all", "records/c"]
    remote = [file(f"{name}.parquet", content_url=f"https://example.org/{name}") for name in "ab"]
    assert (told(*remote)[0], len(told(*remote)[1])) == ([], 2)


@pytest.mark.parametrize(
    ("dtype", "shape", "kind", "array"),
    [
        ("float32", (), ["sc:Float", "cr:Float32"], None),
        ("uint8", None, ["sc:Integer", "cr:UInt8"], None),
        ("bool", (5, 14), ["sc:Boolean"], "5,14"),
        ("string", (None,), ["sc:Text"], "-1"),
        ("timestamp[us]", (None, 4), ["sc:DateTime"], "-1,4"),
    ],
)
def test_types_and_shapes(dtype: str, shape: Any, kind: list[str], array: str | None) -> None:
    _, [records] = told(file("a.parquet", Variable(name="x", dtype=dtype, shape=shape)))
    field = records["field"][0]
    assert (field["dataType"], field.get("arrayShape"), field.get("isArray")) == (kind, array, array and True)


@pytest.mark.parametrize("dtype", ["struct", "bytes", "complex64", None])
def test_columns_of_other_types_have_no_field(dtype: str | None) -> None:
    assert told(file("a.parquet", Variable(name="x", dtype=dtype))) == ([], [])


def test_the_unit_is_an_annotation_and_in_words() -> None:
    known = replace(PT, unit="GeV", description="Momentum", term="https://example.org/pt")
    _, [records] = told(file("a.parquet"), variables=(known,))
    field = records["field"][0]
    assert (field["description"], field["equivalentProperty"]) == ("Momentum [GeV]", "https://example.org/pt")
    assert field["annotation"]["value"] == "GeV"
    assert field["annotation"]["dataType"][1].endswith("GigaEV")


def test_the_split_is_a_field_where_every_name_tells_it() -> None:
    files = [file("train_0.parquet"), file("test_0.parquet")]
    splits = (Split(name="train", files=("train_0.parquet",)), Split(name="test", files=("test_0.parquet",)))
    _, [parts, records] = told(*files, splits=splits)
    assert [row["splits/name"] for row in parts["data"]] == ["train", "test"]
    assert records["field"][-1]["references"] == {"field": {"@id": "splits/name"}}
    for other in (splits[:1], (replace(splits[0], files=()), splits[1])):
        assert told(*files, splits=other)[1][-1]["field"][-1]["name"] == "pt"
