"""What the web says about a thing beside its own document: the registry of its DOI, and its page."""

from __future__ import annotations

from collections.abc import Generator
from urllib.parse import quote

from fairkit import settings
from fairkit.dialects import dialect
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document, Observation

from . import _landing
from ._plan import Answer, Ask, Fetch

__all__ = ["DATACITE", "doi", "follow", "page", "registry"]

DATACITE = "application/vnd.datacite.datacite+json"


def registry(doi: str | None, documents: list[Document]) -> Generator[Ask, Answer, list[Observation]]:
    """What the registry of a DOI holds, added to `documents`; asking it for metadata resolves the DOI as well."""
    if not doi:
        return [Observation(name=name, value="none") for name in ("identifier", "registry")]
    address = f"{settings.base_url('doi')}/{quote(doi, safe='/')}"
    answer = yield Fetch(address, DATACITE)
    if answer.error is not None:
        names = ("identifier", "registry", "document:datacite")
        return [Observation(name=name, source=address, error=answer.error) for name in names]
    held = answer.ok and "json" in answer.media_type
    if held:
        documents.append(Document(representation="datacite", media_type=DATACITE, url=address, body=answer.body))
    resolves = f"resolves to {answer.url}" if answer.ok else f"status {answer.status} from {address}"
    found = {"identifier": resolves, "registry": "DataCite" if held else "none"}
    when = answer.retrieved_at
    return [Observation(name=name, value=value, source=address, retrieved_at=when) for name, value in found.items()]


def doi(documents: list[Document]) -> str | None:
    """The first DOI that the documents give to the work."""
    every = (one for read in _landing.resources(documents) for one in read.identifiers)
    return next((one.value for one in every if one.scheme == "doi"), None)


def page(answer: Answer) -> Observation:
    """Whether the page about the thing answered."""
    value = None if answer.error is not None else f"{answer.status} {answer.media_type}".strip()
    when = answer.retrieved_at
    return Observation(name="landing_page", value=value, source=answer.url, error=answer.error, retrieved_at=when)


def follow(documents: list[Document]) -> Generator[Ask, Answer, list[Observation]]:
    """Look up online what saved documents name: the DOI at its registry, and the page."""
    doi = address = None
    for document in documents:
        try:
            resource = dialect(document.representation).read(document).resource
        except UnreadableDocument:
            continue
        doi = doi or next((i.value for i in resource.identifiers if i.scheme == "doi"), None)
        address = address or resource.landing_page
    found = yield from registry(doi, documents)
    if address and address.startswith(("http://", "https://")):
        answer = yield Fetch(address, "text/html")
        found.append(page(answer._replace(url=answer.url or address)))
    return found
