"""What was made once and is asked for again: kept in memory within a bound, and safe to ask from many threads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Kept"]

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by their keys; what was not asked for the longest goes first.

    `weigh` tells the weight of a value, 1 unless it is given; all that are kept weigh at most `most` together. A value
    that alone weighs more is made whenever it is asked for.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        self._most, self._weigh = most, weigh
        self._held: dict[Hashable, tuple[int, Future[Value]]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of a key, made now if it is not there. Many who ask at once wait for one that makes it.

        Raises:
            Exception: whatever `make` raises, to each who waited; it is made anew for whoever asks later.
        """
        with self._lock:
            known = self._held.pop(key, None)
            weight, future = known or (0, Future[Value]())
            self._held[key] = weight, future
        return self._made(key, make, future) if known is None else future.result()

    def _made(self, key: Hashable, make: Callable[[], Value], future: Future[Value]) -> Value:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                self._held.pop(key, None)
            future.set_exception(error)
            raise
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (self._weigh(value), future)
            self._lighten()
        future.set_result(value)
        return value

    def _lighten(self) -> None:
        weight = sum(each for each, _ in self._held.values())
        for key in [*self._held]:
            if weight <= self._most:
                return
            weight -= self._held.pop(key)[0]
