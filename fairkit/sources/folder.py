"""A local folder: its fairkit.toml, CITATION.cff and other metadata, and the files that lie in it.

Nothing is looked up online, unless the user says so. What exists only after deposit (an identifier, a page, a registry
entry) is pending.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.model.evidence import Document, Observation
from fairkit.registry import DIALECTS

from . import _online, document
from ._plan import Answer, Ask, Gathered, Look, Plan, Read, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "matches", "plan"]

TITLE = "Local folders, before they are deposited"
KEYWORDS = ("folder",)
EXAMPLES = ("folder ./dataset", "./dataset")

_GUESSED = (".jsonld", ".json")
_MOST_BYTES = 4 * 1024 * 1024
_MOST_FILES = 20


def matches(target: Target) -> bool:
    """Whether the target is a folder that exists, or was said to be one."""
    return target.keyword in KEYWORDS or (target.keyword is None and Path(target.word).is_dir())


def plan(target: Target, wants: Wants) -> Plan:
    """List the folder, and read the metadata at its top.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken.
    """
    listing = yield Look(target.word)
    if listing.error is not None:
        raise NotFound(
            f"{target.word} cannot be listed: {listing.error}", value=target.word, remedy="Is the path right?"
        )
    rows = json.loads(listing.body)
    found = yield from _metadata(target.word, rows["files"])
    notes = tuple(f"{target.word}: {link} leads out of the folder and is not followed" for link in rows["links_out"])
    if not found:
        looked = ", ".join(sorted(_names()))
        notes += (
            f"{target.word} has no metadata (looked for {looked}, *.jsonld and records in *.json at its top).\n"
            "  Write a fairkit.toml beside the files: title, creators, license, description.",
        )
    own = Document(representation="folder", media_type=listing.media_type, url=target.word, body=listing.body)
    described = {row["path"] for row in rows["files"]} - {Path(d.url).name for d in found}
    documents = [*found, own] if found or described else []
    tried = [] if documents else [Observation(name="document:folder", error="the folder is empty")]
    if wants.online and documents:
        tried = yield from _online.follow(documents)
    return [Gathered(str(target), "local", tuple(documents), tuple(tried), notes)]


def _names() -> dict[str, str]:
    """The file names that dialects claim, with the dialect; fairkit.toml speaks before the others."""
    return {name: dialect for dialect, module in DIALECTS for name in getattr(module, "FILE_NAMES", ())}


def _metadata(root: str, rows: list[dict[str, object]]) -> Generator[Ask, Answer, tuple[Document, ...]]:
    """The metadata documents at the top of the folder: those known by name first, then those known by content."""
    names = _names()
    top = {str(row["path"]): int(str(row["size"])) for row in rows if "/" not in str(row["path"])}
    known = sorted((name for name in top if name in names), key=lambda name: (names[name] != "fairkit-toml", name))
    guessed = [name for name, size in sorted(top.items()) if name.endswith(_GUESSED) and size <= _MOST_BYTES]
    found: list[Document] = []
    for name in [*known, *guessed[:_MOST_FILES]]:
        path = str(Path(root) / name)
        answer: Answer = yield Read(path, _MOST_BYTES)
        if answer.error is not None:
            raise UnreadableDocument(f"{path} cannot be read: {answer.error}", value=path)
        try:
            found.append(document.identify(path, answer.body))
        except UnreadableDocument:
            if name in known:
                raise
    return tuple(found)
