"""Saved documents: what a file is, by its name or by what stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.sources import Answer, Target, Wants, document
from tests.sources.driver import drive

RECORD = {"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"], "title": "Toy jets"}
CROISSANT = {"@context": {"@vocab": "https://schema.org/"}, "conformsTo": "http://mlcommons.org/croissant/1.0"}
CRATE = {
    "@context": ["https://w3id.org/ro/crate/1.2/context", {"@vocab": "https://schema.org/"}],
    "@graph": [{"conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}, "about": {"@id": "./"}}],
}
NOTHING = Wants(frozenset(), frozenset())


@pytest.mark.parametrize(
    ("name", "text", "dialect"),
    [
        ("a.json", json.dumps(RECORD), "cern-open-data"),
        ("a.json", json.dumps([RECORD]), "cern-open-data"),
        ("a.json", json.dumps({"id": "7", "metadata": RECORD}), "cern-open-data"),
        ("a.json", json.dumps({"hits": {"hits": [{"metadata": RECORD}]}}), "cern-open-data"),
        ("a.json", json.dumps({"@context": "https://schema.org/", "@type": "Dataset"}), "schema-org"),
        ("a.json", json.dumps({"@context": "http://schema.org", "@type": "Dataset"}), "schema-org"),
        ("a.json", json.dumps({"titles": [{"title": "x"}], "creators": []}), "datacite"),
        ("a.json", json.dumps({"data": {"attributes": {"titles": [], "publicationYear": 2026}}}), "datacite"),
        ("a.json", json.dumps(CROISSANT), "croissant"),
        ("a.jsonld", json.dumps(CRATE), "ro-crate"),
        ("datacite.xml", '<resource xmlns="http://datacite.org/schema/kernel-4"/>', "datacite-xml"),
        ("a.xml", '<resource xmlns="http://datacite.org/schema/kernel-4"/>', "datacite-xml"),
        ("fairkit.toml", "[resource]\n", "fairkit-toml"),
        ("CITATION.cff", "cff-version: 1.2.0\n", "cff"),
        ("other.cff", "cff-version: 1.2.0\n", "cff"),
        ("README.md", "---\nlicense: mit\n---\n# Words\n", "hf-card"),
        ("a.json", json.dumps({"id": "x", "pids": {}, "access": {}, "metadata": {}}), "invenio"),
        ("a.json", json.dumps({"id": 7, "conceptrecid": "6", "metadata": {"title": "x"}}), "invenio"),
        ("a.json", json.dumps({"id": "toy/jets", "sha": "86b5e09", "siblings": []}), "hugging-face"),
    ],
)
def test_a_document_is_recognised(name: str, text: str, dialect: str) -> None:
    assert document.identify(name, text.encode()).representation == dialect


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"title": ', "broken JSON"),
        ("", "no document that fairkit reads"),
        ("Dear reader", "no document that fairkit reads"),
        ("[]", "no record, JSON-LD or DataCite"),
        ('{"name": "x"}', "no record, JSON-LD or DataCite"),
        ("[" * 100_000, "broken JSON"),
        ("1" * 5000, "no document that fairkit reads"),
    ],
)
def test_what_is_no_document_is_refused_with_its_name(text: str, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words) as caught:
        document.identify("notes.json", text.encode())
    assert "notes.json" in caught.value.what


def test_a_readme_without_front_matter_is_no_card() -> None:
    with pytest.raises(UnreadableDocument, match=r"README\.md is no document that fairkit reads"):
        document.identify("README.md", b"# Words\n")


def test_a_file_of_several_records_is_several_targets() -> None:
    body = json.dumps([RECORD, {**RECORD, "recid": "8"}, RECORD]).encode()
    _, gathered = drive(document.plan(Target("many.json"), NOTHING), lambda _: Answer(status=200, body=body))
    assert [one.target for one in gathered] == ["many.json#/0", "many.json#/1", "many.json#/2"]
    assert json.loads(gathered[1].documents[0].body)["recid"] == "8"


def test_a_lone_surrogate_in_a_list_of_records_harms_nothing() -> None:
    body = b'[{"recid": "1", "experiment": [], "title": "\\ud800"}, {"recid": "2", "experiment": []}]'
    _, gathered = drive(document.plan(Target("many.json"), NOTHING), lambda _: Answer(status=200, body=body))
    assert len(gathered) == 2


def test_nothing_is_looked_up_unless_the_user_says_so() -> None:
    body = json.dumps({**RECORD, "doi": "10.7483/OPENDATA.CMS.TOYS"}).encode()
    asked, _ = drive(document.plan(Target("a.json"), NOTHING), lambda _: Answer(status=200, body=body))
    assert len(asked) == 1
    online = NOTHING._replace(online=True)
    asked, [gathered] = drive(document.plan(Target("a.json"), online), lambda _: Answer(status=200, body=body, url="u"))
    assert [type(ask).__name__ for ask in asked] == ["Read", "Fetch", "Fetch"]
    assert {o.name for o in gathered.observations} == {"identifier", "registry", "landing_page"}


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.json")
    with pytest.raises(NotFound, match=r"missing\.json cannot be read: No such file"):
        drive(document.plan(Target(missing, "file"), NOTHING), lambda _: Answer(error="No such file"))
