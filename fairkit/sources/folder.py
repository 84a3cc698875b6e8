"""A local folder: its fairkit.toml, CITATION.cff and other metadata, and the files that lie in it.

Nothing is looked up online, unless the user says so. What exists only after deposit (an identifier, a page, a registry
entry) is pending.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

from fairkit.dialects import dialect
from fairkit.errors import NotFound, UnreadableDocument
from fairkit.model.evidence import Document, Observation
from fairkit.model.resource import Resource
from fairkit.ocfl.inside import is_inside
from fairkit.registry import DIALECTS
from fairkit.vocab import identifiers

from . import _online, document
from ._plan import Answer, Ask, Gathered, Inspect, Look, Plan, Read, Survey, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "matches", "plan"]

TITLE = "Local folders, before they are deposited"
KEYWORDS = ("folder",)
EXAMPLES = ("folder ./dataset", "./dataset", "./repository/ID")

_GUESSED = (".jsonld", ".json")
_HIDDEN = (".zenodo.json",)
_FIRST = (
    "fairkit-toml", "variables-csv", "channels-csv", "results", "verification", "ro-crate", "croissant", "cff",
    "zenodo-json", "datapackage", "codemeta", "hf-card",
)  # fmt: skip
"""What speaks before all else: what people write by hand for fairkit, then what holds the most, then what people write
for others. CodeMeta stands behind those because it may be about code beside the data."""
_MODELS = (".onnx", ".safetensors", ".keras", ".pt", ".pth", ".torch", ".torchscript")
_MOST_MODELS = 20
_PROJECT = "project"
_OF_OWN = frozenset({"fairkit-toml", "ro-crate", "hf-card"})
"""What says by itself what a folder is: elsewhere a model file says that it is one of a model."""
_MOST_BYTES = 4 * 1024 * 1024
_MOST_KNOWN = 64 * 1024 * 1024
"""A crate of a hundred thousand files names each of them."""


def matches(target: Target) -> bool:
    """Whether the target is a folder that exists, was said to be one, or is an object of a local repository."""
    return target.keyword in KEYWORDS or (
        target.keyword is None and (os.path.isdir(target.word) or is_inside(target.word))
    )


def plan(target: Target, wants: Wants) -> Plan:
    """List the folder, and read the metadata at its top.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken.
    """
    listing = yield Look(target.word, hidden=_HIDDEN)
    if listing.error is not None:
        raise NotFound(
            f"{target.word} cannot be listed: {listing.error}", value=target.word, remedy="Is the path right?"
        )
    rows = json.loads(listing.body.decode("utf-8", "surrogateescape"))
    found, several = yield from _metadata(target.word, [*rows["files"], *rows.get("hidden", ())])
    notes = tuple(f"{target.word}: {link} leads out of the folder and is not followed" for link in rows["links_out"])
    if several:
        notes += (
            f"{target.word} holds {several} documents of different works, so none of them speaks for the folder.\n"
            f"  Assess them one by one, as in: fairkit assess {target.word}/*.json",
        )
    elif not found:
        looked = ", ".join(sorted(name for name, dialect in _names().items() if not _is_perhaps(dialect)))
        notes += (
            f"{target.word} has no metadata (looked for {looked}, *.jsonld, records in *.json and cards at its top).\n"
            "  Write a fairkit.toml beside the files: title, creators, license, description.",
        )
    models, faults = yield from _models(target.word, rows["files"])
    kinds = {one.representation for one in found[:1]}
    found = [*found, *models] if kinds & _OF_OWN else [*models, *found]
    own = Document(representation="folder", media_type=listing.media_type, url=target.word, body=listing.body)
    described = {row["path"] for row in rows["files"]} - {Path(d.url).name for d in found}
    documents = [*found, own] if found or described else []
    tried = list(faults) if documents else [Observation(name="document:folder", error="the folder is empty")]
    if models:
        tried.append(_headers(models))
    if _PROJECT in wants.observations and documents:
        answer = yield Survey(target.word)
        told = answer.body.decode("utf-8", "replace") if answer.ok else None
        tried.append(Observation(name=_PROJECT, value=told, source=target.word, error=answer.error))
    if wants.online and documents:
        tried += yield from _online.follow(documents)
    return [Gathered(str(target), "local", tuple(documents), tuple(tried), notes)]


def _models(
    root: str, rows: list[dict[str, object]]
) -> Generator[Ask, Answer, tuple[list[Document], list[Observation]]]:
    """What the headers of the model files tell; those that cannot be read are observations."""
    found, faults = list[Document](), list[Observation]()
    names = [str(row["path"]) for row in rows if str(row["path"]).lower().endswith(_MODELS)]
    for name in names[:_MOST_MODELS]:
        path = str(Path(root) / name)
        answer: Answer = yield Inspect(path)
        if answer.ok:
            found.append(
                Document(representation="model-file", media_type=answer.media_type, url=path, body=answer.body)
            )
        else:
            faults.append(Observation(name=f"model-file:{name}", source=path, error=answer.error))
    return found, faults


def _headers(models: list[Document]) -> Observation:
    """What the headers of all model files tell, for checks that hold metadata against them."""
    rows = [{"path": Path(one.url).name, **json.loads(one.body)} for one in models]
    return Observation(name="headers", value=json.dumps(rows), source=models[0].url)


def _names() -> dict[str, str]:
    """The file names that dialects claim, with the dialect."""
    return {
        name: dialect
        for dialect, module in DIALECTS
        if hasattr(module, "read")
        for name in getattr(module, "FILE_NAMES", ())
    }


def _rank(dialect: str) -> int:
    return _FIRST.index(dialect) if dialect in _FIRST else len(_FIRST)


def _is_perhaps(dialect: str) -> bool:
    """Whether a dialect must look into a file of its name: most README.md are no cards."""
    return hasattr(DIALECTS.get(dialect), "claims")


def _metadata(root: str, rows: list[dict[str, object]]) -> Generator[Ask, Answer, tuple[list[Document], int]]:
    """The metadata documents at the top of the folder: those known by name first, then those known by content.

    The latter are left out, and counted, where they are of different works.
    """
    names = _names()
    top = {str(row["path"]): int(str(row["size"])) for row in rows if "/" not in str(row["path"])}
    known = sorted((name for name in top if name in names), key=lambda name: (_rank(names[name]), name))
    others = sorted((name, size) for name, size in top.items() if name not in names and name.endswith(_GUESSED))
    guessed = [name for name, size in others if size <= _MOST_BYTES]
    perhaps = {name for name in known if _is_perhaps(names[name])}
    by_name: list[Document] = []
    by_content: list[Document] = []
    for name in [*known, *guessed]:
        path = str(Path(root) / name)
        answer: Answer = yield Read(path, _MOST_KNOWN if name in known else _MOST_BYTES)
        if answer.error is not None and name not in perhaps:
            raise UnreadableDocument(f"{path} cannot be read: {answer.error}", value=path)
        try:
            (by_name if name in known else by_content).append(document.identify(path, answer.body))
        except UnreadableDocument:
            if name in known and name not in perhaps:
                raise
    if _of_one_work(by_content):
        return [*by_name, *by_content], 0
    return by_name, len(by_content)


def _of_one_work(documents: list[Document]) -> bool:
    """Whether no two documents name works that cannot be the same."""
    every = [dialect(one.representation).read(one).resource for one in documents]
    named = [one for one in every if one.identifiers]
    return all(_may_be_one(named[0], other) for other in named[1:])


def _may_be_one(first: Resource, other: Resource) -> bool:
    """By their identifiers; where they share no scheme, as a DOI and an address do not, by their titles."""
    ours, theirs = ({identifiers.key(one) for one in each.identifiers} for each in (first, other))
    if ours & theirs:
        return True
    if {scheme for scheme, _ in ours} & {scheme for scheme, _ in theirs}:
        return False
    return first.title is not None and first.title == other.title
