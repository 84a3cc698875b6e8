"""The line of a value, in whatever way a document is laid out."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import tomlkit
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fairkit.model.evidence import Document
from fairkit.model.harvest import resolve
from fairkit.model.locate import Form, Lines, line_finder, locate

JSON = """{
  "title": "a \\"quoted\\" { [ title",
  "people": [{"name": "A"}, {"name": "B"
  }],
  "a/b": {"c~d": [

    1.5e3, null, true]},
  "empty": [ ], "none": {},
  "twice": 1,
  "twice": 2,
  "caf\\u00e9": "last"
}"""

TOML = """# a comment with [brackets] and "quotes"
title = "jets" # title = "no"
[resource]
keywords = ["a", # first, or "last"
  "b",
  'c',
]
license."SPDX id".name = 'CC0-1.0'
note = \"\"\"
[not.a.table]
x = 1 \\\\ "" ""\"\"\"
raw = '''
it''s'''
published = 1979-05-27 07:32:00Z
inline = {p = 1, "q.r" = [1, {s = "}"}], t.u = true}
[[creators]]
name = "A"
[creators.home]
ror = "https://ror.org/1"
[[creators]]
name = "B"
[[provenance.steps]]
name = "one"
[[provenance.steps.software]]
name = "two"
[[provenance.steps]]
parameters = {}
"""

YAML = """cff-version: 1.2.0   # a comment
authors:
  - family-names: A
    given-names: B
  - &second
    name: "C
      D"
contact: [*second, {name: E},
  {name: F}]
abstract: >
  folded
  text
'license': CC0-1.0
license: MIT
"""


@pytest.mark.parametrize(
    ("text", "form", "pointer", "line"),
    [
        (JSON, "json", "", 1),
        (JSON, "json", "/title", 2),
        (JSON, "json", "/people", 3),
        (JSON, "json", "/people/1", 3),
        (JSON, "json", "/people/1/name", 3),
        (JSON, "json", "/a~1b", 5),
        (JSON, "json", "/a~1b/c~0d", 5),
        (JSON, "json", "/a~1b/c~0d/2", 7),
        (JSON, "json", "/empty", 8),
        (JSON, "json", "/none", 8),
        (JSON, "json", "/twice", 10),
        (JSON, "json", "/café", 11),
        ('\n\n {"a":\r\n\t1}', "json", "/a", 4),
        (" \n7", "json", "", 2),
        (TOML, "toml", "", 1),
        (TOML, "toml", "/title", 2),
        (TOML, "toml", "/resource", 3),
        (TOML, "toml", "/resource/keywords", 4),
        (TOML, "toml", "/resource/keywords/1", 5),
        (TOML, "toml", "/resource/keywords/2", 6),
        (TOML, "toml", "/resource/license/SPDX id/name", 8),
        (TOML, "toml", "/resource/note", 9),
        (TOML, "toml", "/resource/raw", 12),
        (TOML, "toml", "/resource/published", 14),
        (TOML, "toml", "/resource/inline/q.r/1/s", 15),
        (TOML, "toml", "/resource/inline/t/u", 15),
        (TOML, "toml", "/creators", 16),
        (TOML, "toml", "/creators/0/name", 17),
        (TOML, "toml", "/creators/0/home", 18),
        (TOML, "toml", "/creators/0/home/ror", 19),
        (TOML, "toml", "/creators/1", 20),
        (TOML, "toml", "/creators/1/name", 21),
        (TOML, "toml", "/provenance/steps/0/software/0/name", 25),
        (TOML, "toml", "/provenance/steps/1/parameters", 27),
        (YAML, "yaml", "", 1),
        (YAML, "yaml", "/cff-version", 1),
        (YAML, "yaml", "/authors", 3),
        (YAML, "yaml", "/authors/0/given-names", 4),
        (YAML, "yaml", "/authors/1/name", 6),
        (YAML, "yaml", "/contact", 8),
        (YAML, "yaml", "/contact/0/name", 6),
        (YAML, "yaml", "/contact/2/name", 9),
        (YAML, "yaml", "/abstract", 10),
        (YAML, "yaml", "/license", 14),
    ],
)
def test_the_line_on_which_a_value_begins(text: str, form: Form, pointer: str, line: int) -> None:
    assert locate(text, pointer, form=form) == line


@pytest.mark.parametrize("form", ["json", "toml", "yaml"])
@pytest.mark.parametrize("pointer", ["/none such", "/title/0", "/people/2", "/people/-1", "/people/x", "/creators/2"])
def test_what_is_not_there_has_no_line(form: Form, pointer: str) -> None:
    text = {"json": JSON, "toml": TOML, "yaml": YAML}[form]
    assert locate(text, pointer, form=form) is None


@pytest.mark.parametrize("form", ["json", "toml", "yaml"])
@pytest.mark.parametrize(
    "text",
    [
        *(
            '{"a": ',
            '{"a',
            '{"a"',
            "{a: 1",
            "{'a': 1",
            '["',
            "[[[[",
            '{"\\q": 1}',
            "<a>",
            "a = ",
            "a = [",
            "[a",
            "[[a]",
        ),
        *("a: [", "a: *b", "\x00", '"""', "a = {b", "a.b.", "- - -", "--- 1\n--- 2", "!!python/none 1", "= 1", '{"a":'),
    ],
)
def test_broken_text_raises_nothing(text: str, form: Form) -> None:
    lines = Lines(text, form)
    assert all(lines.line(pointer) in (None, 1, 2) for pointer in ("", "/a", "/a/b", "/0"))


