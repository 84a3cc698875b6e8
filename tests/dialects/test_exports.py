"""The forms of an export: which there are, how their files are called, and that no text of a stranger breaks one."""

from __future__ import annotations

import pytest

from fairkit.compare.export_loss import lost
from fairkit.dialects import exports, fits, form, harvest, reads
from fairkit.errors import UnknownName, UsageError
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document, Evidence
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Kind, Resource, Subject
from fairkit.model.variable import Split, Table, Variable

FILES = {
    "cern-open-data": "cern-open-data.json",
    "cff": "CITATION.cff",
    "codemeta": "codemeta.json",
    "croissant": "croissant.json",
    "cyclonedx": "bom.cdx.json",
    "datacite": "datacite.json",
    "datacite-xml": "datacite.xml",
    "datapackage": "datapackage.json",
    "dcat-ap": "dcat-ap.ttl",
    "fair4ml": "fair4ml.jsonld",
    "hf-card": "README.md",
    "linkset": "linkset.json",
    "prov": "prov.jsonld",
    "ro-crate": "ro-crate-metadata.json",
    "schema-org": "schema-org.jsonld",
}
TEXTS = (
    "landing_page", "catalogue", "title", "alternate_title", "description", "type", "language", "citation",
    "date_created", "date_published", "date_modified", "version", "license", "access_conditions", "embargo_until",
    "methodology", "validation", "usage", "code_repository",
)  # fmt: skip


def hostile(text: str) -> Resource:
    """A work that says one thing wherever it can say anything."""
    url, doi = Identifier(scheme="url", value=text), Identifier(scheme="doi", value=text)
    who = Agent(name=text, type="person", identifiers=(url, doi), affiliations=(Agent(name=text),), role=text)
    sums = (Checksum(algorithm=text, value=text),)
    column = Variable(
        name=text, dtype=text, unit=text, description=text, term=text, classes=((text, text),), missing=text
    )
    thing = Entity(name=text, version=text, identifier=url, checksums=sums)
    step = Activity(
        name=text, used=(thing,), generated=(thing,), software=(thing,), agent=who, started=text, ended=text
    )
    file = Distribution(name=text, content_url=text, media_type=text, checksums=sums)
    plain = dict.fromkeys(TEXTS, text)
    return Resource(
        **plain,  # type: ignore[arg-type]
        identifiers=(url, doi),
        keywords=(text,),
        subjects=(Subject(name=text, scheme=text, term=text),),
        creators=(who,),
        contributors=(who,),
        publisher=who,
        funding=(Funding(funder=who, award=text, title=text, url=text),),
        supersedes=(url,),
        superseded_by=(doi,),
        distributions=(Distribution(**{**vars(file), "tables": (Table(name=text, columns=(column,)),)}),),
        formats=(text,),
        variables=(column,),
        splits=(Split(name=text, files=(text,), description=text),),
        relations=(Relation(type=text, identifier=url, title=text, kind=text), Relation(type="Cites", identifier=doi)),
        activities=(step,),
        usage_rules=(text,),
        requirements=(text,),
        conforms_to=(text,),
    )


def test_every_form_has_a_file_of_its_own() -> None:
    assert {name: form(name).file_name for name in exports()} == FILES


@pytest.mark.parametrize(
    ("name", "media_type", "file"),
    [
        ("dcat-ap:json-ld", "application/ld+json", "dcat-ap.jsonld"),
        ("dcat-ap:turtle", "text/turtle", "dcat-ap.ttl"),
        ("prov:turtle", "text/turtle", "prov.ttl"),
    ],
)
def test_a_dialect_may_have_several_forms(name: str, media_type: str, file: str) -> None:
    found = form(name)
    assert (found.name, found.media_type, found.file_name) == (name, media_type, file)
    assert found.write(Resource(title="x"))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("klingon", UnknownName),
        ("prov:xml", UnknownName),
        ("cff:yaml", UnknownName),
        ("folder", UsageError),
        ("variables-csv", UsageError),
        ("provenance", UsageError),
    ],
)
def test_what_is_no_form_is_refused(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        form(name)


@pytest.mark.parametrize("name", [*exports(), "dcat-ap:json-ld", "prov:turtle"])
@pytest.mark.parametrize(
    "text",
    ["\ud800", "a\x00b", "\x1b[31m", "]]>", "</script>", "'\"\\", "\u2028", "http://[", "-", "../../x", "%zz", "file:///etc/passwd",
     "javascript:alert(1)", "\x85\x0b", "{{ x }}", "---\nx: y", "http://a b", "https://example.org/\ud800"],
)  # fmt: skip
def test_no_text_breaks_a_form(name: str, text: str) -> None:
    body = form(name).write(hostile(text))
    assert body.decode("utf-8")
    lost(hostile(text), name.partition(":")[0])


def test_evidence_in_a_dialect_that_is_only_written_is_named_and_not_read() -> None:
    written = Document(representation="dcat-ap", media_type="text/turtle", url="there", body=b"")
    found = harvest(Evidence(target="x", source="document", documents=(written,)))
    assert (found.views, len(found.unread)) == ((), 1)
    assert not reads("dcat-ap")


@pytest.mark.parametrize(
    ("name", "kind", "fit"),
    [
        ("croissant", "model", False),
        ("datapackage", "model", False),
        ("croissant", "dataset", True),
        ("datapackage", "software", True),
        ("fair4ml", "model", True),
        ("datacite", "model", True),
    ],
)
def test_a_form_for_data_does_not_fit_a_model(name: str, kind: Kind, *, fit: bool) -> None:
    assert fits(name, kind) is fit
