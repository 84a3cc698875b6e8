"""What CERN Open Data makes of a record for machines: schema.org and DataCite, with the losses it has.

Written from the answers of the portal (2026-07); `test_cern_open_data.py` holds both against them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any

__all__ = ["datacite", "landing_page", "schema_org", "text"]

Record = Mapping[str, Any]

# The portal writes http, not https, into its exports.
SITE = "http://opendata.cern.ch"
PORTAL = "CERN Open Data Portal"
SCHEMA_ORG_TYPES = {"Dataset": "Dataset", "Software": "SoftwareSourceCode"}
DATACITE_TYPES = {"Dataset", "Software"}


def schema_org(record: Record) -> dict[str, Any]:
    """The schema.org form: no licence, keywords, files or ORCID; "0" where no year of creation is known."""
    identifier = f"https://doi.org/{record['doi']}" if record.get("doi") else f"{SITE}/record/{record['recid']}"
    form = {
        "@context": "https://schema.org/",
        "@id": identifier,
        "@type": SCHEMA_ORG_TYPES.get(_kind(record), "CreativeWork"),
        "name": record["title"],
        "description": record.get("abstract", {}).get("description"),
        "identifier": identifier,
        "url": f"{SITE}/record/{record['recid']}",
        "creator": _schema_org_creator(record),
        "dateCreated": max(record.get("date_created", ["0"])),
        "datePublished": record["date_published"],
        "publisher": {"@type": "Organization", "name": record["publisher"]},
    }
    return _as_documentation(form, record) if _kind(record) == "Documentation" else form


def _as_documentation(form: dict[str, Any], record: Record) -> dict[str, Any]:
    """The portal takes the record for one of its pages, which have a slug; a record has none."""
    form["url"] = f"{SITE}/docs/{record.get('slug')}"
    form["publisher"] = {"@type": "Organization", "name": PORTAL}
    return {key: value for key, value in form.items() if value or key not in {"creator", "description"}}


def _schema_org_creator(record: Record) -> list[dict[str, str]] | dict[str, str] | None:
    if record.get("authors"):
        return [{"@type": "Person", "name": author["name"]} for author in record["authors"]]
    collaboration = record.get("collaboration", {}).get("name")
    return {"@type": "Organization", "name": collaboration} if collaboration else None


def text(document: Record) -> str:
    """JSON as the exports were recorded."""
    return json.dumps(document, indent=1, ensure_ascii=False)


def datacite(record: Record) -> dict[str, Any]:
    """The DataCite 4.3 form: "open access" in place of the licence, no related works, no keywords."""
    kind = _kind(record) if _kind(record) in DATACITE_TYPES else "Other"
    return {
        "identifiers": [{"identifier": record["doi"], "identifierType": "DOI"}],
        "creators": [_datacite_creator(author) for author in _authors_or_collaboration(record)],
        "titles": [{"title": record["title"]}],
        "publisher": record["publisher"],
        "publicationYear": record["date_published"],
        "types": {"resourceTypeGeneral": kind, "resourceType": kind},
        "rightsList": [{"rights": "open access"}],
        "descriptions": _datacite_descriptions(record),
        "language": "en",
        "subjects": [{"subject": subject} for subject in _subjects(record)],
    }


def _authors_or_collaboration(record: Record) -> list[Record]:
    collaboration = [record["collaboration"]] if "collaboration" in record else []
    return record.get("authors") or collaboration


def _datacite_creator(author: Record) -> dict[str, Any]:
    orcid = author.get("orcid")
    name_identifier = {"nameIdentifier": orcid, "nameIdentifierScheme": "ORCID", "schemeURI": "http://orcid.org/"}
    return {"name": author["name"], "nameIdentifiers": [name_identifier] if orcid else []}


def _datacite_descriptions(record: Record) -> list[dict[str, str]]:
    """The abstract keeps its markup, the methods and the usage lose it."""
    sections = {
        "Abstract": record.get("abstract", {}).get("description"),
        "Methods": _without_markup(record.get("methodology", {}).get("description")),
        "Other": _without_markup(record.get("usage", {}).get("description")),
    }
    return [{"descriptionType": kind, "description": prose} for kind, prose in sections.items() if prose]


def _subjects(record: Record) -> list[str]:
    accelerator = [record["accelerator"]] if "accelerator" in record else []
    return [*accelerator, *record["experiment"]]


def _kind(record: Record) -> str:
    kind: str = record["type"]["primary"]
    return kind


class _Text(HTMLParser):
    """The text between the tags."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        # The portal's parser shrinks a piece of nothing but white space to one character.
        blank = "\n" if "\n" in data else " "
        self.pieces.append(data if data.strip() else blank)


def _without_markup(html: str | None) -> str | None:
    if html is None:
        return None
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces)


def landing_page(record: Record) -> str:
    """A page for people, with the JSON-LD inside; it shows CC0-1.0 even where the record states no licence."""
    title = escape(record["title"])
    licence = escape(record.get("license", {}).get("attribution", "CC0-1.0"))
    doi = f"<p>DOI: {escape(record['doi'])}</p>" if record.get("doi") else ""
    # "</" would end the script element early; "<\/" is the same to a JSON parser.
    embedded = text(schema_org(record)).replace("</", "<\\/")
    return (
        f"<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>{title}</title>\n"
        f"<script type='application/ld+json'>{embedded}</script></head>\n"
        f"<body><h1>{title}</h1>{doi}<p>Licence: {licence}</p></body></html>\n"
    )