@given(st.text(st.sampled_from("{}[]\"'\\:,.=-#& *a1\n\t"), max_size=40), st.sampled_from(["json", "toml", "yaml"]))
def test_no_text_breaks_it(text: str, form: Form) -> None:
    lines = Lines(text, form)
    for pointer in ("", "/a", "/a/a", "/0/1"):
        line = lines.line(pointer)
        assert line is None or 1 <= line <= text.count("\n") + 1


@pytest.mark.parametrize("form", ["json", "toml", "yaml"])
def test_neither_a_deep_text_nor_a_deep_pointer_does(form: Form) -> None:
    deep = "[" * 5000 + "]" * 5000
    text = f"a = {deep}" if form == "toml" else deep
    assert locate(text, "/0" * 5000, form=form) is None


# What JSON, TOML and YAML have in common, with blanks that nobody asked for and texts that look like something else.
NAMES = st.text(st.sampled_from("ab/~ é\"'\\.{}[]#:,=-"), min_size=1, max_size=5)
LEAVES = (
    st.text(st.sampled_from("xy\n\"'\\{}[]#:, é"), max_size=8) | st.integers(-9, 9) | st.booleans() | st.just(1.5e-7)
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


def escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


class Writer:
    """Writes JSON with blanks as it is told, and keeps the line on which each value begins."""

    def __init__(self, blanks: Iterator[str]) -> None:
        self.text = ""
        self.lines: dict[str, int] = {}
        self._blanks = blanks

    def write(self, value: Any, pointer: str = "") -> Writer:
        self._blank()
        self.lines[pointer] = self.text.count("\n") + 1
        if isinstance(value, dict):
            self._each("{}", pointer, list(value.items()))
        elif isinstance(value, list):
            self._each("[]", pointer, [(None, item) for item in value])
        else:
            self.text += json.dumps(value)
        self._blank()
        return self

    def _each(self, brackets: str, pointer: str, items: Sequence[tuple[str | None, Any]]) -> None:
        self.text += brackets[0]
        for number, (key, item) in enumerate(items):
            self.text += "," if number else ""
            if key is not None:
                self._blank()
                self.text += json.dumps(key, ensure_ascii=number % 2 == 0)
                self._blank()
                self.text += ":"
            self.write(item, f"{pointer}/{escaped(str(number) if key is None else key)}")
        self._blank()
        self.text += brackets[1]

    def _blank(self) -> None:
        self.text += next(self._blanks)


@given(VALUES | st.none(), st.lists(st.sampled_from(["", " ", "\n", "\r\n", "\t\n "]), min_size=1, max_size=7))
def test_for_any_json_the_line_of_any_pointer_is_found(value: Any, blanks: list[str]) -> None:
    written = Writer(blanks[number % len(blanks)] for number in range(10**6)).write(value)
    assert json.loads(written.text) == value
    lines = Lines(written.text)
    assert {pointer: lines.line(pointer) for pointer in written.lines} == written.lines


def leaves(value: Any, pointer: str = "") -> Iterator[str]:
    """The pointers of what is no container."""
    if not isinstance(value, dict | list):
        yield pointer
    else:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, f"{pointer}/{escaped(str(key))}")


