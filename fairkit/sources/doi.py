"""Any DOI: what its registry holds about it, and the page to which it leads.

At most four requests: the metadata in the DataCite form and the page, both from the resolver; the typed link set or
JSON-LD document of the page, where it does not embed one; JSON-LD from the registry, where there is none at the page,
or which agency keeps the metadata, where DataCite does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from urllib.parse import quote, unquote, urlsplit

from fairkit import settings
from fairkit.errors import NotFound, UnknownTarget
from fairkit.model.evidence import Document, Observation
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers

from . import _content, _described, _exports, _landing, _online
from ._plan import Answer, Ask, Fetch, Gathered, Plan, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "doi", "matches", "plan"]

TITLE = "Any DOI, its registry and its page"
KEYWORDS = ("doi",)
EXAMPLES = ("doi 10.5281/zenodo.4559324", "10.5281/zenodo.4559324", "https://doi.org/10.5281/zenodo.4559324")

_MOST_BESIDE = 2
_SCHEMA_ORG = "application/vnd.schemaorg.ld+json"
_RESOLVERS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def matches(target: Target) -> bool:
    """Whether the target is a DOI, or was said to be one."""
    return target.keyword == "doi" or (target.keyword in (None, "url") and doi(target.word) is not None)


def doi(word: str) -> str | None:
    """The DOI in one of its spellings; the page of a publisher that has one in its address is not that."""
    word = word.strip()
    if _SCHEME.match(word):
        word = _behind_resolver(word)
    found = identifiers.identify(word)
    return found.value.rstrip("/") if found and found.scheme == "doi" else None


def _behind_resolver(url: str) -> str:
    """What stands behind the address of a DOI resolver, without query and fragment; nothing for another URL."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[
        return ""
    ours = parts.scheme in ("http", "https") and parts.hostname in _RESOLVERS
    return unquote(parts.path).lstrip("/") if ours else ""


def plan(target: Target, wants: Wants) -> Plan:
    """Gather what the registry holds and what the page gives.

    Raises:
        UnknownTarget: if the word after the keyword is no DOI.
        NotFound: if the resolver says that there is no such DOI.
    """
    name = doi(target.word)
    if name is None:
        what = f"{target.word!r} is no DOI"
        raise UnknownTarget(what, value=target.word, remedy=f"A DOI looks like:  {EXAMPLES[0]}")
    address = f"{settings.base_url('doi')}/{quote(name, safe='/')}"
    documents: list[Document] = []
    observations = yield from _online.registry(name, documents)
    page = yield Fetch(address, _landing.HTML)
    if page.status == 404 and not documents and not page.history:
        what = f"there is no DOI {name} ({page.status} from {address})"
        remedy = "Compare it letter by letter; a reserved DOI works only once it is published."
        raise NotFound(what, value=name, remedy=remedy)
    found = yield from _described.follow(page, [Identifier(scheme="doi", value=name)])
    jsonld, room = found.jsonld, _MOST_BESIDE - found.requests
    if not documents and room:
        observations = yield from _elsewhere(name, observations)
        room -= 1
    if not jsonld and room:
        jsonld = yield from _negotiated(address)
    documents += [*jsonld, *found.others]
    tried = [_resolved(one, page, address) for one in observations]
    tried += [_landing.observation(page._replace(url=page.url or address)), *_described.lost(page), *found.tried]
    tried += yield from _exports.tried(documents, page, wants)
    tried += yield from _content.tried(documents, wants)
    return [Gathered(str(target), "live", tuple(documents), tuple(tried), found.notes)]


def _negotiated(address: str) -> Generator[Ask, Answer, tuple[Document, ...]]:
    """What the registry gives for JSON-LD."""
    answer = yield Fetch(address, _SCHEMA_ORG)
    if not answer.ok or "json" not in answer.media_type:
        return ()
    body = answer.body
    return (Document(representation="schema-org", media_type=_landing.JSONLD, url=address, body=body),)


def _elsewhere(name: str, tried: list[Observation]) -> Generator[Ask, Answer, list[Observation]]:
    """What was tried, with the agency of a DOI of which DataCite holds nothing: every agency keeps the metadata."""
    if not any(one.name == "registry" and one.value == "none" for one in tried):
        return tried
    address = f"{settings.base_url('doi')}/ra/{quote(name.partition('/')[0])}"
    answer = yield Fetch(address, "application/json")
    agency = _agency(answer.body) if answer.ok else None
    if agency in (None, "DataCite"):
        return tried
    registry = Observation(name="registry", value=agency, source=address, retrieved_at=answer.retrieved_at)
    return [registry if one.name == "registry" else one for one in tried]


def _agency(body: bytes) -> str | None:
    """The registration agency in the answer of the resolver: `[{"DOI": "10.1103", "RA": "Crossref"}]`."""
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):
        return None
    named = [row.get("RA") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return next((one[:100] for one in named if isinstance(one, str) and one.strip()), None)


def _resolved(tried: Observation, page: Answer, address: str) -> Observation:
    """The observation, which for the identifier is the page to which it leads, whatever that page answers."""
    if tried.name != "identifier" or page.error is not None or not page.history:
        return tried
    value, when = f"resolves to {page.url}", page.retrieved_at
    return Observation(name="identifier", value=value, source=address, retrieved_at=when)
