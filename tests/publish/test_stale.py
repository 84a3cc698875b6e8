"""Documents that are written anew after they were published are told, and nothing is changed for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fairkit.publish.journal import HOME

from .bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A release that was published with a document of a name that describes."""
    made = Bench(tmp_path)
    (made.root / "README.md").write_text("# Jets\n")
    (made.root / "LICENSE").write_text("CC0-1.0\n")
    made.run()
    return made


@pytest.mark.parametrize("lost", [False, True])
def test_documents_that_differ_from_those_of_the_record_are_named(bench: Bench, lost: bool) -> None:
    if lost:
        shutil.rmtree(bench.root / HOME)
    assert bench.run().stale == ()
    (bench.root / "README.md").write_text("# Better words\n")
    (bench.root / "LICENSE").unlink()
    (bench.root / "CITATION.cff").write_text("title: Jets\n")
    before = len(bench.server.requests)
    done = bench.run()
    assert (done.steps, done.stale) == ((), ("CITATION.cff", "LICENSE", "README.md"))
    assert {method for method, _ in bench.server.requests[before:]} == {"GET"}
    assert bench.run().stale == done.stale


def test_a_run_that_finds_nothing_new_asks_nothing_more(bench: Bench) -> None:
    before = len(bench.server.requests)
    bench.run()
    assert not [path for _, path in bench.server.requests[before:] if "files" in path]


def test_files_that_are_not_shown_are_not_compared(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairkit.repositories.invenio import Answer, Invenio

    (bench.root / "README.md").write_text("# Better words\n")
    monkeypatch.setattr(Invenio, "files", lambda self, name, published=False: Answer(404, {}))
    assert bench.run().stale == ()
