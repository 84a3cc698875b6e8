"""The journal: what is written is there after any crash, and a new release begins anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UsageError
from fairkit.publish.journal import Journal, opened

BASE = "https://data.example.org:8443"


def test_facts_are_read_back_and_the_newest_counts(tmp_path: Path) -> None:
    with opened(tmp_path, BASE) as journal:
        journal.note("draft", draft="a", doi=None)
        journal.note("doi", doi="10.5072/a")
    with opened(tmp_path, BASE) as journal:
        assert (journal.get("draft"), journal.get("doi"), journal.get("nothing")) == ("a", "10.5072/a", None)
        assert journal.path.name == "data.example.org-8443.jsonl"


def test_each_repository_has_a_journal_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path, BASE) as journal:
        journal.note("draft", draft="a")
    with opened(tmp_path, "https://other.example") as journal:
        assert journal.get("draft") is None


@given(cut=st.integers(0, 120))
def test_a_line_that_was_cut_says_nothing_and_swallows_nothing(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "j.jsonl"
    Journal(path).note("draft", draft="a")
    whole = path.read_bytes()
    path.write_bytes(
        whole + b'{"at": "2026-11-21T00:00:00Z", "step": "doi", "doi": "10.5072/a", "more": "xxxxxxxxxxx"}\n'[:cut]
    )
    Journal(path).note("files", files="f")
    assert Journal(path).get("draft") == "a"
    assert Journal(path).get("files") == "f"


def test_what_follows_a_published_release_begins_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    journal.note("begin", release="one")
    journal.note("draft", draft="a", body="b", files="f")
    journal.note("published", record="a", concept="c", published_release="one")
    journal.note("begin", release="one")
    assert journal.get("draft") == "a"
    journal.note("begin", release="two")
    assert [journal.get(name) for name in ("draft", "body", "files", "record", "concept")] == [
        None,
        None,
        None,
        "a",
        "c",
    ]


def test_a_draft_goes_on_when_its_data_change(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl")
    journal.note("begin", release="one")
    journal.note("draft", draft="a")
    journal.note("begin", release="two")
    assert journal.get("draft") == "a"


def test_a_journal_that_cannot_be_written_stops_everything(tmp_path: Path) -> None:
    (tmp_path / ".fairkit").write_text("a file")
    with pytest.raises(UsageError, match="there can be no journal"), opened(tmp_path, BASE):
        pass
    journal = Journal(tmp_path / "none" / "j.jsonl")
    with pytest.raises(UsageError, match="cannot be written"):
        journal.note("draft", draft="a")
