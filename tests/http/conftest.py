from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from fairkit.http import Session
from tests.http.web import Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def elsewhere() -> Iterator[Web]:
    """Another origin, on another port of the same host."""
    with serving() as web:
        yield web


@pytest.fixture
def naps() -> list[float]:
    """How long sessions slept, in seconds; they do not really."""
    return []


@pytest.fixture
def session(web: Web, naps: list[float]) -> Iterator[Callable[..., Session]]:
    """Makes sessions that trust `web` and sleep without sleeping."""
    with ExitStack() as stack:

        def made(**options: Any) -> Session:
            defaults: dict[str, Any] = {"trusted": [web.url], "sleep": naps.append}
            return stack.enter_context(Session(**(defaults | options)))

        yield made
