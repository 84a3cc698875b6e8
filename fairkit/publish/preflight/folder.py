"""What is wrong between the fairkit.toml of a folder and the files beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from fairkit.dialects import fairkit_toml
from fairkit.dialects._toml_tables import Allowance
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.locate import Lines
from fairkit.package import questions
from fairkit.package.layout import open_inside
from fairkit.publish.problem import Problem, problem
from fairkit.publish.sending import LocalFile

__all__ = ["Written", "of_folder", "placed", "written"]

_FILE = "fairkit.toml"
_LONGEST = 10_000_000
_OF_KEYS = {"orcid": "orcid-wrong", "ror": "ror-wrong", "doi": "doi-wrong", "embargo_until": "embargo-wrong"}
_WILD = frozenset("*?[")


class Written(NamedTuple):
    """The fairkit.toml of a folder: where it is, its text, and what it says."""

    path: str
    text: str
    view: View
    allowed: tuple[Allowance, ...] = ()


def written(root: str) -> Written | None:
    """The fairkit.toml of a folder; None if there is none that can be read."""
    path = Path(root, _FILE)
    try:
        with open(open_inside(root, _FILE, links=True), "rb") as file:
            body = file.read(_LONGEST)
        document = Document(representation="fairkit-toml", media_type="application/toml", url=str(path), body=body)
        view, may_stay = fairkit_toml.read(document), fairkit_toml.allowed(document)
        return Written(str(path), body.decode("utf-8"), view, may_stay)
    except (OSError, UnicodeDecodeError, UnreadableDocument):
        return None


def of_folder(own: Written, files: Mapping[str, LocalFile]) -> Iterator[Problem]:
    """Everything that the file says and that is not so, and what it leaves open."""
    lines = Lines(own.text, "toml")
    for fault in own.view.faults:
        yield _fault(fault, own.path, lines)
    for field, line in questions.left(own.text):
        yield problem("question-open", f"the question after the {field} stands open", place=f"{own.path}:{line}")
    yield from _files(own.view, files)
    yield from _splits(own.view, files)


def _fault(fault: str, path: str, lines: Lines) -> Problem:
    where, _, why = fault.partition(": ")
    line = lines.line("/" + where.replace(".", "/"))
    code = _OF_KEYS.get(where.rpartition(".")[2], "toml-wrong")
    if where.startswith("funding.") and where.endswith(".funder"):
        code = "award-lonely"
    return problem(code, f"{where}: {why}", place=f"{path}:{line}" if line else path)


def _files(view: View, files: Mapping[str, LocalFile]) -> Iterator[Problem]:
    for row, stated in enumerate(view.resource.distributions):
        file = files.get(stated.name)
        if file is None:
            continue
        if stated.byte_size is not None and stated.byte_size != file.size:
            what = f"{stated.name} has {file.size:,} bytes, and {stated.byte_size:,} are stated"
            yield problem("size-wrong", what, field="distributions", row=row)
        digests = {one.value.lower() for one in stated.checksums if one.algorithm.lower() in ("sha256", "sha-256")}
        if digests and file.sha256 not in digests:
            what = f"{stated.name} has another sha256 than is stated"
            yield problem("checksum-wrong", what, field="distributions", row=row)


def _splits(view: View, files: Mapping[str, LocalFile]) -> Iterator[Problem]:
    for row, split in enumerate(view.resource.splits):
        for pattern in split.files:
            if pattern not in files and not (_WILD & set(pattern) and any(fnmatchcase(n, pattern) for n in files)):
                what = f"the split {split.name} names {pattern}, which is not there"
                yield problem("split-missing", what, field="splits", row=row)


def placed(one: Problem, path: str, lines: Lines) -> Problem:
    """The same problem with the line of the fairkit.toml where its field stands, or its entry."""
    pointer = fairkit_toml.place(one.field) if one.field and one.place is None else None
    if pointer is None:
        return one
    line = (lines.line(f"{pointer}/{one.row}") if one.row is not None else None) or lines.line(pointer)
    return one._replace(place=f"{path}:{line}") if line else one
