"""A work in which the same text stands wherever a stranger can write, read by the ordinary way."""

from __future__ import annotations

import json
from typing import Any

from fairkit.dialects import harvest
from fairkit.model.evidence import Document, Evidence, Observation
from fairkit.model.harvest import Harvest

__all__ = ["hostile_work"]


def hostile_work(text: str) -> Harvest:
    """A record with its two exports, each of them with the text for title, names, licence, keywords, URLs and files."""
    documents = tuple(
        Document(representation=dialect, media_type=text, url=f"{text}{number}", body=json.dumps(told).encode())
        for number, (dialect, told) in enumerate(
            {"cern-open-data": _native(text), "schema-org": _schema_org(text), "datacite": _datacite(text)}.items()
        )
    )
    tried = (
        Observation(name="landing_page", source=text, error=text),
        Observation(name="identifier", source=text, value=text),
    )
    return harvest(Evidence(target=text, source="document", documents=documents, observations=tried))


def _native(text: str) -> dict[str, Any]:
    return {
        "metadata": {
            "recid": "7",
            "type": {"primary": "Dataset", "secondary": [text]},
            "experiment": ["CMS", text],
            "title": text,
            "doi": text,
            "abstract": {"description": text},
            "methodology": {"description": text, "links": [{"recid": text, "url": text, "description": text}]},
            "authors": [{"name": text, "orcid": text, "affiliations": [text]}],
            "publisher": text,
            "date_published": text,
            "keywords": [text],
            "license": {"attribution": text, "url": text},
            "files": [{"key": text, "uri": text, "size": 1, "checksum": f"adler32:{text}", "type": text}],
            "dataset_semantics": [{"variable": text, "unit": text, "description": text, "type": text}],
            "relations": [{"recid": text, "doi": text, "type": text, "title": text}],
            text: {text: text},
        }
    }


def _schema_org(text: str) -> dict[str, Any]:
    """It contradicts the record in its values, and so is quoted beside it."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": text,
        "name": f"other {text}",
        "description": f"other {text}",
        "identifier": [text, {"@type": "PropertyValue", "propertyID": text, "value": text}],
        "url": text,
        "creator": [{"@type": "Person", "name": f"other {text}", "@id": text}],
        "publisher": {"@type": "Organization", "name": f"other {text}", "url": text},
        "license": [f"other {text}", text],
        "keywords": [f"other {text}"],
        "distribution": [{"@type": "DataDownload", "name": text, "contentUrl": text, "encodingFormat": text}],
        "variableMeasured": [{"@type": "PropertyValue", "name": text, "unitText": text, "description": text}],
        "citation": text,
    }


def _datacite(text: str) -> dict[str, Any]:
    return {
        "doi": text,
        "url": text,
        "titles": [{"title": f"third {text}"}],
        "creators": [{"name": f"third {text}", "nameIdentifiers": [{"nameIdentifier": text}]}],
        "publisher": f"third {text}",
        "publicationYear": text,
        "subjects": [{"subject": text, "subjectScheme": text, "valueUri": text}],
        "rightsList": [{"rights": text, "rightsIdentifier": text, "rightsUri": text}],
        "relatedIdentifiers": [{"relatedIdentifier": text, "relatedIdentifierType": text, "relationType": text}],
        "formats": [text],
        "version": text,
        "schemaVersion": text,
    }
