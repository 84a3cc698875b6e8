"""Targets on the command line, and which source takes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit import sources
from fairkit.errors import UnknownTarget, UsageError
from fairkit.sources import Answer, Target


@pytest.mark.parametrize(
    ("words", "targets"),
    [
        (["12102"], [Target("12102")]),
        (["record", "12102"], [Target("12102", "record")]),
        (
            ["record", "12102", "./x", "file", "record"],
            [Target("12102", "record"), Target("./x"), Target("record", "file")],
        ),
        ([], []),
    ],
)
def test_a_keyword_takes_the_word_after_it(words: list[str], targets: list[Target]) -> None:
    assert sources.targets(words) == targets


def test_a_keyword_needs_a_word() -> None:
    with pytest.raises(UsageError, match="'record' needs a word"):
        sources.targets(["12102", "record"])


@pytest.mark.parametrize(
    ("target", "source"),
    [
        (Target("12102"), "cern-open-data"),
        (Target("nonsense", "record"), "cern-open-data"),
        (Target("paper.json"), "document"),
        (Target("missing.json", "file"), "document"),
        (Target("dataset"), "folder"),
        (Target("."), "folder"),
    ],
)
def test_the_first_source_that_recognises_a_target_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: Target, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dataset").mkdir()
    Path("paper.json").write_text("{}")
    assert sources.find(target)[0] == source


@pytest.mark.parametrize(
    "word",
    [
        "",
        "a\0b",
        "nothing-like-it",
        "ftp://example.org/x",
        "hdl:2128/1234",
        "file.json",
        "-1",
        "x" * 300,
        "http://[",
    ],
)
def test_what_nothing_recognises_is_refused_with_what_is_known(word: str) -> None:
    with pytest.raises(UnknownTarget) as caught:
        sources.find(Target(word))
    assert "record 12102" in caught.value.remedy


@pytest.mark.parametrize(
    ("answer", "ok"),
    [(Answer(status=200), True), (Answer(status=204), True), (Answer(status=404), False), (Answer(error="x"), False)],
)
def test_an_answer_is_good_without_error_and_with_a_good_status(answer: Answer, ok: bool) -> None:
    assert answer.ok is ok


def test_an_identifier_that_no_source_looks_up_is_called_what_it_is() -> None:
    with pytest.raises(UnknownTarget, match="it is a handle, and no source looks that one up yet"):
        sources.find(Target("hdl:2128/1234"))
