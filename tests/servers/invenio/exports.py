"""What InvenioRDM 14 makes of its own record: JSON-LD, DataCite JSON, typed links, and Zenodo's older shape.

Held against recorded answers of the real software in `test_invenio.py`, for the fields that our records use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["datacite", "legacy", "links", "schema_org"]

Record = Mapping[str, Any]

_CASES = {"isderivedfrom": "IsDerivedFrom", "isdocumentedby": "IsDocumentedBy"}


def schema_org(record: Record) -> dict[str, Any]:
    """The JSON-LD export."""
    told = record["metadata"]
    doi = f"https://doi.org/{record['pids']['doi']['identifier']}" if "doi" in record["pids"] else None
    people = [_schema_person(row) for row in told["creators"]]
    files = _entries(record)
    size = _size(record["files"].get("total_bytes", 0))
    methods = [d["description"] for d in told.get("additional_descriptions", ()) if d["type"]["id"] == "methods"]
    found = {
        "@context": "http://schema.org",
        "@id": doi,
        "@type": "https://schema.org/Dataset",
        "identifier": doi,
        "name": told["title"],
        "creator": people,
        "author": people,
        "editor": [_schema_person(row) for row in told.get("contributors", ())],
        "publisher": {"@type": "Organization", "name": told["publisher"]},
        "keywords": ", ".join(row["subject"] for row in told.get("subjects", ())),
        "dateCreated": record["created"],
        "dateModified": record["updated"],
        "datePublished": told["publication_date"],
        "temporal": [row["date"] for row in told.get("dates", ())],
        "inLanguage": next((_language(row) for row in told.get("languages", ())), None),
        "contentSize": size if files else None,
        "size": size if files else None,
        "encodingFormat": next(iter(told.get("formats", ())), None),
        "version": told.get("version"),
        "license": next((row["props"]["url"] + "legalcode" for row in told.get("rights", ())), None),
        "description": told.get("description"),
        "funding": [_schema_funding(row) for row in told.get("funding", ())],
        "url": record["links"]["self_html"],
        "measurementTechnique": methods[0] if methods else None,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": row["links"]["content"], "encodingFormat": row["mimetype"]}
            for row in files
        ],
    }
    return {key: value for key, value in found.items() if value}


def _entries(record: Record) -> list[Any]:
    return list(record["files"].get("entries", {}).values())


def _schema_person(row: Record) -> dict[str, Any]:
    who = row["person_or_org"]
    found = {"name": who["name"], "givenName": who.get("given_name"), "familyName": who.get("family_name")}
    found["affiliation"] = [{"@type": "Organization", "name": home["name"]} for home in row.get("affiliations", ())]
    found["@id"] = next((f"https://orcid.org/{i['identifier']}" for i in who.get("identifiers", ())), None)
    found["@type"] = "Person" if who["type"] == "personal" else "Organization"
    return {key: value for key, value in found.items() if value}


def _schema_funding(row: Record) -> dict[str, Any]:
    award = row["award"]
    funder = {"@type": "Organization", "name": row["funder"]["name"]}
    return {"funder": funder, "name": f"{award['title']['en']} ({award['number']})"}


def _language(row: Record) -> dict[str, str]:
    return {"alternateName": row["id"], "@type": "Language", "name": row["title"]["en"]}


def _size(count: int) -> str:
    """A size as the portal writes it: "10.29 MB", by powers of 1024."""
    size, units = float(count), iter(("B", "KB", "MB", "GB"))
    unit = next(units)
    while size >= 1024:
        size, unit = size / 1024, next(units)
    return f"{size:.2f} {unit}"


def datacite(record: Record) -> dict[str, Any]:
    """The DataCite JSON export, which is what is registered as well."""
    told, links_ = record["metadata"], record["links"]
    alternate = [("URL", links_["self_html"]), ("oai", record["pids"]["oai"]["identifier"])]
    alternate += [(row["scheme"].upper(), row["identifier"]) for row in told.get("identifiers", ())]
    dates = [{"date": told["publication_date"], "dateType": "Issued"}]
    dates += [
        {"date": row["date"], "dateType": row["type"]["title"]["en"], "dateInformation": row["description"]}
        for row in told.get("dates", ())
    ]
    dates.append({"date": record["updated"][:10], "dateType": "Updated"})
    found = {
        "doi": record["pids"].get("doi", {}).get("identifier"),
        "types": {"resourceTypeGeneral": told["resource_type"]["title"]["en"], "resourceType": ""},
        "titles": [{"title": told["title"]}, *_more_titles(told)],
        "creators": [_datacite_person(row) for row in told["creators"]],
        "contributors": [
            _datacite_person(row) | {"contributorType": row["role"]["title"]["en"].title().replace(" ", "")}
            for row in told.get("contributors", ())
        ],
        "publisher": {"name": told["publisher"]},
        "publicationYear": told["publication_date"][:4],
        "subjects": [{"subject": row["subject"]} for row in told.get("subjects", ())],
        "dates": dates,
        "language": next((row["id"] for row in told.get("languages", ())), None),
        "alternateIdentifiers": [
            {"alternateIdentifier": value, "alternateIdentifierType": kind} for kind, value in alternate
        ],
        "relatedIdentifiers": [*_datacite_relations(record)],
        "sizes": told.get("sizes"),
        "formats": told.get("formats"),
        "version": told.get("version"),
        "rightsList": [_datacite_rights(row) for row in told.get("rights", ())],
        "descriptions": [*_datacite_descriptions(told)],
        "geoLocations": [_place(row) for row in told.get("locations", {}).get("features", ())],
        "fundingReferences": [
            {
                "funderName": row["funder"]["name"],
                "awardTitle": row["award"]["title"]["en"],
                "awardNumber": row["award"]["number"],
            }
            for row in told.get("funding", ())
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return {key: value for key, value in found.items() if value}


def _more_titles(told: Record) -> Iterator[dict[str, str]]:
    for row in told.get("additional_titles", ()):
        yield {"title": row["title"], "titleType": row["type"]["title"]["en"].title().replace(" ", "")}


def _datacite_person(row: Record) -> dict[str, Any]:
    who = row["person_or_org"]
    personal = who["type"] == "personal"
    found = {"name": who["name"], "nameType": "Personal" if personal else "Organizational"}
    if personal:
        found |= {"givenName": who["given_name"], "familyName": who["family_name"]}
    found["nameIdentifiers"] = [
        {"nameIdentifier": i["identifier"], "nameIdentifierScheme": i["scheme"].upper()}
        for i in who.get("identifiers", ())
    ]
    if "affiliations" in row:
        found["affiliation"] = [{"name": home["name"]} for home in row["affiliations"]]
    return found


def _datacite_relations(record: Record) -> Iterator[dict[str, str]]:
    for row in record["metadata"].get("related_identifiers", ()):
        yield {
            "relatedIdentifier": row["identifier"],
            "relationType": _CASES[row["relation_type"]["id"]],
            "relatedIdentifierType": row["scheme"].upper(),
            "resourceTypeGeneral": row["resource_type"]["title"]["en"],
        }
    concept = record["parent"]["pids"].get("doi")
    if concept:
        of = {"relatedIdentifier": concept["identifier"], "relationType": "IsVersionOf"}
        yield of | {"relatedIdentifierType": "DOI"}


def _datacite_rights(row: Record) -> dict[str, str]:
    return {
        "rights": row["title"]["en"],
        "rightsIdentifier": row["id"],
        "rightsIdentifierScheme": row["props"]["scheme"],
        "rightsUri": row["props"]["url"],
    }


def _datacite_descriptions(told: Record) -> Iterator[dict[str, str]]:
    if "description" in told:
        yield {"description": re.sub("<[^<>]*>", "", told["description"]), "descriptionType": "Abstract"}
    for row in told.get("additional_descriptions", ()):
        yield {"description": row["description"], "descriptionType": row["type"]["title"]["en"]}


def _place(row: Record) -> dict[str, Any]:
    longitude, latitude = row["geometry"]["coordinates"]
    point = {"pointLongitude": str(longitude), "pointLatitude": str(latitude)}
    return {"geoLocationPlace": row["place"], "geoLocationPoint": point}


def links(record: Record) -> str:
    """The typed links in the header of the landing page, those that tell of the work."""
    told, here = record["metadata"], record["links"]
    orcids = [i["identifier"] for row in told["creators"] for i in row["person_or_org"].get("identifiers", ())]
    found = [f'<https://orcid.org/{orcid}> ; rel="author"' for orcid in orcids]
    if "doi" in record["pids"]:
        found.append(f'<https://doi.org/{record["pids"]["doi"]["identifier"]}> ; rel="cite-as"')
    kinds = ("application/json", "application/ld+json", "application/vnd.datacite.datacite+json")
    found += [f'<{here["self"]}> ; rel="describedby" ; type="{kind}"' for kind in kinds]
    files = [(row["key"], row["mimetype"]) for row in _entries(record)]
    found += [f'<{here["self_html"]}/files/{key}> ; rel="item" ; type="{kind}"' for key, kind in files]
    found += [f'<{row["props"]["url"]}> ; rel="license"' for row in told.get("rights", ())]
    found += [f'<https://schema.org/{kind}> ; rel="type"' for kind in ("Dataset", "AboutPage")]
    found.append(f'<{here["self"]}> ; rel="linkset" ; type="application/linkset+json"')
    return " , ".join(found)


def legacy(record: Record) -> dict[str, Any]:
    """The record in the shape in which Zenodo answers to plain JSON."""
    told, doi, concept = record["metadata"], record["pids"]["doi"], record["parent"]["pids"]["doi"]
    parent = {"pid_type": "recid", "pid_value": record["parent"]["id"]}
    version = {"index": record["versions"]["index"] - 1, "is_last": record["versions"]["is_latest"], "parent": parent}
    kind = told["resource_type"]
    metadata = {
        "title": told["title"],
        "doi": doi["identifier"],
        "publication_date": told["publication_date"],
        "description": told.get("description"),
        "access_right": {"metadata-only": "closed"}.get(record["access"]["status"], record["access"]["status"]),
        "creators": [_legacy_person(row) for row in told["creators"]],
        "keywords": [row["subject"] for row in told.get("subjects", ())],
        "related_identifiers": [_legacy_relation(row) for row in told.get("related_identifiers", ())],
        "dates": [_legacy_date(row) for row in told.get("dates", ())],
        "version": told.get("version"),
        "language": next((row["id"] for row in told.get("languages", ())), None),
        "resource_type": {"title": kind["title"]["en"], "type": kind["id"]},
        "license": next(({"id": row["id"]} for row in told.get("rights", ())), None),
        "relations": {"version": [version]},
    }
    files = [
        {key: row[key] for key in ("id", "key", "size", "checksum")} | {"links": {"self": row["links"]["content"]}}
        for row in _entries(record)
    ]
    return {
        "created": record["created"],
        "modified": record["updated"],
        "id": int(record["id"]),
        "conceptrecid": record["parent"]["id"],
        "doi": doi["identifier"],
        "conceptdoi": concept["identifier"],
        "doi_url": record["links"].get("doi"),
        "metadata": {key: value for key, value in metadata.items() if value},
        "title": told["title"],
        "links": record["links"],
        "updated": record["updated"],
        "recid": record["id"],
        "files": files,
        "status": record["status"],
        "state": "done",
        "submitted": True,
    }


def _legacy_person(row: Record) -> dict[str, Any]:
    who = row["person_or_org"]
    home = next((home["name"] for home in row.get("affiliations", ())), None)
    orcid = next(({"orcid": i["identifier"]} for i in who.get("identifiers", ())), {})
    return {"name": who["name"], "affiliation": home, **orcid}


def _legacy_relation(row: Record) -> dict[str, str]:
    name = _CASES[row["relation_type"]["id"]]
    found = {"identifier": row["identifier"], "relation": name[:1].lower() + name[1:]}
    return found | {"resource_type": row["resource_type"]["id"], "scheme": row["scheme"]}


def _legacy_date(row: Record) -> dict[str, str]:
    start, _, end = row["date"].partition("/")
    return {"type": row["type"]["id"], "description": row["description"], "start": start, "end": end}
