"""A limited child that may write into one folder, and answers step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairkit import untrusted
from fairkit.errors import NotFound, UnreadableDocument
from fairkit.untrusted import Worker

HERE = "tests.untrusted.steps"
KERNEL = pytest.mark.skipif("files" not in untrusted.held(), reason="this machine does not hold files")


@pytest.fixture
def ground(tmp_path: Path) -> Path:
    folder = tmp_path / "ground"
    folder.mkdir()
    return folder


@pytest.fixture
def worker(ground: Path) -> Iterator[Worker]:
    with Worker(reads=[], writes=str(ground), most_written=1000) as worker:
        yield worker


def test_it_answers_question_after_question(worker: Worker) -> None:
    assert [list(worker.told(f"{HERE}:steps", count)) for count in (3, 0, 2)] == [[0, 1, 2], [], [0, 1]]


def test_after_a_death_there_is_another_one(worker: Worker) -> None:
    seen = worker.told(f"{HERE}:steps_then_death")
    assert next(seen) == 1
    with pytest.raises(UnreadableDocument, match="SIGABRT"):
        next(seen)
    assert list(worker.told(f"{HERE}:steps", 1)) == [0]


def test_an_error_of_ours_is_raised_again_and_the_child_stays(worker: Worker) -> None:
    with pytest.raises(NotFound, match="no second step"):
        list(worker.told(f"{HERE}:steps_then_missing"))
    assert list(worker.told(f"{HERE}:steps", 1)) == [0]


def test_whoever_stops_listening_stops_the_child(worker: Worker) -> None:
    seen = worker.told(f"{HERE}:steps", 10**9)
    assert next(seen) == 0
    seen.close()  # type: ignore[attr-defined]
    assert list(worker.told(f"{HERE}:steps", 1)) == [0]


def test_each_step_has_its_time(worker: Worker) -> None:
    with pytest.raises(UnreadableDocument, match=r"more than 0\.5 s"):
        list(worker.told(f"{HERE}:loop", most_seconds=0.5))


def test_it_writes_into_its_folder_and_nowhere_else(worker: Worker, ground: Path, tmp_path: Path) -> None:
    seen = worker.told(f"{HERE}:made", str(ground), str(tmp_path / "other.txt"))
    assert next(seen) == "made"
    with pytest.raises(UnreadableDocument, match="not to be written"):
        next(seen)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["ground", "whole.txt"]


@KERNEL
def test_the_kernel_holds_that_too(worker: Worker, ground: Path, tmp_path: Path) -> None:
    assert list(worker.told(f"{HERE}:made_in_c", str(ground / "a"))) == ["made"]
    for name in ("b", "ground/folder/c"):
        with pytest.raises(UnreadableDocument, match="refused"):
            list(worker.told(f"{HERE}:made_in_c", str(tmp_path / name)))
    with pytest.raises(UnreadableDocument, match="refused"):
        list(worker.told(f"{HERE}:linked", str(ground), str(tmp_path)))


def test_files_grow_as_far_as_they_may(worker: Worker, ground: Path) -> None:
    assert list(worker.told(f"{HERE}:large", str(ground / "a"), 1000)) == ["made"]
    with pytest.raises(UnreadableDocument, match="too large"):
        list(worker.told(f"{HERE}:large", str(ground / "b"), 2000))
