"""The limited child answers, and whatever happens to it is an error that names the file."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from fairkit import untrusted
from fairkit.errors import NotFound, UnreadableDocument

HERE = "tests.untrusted.functions"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux holds these")


def test_it_answers() -> None:
    assert untrusted.call(f"{HERE}:twice", 21) == 42


def test_many_are_answered_in_order() -> None:
    assert list(untrusted.calls(f"{HERE}:twice", [[1], [2], [3]])) == [2, 4, 6]
    assert list(untrusted.calls(f"{HERE}:twice", [])) == []


def test_an_error_of_ours_is_raised_again() -> None:
    with pytest.raises(NotFound) as error:
        untrusted.call(f"{HERE}:missing", "thing")
    assert (error.value.what, error.value.value, error.value.remedy) == (
        "there is no thing", "thing", "Look elsewhere.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("function", "why"),
    [
        ("unknown", "there is no thing 'q'"),
        ("odd", "ZeroDivisionError: a b"),
        ("crash", "it crashed its reader (SIGABRT)"),
        ("leave", "it ended too early"),
        ("leave", "exit code 7"),
        ("devour", "it asks for more memory than it may"),
        ("nothing_of_the_kind", "AttributeError"),
    ],
)
def test_whatever_happens_there_is_a_document_that_cannot_be_read(function: str, why: str) -> None:
    args = ["q"] if function == "unknown" else []
    with pytest.raises(UnreadableDocument) as error:
        untrusted.call(f"{HERE}:{function}", *args)
    assert why.replace("it ended", "its reader ended") in error.value.what


def test_it_does_not_take_longer_than_it_may() -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableDocument, match="it took more than"):
        untrusted.call(f"{HERE}:loop", most_seconds=0.5)
    assert time.monotonic() - start < 5


def test_the_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "data.h5"
    path.write_text("poison")
    with pytest.raises(UnreadableDocument) as error:
        untrusted.call(f"{HERE}:die_of", str(path), "poison")
    assert (error.value.value, str(path) in error.value.what) == (str(path), True)


def test_one_that_dies_takes_no_other_with_it(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / name).write_text("poison" if name in "bd" else name)
    found = list(untrusted.calls(f"{HERE}:die_of", [[str(tmp_path / name), "poison"] for name in "abcd"]))
    assert [each if isinstance(each, str) else type(each) for each in found] == [
        "a", UnreadableDocument, "c", UnreadableDocument,
    ]  # fmt: skip


def test_what_is_printed_there_is_no_answer() -> None:
    assert untrusted.call(f"{HERE}:chatter") == "said"


@pytest.mark.parametrize(
    "body",
    [
        "R\0\0\0\0\0\0\0\x09{{{{{{{{{",
        "R\xff\xff\xff\xff\xff\xff\xff\xff",
        "E\0\0\0\0\0\0\0\x05[1,2]",
        "E\0\0\0\0\0\0\0\x04null",
        "Z\0\0\0\0\0\0\0\0",
        "B\0\0\0\0\0\0\0\0",
        "P\0\0\0\0\0\0\0\x08\xff\xff\xff\xff\xff\xff\xff\xff",
        "S\0\0\0\0\0\0\0\x04abcd",
        "R\0",
        "",
    ],
)
def test_a_forged_answer_is_none(body: str) -> None:
    with pytest.raises(UnreadableDocument):
        untrusted.call(f"{HERE}:forged", body)
    with pytest.raises(UnreadableDocument):
        list(untrusted.stream(f"{HERE}:forged", body))


def test_batches_come_one_by_one() -> None:
    found = list(untrusted.stream(f"{HERE}:numbers", 3, 4))
    assert [batch.to_pydict() for batch in found] == [{"n": [number] * 4} for number in range(3)]
    assert list(untrusted.stream(f"{HERE}:numbers", 0, 4)) == []


@pytest.mark.parametrize("rows", [1 << 20, 1 << 24])
def test_a_batch_may_be_larger_than_the_memory_that_is_shared(rows: int) -> None:
    found = untrusted.stream(f"{HERE}:numbers", 2, rows)
    assert [(batch.num_rows, batch.column(0)[-1].as_py()) for batch in found] == [(rows, 0), (rows, 1)]


def test_an_error_comes_behind_the_batches() -> None:
    batches = untrusted.stream(f"{HERE}:numbers_then_missing")
    assert next(batches).num_rows + next(batches).num_rows == 6
    with pytest.raises(NotFound, match="third batch"):
        next(batches)


def test_each_batch_has_its_time() -> None:
    batches = untrusted.stream(f"{HERE}:numbers_then_silence", most_seconds=1.0)
    assert next(batches).num_rows == 3
    with pytest.raises(UnreadableDocument, match="more than 1 s"):
        next(batches)


def test_a_batch_that_is_not_valid_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="no batch of Arrow"):
        list(untrusted.stream(f"{HERE}:invalid"))


def test_whoever_stops_reading_ends_the_child() -> None:
    batches = untrusted.stream(f"{HERE}:numbers_then_silence")
    next(batches)
    batches.close()  # type: ignore[attr-defined]
