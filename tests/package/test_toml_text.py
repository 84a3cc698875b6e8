"""Additions to TOML: what is added is there, and every letter that somebody wrote still stands."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.package import toml_text

HAND = """\
# mine

[resource]   # about it
title = 'Jets' # a good one
keywords = [
  "a", # first
]

# about the gate
[gate]
minimum = { total = 0.5 }
"""


@pytest.mark.parametrize(
    ("text", "pointer", "value", "line"),
    [
        (HAND, "/resource/license", "MIT", 'license = "MIT"  # read'),
        (HAND, "/data/entries", 3, "entries = 3  # read"),
        (HAND, "/publisher", {"name": "CERN"}, "[publisher]  # read"),
        ("", "/resource/title", "Jets", "[resource]"),
        ("[resource]", "/resource/title", "Jets", 'title = "Jets"  # read'),
        ("resource.title = 'x'", "/resource/license", "MIT", 'resource.license = "MIT"  # read'),
        ("resource = { title = 'x' }\n", "/resource/license", "MIT", "resource = { title = 'x', license = \"MIT\"}"),
        ("['resource']\ntitle = ']'\n", "/resource/license", "MIT", 'license = "MIT"  # read'),
        ('x = """\n[resource]\n"""\n', "/resource/license", "MIT", "[resource]"),
    ],
)
def test_a_value_is_put_where_it_belongs(text: str, pointer: str, value: Any, line: str) -> None:
    made = toml_text.with_value(text, pointer, value, "read")
    assert made is not None
    assert toml_text.existing(tomllib.loads(made), pointer) == value
    assert line in made.splitlines()
    assert is_subsequence(text.split(), made.split()) or "{" in text


@pytest.mark.parametrize(
    ("text", "pointer"),
    [("resource = 3\n", "/resource/title"), ("[[resource]]\n", "/resource/title"), ("data = []\n", "/data/entries")],
)
def test_what_cannot_be_said_is_not_written(text: str, pointer: str) -> None:
    assert toml_text.with_value(text, pointer, "x") is None


def test_tables_stand_in_their_order_and_comments_above_theirs() -> None:
    made = toml_text.with_rows(HAND, "creators", [{"name": "Ada"}, {"name": "Bo"}], [{"": "read"}, {"name": "guessed"}])
    assert made == HAND.replace(
        "# about the gate",
        '[[creators]]  # read\nname = "Ada"\n\n[[creators]]\nname = "Bo"  # guessed\n\n# about the gate',
    )


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[[variables]]\nname = 'a'\n[[variables.meanings]]\nby = 'b'\n[[splits]]\nname = 's'\n", 2),
        ("variables = [{ name = 'a' }]\n", 2),
        ("", 1),
    ],
)
def test_rows_follow_those_that_are_there(text: str, rows: int) -> None:
    made = toml_text.with_rows(text, "variables", [{"name": "z"}], [{}])
    assert made is not None
    found = tomllib.loads(made)["variables"]
    assert (len(found), found[-1]) == (rows, {"name": "z"})


def test_an_item_joins_a_list_of_a_row() -> None:
    text = "[[splits]]\nname = 'a'\nfiles = ['a', # the first\n  'b']\n"
    made = toml_text.appended(text, "/splits", 0, "files", "c")
    assert made is not None
    assert tomllib.loads(made)["splits"][0]["files"] == ["a", "b", "c"]
    assert "# the first" in made
    assert toml_text.appended(text, "/splits", 1, "files", "c") is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a", '"a"'),
        ('say "a"', r'"say \"a\""'),
        ("a\nb", '"""\na\nb"""'),
        ('a "b" c\nd "', '"""\na "b" c\nd \\""""'),
        ('a\n""" c\\', '"""\na\n\\"\\"\\" c\\\\"""'),
        ("\x00\x7f", r'"\u0000\u007F"'),
        (True, "true"),
        (float("inf"), "inf"),
        (-2.5, "-2.5"),
        ({"a b": 1, "c": ["x"]}, '{ "a b" = 1, c = ["x"] }'),
        ([], "[]"),
    ],
)
def test_values_are_written_as_toml_has_them(value: Any, written: str) -> None:
    assert toml_text.written(value) == written
    assert tomllib.loads(f"it = {written}")["it"] == value


def test_comments_of_own_lines_are_found_and_others_are_not() -> None:
    text = "# one\nx = '# no' # no\ny = '''\n# no\n'''\n  # two\n[a] # no\nz = [\n # no\n 1]\n"
    assert [words for _, _, words in toml_text.comments(text)] == ["# one", "# two"]


def test_a_comment_joins_those_at_the_top() -> None:
    assert toml_text.with_comment("# one\n\n# two\n", "more\nwords") == "# one\n# more words\n\n# two\n"


def test_broken_toml_says_where() -> None:
    with pytest.raises(UnreadableDocument, match=r"fairkit\.toml is not readable TOML: Expected"):
        toml_text.parsed("[a")


VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
TABLES = st.dictionaries(st.sampled_from(["resource", "creators", "data", "x", "a b"]), VALUES, max_size=4)


@given(VALUES)
def test_any_value_is_read_as_it_was_written(value: Any) -> None:
    assert tomllib.loads(f"it = {toml_text.written(value)}")["it"] == value


@given(
    TABLES,
    st.sampled_from(["/resource/title", "/data/entries", "/resource/x y"]),
    VALUES,
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_nothing_of_any_file_is_lost(data: dict[str, Any], pointer: str, value: Any, comment: str) -> None:
    text = "# first\n" + tomlkit.dumps(data) + "\n# last\n"
    if toml_text.existing(tomllib.loads(text), pointer) is not None:
        return
    made = toml_text.with_value(text, pointer, value, comment)
    if made is None:
        assert isinstance(data.get(pointer.split("/")[1], {}), bool | int | float | str | list)
        return
    after = tomllib.loads(made)
    assert toml_text.existing(after, pointer) == value
    top, key = pointer.split("/")[1:]
    after[top].pop(key)
    before = tomllib.loads(text)
    before.setdefault(top, {})
    assert after == before
    assert "# first" in made
    assert "# last" in made


def is_subsequence(words: list[str], of: list[str]) -> bool:
    left = iter(of)
    return all(any(word == other for other in left) for word in words)
