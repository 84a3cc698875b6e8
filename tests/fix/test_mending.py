"""What would raise the score, and that it does: the promised gain is there once the edits are made."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from typing import Any

import jsonpatch
import pytest
from hypothesis import given, settings

from fairkit.assess import checklist
from fairkit.assess.assessment import ScoreRow, assess
from fairkit.dialects import harvest
from fairkit.fix import Entry, Mending, mend
from fairkit.model.base import plain
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.harvest import Harvest
from tests.dialects.documents import ANY_JSON
from tests.test_schemas import GENERATED, faults

from .works import DATACITE, RECORD, folder, record

OURS = [checklist.load("fairkit")]
SEEN = tuple(
    Distribution(name=name, byte_size=7, checksums=(Checksum(algorithm="sha256", value=digit * 64),))
    for name, digit in (("a.csv", "a"), ("b.csv", "b"))
)


def total(read: Harvest, name: str = "fairkit") -> ScoreRow | None:
    return assess(read, checklist.load(name), when="").scores.total


def again(read: Harvest, body: bytes) -> Harvest:
    """The evidence with another first document."""
    first, *others = read.evidence.documents
    return harvest(replace(read.evidence, documents=(replace(first, body=body), *others)))


def values(mending: Mending) -> dict[str, Entry]:
    """The proposals for the edited document, by field."""
    every = [entry for entry in mending.entries if entry.question is None and entry.document == mending.dialect]
    return {str(entry.field): entry for entry in every}


def applied(read: Harvest, mending: Mending) -> bytes:
    data = json.loads(read.evidence.documents[0].body)
    return json.dumps(jsonpatch.apply_patch(data, plain(mending.patch))).encode()


@pytest.mark.parametrize(
    ("field", "pointer", "value"),
    [
        ("license", "/metadata/license/attribution", "CC0-1.0"),
        ("keywords", "/metadata/keywords", ["jets", "tracks"]),
        ("identifiers", "/metadata/doi", "10.5555/7"),
        ("creators", "/metadata/authors/0/orcid", "0000-0002-1825-0097"),
        ("variables", "/metadata/dataset_semantics/0/unit", "GeV"),
        ("date_published", "/metadata/date_published", "2019-05-31"),
        ("byte_size", "/metadata/distribution/size", 15),
    ],
)
def test_what_the_evidence_holds_is_proposed_where_it_belongs(field: str, pointer: str, value: Any) -> None:
    [change] = values(mend(record(), OURS))[field].changes
    assert (change.pointer, change.value) == (pointer, value)


def test_the_patch_can_be_applied_and_gains_what_was_promised() -> None:
    read = record()
    mending = mend(read, OURS)
    changed = applied(read, mending)
    [gained] = mending.gains
    assert gained.then == total(read)
    assert gained.now == total(again(read, changed))
    assert gained.then is not None
    assert gained.now is not None
    assert gained.now.low > gained.then.low
    assert mend(again(read, changed), OURS).patch == ()


def test_what_we_do_not_read_of_a_row_stays() -> None:
    read = record()
    native = json.loads(applied(read, mend(read, OURS)))["metadata"]
    assert native["authors"][0] == {"name": "Doe, Jo", "note": "keeps the keys", "orcid": "0000-0002-1825-0097"}
    assert native["dataset_semantics"][0]["x/y~z"] == 1
    assert native["abstract"]["description"].startswith("Jets with pt &lt; 5 GeV.")


def test_each_entry_gains_what_judging_again_says() -> None:
    for entry in values(mend(record(), OURS)).values():
        [gained] = entry.gains
        assert gained.metrics, entry.field


def test_what_only_people_know_is_asked_with_its_place() -> None:
    questions = [entry for entry in mend(record(), OURS).entries if entry.question is not None]
    places = {entry.field: entry.pointer for entry in questions}
    assert places["entry_count"] == "/metadata/distribution/number_events"
    assert places["version"] is None
    assert all(entry.says is None and entry.changes == () for entry in questions)
    assert "license" not in places


def test_what_an_export_loses_is_told_but_not_patched() -> None:
    mending = mend(harvest(GENERATED["evidence"]()), OURS)
    others = {(entry.document, entry.field) for entry in mending.entries if entry.question is None}
    assert {("schema-org", "license"), ("datacite", "relations"), ("schema-org", "variables")} <= others
    assert mending.patch == ()


def test_of_two_numbers_that_disagree_neither_is_taken() -> None:
    claims = {"metadata": RECORD | {"distribution": {"size": 99}}}
    mending = mend(record(claims), OURS)
    assert "byte_size" not in values(mending)
    assert any(entry.field == "byte_size" and entry.suggestion == "15" for entry in mending.entries)


@pytest.mark.parametrize("licence", ["CC0", ["CC0"], 7])
def test_what_a_stranger_put_in_the_way_is_left_alone(licence: Any) -> None:
    mending = mend(record({"metadata": RECORD | {"license": licence}}), OURS)
    assert "license" not in values(mending)


@settings(max_examples=25)  # each judges the record some thirty times
@given(ANY_JSON)
def test_no_native_document_breaks_the_patch(noise: Any) -> None:
    native = {
        "metadata": RECORD | {"authors": noise, "license": noise, "dataset_semantics": noise, "distribution": noise}
    }
    read = record(native)
    changed = applied(read, mend(read, OURS[:1]))
    assert again(read, changed).views


def test_ten_thousand_variables_are_mended() -> None:
    rows = [{"variable": f"v{n}", "unit": "gigaelectronvolt"} for n in range(10_000)]
    mending = mend(record({"metadata": RECORD | {"dataset_semantics": rows}}), OURS)
    assert len(values(mending)["variables"].changes) == 10_000


def test_half_letters_and_controls_stay_data() -> None:
    written = {**DATACITE, "subjects": [{"subject": "half \ud800 and \x1b[2J"}]}
    mending = mend(record(datacite=written), OURS)
    assert [c.value for c in values(mending)["keywords"].changes] == [["half ? and \x1b[2J"]]
    json.dumps(plain(mending), ensure_ascii=False).encode()


def test_a_folder_gets_its_files_with_checksums_and_their_sum() -> None:
    read = folder('# mine\n[resource]\ntitle = "Jets of toys" # short\n', "fairkit.toml", "a.csv", "b.csv")
    mending = mend(read, OURS, files=SEEN)
    assert mending.after is not None
    assert mending.after.startswith('# mine\n[resource]\ntitle = "Jets of toys" # short\n')
    written = tomllib.loads(mending.after)
    assert written["data"]["bytes"] == 14
    assert [row["path"] for row in written["files"]] == ["a.csv", "b.csv"]
    assert written["files"][0]["checksum"] == "sha256:" + "a" * 64
    assert mending.gains[0].now == total(again(read, mending.after.encode()))
    assert mend(again(read, mending.after.encode()), OURS, files=SEEN).after == mending.after


def test_a_folder_without_a_description_gets_one() -> None:
    read = folder(None, "a.csv", "b.csv")
    mending = mend(read, OURS, files=SEEN)
    assert (mending.document, mending.before) == ("jets/fairkit.toml", "")
    assert mending.after is not None
    assert len(tomllib.loads(mending.after)["files"]) == 2
    assert mending.gains[0].then == total(read)


def test_a_file_that_changed_gets_its_new_checksum() -> None:
    old = '[[files]]\npath = "a.csv" # the first\nbytes = 7\nchecksum = "sha256:' + "c" * 64 + '"\n'
    mending = mend(folder(old, "fairkit.toml", "a.csv"), OURS, files=SEEN[:1])
    assert mending.after is not None
    assert "# the first" in mending.after
    assert tomllib.loads(mending.after)["files"][0]["checksum"] == "sha256:" + "a" * 64


def test_the_description_takes_what_the_citation_file_says() -> None:
    cff = 'cff-version: 1.2.0\ntitle: Jets of toys\nlicense: CC0-1.0\nkeywords: [jets]\nversion: "1.0"\n'
    mending = mend(folder('[resource]\ntitle = "Jets of toys"\n', "fairkit.toml", "a.csv", cff=cff), OURS)
    assert mending.after is not None
    assert tomllib.loads(mending.after)["resource"].keys() >= {"title"}
    assert all(entry.source for entry in values(mending).values())


def test_a_document_that_cannot_be_edited_is_only_told_about() -> None:
    evidence = replace(record().evidence, documents=record().evidence.documents[1:])
    mending = mend(harvest(evidence), OURS)
    assert (mending.document, mending.patch, mending.after) == (None, (), None)
    assert mending.entries


@pytest.mark.parametrize("read", [record(), folder(None, "a.csv"), harvest(GENERATED["evidence"]())])
def test_it_holds_to_its_schema(read: Harvest) -> None:
    assert faults("fix", plain(mend(read, [checklist.load(name) for name in ("fairkit", "fair4hep")]))) == []
