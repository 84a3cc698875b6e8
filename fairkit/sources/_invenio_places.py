"""Where a record of an InvenioRDM repository is: the base URL of the repository, and the name of the record in it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from fairkit import settings
from fairkit.vocab import identifiers

from ._plan import Target

__all__ = ["Place", "place"]

# Zenodo's ids are numbers; others have ten characters without i, l, o and u, the last two of them check digits.
_ID = r"[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}|\d{1,12}"
_PATH = re.compile(rf"/(?:api/)?(?:records?|uploads)/({_ID})(?:/(?:draft|latest|versions/latest))?/?", re.IGNORECASE)
_NUMBER = re.compile(r"(?:oai:zenodo\.org:)?(\d{1,12})", re.IGNORECASE)
_OAI = re.compile(r"oai:zenodo\.org:(\d{1,12})", re.IGNORECASE)
_DOI = re.compile(r"10\.5281/zenodo\.(\d{1,12})(?:[/?#].*)?", re.IGNORECASE)
_ZENODO = frozenset({"zenodo.org", "www.zenodo.org"})
_ALSO_ZENODO = frozenset({"sandbox.zenodo.org"})


class Place(NamedTuple):
    """A record: the `base` of its repository, its `name` there, and whether the `base` is known to run InvenioRDM."""

    base: str
    name: str
    known: bool

    @property
    def api(self) -> str:
        return f"{self.base}/api/records/{self.name}"

    @property
    def page(self) -> str:
        return f"{self.base}/records/{self.name}"

    @property
    def repository(self) -> str:
        """What to call the repository."""
        return "Zenodo" if self.base == settings.base_url("zenodo") else urlsplit(self.base).netloc


def place(target: Target) -> Place | None:
    """The place that a target names by one of its spellings."""
    word = target.word.strip()
    if target.keyword not in (None, "zenodo", "invenio", "doi", "url"):
        return None
    spelling = _NUMBER if target.keyword == "zenodo" else _OAI
    number = None if target.keyword == "invenio" else spelling.fullmatch(word) or _of_doi(word)
    if number:
        return Place(settings.base_url("zenodo"), number[1], known=True)
    return _of_url(word, known=target.keyword in ("zenodo", "invenio"))


def _of_doi(word: str) -> re.Match[str] | None:
    """The number in a DOI of Zenodo, however it is spelled."""
    known = identifiers.identify(word) if _DOI.search(word) else None
    return _DOI.fullmatch(known.value) if known and known.scheme == "doi" else None


def _of_url(word: str, *, known: bool) -> Place | None:
    try:
        parts = urlsplit(word)
        port = parts.port
    except ValueError:  # no URL, as "http://["
        return None
    path = _PATH.fullmatch(parts.path)
    if path is None or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    name = path[1].lower()
    zenodo = settings.base_url("zenodo")
    if (parts.hostname in _ZENODO and port in (None, 80, 443)) or parts.netloc == urlsplit(zenodo).netloc:
        return Place(zenodo, name, known=True)
    return Place(f"{parts.scheme}://{parts.netloc}", name, known=known or parts.hostname in _ALSO_ZENODO)
