"""Annotations: one command to a line, worst first, ten of a level, and nothing that a stranger could command."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import HOSTILE, made, row, showcase

_COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


class Command(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def unescaped(text: str) -> str:
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def commands(*assessments: Assessment) -> list[Command]:
    """The commands as the runner reads them."""
    lines = report("annotations").render(assessments, style=Style()).decode().split("\n")
    assert lines.pop() == ""
    found = [_COMMAND.fullmatch(line) for line in lines]
    assert all(found), lines
    return [
        Command(
            one["level"],
            {k: unescaped(v) for k, _, v in (part.partition("=") for part in one["properties"].split(","))},
            unescaped(one["message"]),
        )
        for one in found
        if one
    ]


def proof(document: str = "a.json", **others: Any) -> dict[str, Any]:
    return {"document": document, "pointer": "/title", "value": "Jets"} | others


@pytest.mark.parametrize(
    ("level", "status", "shown"),
    [
        ("essential", "fail", ["error"]),
        ("essential", "partial", ["error"]),
        ("important", "fail", ["warning"]),
        ("useful", "fail", ["notice"]),
        ("essential", "unknown", []),
        ("essential", "pending", []),
        ("essential", "pass", []),
    ],
)
def test_the_level_is_that_of_the_metric(level: str, status: str, shown: list[str]) -> None:
    assert [one.level for one in commands(made(row("F1", status, level=level)))] == shown


def test_a_shortfall_stands_on_its_file_and_line_with_what_to_do() -> None:
    [found] = commands(made(row("F1", "fail", evidence=[proof(line=7)], remedy="Mend: it, now")))
    assert found.properties == {"file": "a.json", "line": "7", "title": "F1 (fairkit)"}
    assert found.message == "fail: of F1 → Mend: it, now"


@pytest.mark.parametrize(
    ("urls", "evidence", "file"),
    [
        (["a.json", "b.json"], [proof("b.json")], "b.json"),
        (["a.json", "b.json"], [], "a.json"),
        (["https://example.org/1", "a.json"], [proof("a.json")], "a.json"),
        (["https://example.org/1"], [proof("https://example.org/1")], None),
        (["./a,b%25.json"], [], "a,b%25.json"),
    ],
)
def test_the_file_is_one_that_was_read(urls: list[str], evidence: list[dict[str, Any]], file: str | None) -> None:
    [found] = commands(made(row("F1", "fail", evidence=evidence), urls=urls))
    assert found.properties.get("file") == file
    assert found.message.startswith("fail: " if file else "record 1: fail: ")


def test_the_listing_of_a_folder_is_no_file() -> None:
    listing = {"representation": "folder", "url": "jets", "media_type": "x", "sha256": "0", "size": 1}
    [found] = commands(made(row("F1", "fail"), documents=[listing]))
    assert "file" not in found.properties


def test_the_worst_come_first_whatever_their_target() -> None:
    one = made(row("a", "fail", level="useful", possible=9.0), row("b", "fail", level="essential", possible=1.0))
    other = made(row("c", "fail", level="essential", possible=3.0), row("d", "partial", level="important"))
    assert [found.properties["title"][0] for found in commands(one, other)] == ["c", "b", "d", "a"]


@pytest.mark.parametrize(("count", "last"), [(10, "fail: of 9"), (11, "+2 more"), (40, "+31 more")])
def test_there_are_ten_of_a_level_at_most_and_the_tenth_counts_the_rest(count: int, last: str) -> None:
    found = commands(made(*(row(str(number), "fail") for number in range(count)), row("x", "fail", level="useful")))
    assert [one.level for one in found] == ["warning"] * 10 + ["notice"]
    assert found[9].message.startswith(last)


def test_the_showcase_and_nothing_are_told_instead_of_shortfalls() -> None:
    assert [(one.level, one.properties["title"]) for one in commands(showcase())] == [("warning", "SHOWCASE")]
    empty = made(row("F1", "fail"), urls=())
    assert [(one.level, one.properties["title"]) for one in commands(empty)] == [("warning", "NOTHING READ")]


@pytest.mark.parametrize(("written", "shown"), HOSTILE)
def test_what_strangers_wrote_is_shown_and_not_obeyed(written: str, shown: str) -> None:
    [found] = commands(made(row("F1", "fail", message=written)))
    assert found.message == f"fail: {shown} → mend it"


@given(st.text(), st.text(min_size=1).filter(lambda url: ":" not in url))
def test_no_text_ends_a_command_or_begins_one(text: str, file: str) -> None:
    [found] = commands(made(row("F1", "fail", message=text, remedy=text), urls=[file]))
    assert found.properties.keys() == ({"file", "line", "title"} if file.isprintable() else {"title"})
    assert found.properties.get("file", file.removeprefix("./")) == file.removeprefix("./")


def test_nothing_short_is_nothing_said() -> None:
    assert report("annotations").render([], style=Style()) == b""
