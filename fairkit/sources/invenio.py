"""Zenodo, and every other repository that runs InvenioRDM: a record by its number, DOI or URL.

At most four requests: the record, its JSON-LD, its page if it is wanted, and what its DOI's registry holds. Where a
record has no DOI, or the registry holds nothing of it, the repository's own DataCite export takes that place. Of a
model the documents among its files are read too, four at the most, where a checklist asks what only they tell.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, NoReturn

from fairkit.dialects import _invenio_shared as shared
from fairkit.dialects import invenio, parsed
from fairkit.errors import AuthenticationError, NotFound, UnknownTarget
from fairkit.model.evidence import Document, Observation
from fairkit.registry import SOURCES

from . import _content, _exports, _landing, _links, _of_model, _online
from ._invenio_places import Place, place
from ._plan import Answer, Ask, Fetch, Gathered, Plan, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "matches", "plan"]

TITLE = "Records of Zenodo and other InvenioRDM repositories"
KEYWORDS = ("zenodo", "invenio")
EXAMPLES = (
    "zenodo 4559324",
    "10.5281/zenodo.4559324",
    "https://zenodo.org/records/4559324",
    "oai:zenodo.org:4559324",
    "invenio https://repository.example/records/abcde-12345",
)

# Zenodo answers plain JSON in the older shape, which tells less; the parts before the semicolon are tried in order.
_RECORD = f"{invenio.MEDIA_TYPE}, application/json;q=0.5"
_MOST_REQUESTS = 4
_LONGEST = 300


def matches(target: Target) -> bool:
    """Whether the target is one of the spellings of a record."""
    return target.keyword in KEYWORDS or place(target) is not None


def plan(target: Target, wants: Wants) -> Plan:
    """Gather the record's documents.

    Raises:
        UnknownTarget: if the word after the keyword names no record.
        NotFound: if there is no such record, if it is only a draft, or if it was deleted.
        AuthenticationError: if it is restricted.
    """
    asked = place(target)
    if asked is None:
        what = (
            f"{target.word!r} is no record of {'Zenodo' if target.keyword == 'zenodo' else 'an InvenioRDM repository'}"
        )
        raise UnknownTarget(what, value=target.word, remedy=f"It looks like:  {EXAMPLES[0]}  ·  {EXAMPLES[-1]}")
    answer = yield Fetch(asked.api, _RECORD)
    record = _object(answer.body)
    if not asked.known and answer.error is None and not record.keys() & {"metadata", "message"}:
        found: list[Gathered] = yield from SOURCES.get("web").plan(target, wants)  # only its address looked like one
        return found
    error = answer.error or _fault(asked, answer, record)
    if error is not None:
        return [_unread(target, error, wants)]
    return [(yield from _gathered(target, wants, asked, answer, record))]


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object in an answer, empty where it is none."""
    try:
        found = parsed(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _fault(asked: Place, answer: Answer, record: dict[str, Any]) -> str | None:
    """Why an answer says nothing about the record; raises if it says that there is none to be had."""
    where = f"{answer.status} from {asked.api}"
    if answer.status == 410:
        _deleted(asked, where, record)
    if answer.status == 404:
        _missing(asked, where, str(record.get("message", "")))
    if answer.status in (401, 403):
        what = f"{asked.repository} does not show {asked.name} to the public ({where})."
        remedy = "It is restricted, or a draft: whoever may see it can assess its files before they are deposited."
        raise AuthenticationError(what, value=asked.name, remedy=remedy)
    if not answer.ok:
        return f"{asked.api} answered with status {answer.status}"
    if not invenio.recognises(record):
        return f"{asked.api} answered without a record"
    if asked.name not in shared.names(record):
        return f"{asked.api} answered with record {str(record.get('id'))[:_LONGEST]} instead of {asked.name}"
    return None


def _missing(asked: Place, where: str, message: str) -> NoReturn:
    """InvenioRDM tells apart ids that are reserved by a draft, "not registered", from those that nobody has."""
    if "not registered" in message:
        what = f"{asked.repository} has {asked.name} as a draft only, which is not public ({where})."
        raise NotFound(what, value=asked.name, remedy="Publish it, or assess its folder:  fairkit assess folder …")
    what = f"{asked.repository} has no record {asked.name} ({where})."
    raise NotFound(what, value=asked.name, remedy="Is it another repository's number?  fairkit list sources")


def _deleted(asked: Place, where: str, record: dict[str, Any]) -> NoReturn:
    """What a tombstone tells: when, why, and what is left to cite."""
    found = record.get("tombstone")
    told = found if isinstance(found, dict) else {}
    reason = told.get("removal_reason")
    why = reason.get("id") if isinstance(reason, dict) else None
    parts = (str(told.get("removal_date") or "")[:10], why, told.get("note"))
    story = ", ".join(str(part)[:_LONGEST] for part in parts if part) or "without a word"
    citation = str(told.get("citation_text") or "")[:_LONGEST]
    what = f"{asked.repository} has deleted record {asked.name} ({where}): {story}."
    raise NotFound(what, value=asked.name, remedy=f"Its tombstone remains: {citation}" if citation else "")


def _unread(target: Target, error: str, wants: Wants) -> Gathered:
    tried = [Observation(name=name, error=error) for name in ("document:invenio", *sorted(wants.observations))]
    return Gathered(str(target), "live", (), tuple(tried), (error,))


def _gathered(
    target: Target, wants: Wants, asked: Place, answer: Answer, record: dict[str, Any]
) -> Generator[Ask, Answer, Gathered]:
    """The record and its exports, once it was found."""
    own = asked._replace(name=str(record.get("id")))
    native = Document(representation="invenio", media_type=answer.media_type, url=answer.url, body=answer.body)
    documents, observations, requests = [native], list[Observation](), 2
    observations += yield from _export(own, _landing.JSONLD, "schema-org", documents)
    page = Answer(error="not tried")
    if "landing_page" in wants.observations:
        requests += 1
        page = yield Fetch(own.page, _landing.HTML)
        page = page._replace(url=page.url or own.page)
        observations.append(_landing.observation(page))
    doi = _online.doi([native])
    requests += doi is not None
    observations += yield from _online.registry(doi, documents)
    if requests < _MOST_REQUESTS and not _has(documents, "datacite"):
        observations += yield from _export(own, _online.DATACITE, "datacite", documents)
    documents += _of_page(page, with_jsonld=not _has(documents, "schema-org"))
    observations += yield from _exports.tried(documents, page, wants)
    observations += yield from _content.tried(documents, wants)
    observations += yield from _of_model.tried(invenio.read(native).resource, documents, wants, base=own.base)
    newest = f"{asked.name} stands for all versions; the latest, {own.name}, is assessed."
    notes = () if own.name == asked.name else (newest,)
    return Gathered(str(target), "live", tuple(documents), tuple(observations), notes)


def _has(documents: list[Document], dialect: str) -> bool:
    return any(one.representation == dialect for one in documents)


def _export(
    own: Place, media_type: str, dialect: str, documents: list[Document]
) -> Generator[Ask, Answer, list[Observation]]:
    """Keep an export of the record, or say why it could not be had."""
    answer = yield Fetch(own.api, media_type)
    if answer.ok and answer.media_type == media_type:
        documents.append(Document(representation=dialect, media_type=media_type, url=own.api, body=answer.body))
    elif answer.error is not None:
        return [Observation(name=f"document:{dialect}", source=own.api, error=answer.error)]
    return []


def _of_page(page: Answer, *, with_jsonld: bool) -> list[Document]:
    """The page's typed links and the page itself, and what it embeds, where that could not be had without it."""
    landing = _landing.read(page)
    links = _links.document(page.url, header=landing.header, html=landing.links)
    return [*(landing.jsonld if with_jsonld else ()), *((links,) if links else ()), *landing.html]
