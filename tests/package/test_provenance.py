"""The journal of a folder on the disk: it grows step by step and is never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.provenance import Activity
from fairkit.package import provenance


def test_a_folder_without_a_journal_has_no_steps(tmp_path: Path) -> None:
    assert provenance.read(tmp_path) == ()


def test_steps_are_added_at_the_end(tmp_path: Path) -> None:
    for name in ("generation", "selection", "conversion"):
        provenance.append(tmp_path, Activity(name=name))
    assert [step.name for step in provenance.read(tmp_path)] == ["generation", "selection", "conversion"]
    assert [path.name for path in tmp_path.iterdir()] == ["provenance.jsonld"]


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: provenance.append(tmp_path, Activity(name=str(number))), range(40)))
    assert {step.name for step in provenance.read(tmp_path)} == {str(number) for number in range(40)}


def test_a_broken_journal_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / provenance.JOURNAL).write_bytes(b'{"prov:wasGenera')
    with pytest.raises(UnreadableDocument):
        provenance.append(tmp_path, Activity(name="run"))
    assert (tmp_path / provenance.JOURNAL).read_bytes() == b'{"prov:wasGenera'


def test_a_journal_that_is_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / provenance.JOURNAL).mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        provenance.read(tmp_path)


def test_a_journal_elsewhere_is_neither_read_nor_written(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    provenance.append(tmp_path, Activity(name="of others"))
    (tmp_path / "set" / provenance.JOURNAL).symlink_to(tmp_path / provenance.JOURNAL)
    assert provenance.read(tmp_path / "set") == ()
    with pytest.raises(UsageError, match="is a link"):
        provenance.append(tmp_path / "set", Activity(name="run"))
    assert [step.name for step in provenance.read(tmp_path)] == ["of others"]
