"""Meta tags: which field each of them is."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects import _meta_tags
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation

from .documents import assert_sane, read


def tags(*pairs: tuple[str, str]) -> str:
    return "<html>" + "".join(f'<meta name="{name}" content="{content}">' for name, content in pairs)


DOI = Identifier(scheme="doi", value="10.5072/toy.1")


@pytest.mark.parametrize(
    ("pairs", "field", "value"),
    [
        ([("DC.title", "A"), ("citation_title", "B"), ("og:title", "C")], "title", "A"),
        ([("og:title", "C"), ("citation_title", "B")], "title", "B"),
        ([("dcterms:title", "A")], "title", "A"),
        ([("DCTERMS.abstract", "&lt;p&gt;In short&lt;/p&gt;"), ("description", "x")], "description", "In short"),
        ([("description", "x")], "description", "x"),
        ([("DC.identifier", "doi:10.5072/toy.1"), ("citation_doi", "10.5072/toy.1")], "identifiers", (DOI,)),
        ([("DC.identifier", "12")], "identifiers", ()),
        ([("DC.date", "2025")], "date_published", "2025"),
        ([("citation_publication_date", "2025/3/14")], "date_published", "2025-03-14"),
        ([("citation_date", "2025/03")], "date_published", "2025-03"),
        ([("DC.date", "2024"), ("DCTERMS.issued", "2025-03-14")], "date_published", "2025-03-14"),
        ([("DCTERMS.created", "2025-02-01")], "date_created", "2025-02-01"),
        ([("DCTERMS.modified", "2025-03-20")], "date_modified", "2025-03-20"),
        ([("citation_keywords", "jets; tagging, b")], "keywords", ("jets", "tagging, b")),
        ([("keywords", "jets, tagging")], "keywords", ("jets", "tagging")),
        ([("DC.subject", "jets, wide"), ("DC.subject", "b")], "keywords", ("jets, wide", "b")),
        ([("DC.subject", "jets"), ("citation_keywords", "jets"), ("keywords", "site")], "keywords", ("jets",)),
        ([("og:locale", "en_GB")], "language", "en-GB"),
        ([("DCTERMS.license", "https://creativecommons.org/licenses/by/4.0/")], "license", "CC-BY-4.0"),
        ([("DC.rights", "https://creativecommons.org/publicdomain/zero/1.0/")], "license", "CC0-1.0"),
        ([("DC.rights", "all rights reserved")], "license", "all rights reserved"),
        ([("DC.rights", "http://purl.org/coar/access_right/c_abf2")], "license", None),
        ([("DC.rights", "http://purl.org/coar/access_right/c_abf2")], "access", "open"),
        ([("DC.rights", "open access"), ("DC.rights", "cc-by-4.0")], "license", "CC-BY-4.0"),
        ([("DCTERMS.accessRights", "after registration")], "access_conditions", "after registration"),
        ([("DC.type", "Dataset")], "kind", "dataset"),
        ([("DC.type", "http://purl.org/dc/dcmitype/Software")], "kind", "software"),
        ([("DC.type", "Text"), ("og:type", "website")], "kind", "documentation"),
        ([("DC.type", "Text"), ("og:type", "website")], "type", "Text"),
        ([("DC.format", "text/csv"), ("DC.format", "application/pdf")], "formats", ("text/csv", "application/pdf")),
        ([("DCTERMS.extent", "5.1 kB")], "byte_size", 5100),
        ([("DCTERMS.conformsTo", "https://x.org/p")], "conforms_to", ("https://x.org/p",)),
        ([("og:site_name", "A hub")], "catalogue", "A hub"),
        ([("DCTERMS.isReplacedBy", "https://doi.org/10.5072/toy.1")], "superseded_by", (DOI,)),
        ([("DC.publisher", "A repository")], "publisher", Agent(name="A repository", type="organisation")),
        ([("DC.relation", "10.5072/toy.1")], "relations", (Relation(type="Relates", identifier=DOI),)),
        ([("DCTERMS.isPartOf", "A series")], "relations", (Relation(type="IsPartOf", title="A series"),)),
        ([("DC.source", "10.5072/toy.1")], "relations", (Relation(type="IsDerivedFrom", identifier=DOI),)),
        ([("author", "Ada Rossi")], "creators", (Agent(name="Ada Rossi"),)),
        ([("DC.creator", "Rossi, Ada"), ("author", "webmaster")], "creators", (Agent(name="Rossi, Ada"),)),
        ([("DC.contributor", "Okafor, Ben")], "contributors", (Agent(name="Okafor, Ben"),)),
    ],
)  # fmt: skip
def test_each_tag_is_a_field(pairs: list[tuple[str, str]], field: str, value: Any) -> None:
    assert getattr(read("html", tags(*pairs)).resource, field) == value


def test_authors_have_the_tags_that_follow_theirs() -> None:
    view = read(
        "html",
        tags(
            ("citation_author_orcid", "0000-0002-1825-0097"),
            ("citation_author", "Rossi, Ada"),
            ("citation_author_institution", "Example University"),
            ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
            ("citation_author", "Okafor, Ben"),
        ),
    )
    assert_sane(view)
    ada, ben = view.resource.creators
    assert (ada.name, ada.identifier("orcid"), ada.affiliations[0].name) == (
        "Rossi, Ada",
        "0000-0002-1825-0097",
        "Example University",
    )
    assert (ben.name, ben.identifiers, ben.affiliations) == ("Okafor, Ben", (), ())
    assert view.pointers["creators"] == "/meta/1/content"


@pytest.mark.parametrize(
    ("name", "speaks"),
    [
        ("DC.title", True),
        ("dcterms.title", True),
        ("citation_title", True),
        ("og:title", False),
        ("description", False),
    ],
)
def test_only_tags_made_for_works_make_silence_a_lack(name: str, speaks: bool) -> None:
    known = read("html", tags((name, "A"))).known
    assert (known >= _meta_tags.HOLDS) is speaks
    assert ("license" in known) is speaks
