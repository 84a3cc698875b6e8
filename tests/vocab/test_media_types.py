"""File formats by extension, media type, name and data tier."""

from __future__ import annotations

import pytest

from fairkit.vocab import media_types


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("root", "ROOT"),
        ("application/x-root", "ROOT"),
        ("miniaodsim", "ROOT"),
        ("MINIAODSIM", "ROOT"),
        ("gen-sim-digi-raw", "ROOT"),
        ("DAOD_PHYSLITE", "ROOT"),
        ("SHORT", "DELPHI DST"),
        ("DST", "DELPHI DST"),
        (".H5", "HDF5"),
        ("hdf5", "HDF5"),
        ("application/vnd.apache.parquet", "Parquet"),
        ("text/csv; charset=utf-8", "CSV"),
        ("application/foo+json", "JSON"),
        ("application/ld+json", "JSON-LD"),
        ("PyTorch", "PyTorch"),
        ("safetensors", "Safetensors"),
        ("C", "C or C++"),
        ("application/octet-stream", None),
        ("json+json", None),
        ("unheard-of", None),
        ("", None),
    ],
)
def test_a_format_is_found_by_any_spelling(text: str, name: str | None) -> None:
    found = media_types.find(text)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("file", "name", "compression"),
    [
        ("a.csv", "CSV", None),
        ("A.CSV.GZ", "CSV", "gzip"),
        ("a.tar.gz", "compressed tar", "gzip"),
        ("a.tgz", "compressed tar", "compressed tar"),
        ("a.gz", "gzip", "gzip"),
        ("a.unheard.bz2", "bzip2", "bzip2"),
        ("root://host//eos/2016.run.root", "ROOT", None),
        ("https://example.org/a.json?download=1", "JSON", None),
        ("folder.csv/README", None, None),
        (".txt", None, None),
        ("", None, None),
    ],
)
def test_a_file_has_the_format_of_its_content(file: str, name: str | None, compression: str | None) -> None:
    content, packed = media_types.of_file(file), media_types.compression_of(file)
    assert (content and content.name, packed and packed.name) == (name, compression)


@pytest.mark.parametrize(
    ("text", "is_open", "unsafe", "self_describing"),
    [
        ("parquet", True, False, True),
        ("csv", True, False, False),
        ("pickle", False, True, False),
        ("pt", False, True, False),
        ("onnx", True, False, True),
        ("DELPHI DST", False, False, False),
    ],
)
def test_some_formats_last_and_some_run_code(text: str, is_open: bool, unsafe: bool, self_describing: bool) -> None:
    found = media_types.find(text)
    assert found is not None
    assert (found.open, found.unsafe, found.self_describing) == (is_open, unsafe, self_describing)


@pytest.mark.parametrize(
    ("text", "container"),
    [
        *((name, True) for name in ("gz", "bz2", "xz", "zst", "zip", "tar", "tgz", "tar.gz", "7z", "application/gzip")),
        *((name, False) for name in ("csv", "npz", "keras", "h5", "ova")),
    ],
)
def test_some_formats_only_hold_others(text: str, container: bool) -> None:
    found = media_types.find(text)
    assert found is not None
    assert found.container is container


def test_a_format_without_media_type_is_bytes() -> None:
    found = media_types.find("DST")
    assert found is not None
    assert found.media_type == "application/octet-stream"


@pytest.mark.parametrize("row", media_types.formats(), ids=lambda row: row.name)
def test_a_format_is_found_by_its_extensions_and_media_types(row: media_types.Format) -> None:
    for text in (row.name, *row.extensions, *row.media_types, *row.aliases):
        assert media_types.find(text) is row, text
    assert all(kind.count("/") == 1 and kind == kind.lower() for kind in row.media_types)
    assert all(extension == extension.lower().strip(".") for extension in row.extensions)
