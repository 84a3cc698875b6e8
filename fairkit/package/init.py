"""The beginning of a fairkit.toml: what can be known is filled in, each value with its origin; the rest is asked.

Whatever somebody wrote stays. A second run fills gaps only, adds what is new in the files, and reports what contradicts
the file; where nothing has changed, it changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from fairkit import atomic
from fairkit.dialects import fairkit_toml
from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.locate import locate
from fairkit.model.resource import Resource
from fairkit.model.variable import Split

from . import origins, questions, toml_text, variables_csv
from ._filling import Filling
from .agreement import disagreements
from .description import Description, describe
from .initiation import Contradiction, Initiation, Question
from .layout import Folder, look, open_inside
from .origins import Told
from .splits import counted, members

__all__ = ["FILE", "Initiation", "init"]

FILE = "fairkit.toml"
_SCHEMA = "#:schema https://w3id.org/fairkit/schemas/fairkit-toml.schema.json"
_HEAD = f"""{_SCHEMA}
# What this folder is: begun by `fairkit init`, completed by hand. docs/fairkit-toml.md of fairkit tells all keys.
"""
_MOST_BYTES = 16 * 1024 * 1024
_MOST_NAMED = 12
"""Files of a split that are named one by one, where a folder has just these."""
_FIELDS = (
    "title", "alternate_title", "description", "identifiers", "landing_page", "catalogue", "version", "license",
    "keywords", "subjects", "language", "date_created", "date_published", "date_modified", "citation", "conforms_to",
    "supersedes", "superseded_by", "creators", "contributors", "publisher", "funding", "access", "access_conditions",
    "embargo_until", "entry_count", "formats", "relations", "methodology", "validation", "activities", "usage",
    "usage_rules", "code_repository", "requirements", "tasks", "architecture", "parameter_count", "intended_use",
    "out_of_scope", "validity", "limitations", "inputs", "outputs", "data_uses", "results",
)  # fmt: skip
_OF_FILES = {"entry_count", "formats"}
_MODELS = (".onnx", ".safetensors", ".pt", ".pth", ".keras", ".ckpt")

Ask = Callable[[Question], Any]
"""What asks somebody: the value for the field, or None where there is no answer."""


class _Begun(NamedTuple):
    """What is known of a folder before anything is written."""

    folder: Folder
    found: Description
    told: origins.Origins


def init(root: str, *, ask: Ask | None = None, say: Callable[[str], None] = lambda _: None) -> Initiation:
    """Begin or complete the fairkit.toml of a folder, and its variables.csv where there are many variables.

    `ask` is asked at most five questions; `say` hears each file that is opened.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken.
        UsageError: if it cannot be written, or fairkit.toml is a link.
    """
    folder = look(root)
    for name in (FILE, variables_csv.FILE):
        _refuse_link(folder, name)
    before = _text(folder, FILE)
    windows = before is not None and "\r\n" in before and before.count("\r\n") == before.count("\n")
    filling = Filling(_HEAD if before is None else before.replace("\r\n", "\n") if windows else before)
    begun = _Begun(folder, describe(root, say=say), origins.gathered(folder))
    resource = _fill(filling, begun, fresh=before is None)
    table = variables_csv.fill(
        filling, begun.found, begun.told.read, _text(folder, variables_csv.FILE, errors="replace")
    )
    _fill_splits(filling, begun)
    resource, left = _asked(filling, resource, begun, ask)
    text = questions.opened(_with_schema(filling.text), left)
    contradictions = tuple(_contradictions(begun, resource, text))
    made = {variables_csv.FILE: table, FILE: text.replace("\n", "\r\n") if windows else text}
    return Initiation(
        target=root,
        created=before is None,
        written=_write(folder, made),
        filled=tuple(filling.filled),
        questions=left,
        contradictions=contradictions,
        notes=tuple(dict.fromkeys((*filling.notes, *_unread(begun)))),
    )


def _refuse_link(folder: Folder, name: str) -> None:
    """A link would have us write somewhere else, which a folder from a stranger may well want; a pipe would wait."""
    path = folder.root / name
    if name in folder.special or path.is_dir():
        raise UsageError(f"{path} is no file", value=str(path), remedy="Take it away: fairkit writes a file there.")
    if os.path.islink(path):
        raise UsageError(f"{path} is a link", value=str(path), remedy="Put the file itself into the folder.")


def _text(folder: Folder, name: str, *, errors: str = "strict") -> str | None:
    if name not in folder.describing:
        return None
    try:
        with open(open_inside(folder.root, name), "rb") as file:
            return file.read(_MOST_BYTES).decode(errors=errors)
    except (OSError, UnicodeDecodeError) as error:
        what = f"{folder.root / name} cannot be read: {error}"
        raise UnreadableDocument(what, value=name, remedy="Is it a text in UTF-8?") from None


def _fill(filling: Filling, begun: _Begun, *, fresh: bool) -> Resource:
    """Put in what documents and files tell of the whole; return what is known now."""
    if fresh:
        filling.put_at("/resource/kind", *_kind(begun))
    known: dict[str, Any] = {}
    for field in _FIELDS:
        every = (*begun.told.told.get(field, ()), *_of_files(field, begun))
        if every:
            known[field] = every[0].value
        if field == "data_uses" and every and not filling.has(field):
            _fill_uses(filling, every)
        elif every and not filling.has(field):
            filling.put(field, every[0])
    gaps = {field: value for field, value in known.items() if not getattr(begun.found.resource, field)}
    return replace(begun.found.resource, **gaps)


def _fill_uses(filling: Filling, every: tuple[Told, ...]) -> None:
    """The data of a model; files without a dataset get the one that a README seems to name, marked as a guess."""
    first, guess = every[0], next((told for told in every[1:] if told.how == "guessed"), None)
    if guess is None or any(use.identifier for use in first.value):
        filling.put("data_uses", first)
        return
    uses = tuple(replace(use, identifier=guess.value[0].identifier) for use in first.value)
    [(place, rows)] = fairkit_toml.encode("data_uses", uses).items()
    filling.rows(place, rows, [first] * len(rows), guessed=[{"doi": guess.quote or ""}] * len(rows))


def _kind(begun: _Begun) -> tuple[str, Told]:
    """Data, unless a document or the files say otherwise.

    A codemeta.json, and a CITATION.cff without a type, may well be about the code beside the data.
    """
    header = next((name for name, view in begun.told.views if view.representation == "model-file"), None)
    for name, view in begun.told.views:
        if view.representation == "model-file" or (header and view.resource.kind == "software"):
            continue
        if view.representation != "codemeta" and (view.representation != "cff" or "type" in view.pointers):
            return view.resource.kind, Told(view.resource.kind, "read", name)
    if header:
        return "model", Told("model", "extracted", header)
    if begun.found.facts:
        return "dataset", Told("dataset", "extracted", None, quote="there are files of data")
    models = any(path.lower().endswith(_MODELS) for path in begun.folder.data)
    kind = "model" if models else "dataset"
    return kind, Told(kind, "guessed", quote="by the names of the files" if models else "as most folders are")


def _of_files(field: str, begun: _Begun) -> Iterator[Told]:
    value = getattr(begun.found.resource, field) if field in _OF_FILES else None
    if value and begun.found.facts:
        names = [one.path for one in begun.found.facts]
        yield Told(value, "extracted", names[0] if len(names) == 1 else f"{len(names):,} files")


def _fill_splits(filling: Filling, begun: _Begun) -> None:
    """Add splits that the file does not have, and new files to those that it has."""
    if not isinstance(filling.had.get("splits", []), list):
        return
    own = [row for row in filling.had.get("splits", []) if isinstance(row, dict) and isinstance(row.get("name"), str)]
    names = {row["name"] for row in own}
    owner = begun.told.read.owners.get("splits")
    documented = owner is not None and owner.representation not in ("folder", *origins.OWN)
    suggested = {guess.subject: guess for guess in begun.found.guessed if guess.field == "files"}
    for split in begun.found.resource.splits:
        if split.name in names:
            continue
        why = suggested[split.name].why if split.name in suggested else None
        source = os.path.basename(owner.document.url) if owner and documented else None
        told = Told(None, "read" if documented else "guessed" if why else "extracted", source, quote=why)
        filling.rows("/splits", [_row(replace(split, files=_short(split.files, begun.folder.data)))], [told])
    _fill_new_files(filling, begun, own)


def _row(split: Split) -> dict[str, Any]:
    rows: list[dict[str, Any]] = fairkit_toml.encode("splits", (split,))["/splits"]
    return rows[0]


def _short(files: tuple[str, ...], every: tuple[str, ...]) -> tuple[str, ...]:
    """Many files by a pattern for their folder and ending, where it means them and no others."""
    if len(files) <= _MOST_NAMED:
        return files
    shapes = {f"{os.path.dirname(path)}/*{os.path.splitext(path)[1]}".lstrip("/") for path in files}
    patterns = tuple(sorted(shapes))
    fits = len(patterns) < len(files) and set(members(Split(name="it", files=patterns), every)) == set(files)
    return patterns if fits else files


def _fill_new_files(filling: Filling, begun: _Begun, own: list[dict[str, Any]]) -> None:
    """Files whose paths say that they belong to a split of the file that lists its files, and which no split has."""
    listed = [Split(name=row["name"], files=_texts(row.get("files"))) for row in own]
    paths = begun.folder.data
    taken = {path for split in listed for path in members(split, paths)}
    if len(own) != len(filling.had.get("splits", [])) or not taken:
        return
    named, _, _ = counted([Split(name=split.name) for split in listed], paths, begun.found.facts)
    for number, (split, may) in enumerate(zip(listed, named, strict=True)):
        for path in may.files if split.files else ():
            if path not in taken:
                why = Told(path, "guessed", quote=f"{split.name} is in its path")
                filling.item("/splits", number, "files", path, why)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _asked(
    filling: Filling, resource: Resource, begun: _Begun, ask: Ask | None
) -> tuple[Resource, tuple[Question, ...]]:
    """What is known after some questions, and the questions that are left."""
    proposals = {field: "; ".join(one.name for one in told.value) for field, told in begun.told.proposals.items()}
    root = str(begun.folder.root)
    every = questions.questions(resource, root=root, proposals=proposals)
    for question in [one for one in every if questions.asked_in_words(one)][: questions.MOST_ASKED if ask else 0]:
        value = ask(question) if ask else None
        if value:
            filling.put(question.field, Told(value, "asked"))
            resource = replace(resource, **{question.field: value})
    return resource, questions.questions(resource, root=root, proposals=proposals)


def _with_schema(text: str) -> str:
    there = any(words.startswith("#:schema") for _, _, words in toml_text.comments(text))
    return text if there else f"{_SCHEMA}\n{text}"


def _unread(begun: _Begun) -> Iterator[str]:
    """What could not be read, documents first."""
    yield from begun.told.notes
    yield from begun.told.read.unread
    yield from (one.text for one in begun.found.findings if one.kind == "unreadable")


def _contradictions(begun: _Begun, resource: Resource, text: str) -> Iterator[Contradiction]:
    for finding in begun.found.findings if begun.found.facts else ():  # a document alone contradicts nothing
        if finding.kind in ("conflict", "missing"):
            yield Contradiction(text=finding.text, file=finding.file, line=finding.line)
    for name, view in begun.told.views:
        for field, mine, theirs in disagreements(resource, view.resource, known=view.pointers.__contains__):
            yield _contradiction(f"the {field} is {mine!r} here and {theirs!r} in {name}", field, text)
    for each in begun.told.told.get("license", ()):
        if each.how == "extracted" and resource.license not in (None, each.value):
            mine, line = resource.license, f", line {each.line}" if each.line else ""
            yield _contradiction(
                f"the license is {mine!r} here and {each.value!r} in {each.source}{line}", "license", text
            )


def _contradiction(words: str, field: str, text: str) -> Contradiction:
    place = fairkit_toml.place(field)
    return Contradiction(text=words, file=FILE, line=locate(text, place, form="toml") if place else None)


def _write(folder: Folder, made: Mapping[str, str | None]) -> tuple[str, ...]:
    """Write what has changed, each file whole or not at all."""
    written = []
    for name, text in made.items():
        if text is not None and text != _text(folder, name):
            atomic.write(Path(folder.root, name), text.encode())
            written.append(name)
    return tuple(written)
