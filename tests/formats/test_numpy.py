"""NumPy's files as tables; nothing is believed that is not there, and nothing is unpickled."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from fairkit.errors import UnreadableDocument
from fairkit.formats import Facts, numpy


def tables(found: Facts) -> dict[str, Any]:
    return {
        table.name: (table.entry_count, {column.name: (column.dtype, column.shape) for column in table.columns})
        for table in found.tables
    }


def rows(path: Path, table: str | None = None, **options: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for batch in numpy.batches(str(path), table, **options):
        for name, values in batch.to_pydict().items():
            found.setdefault(name, []).extend(values)
    return found


@pytest.mark.parametrize(
    ("values", "columns", "read"),
    [
        (np.arange(3.0), {"data": ("float64", None)}, {"data": [0.0, 1.0, 2.0]}),
        (np.arange(6, dtype=">i2").reshape(3, 2), {"data": ("int16", (2,))}, {"data": [[0, 1], [2, 3], [4, 5]]}),
        (np.asfortranarray(np.arange(4).reshape(2, 2)), {"data": ("int64", (2,))}, {"data": [[0, 1], [2, 3]]}),
        (np.array(["a", "é"]), {"data": ("string", None)}, {"data": ["a", "é"]}),
        (np.array(7.0), {"data": ("float64", None)}, {"data": [7.0]}),
        (
            np.zeros(1, [("x", "f4"), ("p", [("y", "i2", (2,))])]),
            {"x": ("float32", None), "p.y": ("int16", (2,))},
            {"x": [0.0], "p.y": [[0, 0]]},
        ),
        (np.zeros((0, 3)), {"data": ("float64", (3,))}, {"data": []}),
    ],
)
def test_an_array_is_a_table(tmp_path: Path, values: Any, columns: dict[str, Any], read: dict[str, Any]) -> None:
    path = tmp_path / "a.npy"
    np.save(path, values)
    assert tables(numpy.facts(str(path))) == {"data": (len(np.atleast_1d(values)), columns)}
    assert rows(path) == read


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_arrays_of_one_length_in_an_archive_are_a_table(tmp_path: Path, save: Any) -> None:
    path = tmp_path / "a.npz"
    arrays = {
        "X": np.arange(60.0).reshape(20, 3),
        "F": np.asfortranarray(np.arange(40).reshape(20, 2)),
        "y": np.arange(20),
    }
    save(path, **arrays, names=np.array(["qcd", "hbb"]), count=np.int64(3))
    found = numpy.facts(str(path))
    assert tables(found) == {
        "data": (20, {"X": ("float64", (3,)), "F": ("int64", (2,)), "y": ("int64", None)}),
        "names": (2, {"names": ("string", None)}),
    }
    assert found.compression == (("deflate",) if save is np.savez_compressed else ())
    assert found.notes == ("count: a single value",)
    for most in (100, 1 << 20):
        assert rows(path, "data", most_bytes=most) == {name: array.tolist() for name, array in arrays.items()}
    assert rows(path, "data", columns=["y"]) == {"y": list(range(20))}
    assert rows(path, "names") == {"names": ["qcd", "hbb"]}


def header(told: str, body: bytes = b"") -> bytes:
    text = told.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,)}", bytes(80)), "declares"),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (10,)}", bytes(72)), "declares"),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"), "makes no sense"),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (1.5,)}"), "makes no sense"),
        (header("{'descr': '<f8', 'fortran_order': False, 'shape': (True,)}", bytes(8)), "makes no sense"),
        (header("{'descr': '<f8', 'fortran_order': 1, 'shape': ()}", bytes(8)), "makes no sense"),
        (header("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", b"\x80\x04N."), "only a pickle"),
        (header("{'descr': [('a', '|O')], 'fortran_order': False, 'shape': (1,)}", bytes(8)), "only a pickle"),
        (header("__import__('os').system('true')"), "makes no sense"),
        (header("[1, 2]"), "makes no sense"),
        (header("{" * 100), "makes no sense"),
        (header("{'descr': 'nonsense', 'fortran_order': False, 'shape': (1,)}"), "makes no sense"),
        (b"\x93NUMPY\x02\x00" + struct.pack("<I", 1 << 31), "more than any array has"),
        (b"\x93NUMPY\x09\x00" + bytes(100), "does not begin"),
        (b"\x93NUMPY", "does not begin"),
        (b"PK\x03\x04 nothing", "cannot be read"),
        (b"", "cannot be read"),
    ],
)
def test_what_is_declared_must_be_there(tmp_path: Path, body: bytes, why: str) -> None:
    path = tmp_path / "a.npy"
    path.write_bytes(body)
    for read in (lambda: numpy.facts(str(path)), lambda: rows(path)):
        with pytest.raises(UnreadableDocument, match=why) as error:
            read()
        assert str(path) in error.value.what


def test_nothing_is_unpacked_that_is_made_up(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive, archive.open("x.npy", "w") as member:
        member.write(header(f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({1 << 28},)}}"))
        for _ in range(16):
            member.write(bytes(1 << 24))
    with pytest.raises(UnreadableDocument, match="bytes unpack to"):
        numpy.facts(str(path))


def test_objects_in_an_archive_are_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, x=np.arange(3), o=np.array([None, "x"], object))
    assert numpy.facts(str(path)).notes == ("o: it holds objects of Python, which only a pickle could tell",)
    assert rows(path) == {"x": [0, 1, 2]}


def test_an_archive_with_other_things_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    np.savez(path, x=np.arange(3))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../README", "no array")
    found = numpy.facts(str(path))
    assert found.notes == ("../../README: no array, left aside",)
    assert rows(path) == {"x": [0, 1, 2]}


@pytest.mark.parametrize(
    ("head", "ours"),
    [
        (b"\x93NUMPY\x01\0", True),
        (b"PK\x03\x04" + bytes(22) + b"\x05\0\0\0x.npy", True),
        (b"PK\x03\x04" + bytes(40), False),
    ],
)
def test_it_is_known_by_its_beginning(head: bytes, ours: bool) -> None:
    assert numpy.claims(head) is ours


KINDS = st.one_of(
    npst.boolean_dtypes(), npst.integer_dtypes(), npst.floating_dtypes(sizes=(16, 32, 64)), npst.byte_string_dtypes()
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=npst.arrays(KINDS, npst.array_shapes(min_dims=1, max_dims=3, max_side=4)), fortran=st.booleans())
def test_any_array_comes_back(tmp_path: Path, values: Any, fortran: bool) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.asfortranarray(values) if fortran else values)
    [batch] = numpy.batches(str(path))
    found = batch.column(0)
    for _ in values.shape[1:]:
        found = found.flatten()
    expected = values.reshape(-1)
    if expected.dtype.kind == "S":
        assert found.to_pylist() == [text.decode("utf-8", "replace") for text in expected.tolist()]
    else:
        native = expected.astype(expected.dtype.newbyteorder("="))
        assert np.array_equal(found.to_numpy(zero_copy_only=False), native, equal_nan=native.dtype.kind == "f")


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.integers(0, 40),
    packed=st.booleans(),
)
def test_files_in_which_bytes_have_changed_are_read_or_refused(
    tmp_path: Path, changes: list[tuple[int, int]], cut: int, packed: bool
) -> None:
    path = tmp_path / "a.npz"
    out = io.BytesIO()
    if packed:
        np.savez_compressed(out, x=np.arange(12.0).reshape(4, 3), y=np.zeros(4, [("a", "i2"), ("b", "f4", (2,))]))
    else:
        np.save(out, np.zeros(4, [("a", "i2"), ("b", "f4", (2,))]))
    body = bytearray(out.getvalue())
    for at, byte in changes:
        body[at % len(body)] = byte
    path.write_bytes(body[: len(body) - cut])
    try:
        for table in numpy.facts(str(path)).tables:
            rows(path, table.name)
    except UnreadableDocument as error:
        assert str(path) in error.what  # noqa: PT017 - both are right
