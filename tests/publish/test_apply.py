"""A deposit survives whatever befalls it: one record in the end, whole, and no token elsewhere."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairkit.errors import AuthenticationError, DepositError, MetadataRefused, UnreadableDocument
from fairkit.publish.journal import HOME
from tests.servers.faults import KINDS, STEPS, Fault
from tests.servers.invenio.deposits import Deposits

from .bench import Bench

_REVIEWED = ("review", "submit")
CASES = [
    (step, kind, first)
    for step, kind in itertools.product((step for step in STEPS if step not in _REVIEWED), KINDS)
    for first in (0, 1)
]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_draft_is_made_filled_and_published(bench: Bench) -> None:
    done = bench.run()
    assert done.draft.published
    assert done.steps == ("made a draft", "reserved a DOI", "wrote the metadata", "uploaded 3 files", "published it")
    bench.check()


def test_a_second_run_changes_nothing(bench: Bench) -> None:
    bench.run()
    before = list(bench.server.requests)
    (bench.root / "about.json").write_text("packaged anew, without the DOI")
    assert bench.run().steps == ()
    [work] = bench.server.records
    assert str(work.doi) in (bench.root / "about.json").read_text()
    later = bench.server.requests[len(before) :]
    assert {method for method, _ in later} == {"GET"}
    bench.check()


def test_a_draft_stays_one_until_it_is_to_be_published(bench: Bench) -> None:
    bench.run(publish=False)
    assert bench.run(publish=False).steps == ()
    bench.check(published=False)
    assert bench.run().steps == ("published it",)
    bench.check()


def test_data_that_change_before_publishing_change_the_draft(bench: Bench) -> None:
    bench.run(publish=False)
    (bench.root / "a.bin").write_bytes(b"other")
    (bench.root / "c.bin").write_bytes(b"new")
    (bench.root / "sub" / "b #?ä.bin").unlink()
    bench.run()
    bench.check()


def test_a_new_version_is_asked_for_and_never_a_new_concept(bench: Bench) -> None:
    bench.run()
    (bench.root / "a.bin").write_bytes(b"other")
    with pytest.raises(DepositError, match="was published as record"):
        bench.run()
    bench.run(new_version=True)
    assert len({work.concept for work in bench.server.works.values()}) == 1
    bench.check(records=2)
    assert bench.run().steps == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("step", _REVIEWED)
def test_a_community_is_asked_for_a_review_once(bench: Bench, step: str, kind: str) -> None:
    bench.survive(Fault(step, kind, 0), publish=False, community="toys")
    assert bench.run(publish=False, community="toys").steps == ()
    [work] = bench.server.drafts
    assert (work.review, work.submitted) == ("toys", True)
    bench.check(published=False)


@pytest.mark.parametrize(("step", "kind", "first"), CASES)
def test_every_fault_at_every_step_is_survived(bench: Bench, step: str, kind: str, first: int) -> None:
    bench.survive(Fault(step, kind, first))
    bench.check()


@pytest.mark.parametrize("kind", ["lost", "504-done", "killed-after"])
def test_an_unanswered_creation_is_found_again_without_the_journal(bench: Bench, kind: str) -> None:
    bench.survive(Fault("create", kind, 0), lose_journal=True)
    bench.check()


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_that_stays_is_told_and_gone_on_with_later(bench: Bench, step: str) -> None:
    bench.survive(Fault(step, "504-done", 0, 1000))
    bench.check()


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_an_index_that_is_behind_makes_no_second_draft(tmp_path: Path, hidden: int) -> None:
    bench = Bench(tmp_path, hidden=hidden)
    bench.survive(Fault("create", "lost", 0))
    bench.check()


def test_a_draft_that_shows_up_late_is_discarded(tmp_path: Path) -> None:
    bench = Bench(tmp_path, hidden=5)
    assert "discarded the draft" in bench.run(Fault("create", "lost", 0)).steps[-1]
    bench.check()


def test_twenty_runs_of_one_release_make_one_record(bench: Bench) -> None:
    for number in range(20):
        if number % 2:
            (bench.root / HOME / "repository.example.jsonl").unlink()
        bench.run()
    bench.check()


@pytest.mark.parametrize("moment", range(60))
def test_a_process_that_is_killed_at_any_request_is_gone_on_with(bench: Bench, moment: int) -> None:
    """Before the request on even numbers, after it on odd ones; beyond the last one nothing is killed."""
    kind = "killed-after" if moment % 2 else "killed-before"
    steps = [*STEPS, "other"]
    faults = [Fault(step, kind, moment // 2 // len(steps)) for step in steps[moment // 2 % len(steps) :][:1]]
    bench.survive(*faults)
    bench.check()


_faults = st.builds(
    Fault, st.sampled_from(sorted(STEPS)), st.sampled_from(sorted(KINDS)), st.integers(0, 5), st.integers(1, 4)
)


@given(st.lists(st.lists(_faults, max_size=6), max_size=4), st.booleans(), st.integers(0, 3))
@settings(
    max_examples=int(os.environ.get("FAIRKIT_SCHEDULES", "300")),
    suppress_health_check=[HealthCheck.too_slow],
    deadline=None,
)
def test_any_schedule_of_faults_ends_in_one_record(
    tmp_path_factory: pytest.TempPathFactory, schedule: list[list[Fault]], lose: bool, hidden: int
) -> None:
    bench = Bench(tmp_path_factory.mktemp("bench"), hidden=hidden)
    for faults in schedule:
        try:
            bench.survive(*faults, runs=1)
        except AssertionError:
            continue
    bench.survive()
    bench.check()


def test_a_wrong_token_is_told_and_sends_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Deposits, *args: object) -> tuple[int, object]:
        return 403, {"status": 403, "message": "Permission denied."}

    monkeypatch.setattr(Deposits, "answer", refuse)
    with pytest.raises(AuthenticationError, match="Permission denied"):
        bench.run()


def test_metadata_that_are_refused_are_told_field_by_field(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.publish.bench.Release.body", lambda self, doi: {"metadata": {"title": "x"}})
    with pytest.raises(MetadataRefused) as caught:
        bench.run()
    assert ("metadata.creators", "Missing data for required field.") in caught.value.errors


def test_changes_of_a_person_are_not_overwritten_unasked(bench: Bench) -> None:
    bench.run(publish=False)
    [work] = bench.server.drafts
    work.body["metadata"]["title"] = "A better title"
    work.revision += 1
    with pytest.raises(DepositError, match="were changed in the repository"):
        bench.run()
    bench.run(overwrite=True)
    bench.check()
    assert work.body["metadata"]["title"] == "Toy jets"


def test_a_file_that_changes_while_it_is_sent_is_not_published(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairkit.publish.sending import Sending

    whole: Callable[[Sending], object] = Sending.__iter__

    def changed(self: Sending) -> object:
        (bench.root / "a.bin").write_bytes(b"b" * 3000)
        return whole(self)

    monkeypatch.setattr(Sending, "__iter__", changed)
    with pytest.raises(UnreadableDocument, match="changed while it was sent"):
        bench.run()
    assert bench.server.records == []


def test_nobody_else_publishes_the_folder_meanwhile(bench: Bench) -> None:
    from fairkit.errors import UsageError
    from fairkit.publish.journal import opened

    with opened(bench.root, "https://repository.example"), pytest.raises(UsageError, match="somebody else"):
        bench.run()
