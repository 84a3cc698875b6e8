"""A loopback web: pages by their path and the media type that is asked for, redirects, and a work with its DOI."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .loopback import Answer, LoopbackServer, Request

__all__ = ["Pages", "work"]


class Pages(LoopbackServer):
    """`pages` are the answers by path; one that is asked for by its media type stands under `path media/type`."""

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        self.pages: dict[str, Answer] = {}

    def answer(self, request: Request) -> Answer:
        return self.pages.get(f"{request.target} {request.accept}") or self.pages.get(
            request.target, Answer(404, b"nothing here", {"content-type": "text/plain"})
        )

    def put(self, path: str, body: bytes | str, media_type: str = "text/html; charset=utf-8", **headers: str) -> None:
        """Answer 200 at a path, or at `path media/type` to those who ask for that."""
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(200, raw, {"content-type": media_type} | headers)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Send on from a path."""
        self.pages[path] = Answer(status, b"", {"location": to})

    def put_work(self, *, doi: str, page: str, work: Mapping[str, Any], embeds: bool = True) -> None:
        """A work as a repository has it: the DOI leads to its page, the registry and the page describe it alike."""
        address = f"/doi/{doi}"
        self.redirect(address, f"{self.url}{page}")
        self.put(f"{address} application/vnd.datacite.datacite+json", json.dumps(_datacite(work, doi, self.url + page)),
                 "application/vnd.datacite.datacite+json")  # fmt: skip
        script = f'<script type="application/ld+json">{json.dumps(work)}</script>' if embeds else ""
        self.put(page, f"<!doctype html><html lang=en><title>{work['name']}</title>{script}<h1>{work['name']}</h1>")


def work(doi: str, page: str) -> dict[str, Any]:
    """An invented work in schema.org terms."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"https://doi.org/{doi}",
        "identifier": f"https://doi.org/{doi}",
        "url": page,
        "name": "Toy jets",
        "description": "Twelve simulated jets with their momenta and labels, made for tests of taggers.",
        "keywords": ["jets"],
        "creator": [{"@type": "Person", "@id": "https://orcid.org/0000-0002-1825-0097", "name": "Rossi, Ada"}],
        "publisher": {"@type": "Organization", "name": "Example Repository"},
        "datePublished": "2025-03-14",
        "version": "1.0",
        "inLanguage": "en",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def _datacite(work: Mapping[str, Any], doi: str, url: str) -> dict[str, Any]:
    """The same in the form of the registry."""
    ada = {"nameIdentifier": work["creator"][0]["@id"], "nameIdentifierScheme": "ORCID"}
    return {
        "doi": doi,
        "url": url,
        "titles": [{"title": work["name"]}],
        "descriptions": [{"descriptionType": "Abstract", "description": work["description"]}],
        "subjects": [{"subject": keyword} for keyword in work["keywords"]],
        "creators": [{"name": "Rossi, Ada", "nameType": "Personal", "nameIdentifiers": [ada]}],
        "publisher": work["publisher"]["name"],
        "publicationYear": 2025,
        "dates": [{"date": work["datePublished"], "dateType": "Issued"}],
        "version": work["version"],
        "language": work["inLanguage"],
        "types": {"resourceTypeGeneral": "Dataset"},
        "rightsList": [{"rightsUri": work["license"]}],
    }
