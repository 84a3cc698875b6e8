"""The sections of a README, and their words without the marks of Markdown."""

from __future__ import annotations

import pytest

from fairkit.dialects import _markdown


def test_sections_end_where_the_next_of_their_level_begins() -> None:
    every = _markdown.sections("before\n# A\n## Uses\none\n### Direct\ntwo\n## Other\nthree")
    assert [(one.level, one.title) for one in every] == [(0, ""), (1, "A"), (2, "Uses"), (3, "Direct"), (2, "Other")]
    assert _markdown.section(every, {"uses"}) == "one two"
    assert _markdown.section(every, {"none such"}) is None
    assert (_markdown.heading(every), _markdown.summary(every)) == ("A", "before")


def test_what_is_fenced_is_code_and_has_no_headings() -> None:
    every = _markdown.sections("## Citation\n```bibtex\n# no heading\n```\nwords\n~~~\n```\n~~~\n## Citation")
    assert [one.title for one in every] == ["", "Citation", "Citation"]
    assert _markdown.code(every, {"citation"}) == "# no heading\n```"
    assert _markdown.section(every, {"citation"}) == "words"


@pytest.mark.parametrize(
    ("title", "found"), [("Uses [optional]", True), ("USES:", True), ("Uses of it", False), ("uses ##", True)]
)
def test_a_title_is_known_in_any_case_and_with_what_templates_add(title: str, found: bool) -> None:
    every = _markdown.sections(f"## {title}\nwords")
    assert (_markdown.section(every, {"uses"}) == "words") is found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**bold** and *thin* and `code`", "bold and thin and code"),
        ("- one\n* two\n1. three\n> four", "one two three four"),
        ("[a link](https://example.org) ![a picture](x.png)", "a link"),
        ("pt < 5 <b>GeV</b> &amp; more", "pt < 5 GeV & more"),
        ("snake_case_name and 2 * 3", "snake_case_name and 2 * 3"),
        ("<!-- hidden -->shown", "shown"),
        ("[More Information Needed]", None),
        ("", None),
    ],
)
def test_marks_are_left_out(text: str, words: str | None) -> None:
    assert _markdown.summary(_markdown.sections(text)) == words
