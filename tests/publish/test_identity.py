"""A folder whose journal is gone becomes a version of the record that a DOI names, and never a record of its own."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from fairkit.errors import DepositError, NotFound, UsageError
from fairkit.http import Session
from fairkit.publish.identity import adopt, as_doi, record_of
from fairkit.publish.journal import HOME, opened
from fairkit.repositories.invenio import Invenio
from tests.repositories.test_invenio import BODY, Bytes
from tests.servers.invenio.deposits import BASE, TOKEN
from tests.servers.invenio.real import Instance

from .bench import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A release that was published as version 1."""
    made = Bench(tmp_path)
    made.run()
    return made


def client(bench: Bench) -> Invenio:
    session = Session(transport=bench.server, credentials={BASE: f"Bearer {TOKEN}"}, trusted=[BASE])
    return Invenio(BASE, session, pause=bench.naps.append)


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.5281/zenodo.12", "10.5281/zenodo.12"),
        ("https://doi.org/10.5281/zenodo.12", "10.5281/zenodo.12"),
        ("doi:10.5281/zenodo.12", "10.5281/zenodo.12"),
    ],
)
def test_a_doi_may_be_written_in_every_usual_way(written: str, doi: str) -> None:
    assert as_doi(written) == doi


@pytest.mark.parametrize("written", ["", "jets", "https://zenodo.org/records/12", "10.5281"])
def test_what_is_no_doi_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no DOI"):
        as_doi(written)


@pytest.mark.parametrize("which", ["concept", "version", "capitals"])
def test_a_lost_journal_is_made_good_by_any_doi(bench: Bench, which: str) -> None:
    [first] = bench.server.records
    shutil.rmtree(bench.root / HOME)
    doi = {"concept": f"10.5072/{first.concept}", "version": str(first.doi), "capitals": str(first.doi).upper()}[which]
    with opened(bench.root, BASE) as journal:
        adopt(journal, client(bench), doi)
    bench.run(version="2", new_version=True)
    assert [one.concept for one in bench.server.records] == [first.concept] * 2


def test_a_doi_of_nothing_stops_it(bench: Bench) -> None:
    with pytest.raises(NotFound, match="no record with the DOI"):
        record_of(client(bench), "10.5072/r9999-00000")


def test_a_record_that_only_bears_the_name_is_not_it(bench: Bench) -> None:
    """The name inside a DOI of another repository may be that of a record here."""
    [first] = bench.server.records
    with pytest.raises(NotFound):
        record_of(client(bench), f"10.1000/{first.id}")


def test_the_doi_of_another_work_is_refused(bench: Bench, tmp_path: Path) -> None:
    other = Bench(tmp_path / "other")
    other.server = bench.server
    (other.root / "a.bin").write_bytes(b"other")
    other.run(title="Other jets")
    with opened(bench.root, BASE) as journal, pytest.raises(DepositError, match="is another work"):
        adopt(journal, client(bench), str(bench.server.records[-1].doi))


def test_the_journal_counts_where_it_is(bench: Bench) -> None:
    [first] = bench.server.records
    with opened(bench.root, BASE) as journal:
        before = journal.get("record")
        adopt(journal, client(bench), f"10.5072/{first.concept}")
        assert journal.get("record") == before


@pytest.mark.invenio
def test_the_real_software_knows_its_records_by_any_doi(invenio: Instance) -> None:
    token = invenio.tokens["owner"]
    with Session(credentials={invenio.url: f"Bearer {token}"}, trusted=[invenio.url]) as session:
        real = Invenio(invenio.url, session, pause=time.sleep)
        made = real.as_draft(real.create(BODY).data)
        assert real.announce(made.id, ["a"]).ok
        assert real.send(made.id, "a", Bytes(b"a")).ok
        assert real.commit(made.id, "a").ok
        record = real.as_draft(real.publish(made.id).data)
        assert record.doi is not None
        concept = f"{record.doi.partition('/')[0]}/{record.concept}"
        for doi in (record.doi, concept, record.doi.upper()):
            assert record_of(real, doi).id == record.id
        with pytest.raises(NotFound):
            record_of(real, "10.1000/182")
