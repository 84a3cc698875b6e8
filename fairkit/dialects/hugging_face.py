"""Hugging Face Hub: what its API answers about a model or a dataset (`/api/models/…`, `/api/datasets/…`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.provenance import Relation
from fairkit.model.resource import Kind
from fairkit.vocab import licences, media_types

from . import _hf_card_data as card_data
from ._cern_files import checksum
from ._html import plain
from ._reading import Reading, agent
from ._values import identifier, integer, parse_json, text, texts

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "Hugging Face Hub (JSON of its API)"
MEDIA_TYPE = "application/json"
HOLDS = card_data.HOLDS | {
    "access", "catalogue", "creators", "date_modified", "date_published", "description", "distributions",
    "identifiers", "landing_page", "listing", "publisher", "type", "version",
}  # fmt: skip


def recognises(data: Any) -> bool:
    """Whether parsed JSON is what the API tells of one model or dataset."""
    return isinstance(data, dict) and isinstance(data.get("siblings"), list) and {"id", "sha"} <= data.keys()


def read(document: Document) -> View:
    """The model or the dataset that the Hub describes.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    hub = data if isinstance(data, dict) else {}
    kind: Kind = "model" if "modelId" in hub or "/api/models/" in document.url else "dataset"
    card = hub.get("cardData")
    page = _page(text(hub.get("id")), kind)
    _identity(reading, hub, kind, page)
    card_data.read(reading, card if isinstance(card, dict) else {}, "/cardData", kind, beside=_papers(hub))
    _tags(reading, hub)
    _files(reading, hub, page)
    return reading.view(kind, holds=HOLDS)


def _page(name: str | None, kind: Kind) -> str | None:
    where = "" if kind == "model" else "datasets/"
    return f"{card_data.HUB}/{where}{quote(name)}" if name else None


def _identity(reading: Reading, hub: Mapping[str, Any], kind: Kind, page: str | None) -> None:
    tags = texts(hub.get("tags"))
    minted = next((tag.partition(":")[2] for tag in tags if tag.startswith("doi:")), None)
    reading.identifiers((identifier(minted, "doi"), "/tags"), (identifier(page), "/id"))
    reading.put("landing_page", page, "/id", how="extracted")
    reading.put("catalogue", "Hugging Face Hub" if page else None, "/id", how="extracted")
    reading.put("publisher", agent("Hugging Face", type="organisation") if page else None, "/id", how="extracted")
    owner = agent(hub.get("author"))
    reading.put("creators", (owner,) if owner else (), "/author")
    reading.put("type", kind if page else None, "/id", how="extracted")
    reading.put("description", plain(hub.get("description")), "/description")
    for field, key in (("date_published", "createdAt"), ("date_modified", "lastModified"), ("version", "sha")):
        reading.put(field, text(hub.get(key)), f"/{key}")
    if hub.get("private") is False:  # a gate asks for a login and for agreement, or for leave
        gated = hub.get("gated") not in (False, None)
        reading.put("access", "restricted" if gated else "open", "/gated" if gated else "/private", how="extracted")


def _tags(reading: Reading, hub: Mapping[str, Any]) -> None:
    """What tags tell where the card does not: the Hub makes them of the card, of files, and of papers in the text."""
    tags = texts(hub.get("tags"))
    told = [tag.partition(":") for tag in tags]
    reading.put("keywords", tuple(tag for tag in tags if ":" not in tag), "/tags", how="extracted")
    stated = [licence.id for key, _, name in told if key == "license" and (licence := licences.find(name))]
    reading.put("license", next(iter(stated), None), "/tags", how="extracted")
    reading.put("requirements", texts(hub.get("library_name")), "/library_name")


def _papers(hub: Mapping[str, Any]) -> Iterator[tuple[Relation, str]]:
    """The papers that the Hub found in the text of the card."""
    for tag in texts(hub.get("tags")):
        paper = identifier(tag, "arxiv") if tag.startswith("arxiv:") else None
        if paper:
            yield Relation(type="IsDocumentedBy", identifier=paper), "/tags"


def _files(reading: Reading, hub: Mapping[str, Any], page: str | None) -> None:
    at = f"{page}/resolve/{quote(text(hub.get('sha')) or 'main', safe='')}" if page else None
    reading.each("distributions", hub.get("siblings"), "/siblings", lambda row: _file(row, at))
    if "distributions" in reading.values:
        reading.put("listing", "complete", "/siblings", how="extracted")


def _file(row: Any, at: str | None) -> Distribution | None:
    """A file of the repository; hidden ones are about git and no data. Only large files have a digest."""
    name = text(row.get("rfilename")) if isinstance(row, dict) else None
    if name is None or name.rpartition("/")[2].startswith("."):
        return None
    lfs = row.get("lfs")
    lfs = lfs if isinstance(lfs, dict) else {}
    digest = checksum(f"sha256:{text(lfs.get('sha256')) or ''}")
    known = media_types.of_file(name)
    return Distribution(
        name=name,
        content_url=f"{at}/{quote(name)}" if at else None,
        byte_size=integer(row.get("size")) if "size" in row else integer(lfs.get("size")),
        media_type=known.media_type if known else None,
        checksums=(digest,) if digest else (),
    )
