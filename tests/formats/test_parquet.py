"""Parquet: the facts of footers, batches within bounds, files written for floats, and files that are broken."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.formats import Facts, _open, find, parquet
from fairkit.formats._arrow import described
from fairkit.model.variable import Variable

from .tables import bits, broken, tables

JETS = pa.table(
    {
        "pt": pa.array([1.5, float("nan"), 3.0], pa.float32()),
        "tracks": pa.array([[1, 2], [], [3]], pa.list_(pa.int16())),
        "hits": pa.array([[[1.0]], [], [[], [2.0]]], pa.list_(pa.list_(pa.float64()))),
        "image": pa.array([[[1, 2]] * 3] * 3, pa.list_(pa.list_(pa.uint8(), 2), 3)),
        "flavour": pa.array(["b", "c", "b"]),
    }
)


@pytest.fixture
def jets(tmp_path: Path) -> str:
    path = str(tmp_path / "jets.parquet")
    words = [Variable(name="pt", unit="GeV", description="Transverse momentum"), Variable(name="flavour", role="label")]
    with parquet.writer(path, described(JETS.schema, words).with_metadata({"title": "Toy jets"})) as file:
        for batch in JETS.cast(described(JETS.schema, words).with_metadata({"title": "Toy jets"})).to_batches():
            file.write(batch)
    return path


def test_the_footer_tells_the_facts(jets: str) -> None:
    facts = parquet.facts(jets)
    [table] = facts.tables
    assert [(each.name, each.dtype, each.shape) for each in table.columns] == [
        ("pt", "float32", None),
        ("tracks", "int16", (None,)),
        ("hits", "float64", (None, None)),
        ("image", "uint8", (3, 2)),
        ("flavour", "string", None),
    ]
    assert (table.name, table.entry_count, facts.row_groups, facts.compression) == ("", 3, 1, ("zstd",))
    assert facts.attributes == (("title", "Toy jets"),)
    assert (facts.software or "").startswith("parquet-cpp-arrow")


def test_units_titles_and_roles_are_kept_in_the_fields(jets: str) -> None:
    pt, *_, flavour = parquet.facts(jets).tables[0].columns
    assert (pt.unit, pt.description, flavour.role) == ("GeV", "Transverse momentum", "label")
    assert pq.read_schema(jets).field("pt").metadata == {b"unit": b"GeV", b"description": b"Transverse momentum"}


def test_a_footer_that_hides_nan_is_not_believed(jets: str) -> None:
    statistics = pq.ParquetFile(jets).metadata.row_group(0).column(0).statistics
    assert (statistics.null_count, statistics.max) == (0, 3.0)
    assert parquet.facts(jets).tables[0].columns[0].range is None


def test_floats_are_split_by_bytes_without_a_dictionary(jets: str) -> None:
    group = pq.ParquetFile(jets).metadata.row_group(0)
    encodings = {group.column(i).path_in_schema: group.column(i).encodings for i in range(group.num_columns)}
    assert "BYTE_STREAM_SPLIT" in encodings["pt"]
    assert "BYTE_STREAM_SPLIT" in encodings["hits.list.element.list.element"]
    assert "RLE_DICTIONARY" in encodings["flavour"]
    assert not any("DICTIONARY" in each for each in encodings["pt"])


def test_it_is_found_by_its_first_bytes(jets: str, tmp_path: Path) -> None:
    other = tmp_path / "jets.bin"
    other.write_bytes(Path(jets).read_bytes())
    assert find(other) == "parquet"


@pytest.mark.parametrize("columns", [None, ["image", "pt"]])
def test_batches_have_the_columns_that_are_named(jets: str, columns: list[str] | None) -> None:
    [batch] = parquet.batches(jets, columns=columns)
    assert batch.schema.names == (JETS.schema.names if columns is None else columns)
    assert batch.num_rows == 3


@pytest.mark.parametrize(
    ("how", "what"),
    [({"columns": ["mass"]}, "has no column 'mass'"), ({"table": "Events"}, "has no table 'Events'")],
)
def test_what_is_not_there_is_named(jets: str, how: dict[str, Any], what: str) -> None:
    with pytest.raises(UnreadableDocument, match=what):
        list(parquet.batches(jets, **how))


def test_names_with_dots_are_names(tmp_path: Path) -> None:
    table = pa.table({"jet.pt": [1.0], "jet": [[1, 2]], "jet.": [3]})
    pq.write_table(table, tmp_path / "t.parquet")
    for name in table.column_names:
        [batch] = parquet.batches(str(tmp_path / "t.parquet"), columns=[name])
        assert batch.to_pydict() == table.select([name]).to_pydict()


def test_categories_come_as_texts(tmp_path: Path) -> None:
    pq.write_table(pa.table({"c": pa.array(["a", "b", "a"]).dictionary_encode()}), tmp_path / "t.parquet")
    [batch] = parquet.batches(str(tmp_path / "t.parquet"))
    assert batch.column("c").type == pa.string()


def test_batches_keep_to_their_size(tmp_path: Path) -> None:
    path = str(tmp_path / "large.parquet")
    jagged = pa.array([[0.0] * (i % 50) for i in range(20_000)], pa.list_(pa.float64()))  # tiny on the disk
    pq.write_table(pa.table({"x": np.arange(20_000.0), "j": jagged}), path)
    found = list(parquet.batches(path, most_bytes=100_000))
    assert max(batch.nbytes for batch in found) <= 100_000
    assert pa.Table.from_batches(found).equals(pq.read_table(path))


def test_row_groups_are_made_by_their_size(tmp_path: Path) -> None:
    path = str(tmp_path / "t.parquet")
    table = pa.table({"x": np.arange(10_000.0)})
    with parquet.writer(path, table.schema, row_group_bytes=16_000) as file:
        for batch in table.to_batches(max_chunksize=700):
            file.write(batch)
        file.write(table.to_batches()[0])
    metadata = pq.ParquetFile(path).metadata
    rows = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    assert max(rows) <= 2000
    assert len(rows) <= 15
    assert pq.read_table(path).column("x").to_pylist() == [*map(float, range(10_000))] * 2


def test_nothing_stands_under_the_name_before_all_is_well(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    with pytest.raises(ZeroDivisionError):
        _give_up(path)
    assert list(tmp_path.iterdir()) == []


def _give_up(path: Path) -> None:
    with parquet.writer(str(path), JETS.schema) as file:
        file.write(JETS.to_batches()[0])
        assert not path.exists()
        raise ZeroDivisionError


def test_a_batch_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="other columns"), parquet.writer(str(tmp_path / "t"), JETS.schema) as file:
        file.write(JETS.select(["pt"]).to_batches()[0])


def test_a_place_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"), parquet.writer(str(tmp_path / "no" / "t"), JETS.schema):
        pass


@settings(max_examples=60)
@given(table=tables(), rows=st.integers(1, 9))
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, table: pa.Table, rows: int) -> None:
    path = str(tmp_path_factory.mktemp("back") / "t.parquet")
    with parquet.writer(path, table.schema) as file:
        for batch in table.to_batches(max_chunksize=rows):
            file.write(batch)
    read = pa.Table.from_batches(parquet.batches(path), table.schema)
    assert read.schema.equals(table.schema)
    assert [bits(column.combine_chunks()) for column in read.columns] == [
        bits(column.combine_chunks()) for column in table.columns
    ]
    other = pq.read_table(path)
    assert [bits(column.combine_chunks()) for column in other.columns] == [
        bits(column.combine_chunks()) for column in table.columns
    ]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"PAR1", "too short"),
        (b"PAR1" + bytes(100), "its end is missing"),
        (b"PAR1" + bytes(100) + (10**9).to_bytes(4, "little") + b"PAR1", "its footer claims 1,000,000,000 bytes"),
        (b"PAR1" + bytes(100) + (50).to_bytes(4, "little") + b"PAR1", ""),
        (b"PAR1" + bytes(100) + (50).to_bytes(4, "little") + b"PARE", "encrypted"),
    ],
)
def test_ends_that_are_none_are_refused(tmp_path: Path, body: bytes, why: str) -> None:
    (tmp_path / "t.parquet").write_bytes(body)
    with pytest.raises(UnreadableDocument, match=f"cannot be read as Parquet: .*{why}"):
        parquet.facts(str(tmp_path / "t.parquet"))


def test_columns_of_the_same_name_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]), tmp_path / "t.parquet")
    with pytest.raises(UnreadableDocument, match="the same name"):
        parquet.facts(str(tmp_path / "t.parquet"))


def _whole() -> bytes:
    body = io.BytesIO()
    pq.write_table(JETS, body, row_group_size=2)
    return body.getvalue()


@settings(max_examples=8)
@given(bodies=st.lists(broken(_whole()), min_size=8, max_size=8))
def test_broken_files_are_unreadable_and_nothing_worse(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    paths = [folder / f"{i}.parquet" for i in range(len(bodies))]
    for path, body in zip(paths, bodies, strict=True):
        path.write_bytes(body)
    told = list(_open.every_facts(paths, format="parquet"))
    assert all(isinstance(each, Facts | UnreadableDocument) for each in told)
    with contextlib.suppress(UnreadableDocument):
        list(_open.batches_of(paths[0], format="parquet"))
