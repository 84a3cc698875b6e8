"""What the tests of the sources "doi" and "web" share: a loopback web, and gathering from it by one source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from fairkit.evidence import Gatherer
from fairkit.evidence.gather import Report
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Target, Wants
from tests.servers.pages import Pages

__all__ = ["ALL", "gather", "representations", "served", "told"]

ALL = Wants(frozenset({"landing_page", "identifier", "registry"}), frozenset({"title", "distributions"}))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """A loopback web, whose folder `/doi` is the resolver."""
    with Pages() as pages:
        monkeypatch.setenv("FAIRKIT_DOI_URL", f"{pages.url}/doi")
        yield pages


def gather(
    source: ModuleType, word: str, session: Session | None = None, *, tell: Callable[[str], None] = lambda _: None
) -> Report:
    """What one source gathers about a target; `tell` hears each URL that is asked for."""
    session = session or Session(trusted=trusted(), sleep=lambda _: None)
    name = source.__name__.rpartition(".")[2]
    plan: Callable[..., Any] = source.plan
    [report] = Gatherer(session, tell=tell).follow(name, plan(Target(word), ALL))
    return report


def representations(evidence: Evidence) -> list[str]:
    return [document.representation for document in evidence.documents]


def told(evidence: Evidence) -> dict[str, str | None]:
    """The observations: what was found, or `error: …`."""
    return {o.name: f"error: {o.error}" if o.error else o.value for o in evidence.observations}
