"""Edits as a JSON patch that another library can apply."""

from __future__ import annotations

import json
from typing import Any

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.fix.edits import Edit
from fairkit.fix.patch import patched
from fairkit.model.base import plain


@pytest.mark.parametrize(
    ("data", "edits", "operations"),
    [
        ({}, [("/a", 1)], [("add", "/a", 1)]),
        ({"a": 1}, [("/a", 2)], [("replace", "/a", 2)]),
        ({"a": None}, [("/a/b", 2)], [("replace", "/a", {"b": 2})]),
        ({}, [("/a/b/c", 1), ("/a/b/d", 2)], [("add", "/a", {"b": {"c": 1}}), ("add", "/a/b/d", 2)]),
        ({"a": [{}]}, [("/a/0/b", 1), ("/a/1", {})], [("add", "/a/0/b", 1), ("add", "/a/1", {})]),
        ({"x/y": {"~": 1}}, [("/x~1y/~0", 2)], [("replace", "/x~1y/~0", 2)]),
    ],
)
def test_what_is_missing_on_the_way_is_added_whole(data: Any, edits: list[Any], operations: list[Any]) -> None:
    made, body = patched(data, [Edit(*edit) for edit in edits])
    assert [(each.op, each.path, each.value) for each in made] == operations
    assert jsonpatch.apply_patch(data, plain(made)) == json.loads(body)


KEY = st.text(max_size=3)


@given(
    st.dictionaries(KEY, st.none() | st.dictionaries(KEY, st.integers()), max_size=3),
    st.lists(st.tuples(KEY, KEY), min_size=1, max_size=4),
)
def test_any_keys_are_pointed_at(data: Any, places: list[tuple[str, str]]) -> None:
    steps = [[part.replace("~", "~0").replace("/", "~1") for part in place] for place in places]
    edits = [Edit("/" + "/".join(each), "new") for each in steps]
    made, body = patched(data, edits)
    assert jsonpatch.apply_patch(data, plain(made)) == json.loads(body)
    assert all(json.loads(body)[outer][inner] == "new" for outer, inner in places)


def test_the_document_itself_stays_as_it_was() -> None:
    data = {"a": {"b": 1}}
    patched(data, [Edit("/a/b", 2)])
    assert data == {"a": {"b": 1}}
