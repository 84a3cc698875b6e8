"""What is said of records of CERN Open Data: the shipped one, and real ones beside the checkout."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fairkit.assess.assessment import Assessment, assess
from fairkit.assess.checklist import load, names
from fairkit.assess.engine import evaluate
from fairkit.dialects import harvest
from fairkit.model.evidence import Evidence
from fairkit.model.harvest import Harvest
from fairkit.model.outcome import Outcome
from fairkit.model.resource import FIELDS

from .documents import REGISTERED, of_record, showcase


def assessed(evidence: Evidence, name: str = "fairkit") -> Assessment:
    return assess(harvest(evidence), load(name), version="1", when="now")


def told(evidence: Evidence, metric: str, name: str = "fairkit") -> tuple[str, str]:
    found = next(row for row in assessed(evidence, name).results if row.metric == metric)
    return found.status, found.message


@pytest.mark.parametrize(
    ("metric", "status", "words"),
    [
        ("F4H-F1-uniqueness", "pass", "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"),
        ("F4H-F1-persistence", "pass", "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"),
        ("F4H-F2-machine-readable", "pass", "cern-open-data, schema-org, datacite"),
        ("F4H-F2-richness", "partial", "datacite: 8 of 13 fields; without date_created"),
        ("F4H-F2-richness", "partial", "schema-org: 7 of 13 fields; without keywords"),
        ("F4H-F3", "pass", "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"),
        ("F4H-F4", "unknown", "not tried"),
    ],
)
def test_fair4hep_gives_the_published_verdicts_on_12102(metric: str, status: str, words: str) -> None:
    found = told(showcase(), metric, "fair4hep")
    assert found[0] == status
    assert words in found[1]


def test_fair4hep_finds_12102_indexed_once_the_registry_was_asked() -> None:
    assert told(showcase(observed=REGISTERED), "F4H-F4", "fair4hep") == ("pass", "DataCite lists it")


@pytest.mark.parametrize(
    ("metric", "status", "points", "answer", "message"),
    [
        ("ARDC-F1", "pass", 8, "one that is unique everywhere, is cited, and lasts", "doi:10.7483/OPENDATA.CMS.JGJX"),
        ("ARDC-F2", "pass", 1, "yes", "names doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"),
        ("ARDC-F4", "unknown", 2, "in one repository", "not tried"),
        ("ARDC-A1", "pass", 5, "everybody", "open"),
        ("ARDC-A2", "partial", 1, "by asking, or with a client of their own", "only over root"),
        ("ARDC-A3", "unknown", 0, None, "not tried"),
        ("ARDC-I2", "partial", 1, "from none", "none of 178 variables has an IRI"),
        ("ARDC-I3", "partial", 2, "by addresses", "schema-org: no relation is stated"),
        ("ARDC-R2", "partial", 2, "all of it, as text", "no step is recorded"),
    ],
)
def test_ardc_answers_its_questions_about_12102(
    metric: str, status: str, points: float, answer: str | None, message: str
) -> None:
    found = next(row for row in assessed(showcase(), "ardc").results if row.metric == metric)
    assert (found.status, found.points, found.answer) == (status, points, answer)
    assert message in found.message


def test_what_has_no_answer_gets_the_one_for_that() -> None:
    found = {row.metric: row for row in assess(poorest(), load("ardc"), version="1", when="now").results}
    assert (found["ARDC-R1"].answer, found["ARDC-R1"].status, found["ARDC-R1"].points) == ("none", "fail", 0)
    assert found["ARDC-I2"].answer == "they are not described"


@pytest.mark.parametrize(
    ("metric", "status", "message"),
    [
        ("RDA-F1-01D", "pass", "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q is persistent"),
        ("RDA-A1-03M", "unknown", "not tried"),
        ("RDA-A1-05D", "partial", "8 index files must be fetched"),
        ("RDA-I2-01D", "fail", "none of 178 variables has an IRI"),
        ("RDA-I3-01D", "unknown", "links inside of the files are not looked for"),
        ("RDA-R1.1-03M", "pass", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("RDA-R1.2-02M", "fail", "schema-org, datacite without sources"),
    ],
)
def test_rda_indicators_of_12102(metric: str, status: str, message: str) -> None:
    found = told(showcase(), metric, "rda")
    assert found[0] == status
    assert message in found[1]


@pytest.mark.parametrize(
    ("metric", "status", "message"),
    [
        ("R1-consistent-variables", "partial", "descriptions of several variables, the first: fj_jetNTracks"),
        ("R1-consistent-variables", "partial", "fj_sdsj2_axis1, fj_sdsj2_axis2, fj_sdsj2_csv"),
        ("R1-consistent-names", "pass", "no name twice in 8 files"),
        ("R1-consistent-checksums", "pass", "8 checksums, well formed"),
        ("F1-consistent-page", "pass", "the page is that of 12102"),
        ("R1-entries", "fail", "no number of entries is stated"),
        ("R1-cryptographic", "fail", "adler32 only"),
        ("R1-units", "fail", "none of 178 variables has a unit"),
        ("R1-splits", "partial", "only the paths of the files tell"),
        ("R1.1-licence", "pass", "CC0-1.0"),
        ("R1.1-exported", "fail", "schema-org: no licence is stated; datacite: no licence is stated"),
        ("R1-exported", "fail", "schema-org: no file is named; schema-org: no variable is described"),
        ("I3-exported", "fail", "schema-org: no relation is stated; datacite: no relation is stated"),
        ("R1.2-sources", "pass", "21 parents"),
        ("F1-creators", "pass", "the only creator has an ORCID or ROR id"),
        ("A1-rights", "pass", "open"),
        ("R1-variables", "pass", "178 variables"),
    ],
)
def test_the_report_on_12102_tells_what_nobody_told(metric: str, status: str, message: str) -> None:
    found = told(showcase(), metric)
    assert found[0] == status
    assert message in found[1]


@pytest.mark.shared
@pytest.mark.parametrize("name", names())
def test_the_showcase_gives_every_verdict_of_the_real_documents(name: str, shared: Path) -> None:
    def verdicts(evidence: Evidence) -> list[Any]:
        return [
            (row.metric, row.status, row.points, row.possible, row.tests) for row in assessed(evidence, name).results
        ]

    real = replace(of_record(shared, "12102", observed=REGISTERED), basis="showcase")  # of saved ones others may exist
    assert verdicts(showcase(observed=REGISTERED)) == verdicts(real)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("recid", "metric", "status", "words"),
    [
        ("12102", "R1-consistent-variables", "partial", "fj_sdsj2_axis1, fj_sdsj2_axis2, fj_sdsj2_csv"),
        ("12320", "R1-consistent-names", "partial", "more than one variable is called outTpNTrackerHits"),
        ("15013", "R1.2-declared", "partial", "only its prose tells of cern-open-data:80030"),
        ("80030", "I3-consistent-links", "fail", "2047.20127 is quoted, the link leads to arxiv:2407.20127"),
        ("12320", "R1.1-fits", "partial", "GPL-3.0-only is a licence for software, this is a dataset"),
        ("15013", "R1-agrees", "partial", "138,693,229,336 bytes are claimed"),
        ("15013", "R1.2-current", "partial", "superseded by cern-open-data:80030"),
        ("80030", "R1.2-current", "pass", "it supersedes cern-open-data:15013"),
        ("328", "R1.1-licence", "partial", "no licence is stated; the repository's terms of use imply CC0-1.0"),
        ("328", "R1.1-standard", "fail", "no licence to recognise"),
        ("328", "I1-self-describing", "fail", "no format describes itself; not text/csv"),
        ("414", "R1.2-current", "partial", "superseded by cern-open-data:415"),
        ("30522", "R1-variables", "partial", "DoubleMuon_doc.json, which was not read"),
        ("80035", "A1-data", "partial", "1,921 files claimed, in 2 child records"),
        ("80035", "R1-files", "partial", "1,921 files claimed, in 2 child records"),
        ("84000", "R1-units", "partial", "13 of 21 variables have a unit"),
        ("84000", "I2-units", "partial", "one of 13 units is standard; write mm for 'Milimeters', rad for 'Radians'"),
        ("84000", "I1-linked-data", "unknown", "only the saved document was read"),
    ],
)
def test_what_is_known_of_a_record_is_told(recid: str, metric: str, status: str, words: str, shared: Path) -> None:
    found = told(of_record(shared, recid), metric)
    assert found[0] == status
    assert words in found[1]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["rda", "ardc"])
def test_of_every_real_record_each_metric_is_decided_or_open_for_a_reason(name: str, shared: Path) -> None:
    folder = shared / "data" / "cern-open-data"
    paths = [path for place in ("records", "sample") for path in sorted((folder / place).glob("*.json"))]
    for recid in (path.stem for path in paths if path.stem != "INDEX"):
        rows = assessed(of_record(shared, recid), name).results
        assert len(rows) == len(load(name).metrics)
        assert [row.metric for row in rows if not row.message or row.status == "pending"] == []
        assert "unknown" in {row.status for row in rows}, "no registry was asked"
        assert all(0 <= row.points <= row.possible for row in rows)


def outcomes(read: Harvest, name: str) -> dict[tuple[str, str], Outcome]:
    results = evaluate(read, load(name))
    return {(finding.test.id, finding.on): finding.outcome for result in results for finding in result.tests}


def tellings(read: Harvest) -> dict[str, Any]:
    """All that a document says, as far as a check can see it."""
    resource = read.resource
    return {name: (getattr(resource, name), read.told(name)) for name in FIELDS} | {"kind": resource.kind}


def native(record: dict[str, Any]) -> Harvest:
    evidence = showcase()
    body = json.dumps({"metadata": record}).encode()
    document = replace(evidence.documents[0], body=body)
    return harvest(replace(evidence, documents=(document,)))


def poorest() -> Harvest:
    """A record of which nothing but its number is known."""
    return native({name: RECORD[name] for name in ("recid", "type", "experiment")})


RECORD = json.loads(showcase().documents[0].body)["metadata"]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("key", sorted(RECORD.keys() - {"recid", "type", "experiment"}))
def test_a_key_less_in_a_record_changes_only_what_rests_on_its_fields(key: str, name: str) -> None:
    whole, less = native(RECORD), native({k: v for k, v in RECORD.items() if k != key})
    lost = {field for field, telling in tellings(whole).items() if telling != tellings(less)[field]}
    fields = {test.id: test.fields for metric in load(name).metrics for test in metric.tests}
    before, after = outcomes(whole, name), outcomes(less, name)
    assert [test for test in before if before[test] != after[test] and not fields[test[0]] & lost] == []
