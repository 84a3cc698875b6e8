"""Records on the real InvenioRDM software are assessed over HTTP, their landing pages included."""

from __future__ import annotations

import pytest

from fairkit.assess import checklist
from fairkit.assess.assessment import assess
from fairkit.dialects import harvest
from fairkit.errors import AuthenticationError, NotFound
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Target, Wants
from tests.servers.invenio.real import Instance

from .real_invenio import RealRepository

pytestmark = pytest.mark.invenio

METADATA = {
    "title": "Toy jets",
    "publication_date": "2026-11-21",
    "publisher": "The toy repository",
    "resource_type": {"id": "dataset"},
    "description": "<p>Jets for a <b>bar</b>.</p>",
    "creators": [
        {
            "person_or_org": {
                "type": "personal",
                "family_name": "Example",
                "given_name": "Ada",
                "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
            },
            "affiliations": [{"name": "CERN"}],
        }
    ],
    "subjects": [{"subject": "jets"}],
    "rights": [{"id": "cc-by-4.0"}],
}


METRICS = ("A1-page", "R1.1-licence", "R1.1-exported", "R1-files", "R1-checksums", "R1-agrees")


@pytest.fixture
def real(invenio: Instance, monkeypatch: pytest.MonkeyPatch) -> RealRepository:
    """The running software, which fairkit may talk to."""
    monkeypatch.setenv("FAIRKIT_TRUSTED_URLS", invenio.url)
    monkeypatch.setenv("FAIRKIT_DOI_URL", invenio.resolver)
    return RealRepository(invenio)


def gather(repository: RealRepository, name: str) -> tuple[Evidence, list[str]]:
    """The evidence about a record by the default checklist, and what was asked for, redirects left out."""
    chosen = checklist.load("fairkit")
    asked: list[str] = []
    gatherer = Gatherer(Session(trusted=trusted()), tell=asked.append)
    target = Target(f"{repository.url}/records/{name}")
    [report] = gatherer.gather(target, Wants(chosen.needs, chosen.fields))
    return report.evidence, asked


def test_a_record_is_assessed_with_its_landing_page(real: RealRepository) -> None:
    evidence, asked = gather(real, real.publish(real.draft(METADATA)))
    assert len(asked) == 4
    read = harvest(evidence)
    assert read.faults == ()
    assert [d.representation for d in evidence.documents][:2] == ["invenio", "schema-org"]
    assert {d.representation for d in evidence.documents} >= {"signposting", "html"}
    page = evidence.observation("landing_page")
    assert page is not None
    assert str(page.value).startswith("200 text/html")
    results = assess(read, checklist.load("fairkit"), when="2026-11-21T00:00:00Z").results
    statuses = {row.metric: row.status for row in results}
    for metric in METRICS:
        assert statuses[metric] == "pass", metric


def test_the_exports_tell_the_same_as_the_record(real: RealRepository) -> None:
    evidence, _ = gather(real, real.publish(real.draft(METADATA)))
    native, exported = harvest(evidence).views[:2]
    for field in ("title", "description", "license", "date_published", "landing_page", "publisher"):
        assert getattr(native.resource, field) == getattr(exported.resource, field), field
    assert [who.identifier("orcid") for who in exported.resource.creators] == ["0000-0002-1825-0097"]


def test_an_embargo_hides_the_files_and_not_the_record(real: RealRepository) -> None:
    embargo = {"active": True, "until": "2099-01-01", "reason": "A paper"}
    name = real.publish(real.draft(METADATA, access={"record": "public", "files": "restricted", "embargo": embargo}))
    evidence, _ = gather(real, name)
    view = harvest(evidence).views[0]
    assert (view.resource.access, view.resource.embargo_until) == ("embargoed", "2099-01-01")
    assert "distributions" in view.withheld


def test_records_that_are_not_public_are_told_apart(real: RealRepository) -> None:
    with pytest.raises(NotFound, match="has no record"):
        gather(real, "00000-00000")
    with pytest.raises(NotFound, match="as a draft only"):
        gather(real, real.draft(METADATA))
    with pytest.raises(AuthenticationError, match="to the public"):
        gather(real, real.publish(real.draft(METADATA, access={"record": "restricted", "files": "restricted"})))
    deleted = real.publish(real.draft(METADATA))
    real.delete(deleted, "by mistake")
    with pytest.raises(NotFound, match=r"has deleted record .*test-record, by mistake"):
        gather(real, deleted)
