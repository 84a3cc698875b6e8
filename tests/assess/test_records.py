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
    ("metric", "status", "message"),
    [
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

    assert verdicts(showcase(observed=REGISTERED)) == verdicts(of_record(shared, "12102", observed=REGISTERED))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("recid", "metric", "status", "words"),
    [
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


RECORD = json.loads(showcase().documents[0].body)["metadata"]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("key", sorted(RECORD.keys() - {"recid", "type", "experiment"}))
def test_a_key_less_in_a_record_changes_only_what_rests_on_its_fields(key: str, name: str) -> None:
    whole, less = native(RECORD), native({k: v for k, v in RECORD.items() if k != key})
    lost = {field for field, telling in tellings(whole).items() if telling != tellings(less)[field]}
    fields = {test.id: test.fields for metric in load(name).metrics for test in metric.tests}
    before, after = outcomes(whole, name), outcomes(less, name)
    assert [test for test in before if before[test] != after[test] and not fields[test[0]] & lost] == []
