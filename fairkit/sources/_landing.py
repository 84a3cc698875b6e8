"""What the page about a work gives: the documents in it, its typed links, and whether it answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fairkit.dialects import _page, _page_markup, dialect
from fairkit.dialects._jsonld import main_node
from fairkit.dialects._values import parse_json
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document, Observation
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.vocab import identifiers

from . import _links
from ._plan import Answer

__all__ = ["HTML", "JSONLD", "Landing", "observation", "read", "resources", "same_page"]

HTML, JSONLD = "text/html", "application/ld+json"

_PAGES = frozenset({HTML, "application/xhtml+xml"})
_STARTS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^<>]{0,200}>\s{0,99})?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_GONE = (404, 410)
_MOST_SCRIPTS = 20
# What a script on a page of a work is about when it is not about the work.
_ABOUT_THE_SITE = frozenset({
    "AboutPage", "BreadcrumbList", "CollectionPage", "Corporation", "ImageObject", "ItemList", "ListItem", "NGO",
    "Organization", "Person", "ResearchOrganization", "SearchAction", "SiteNavigationElement", "WPFooter", "WPHeader",
    "WebPage", "WebSite",
})  # fmt: skip
_EXTRA = '{page} has metadata in {what}, which were not read.\n  pip install "fairkit[web]"  adds what reads them.'


class Landing(NamedTuple):
    """What a page gave: JSON-LD, its typed links, the page itself, and what the user should hear."""

    jsonld: tuple[Document, ...] = ()
    header: tuple[_links.Link, ...] = ()
    links: tuple[_links.Link, ...] = ()
    html: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()


def observation(answer: Answer) -> Observation:
    """Whether the page answered, and where; one that is gone for good is called a tombstone."""
    found = f"{answer.status} {answer.media_type}".strip() + f" at {answer.url}"
    if answer.status == 410:
        found += " (a tombstone)"
    value = None if answer.error is not None else found
    when = answer.retrieved_at
    return Observation(name="landing_page", value=value, source=answer.url, error=answer.error, retrieved_at=when)


def read(answer: Answer, named: Iterable[Identifier] = ()) -> Landing:
    """What is in an answer that should be a page; `named` are identifiers by which the work was asked for.

    A page that is gone still speaks by the links of its header: its text is about its being gone.
    """
    header = tuple(_links.header(answer.link, answer.url))
    if not answer.ok:
        return Landing(header=header if answer.status in _GONE else ())
    if not _is_page(answer):
        return Landing(header=header)
    page = _page.parse(answer.body, answer.url, answer.charset)
    jsonld, notes = _embedded(page, answer.url, [*named, Identifier(scheme="url", value=answer.url)])
    stated = f"; charset={answer.charset.lower()}" if answer.charset and answer.charset.lower() != "utf-8" else ""
    html = Document(representation="html", media_type=HTML + stated, url=answer.url, body=answer.body)
    return Landing(jsonld, header, page.links, (html,), (*notes, *_unread(page, answer.url)))


def _is_page(answer: Answer) -> bool:
    """By what the server says; a server that says nothing is taken by the first tag."""
    return answer.media_type.lower() in _PAGES or (not answer.media_type and bool(_STARTS.match(answer.body)))


def _unread(page: _page.Page, url: str) -> Iterator[str]:
    found = [name for name, there in (("microdata", page.has_microdata), ("RDFa", page.has_rdfa)) if there]
    if found and not _page_markup.is_available():
        yield _EXTRA.format(page=url, what=" and ".join(found))


def _embedded(page: _page.Page, url: str, named: list[Identifier]) -> tuple[tuple[Document, ...], list[str]]:
    """The JSON-LD of the scripts that are about the work, and notes about those that were left out."""
    every = [
        Document(representation="schema-org", media_type=JSONLD, url=f"{url}#json-ld-{number}", body=script.encode())
        for number, script in enumerate(page.scripts[:_MOST_SCRIPTS], 1)
    ]
    works = [one for one in every if not _is_about_the_site(one)] or every
    kept = _of_one_work(works, named)
    notes = []
    if len(kept) < len(works):
        notes.append(f"{url} describes several works; only what tells of the first or of the one asked for is read.")
    return tuple(kept), notes


def _is_about_the_site(document: Document) -> bool:
    try:
        types = main_node(parse_json(document)).types
    except UnreadableDocument:
        return False  # nobody can tell; the harvest will name what is wrong with it
    return bool(types) and _ABOUT_THE_SITE.issuperset(types)


def _of_one_work(documents: list[Document], named: list[Identifier]) -> list[Document]:
    """The documents of the work that was named, else of the first; those that name no work may be of any."""
    ids = [next((set(read.identifiers) for read in resources([one])), set[Identifier]()) for one in documents]
    asked = (found for found in ids if any(identifiers.same(one, other) for one in found for other in named))
    main = next(asked, None) or next((found for found in ids if found), set())
    return [one for one, found in zip(documents, ids, strict=True) if not found or not found.isdisjoint(main)]


def resources(documents: Iterable[Document]) -> Iterator[Resource]:
    """The resource as each of the documents tells it, as far as they can be read."""
    for document in documents:
        try:
            yield dialect(document.representation).read(document).resource
        except UnreadableDocument:
            continue


def same_page(first: str, *others: str) -> bool:
    """Whether a URL is one of the others, however it writes its scheme, its host and its last slash."""
    own = Identifier(scheme="url", value=first)
    return any(identifiers.same(own, Identifier(scheme="url", value=other)) for other in others)
