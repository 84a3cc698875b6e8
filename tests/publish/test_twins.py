"""A folder without journal and DOI that is called like a work of ours is not published as another one by accident."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import DepositError
from fairkit.publish.journal import HOME
from fairkit.publish.twins import bears, called

from .bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A release was published, the journal is lost, and the data are others now."""
    made = Bench(tmp_path)
    made.run()
    shutil.rmtree(made.root / HOME)
    (made.root / "a.bin").write_bytes(b"other")
    return made


def test_a_work_of_the_same_title_and_creator_is_asked_about(bench: Bench) -> None:
    [first] = bench.server.records
    before = len(bench.server.requests)
    with pytest.raises(DepositError, match=f"as {first.doi}, with other data") as caught:
        bench.run()
    assert "--version-of" in caught.value.remedy
    assert "--new-record" in caught.value.remedy
    assert [method for method, _ in bench.server.requests[before:]] == ["GET"]
    assert len(bench.server.works) == 1


@pytest.mark.parametrize("how", [{"new_record": True}, {"title": "Other jets"}])
def test_a_work_of_its_own_is_made_where_it_is_meant(bench: Bench, how: dict[str, Any]) -> None:
    bench.run(**how)
    assert len({one.concept for one in bench.server.records}) == 2
    assert bench.run(**how).steps == ()
    assert bench.run().steps == ()


def test_a_folder_that_was_published_may_become_another_work_where_that_is_meant(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run()
    (bench.root / "a.bin").write_bytes(b"other")
    bench.run(new_record=True)
    assert len({one.concept for one in bench.server.records}) == 2
    (bench.root / "a.bin").write_bytes(b"once more")
    bench.run(new_version=True)
    assert [one.concept for one in bench.server.records[1:]] == [bench.server.records[1].concept] * 2


def test_drafts_and_works_that_others_made_do_not_count(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(publish=False)
    shutil.rmtree(bench.root / HOME)
    (bench.root / "a.bin").write_bytes(b"other")
    bench.run()
    shutil.rmtree(bench.root / HOME)
    (bench.root / "a.bin").write_bytes(b"once more")
    [record] = bench.server.records
    record.body["metadata"]["identifiers"] = []
    bench.run()
    assert len(bench.server.records) == 2


def test_an_old_work_among_very_many_is_found(bench: Bench) -> None:
    [first] = bench.server.records
    for number in range(120):
        bench.run(title=f"Jets {number}", version=f"0.{number}")
        shutil.rmtree(bench.root / HOME)
    with pytest.raises(DepositError, match=str(first.doi)):
        bench.run()


def test_it_costs_nothing_to_ask(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run()
    listed = [path for method, path in bench.server.requests if "user/records" in path]
    assert len(listed) == 2  # is it there already, and is there an orphan


@pytest.mark.parametrize(
    ("work", "name"),
    [
        ({"title": " Toy  Jets ", "creators": [{"person_or_org": {"name": "CERN"}}]}, ("toy jets", "cern")),
        (
            {"title": "a", "creators": [{"person_or_org": {"family_name": "Doe", "given_name": "Jo", "name": "x"}}]},
            ("a", "doe, jo"),
        ),
        ({"title": "a", "creators": [{"person_or_org": {"family_name": "Doe"}}]}, ("a", "doe")),
        ({"title": "a", "creators": []}, None),
        ({"title": "a", "creators": "CERN"}, None),
        ({"title": 7, "creators": [{"person_or_org": {"name": "CERN"}}]}, None),
        ({"creators": [{"person_or_org": "CERN"}, 7]}, None),
        (None, None),
    ],
)
def test_whatever_a_server_says_of_a_work_is_survived(work: Any, name: tuple[str, str] | None) -> None:
    assert called({"metadata": work}) == name
    assert not bears({"metadata": work}, "fairkit:release:")
