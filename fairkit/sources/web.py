"""Any web page that no other source knows: what is embedded in it, what it links to, and the DOI that it names.

At most four requests: the page; its link set or a document to which it links, where it embeds no JSON-LD; what the
registry holds about its DOI; and where that DOI leads, if the registry names another address than that of the page.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from fairkit import settings
from fairkit.errors import UnknownTarget, UnreadableDocument
from fairkit.model.evidence import Document, Observation
from fairkit.vocab import identifiers

from . import _content, _described, _exports, _landing, _online, document
from ._plan import Answer, Ask, Fetch, Gathered, Plan, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "matches", "plan"]

TITLE = "Any web page about a work"
KEYWORDS = ("url",)
EXAMPLES = ("url https://example.org/dataset/7", "https://example.org/dataset/7")

_MOST_BESIDE = 2
_RESOLVES = "resolves to "


class _Identity(NamedTuple):
    """What is known about the identifier of a work: documents of its registry, what was tried, notes."""

    documents: tuple[Document, ...] = ()
    tried: tuple[Observation, ...] = ()
    notes: tuple[str, ...] = ()


def matches(target: Target) -> bool:
    """Whether the target is an http(s) URL, or was said to be a URL."""
    return target.keyword == "url" or (target.keyword is None and _is_web(target.word))


def _is_web(word: str) -> bool:
    try:
        parts = urlsplit(word.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # such as http://[
        return False


def plan(target: Target, wants: Wants) -> Plan:
    """Gather what the page gives.

    Raises:
        UnknownTarget: if the word after the keyword is no http(s) URL.
    """
    url = target.word.strip()
    if not _is_web(url):
        what = f"{target.word!r} is no address of a web page"
        raise UnknownTarget(what, value=target.word, remedy=f"It looks like:  {EXAMPLES[0]}")
    page = yield Fetch(url, _landing.HTML)
    page = page._replace(url=page.url or url)
    landing = _landing.observation(page)
    if page.error is not None:
        unknown = [Observation(name=name, source=url, error=page.error) for name in ("identifier", "registry")]
        tried = (landing, *unknown, *_described.lost(page))
        return [Gathered(str(target), "live", (), tried, (page.error,))]
    found = yield from _described.follow(page, ())
    documents = [*found.jsonld, *found.others, *_saved(page, found)]
    exports = yield from _exports.tried(documents, page, wants)
    identity = yield from _identity(documents, page, url, room=found.requests < _MOST_BESIDE)
    notes = (*found.notes, *identity.notes) if documents else (f"{landing.value}: there is nothing to read.",)
    content = yield from _content.tried((*identity.documents, *documents), wants)
    tried = (landing, *identity.tried, *_described.lost(page), *found.tried, *exports, *content)
    return [Gathered(str(target), "live", (*identity.documents, *documents), tried, notes)]


def _saved(page: Answer, found: _described.Found) -> list[Document]:
    """The metadata document that is at the address in place of a page, if it is one."""
    if not page.ok or any(one.representation == "html" for one in found.others):
        return []
    try:
        return [document.identify(page.url, page.body)]
    except UnreadableDocument:
        return []


def _identity(documents: list[Document], page: Answer, url: str, *, room: bool) -> Generator[Ask, Answer, _Identity]:
    """Look up the identifier of the work: the DOI in its documents, else what lasts in its address or in them."""
    name = _online.doi(documents)
    if name:
        return (yield from _of_doi(name, (page.url, *page.history, url), room=room))
    registry = Observation(name="registry", value="none")
    stated = (one for read in _landing.resources(documents) for one in read.identifiers)
    lasting = [one for one in (identifiers.identify(url), *stated) if one and identifiers.is_persistent(one)]
    address = identifiers.url(lasting[0]) if lasting else None
    if not address:
        return _Identity(tried=(Observation(name="identifier", value="none"), registry))
    answer = page
    if not _landing.same_page(address, url, page.url, *page.history):
        answer = yield Fetch(address, _landing.HTML)
    return _Identity(tried=(_led(answer, address), registry))


def _led(answer: Answer, address: str) -> Observation:
    """Where an identifier led."""
    resolves = answer.ok or bool(answer.history)
    value = f"{_RESOLVES}{answer.url}" if resolves else f"status {answer.status} from {address}"
    when, error = answer.retrieved_at, answer.error
    return Observation(
        name="identifier", value=None if error else value, source=address, error=error, retrieved_at=when
    )


def _of_doi(name: str, addresses: Iterable[str], *, room: bool) -> Generator[Ask, Answer, _Identity]:
    """What the registry says of a DOI that the page names, if it is that of the page and not of another one."""
    held: list[Document] = []
    tried = yield from _online.registry(name, held)
    resolved = next((one.value or "" for one in tried if one.name == "identifier"), "")
    if not resolved.startswith(_RESOLVES):
        return _Identity(tuple(held), tuple(tried))
    registered = next((read.landing_page for read in _landing.resources(held)), None)
    leads = registered or resolved.removeprefix(_RESOLVES)
    if room and not _landing.same_page(leads, *addresses):
        answer = yield Fetch(f"{settings.base_url('doi')}/{quote(name, safe='/')}", _landing.HTML)
        leads = answer.url if answer.error is None else leads
    if _landing.same_page(leads, *addresses):
        return _Identity(tuple(held), tuple(_said(one, f"{_RESOLVES}{leads}", one.value) for one in tried))
    note = f"The DOI {name} leads to {leads}, which is another page: what its registry holds is left out."
    return _Identity((), tuple(_said(one, f"leads elsewhere, to {leads}", "none") for one in tried), (note,))


def _said(tried: Observation, identifier: str, registry: str | None) -> Observation:
    return replace(tried, value=identifier if tried.name == "identifier" else registry)
