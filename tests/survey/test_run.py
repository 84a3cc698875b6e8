"""A survey: every target a row, in order, whoever does the work; broken off, it goes on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fairkit import resources
from fairkit.assess import checklist
from fairkit.errors import UsageError
from fairkit.model.outcome import STATUSES
from fairkit.sources import Target
from fairkit.survey import Row, Settings, in_folder, survey
from fairkit.survey.table import Table

HOW = Settings(("fairkit",), offline=True)
NATIVE = (resources.folder("showcase") / "12102" / "native.json").read_bytes()


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of 70 records, one of them broken."""
    folder = tmp_path / "many"
    folder.mkdir()
    record = json.loads(NATIVE)["metadata"]
    for number in range(70):
        own = record | {"recid": str(number), "title": f"Jets of run {number}"}
        (folder / f"{number:02d}.json").write_text(json.dumps(own))
    (folder / "07.json").write_text("{ broken")
    return folder


def rows_of(folder: Path, *, jobs: int = 1, how: Settings = HOW) -> list[Row]:
    return [row for batch in survey(in_folder(str(folder)), how, jobs=jobs) for row in batch]


def test_every_target_is_a_row_in_its_order(many: Path) -> None:
    rows = rows_of(many)
    assert [row.asked for row in rows] == [f"file {many}/{number:02d}.json" for number in range(70)]
    assert rows[3].facts.title == "Jets of run 3"
    assert (rows[3].facts.kind, rows[3].facts.experiment, rows[3].facts.license) == ("dataset", "CMS", "CC0-1.0")
    assert len(rows[3].marks[0].statuses) == len(checklist.load("fairkit").metrics)


def test_a_target_that_cannot_be_read_is_a_row_that_says_why(many: Path) -> None:
    row = rows_of(many)[7]
    assert "07.json" in (row.error or "")
    assert (row.code, row.marks) == (2, ())


def test_processes_give_the_same_rows_in_the_same_order(many: Path) -> None:
    assert rows_of(many, jobs=3) == rows_of(many)


def test_a_file_of_several_records_gives_several_rows(tmp_path: Path) -> None:
    record = json.loads(NATIVE)["metadata"]
    hits = [{"metadata": record | {"recid": str(n), "title": f"Record {n}"}} for n in (1, 2)]
    file = tmp_path / "search.json"
    file.write_text(json.dumps({"hits": {"hits": hits, "total": 2}}))
    [batch] = survey([Target(str(file), "file")], HOW)
    assert [row.facts.title for row in batch] == ["Record 1", "Record 2"]
    assert {row.asked for row in batch} == {f"file {file}"}


def made(folder: Path, table: Table, *, stop_after: int | None = None) -> None:
    """Run a survey into a table, or break it off after some batches."""
    left = (target for target in in_folder(str(folder)) if not table.is_done(target))
    for number, rows in enumerate(survey(left, HOW)):
        if number == stop_after:
            table.flush()
            return
        table.add(rows)
    table.finish()


def test_the_table_has_a_column_for_each_fact_score_and_metric(many: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    table = Table(str(path), HOW)
    table.resume()
    made(many, table)
    found = pq.read_table(path)
    assert found.num_rows == 70
    assert found["title"][3].as_py() == "Jets of run 3"
    assert found["fairkit/F2-title"][3].as_py() == "pass"
    assert found["fairkit/F2-title"][7].as_py() is None, "it was not assessed"
    assert found["fairkit/total_low"][7].as_py() is None
    assert 0.5 < found["fairkit/total_low"][3].as_py() <= found["fairkit/total_high"][3].as_py() <= 1
    statuses = {value for name in found.column_names if name.startswith("fairkit/") and "_" not in name
                for value in found[name].to_pylist()}  # fmt: skip
    assert statuses - {None} <= set(STATUSES)


def test_a_survey_that_was_broken_off_goes_on_and_ends_the_same(many: Path, tmp_path: Path) -> None:
    whole, broken = Table(str(tmp_path / "whole.parquet"), HOW), Table(str(tmp_path / "broken.parquet"), HOW)
    whole.resume()
    made(many, whole)
    assert broken.resume() == 0
    made(many, broken, stop_after=1)
    assert not broken.path.exists(), "what is not finished is no table"
    again = Table(str(tmp_path / "broken.parquet"), HOW)
    assert again.resume() == 63, "a batch of 64, of which one failed"
    assert len(list(again.old_rows())) == 63
    made(many, again)
    one, other = (pq.read_table(path).sort_by("asked").to_pylist() for path in (whole.path, broken.path))
    assert one == other
    assert not broken.parts.exists()


def test_a_finished_table_in_which_targets_failed_is_gone_on_with(many: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "out.parquet")
    first = Table(path, HOW)
    first.resume()
    made(many, first)
    (many / "07.json").write_bytes(NATIVE)
    second = Table(path, HOW)
    assert second.resume() == 69
    made(many, second)
    found = pq.read_table(path)
    assert (found.num_rows, found["error"].null_count) == (70, 70)


def test_rows_of_other_settings_do_not_join_a_table(many: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "out.parquet")
    first = Table(path, HOW)
    first.resume()
    made(many, first, stop_after=1)
    with pytest.raises(UsageError, match="begun with other settings"):
        Table(path, HOW._replace(checklists=("fair4hep",))).resume()


def test_the_rows_of_a_table_are_read_back_as_they_were(many: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "out.parquet")
    first = Table(path, HOW)
    first.resume()
    made(many, first, stop_after=1)
    again = Table(path, HOW)
    again.resume()
    kept = [row for row in rows_of(many)[:64] if row.error is None]
    assert list(again.old_rows()) == kept


def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        Table(str(tmp_path / "none" / "out.parquet"), HOW).resume()


def test_nothing_else_is_left_beside_the_table(many: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    table = Table(str(place / "out.parquet"), HOW)
    table.resume()
    made(many, table)
    assert os.listdir(place) == ["out.parquet"]


def test_a_cluster_gives_the_same_rows_in_the_same_order(many: Path) -> None:
    pytest.importorskip("dask.distributed", reason='pip install "fairkit[dask]"')
    rows = [row for batch in survey(in_folder(str(many)), HOW, dask="local") for row in batch]
    assert rows == rows_of(many)


def test_a_cluster_that_does_not_answer_is_told() -> None:
    pytest.importorskip("dask.distributed", reason='pip install "fairkit[dask]"')
    with pytest.raises(UsageError, match="no Dask cluster answers"):
        list(survey([], HOW, dask="tcp://nowhere:port"))
