"""Edits in the text of a TOML file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.fix.edits import Edit
from fairkit.fix.toml import edited

TEXT = """\
# What it is
[resource]
title = "Jets"  # short
keywords = [
    "jets", # plural
]

# Who made it
[[creators]]
name = "Doe, Jo" # me

[provenance]
methodology = "by hand"
"""


@pytest.mark.parametrize(
    ("pointer", "value", "before", "after"),
    [
        ("/resource/title", "Toys", 'title = "Jets"  # short', 'title = "Toys"  # short'),
        ("/creators/0/orcid", "0", 'name = "Doe, Jo" # me\n', 'name = "Doe, Jo" # me\norcid = "0"\n'),
        ("/provenance/validation", "x", "", 'validation = "x"\n'),
    ],
)
def test_only_the_line_that_is_meant_changes(pointer: str, value: Any, before: str, after: str) -> None:
    changed = edited(TEXT, [Edit(pointer, value)])
    assert changed == (TEXT.replace(before, after) if before else TEXT + after)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/data/bytes", 5),
        ("/files", [{"path": "a.csv", "bytes": 1}]),
        ("/creators/1", {"name": "Roe, Al"}),
        ("/resource/subjects", [{"name": "jets", "term": "https://example.org"}]),
        ("/publisher", {"name": "CERN"}),
        ("/variables", [{"name": "pt", "range": [0.0, float("inf")], "shape": [1, -1]}]),
        ("/resource/description", 'a "quoted" \x1b[2J\x00 text\nof two lines'),
    ],
)
def test_what_is_new_is_read_again(pointer: str, value: Any) -> None:
    changed = edited(TEXT, [Edit(pointer, value)])
    here = tomllib.loads(changed)
    for step in pointer.split("/")[1:]:
        here = here[int(step)] if isinstance(here, list) else here[step]
    assert here == value
    assert all(line in changed for line in TEXT.splitlines())
    assert "\x1b" not in changed


def test_rows_come_after_single_values_in_a_new_file() -> None:
    made = edited("", [Edit("/files", [{"path": "a"}]), Edit("/data/bytes", 1)])
    assert made.startswith("# ")
    assert made.index("[data]") < made.index("[[files]]")


def test_a_text_that_is_nested_too_deep_is_told() -> None:
    text = f"a = {'[' * 200}{']' * 200}\n"
    assert tomllib.loads(text)
    with pytest.raises(UnreadableDocument, match="cannot be edited"):
        edited(text, [Edit("/resource/title", "Jets")])


def test_without_edits_nothing_changes() -> None:
    assert edited(TEXT, []) == TEXT


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_a_value(text: str) -> None:
    assert tomllib.loads(edited(TEXT, [Edit("/resource/title", text)]))["resource"]["title"] == text