def numbered(value: Any, counter: Iterator[int]) -> Any:
    """The same, with a mark of its own in the place of each leaf."""
    if isinstance(value, dict):
        return {key: numbered(item, counter) for key, item in value.items()}
    return [numbered(item, counter) for item in value] if isinstance(value, list) else f"mark{next(counter)}end"


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_for_any_toml_the_line_has_the_value(value: dict[str, Any]) -> None:
    marked = numbered(value, iter(range(10**6)))
    text = tomlkit.dumps(marked)
    assert tomllib.loads(text) == marked
    lines = Lines(text, "toml")
    for pointer in leaves(marked):
        line = lines.line(pointer)
        assert line is not None
        assert resolve(marked, pointer) in text.split("\n")[line - 1]


@given(st.dictionaries(NAMES, LEAVES, min_size=1, max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_for_any_text_in_toml_the_line_has_its_key(value: dict[str, Any], newline: str) -> None:
    pairs = {f"key{number}": item for number, item in enumerate(value.values())}
    text = tomlkit.dumps({"table": pairs}).replace("\n", newline)
    lines = Lines(text, "toml")
    for key in pairs:
        line = lines.line(f"/table/{key}")
        assert line is not None
        assert text.split("\n")[line - 1].startswith(key)


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.sampled_from([True, False, None]))
def test_for_any_yaml_the_line_has_the_value(value: dict[str, Any], flow: bool | None) -> None:
    marked = numbered(value, iter(range(10**6)))
    text = yaml.safe_dump(marked, default_flow_style=flow, width=10, allow_unicode=True)
    lines = Lines(text, "yaml")
    for pointer in leaves(marked):
        line = lines.line(pointer)
        assert line is not None
        assert resolve(marked, pointer) in text.split("\n")[line - 1]


def document(body: bytes, media_type: str, representation: str = "x", url: str = "there") -> Document:
    return Document(representation=representation, media_type=media_type, url=url, body=body)


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (document(b'{\n"a": 1}', "application/json"), 2),
        (document(b'\xef\xbb\xbf{\n"a": 1}', "application/ld+json"), 2),
        (document('{\n"ä": 0,\n"a": 1}'.encode("utf-16"), "application/json"), 3),
        (document(b'{"\xff": 0,\n"a": 1}', "application/json"), 2),
        (document(b"\na = 1", "application/toml"), 2),
        (document(b"b: 1\na: 1", "application/x-cff+yaml"), 2),
        (document(b"<html>\n", "text/html"), None),
        (document(b'{\n"a": 1}', "application/vnd.fairkit.folder+json", "folder"), None),
    ],
)
def test_a_document_is_read_in_the_form_that_it_has(found: Document, line: int | None) -> None:
    assert line_finder()(found, "/a") == line


def test_documents_are_kept_apart() -> None:
    find = line_finder()
    assert find(document(b'{"a": 1}', "application/json", "one"), "/a") == 1
    assert find(document(b'{\n"a": 1}', "application/json", "two"), "/a") == 2
    assert find(document(b'{\n\n"a": 1}', "application/json", "two", "elsewhere"), "/a") == 3


def test_a_large_document_is_looked_through_once() -> None:
    text = json.dumps({"metadata": {f"key{n}": {"values": [n, "x" * 20]} for n in range(20_000)}}, indent=1)
    lines = Lines(text)
    found = [lines.line(f"/metadata/key{n}/values/1") for n in range(0, 20_000, 100)]
    assert found == [6 + 6 * n for n in range(0, 20_000, 100)]
