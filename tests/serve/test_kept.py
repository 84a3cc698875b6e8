"""What is kept: the newest within a bound, made once however many ask."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fairkit.serve.kept import Kept


def test_what_was_asked_for_last_stays() -> None:
    kept, made = Kept[str](2), list[str]()

    def upper(key: str) -> str:
        made.append(key)
        return key.upper()

    def ask(key: str) -> str:
        return kept.get(key, lambda: upper(key))

    assert [ask(key) for key in "abaca"] == ["A", "B", "A", "C", "A"]
    assert (made, len(kept)) == (["a", "b", "c"], 2)
    assert (ask("b"), made[-1]) == ("B", "b")


def test_what_is_heavy_drives_out_much_and_does_not_stay_if_it_is_too_heavy() -> None:
    kept = Kept[int](10, lambda value: value)
    for size in (1, 2, 3, 8, 11):
        assert kept.get(size, lambda size=size: size) == size  # type: ignore[misc]
    assert len(kept) == 0


def test_many_who_ask_at_once_wait_for_one() -> None:
    kept, gate, made = Kept[int](5), threading.Event(), list[int]()

    def make() -> int:
        gate.wait(10)
        made.append(1)
        return 7

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(kept.get, "key", make) for _ in range(8)]
        gate.set()
        assert {one.result() for one in asked} == {7}
    assert made == [1]


def test_a_fault_is_not_kept() -> None:
    kept = Kept[float](5)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 / 0)
    assert kept.get("key", lambda: 1.5) == 1.5
