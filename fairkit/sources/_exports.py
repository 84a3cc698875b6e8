"""The forms in which metadata are had, where a checklist asks: kinds in the page, and JSON-LD apart from the page."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from fairkit.dialects import _page
from fairkit.dialects._values import parse_json
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document, Observation

from ._landing import JSONLD
from ._plan import Answer, Ask, Fetch, Wants

__all__ = ["tried"]

_EMBEDDED = "#json-ld-"
_TAGS = {  # what the names of meta tags begin with, by the kind of metadata that they are
    "dublin-core": ("dc.", "dcterms."),
    "description": ("description",),
    "highwire": ("citation_",),
    "open-graph": ("og:",),
}


def tried(documents: list[Document], page: Answer, wants: Wants) -> Generator[Ask, Answer, list[Observation]]:
    """The observations `embedded` and `export`, where they are wanted.

    `embedded` lists the kinds of metadata in the page, `export` tells the media type of those apart from it; `none` is
    told where there is none. What the page gives for JSON-LD joins the `documents`.
    """
    found: list[Observation] = []
    if "embedded" in wants.observations:
        kinds = ", ".join(_kinds(page)) if page.ok else ""
        found.append(_observation("embedded", kinds or "none", page))
    if "export" in wants.observations:
        found.append((yield from _export(documents, page)))
    return found


def _observation(name: str, value: str, answer: Answer) -> Observation:
    if answer.error is not None:
        return Observation(name=name, source=answer.url or None, error=answer.error)
    return Observation(name=name, value=value, source=answer.url, retrieved_at=answer.retrieved_at)


def _kinds(answer: Answer) -> Iterator[str]:
    """The kinds of metadata that a page carries; a script that cannot be read carries none."""
    page = _page.parse(answer.body, answer.url, answer.charset)
    if any(_is_json(script) for script in page.scripts):
        yield "json-ld"
    names = [meta.name.lower() for meta in page.metas]
    yield from (kind for kind, begins in _TAGS.items() if any(name.startswith(begins) for name in names))
    yield from (kind for kind, there in (("microdata", page.has_microdata), ("rdfa", page.has_rdfa)) if there)


def _is_json(script: str) -> bool:
    try:
        parse_json(Document(representation="schema-org", media_type=JSONLD, url="", body=script.encode()))
    except UnreadableDocument:
        return False
    return True


def _export(documents: list[Document], page: Answer) -> Generator[Ask, Answer, Observation]:
    """JSON-LD that is had apart from the page; the page is asked for it where nothing else has given it."""
    for held in documents:
        in_page = _EMBEDDED in held.url or (page.ok and held.url == page.url)
        if held.representation == "schema-org" and not in_page:
            return Observation(name="export", value=held.media_type, source=held.url)
    if not page.ok:
        return _observation("export", "none", page)
    answer: Answer = yield Fetch(page.url, JSONLD)
    given = answer.ok and "json" in answer.media_type
    if given:
        documents.append(Document(representation="schema-org", media_type=JSONLD, url=page.url, body=answer.body))
    return _observation("export", answer.media_type if given else "none", answer)
