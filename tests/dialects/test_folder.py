"""The listing of a folder."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import folder

from .documents import ANY_JSON, assert_sane, read, read_json


def test_names_sizes_formats_and_splits_are_extracted() -> None:
    rows = [{"path": "train/a.h5", "size": 3}, {"path": "test/b.h5", "size": 4}, {"path": "README.md", "size": 0}]
    view = read_json("folder", {"files": rows, "more": 0})
    assert_sane(view)
    resource = view.resource
    assert [(file.name, file.byte_size) for file in resource.distributions] == [
        ("train/a.h5", 3),
        ("test/b.h5", 4),
        ("README.md", 0),
    ]
    assert resource.distributions[0].media_type == "application/x-hdf5"
    assert resource.listing == "complete"
    assert [split.name for split in resource.splits] == ["train", "test"]
    assert {view.told(name) for name in view.pointers} == {"extracted"}


@pytest.mark.parametrize("data", [{}, {"files": []}, {"files": [{}, {"size": 3}]}, [], None])
def test_an_empty_folder_tells_nothing(data: Any) -> None:
    view = read_json("folder", data)
    assert_sane(view)
    assert view.pointers == {}
    assert not folder.recognises(data)


def test_a_listing_that_stops_short_is_not_complete() -> None:
    assert read_json("folder", {"files": [{"path": "a"}], "more": 1}).resource.listing == "index"


def test_names_may_be_any_bytes() -> None:
    [file] = read("folder", b'{"files": [{"path": "caf\xe9.csv", "size": 1}]}').resource.distributions
    assert file.name == "caf\ufffd.csv"


@given(st.fixed_dictionaries({"files": st.lists(st.fixed_dictionaries({"path": ANY_JSON, "size": ANY_JSON}))}))
def test_any_listing_is_read(data: Any) -> None:
    assert_sane(read_json("folder", data))
