"""What the files around a model tell of it: its configuration, what it requires, and the data that a README names.

Where they lie does not matter: a file in `src/data` of the cookiecutter4fair layout is read like one at the top.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from fairkit.dialects._values import identifier, text, texts
from fairkit.dialects._yaml import parse_yaml
from fairkit.errors import UnreadableDocument
from fairkit.evidence.project import project_of
from fairkit.model.ai import DataUse, Result
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.project import Project

from .layout import Folder, open_inside
from .told import Told

__all__ = ["around", "chosen"]

_MOST_BYTES = 1024 * 1024
_MOST_CONFIGURATIONS = 10
_MOST_FILES = 10_000
_MOST_REQUIREMENTS = 100
_MOST_TASKS = 10
_LONGEST = 200
"""Letters of a name: what is longer is none."""
_TASKS = ("tasks", "task", "task_type")
_ARCHITECTURES = ("architecture", "arch", "model_type", "network")
_INNER = ("architecture", "type", "class", "name")
"""What says what a model is, within `model:`."""
_Role = Literal["trained", "validated", "tested"]
_ROLES: Mapping[str, _Role] = {
    "train": "trained",
    "val": "validated",
    "valid": "validated",
    "validation": "validated",
    "test": "tested",
}
_DATA = re.compile(r"(train|val|valid|validation|test)(?:ing)?_?(dataset|data|files|doi)?")
_OF_DATA = ("dataset", "data", "dataset_doi", "doi")
_ABOUT_DATA = re.compile(r"\bdata ?sets?\b|\btrain(?:ed|ing)\b|\bsamples?\b|\bopen ?data\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|10\.\d{4,9}/\S+")
"""An address or a DOI may have the word in it: 10.7483/OPENDATA.CMS.…"""
_BADGE = re.compile(r"badge", re.IGNORECASE)


def chosen(views: list[tuple[str, View]]) -> tuple[list[tuple[str, View]], tuple[str, ...]]:
    """The documents with one model file at most, the first that tells inputs; and the names of those left aside."""
    models = [each for each in views if each[1].representation == "model-file"]
    best = next((each for each in models if each[1].resource.inputs), models[0] if models else None)
    others = tuple(name for name, _ in models if best and name != best[0])
    return [each for each in views if each[1].representation != "model-file" or each is best], others


def around(folder: Folder, views: list[tuple[str, View]]) -> Iterator[tuple[str, Told]]:
    """Fields and what is told of them, the most reliable first; nothing where there is no model."""
    if all(view.resource.kind != "model" for _, view in views):
        return
    project = project_of(str(folder.root))
    for name in project.configurations[:_MOST_CONFIGURATIONS]:
        yield from _configured(name, _parsed(folder, name))
    yield from _required(folder, project, views)
    yield from _named_data(folder, project)


def _parsed(folder: Folder, name: str) -> Mapping[str, Any]:
    """What a YAML or JSON file has at its top; nothing where it is neither."""
    if not name.lower().endswith((".yml", ".yaml", ".json")):
        return {}
    body = _read(folder, name)
    try:
        data = parse_yaml(Document(representation="yaml", media_type="application/yaml", url=name, body=body))
    except UnreadableDocument:
        return {}
    return data if isinstance(data, dict) else {}


def _read(folder: Folder, name: str) -> bytes:
    try:
        with open(open_inside(folder.root, name), "rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return b""


def _configured(name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, Told]]:
    """What a file that configures a training says of task, architecture, data and numbers reached."""
    for key in _TASKS:
        if words := tuple(filter(_short, texts(data.get(key))[:_MOST_TASKS])):
            yield "tasks", Told(words, "read", name, quote=key)
    inner = data.get("model")
    named = [data.get(key) for key in _ARCHITECTURES]
    named += [inner.get(key) for key in _INNER] if isinstance(inner, dict) else [inner]
    if family := next((each.strip() for each in named if isinstance(each, str) and _short(each)), None):
        yield "architecture", Told(family, "read", name)
    if uses := tuple(_uses(data)):
        yield "data_uses", Told(uses, "read", name)
    if results := tuple(_results(data.get("metrics"))):
        yield "results", Told(results, "read", name)


def _short(words: str) -> bool:
    """Whether words may be a name: on one line, and of no more letters than that."""
    return 0 < len(words.strip()) <= _LONGEST and words.isprintable()


def _uses(data: Mapping[str, Any]) -> Iterator[DataUse]:
    """One use for each role that has files or a dataset of its own, else one of the dataset that is named."""
    whole = next((found for key in _OF_DATA if (found := _dataset(data.get(key)))), None)
    files, sets = dict[_Role, tuple[str, ...]](), dict[_Role, Identifier]()
    for key, value in data.items():
        match = _DATA.fullmatch(str(key).lower())
        if match is None:
            continue
        role = _ROLES[match[1]]
        if found := _dataset(value):
            sets.setdefault(role, found)
        elif isinstance(value, list) and all(text(each) and "." in str(each) for each in value):
            files.setdefault(role, tuple(dict.fromkeys(texts(value)))[:_MOST_FILES])
    for role in dict.fromkeys(_ROLES.values()):
        known = sets.get(role, whole if role in files or (role == "trained" and not sets) else None)
        if known or files.get(role):
            yield DataUse(role=role, identifier=known, files=files.get(role, ()))


def _dataset(value: Any) -> Identifier | None:
    """The DOI that is written, or stands under `doi`, `id` or `identifier`; a path or a plain name is none."""
    if isinstance(value, dict):
        return next((found for key in ("doi", "id", "identifier", "url") if (found := _dataset(value.get(key)))), None)
    words = text(value) if isinstance(value, str) else None
    found = identifier(words) if words and "10." in words else None
    return found if found and found.scheme == "doi" else None


def _results(value: Any) -> Iterator[Result]:
    """Metrics with their numbers; those that are named only are no results."""
    for name, written in value.items() if isinstance(value, dict) else ():
        words = text(written)
        if (
            words
            and _short(str(name))
            and re.fullmatch(r"[-+]?\d{1,12}(\.\d{1,18})?(e[-+]?\d{1,2})?", words, re.IGNORECASE)
        ):
            yield Result(metric=str(name), value=float(words))


def _required(folder: Folder, project: Project, views: list[tuple[str, View]]) -> Iterator[tuple[str, Told]]:
    """The packages of the topmost file that asks for some; else the operators that the model file asks for."""
    files = sorted(dict.fromkeys(one.file for one in project.requirements), key=lambda name: (name.count("/"), name))
    for name in files[:1]:
        lines = _read(folder, name).decode("utf-8", "replace").splitlines()
        rows = [one for one in project.requirements if one.file == name]
        asked = [_bare(lines[one.line - 1]) for one in rows if one.line <= len(lines)]
        yield "requirements", Told(tuple(dict.fromkeys(asked))[:_MOST_REQUIREMENTS], "read", name, rows[0].line)
    for name, view in views:
        opset = view.data.get("opset") if view.representation == "model-file" and isinstance(view.data, dict) else None
        if isinstance(opset, int):
            yield "requirements", Told((f"ONNX opset {opset}",), "extracted", name)


def _bare(line: str) -> str:
    """A requirement without the marks of its file: comments, hashes, the dash of a list."""
    words = line.split(" #")[0].partition("--hash")[0].strip().rstrip("\\").strip()
    return words.removeprefix("- ").strip().strip("'\"")


def _named_data(folder: Folder, project: Project) -> Iterator[tuple[str, Told]]:
    """The DOI that a README gives where it speaks of data: a guess, unless it is that of the model itself."""
    own = {one.text for one in project.dois if one.file in project.citation_files}
    lines = {name: _read(folder, name).decode("utf-8", "replace").splitlines() for name in project.readmes}
    for one in project.dois:
        here = lines.get(one.file, [])
        words = here[one.line - 1].strip() if one.line <= len(here) else ""
        if one.text in own or _BADGE.search(words) or not _ABOUT_DATA.search(_ADDRESS.sub("", words)):
            continue
        if found := _dataset(one.text):
            use = DataUse(role="trained", identifier=found)
            where = f"{os.path.basename(one.file)} names it where it speaks of data"
            yield "data_uses", Told((use,), "guessed", one.file, one.line, where)
            return
