"""What only people can say about a folder: asked on a terminal, else left in fairkit.toml as lines after `#?`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fairkit.errors import UsageError
from fairkit.model.agent import Agent
from fairkit.model.ai import DataUse
from fairkit.model.resource import Resource
from fairkit.vocab import identifiers, licences

from . import toml_text
from .initiation import Question

__all__ = ["MARK", "MOST_ASKED", "answer", "left", "opened", "questions"]

MARK = "#?"
MOST_ASKED = 5
_HEAD = f"{MARK} What nobody has said yet: write it below. `fairkit init` takes away the lines that are answered."
_LINE = re.compile(r"#\? (\w+): ")
_ASKED: Mapping[str, tuple[str, str]] = {
    "license": ("under which licence may others use it?", '[resource] license = "CC-BY-4.0"'),
    "tasks": ("what does the model do?", '[model] tasks = ["jet tagging"]'),
    "intended_use": (
        "what is the model meant for, and for whom?", '[model] intended_use = "Tagging of simulated jets …"',
    ),
    "data_uses": (
        "which data was it trained on?", '[[model.data]] role = "trained" doi = "10.…/…"  (or id = "recid:12102")',
    ),
    "creators": (
        "who made it, in the order of credit?", '[[creators]] name = "Family, Given" orcid = "0000-0002-1825-0097"',
    ),
    "description": (
        "what is it, how did it come about, what is it good for?", '[resource] description = "Simulated jets …"',
    ),
    "title": ("what is it called?", '[resource] title = "Simulated jets with two flavours"'),
    "keywords": ("by which words should it be found?", '[resource] keywords = ["jets", "simulation"]'),
    "variables": (
        "what does each variable mean, and in which unit?",
        """description = "…" and unit = "GeV" ("1" for a pure number) below each [[variables]]""",
    ),
}  # fmt: skip
_OF_MODELS = {"tasks", "intended_use", "data_uses"}
_NO_LINE = {"variables"}
"""Asked in the file only: the answer to one question would be a table."""
_ORCID = re.compile(r"(.+?)[\s(,<]+((?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dXx])[)>]?")


def questions(resource: Resource, *, root: str, proposals: Mapping[str, str]) -> tuple[Question, ...]:
    """What is missing in a resource, the most valuable first; `proposals` are answers that documents suggest."""
    missing = [field for field in _ASKED if _lacks(resource, field)]
    return tuple(
        Question(
            field=field,
            question=_ASKED[field][0],
            example=_ASKED[field][1],
            proposal=proposals.get(field) or _proposal(field, resource, root),
        )
        for field in missing
    )


def opened(text: str, open_questions: Sequence[Question]) -> str:
    """The text of a fairkit.toml with a line for each open question, and none for those that are answered."""
    fields = {one.field for one in open_questions}
    stale, there = list[tuple[int, int]](), set[str]()
    for start, end, words in toml_text.comments(text):
        found = _LINE.match(words)
        if (found and found[1] not in fields) or (words == _HEAD and not fields):
            stale.append((start, end))
        there |= {found[1]} if found else set()
    new = [f"{MARK} {one.field}: {one.question}  {one.example}" for one in open_questions if one.field not in there]
    for start, end in reversed(stale):
        text = text[:start] + text[end:]
    return _with_lines(text, new) if new else _without_gap(text) if stale else text


def left(text: str) -> list[tuple[str, int]]:
    """The fields of the questions that stand open in a fairkit.toml, each with its line from 1."""
    found = ((_LINE.match(words), start) for start, _, words in toml_text.comments(text))
    return [(match[1], text.count("\n", 0, start) + 1) for match, start in found if match]


def answer(question: Question, written: str) -> Any:
    """The value that somebody's answer means for the field of a question.

    Raises:
        UsageError: saying what is wrong with it.
    """
    written = " ".join("".join(letter if letter.isprintable() else " " for letter in written).split())
    if question.field == "license":
        known = licences.find(written)
        if known is None:
            what = f"{written!r} is no licence that is known"
            raise UsageError(what, value=written, remedy="Write an SPDX id, such as CC-BY-4.0, CC0-1.0 or MIT.")
        return known.id
    if question.field == "data_uses":
        return tuple(_use(part.strip()) for part in re.split(r"[,;\s]+", written) if part.strip())
    if question.field in ("keywords", "tasks"):
        return tuple(dict.fromkeys(word.strip() for word in written.split(",") if word.strip()))
    if question.field == "creators":
        return tuple(_creator(part.strip()) for part in written.split(";") if part.strip())
    return written


def _use(written: str) -> DataUse:
    """Training data, by a DOI, a number of a record, or an address."""
    found = identifiers.identify(written)
    if found is None or not identifiers.is_valid(found):
        what = f"{written!r} names no dataset"
        raise UsageError(what, value=written, remedy="Write a DOI, recid:12102, or an address.")
    return DataUse(role="trained", identifier=found)


def asked_in_words(question: Question) -> bool:
    """Whether the answer to a question fits on a line."""
    return question.field not in _NO_LINE


def _creator(written: str) -> Agent:
    """`Family, Given` with an ORCID behind it, if there is one."""
    found = _ORCID.fullmatch(written)
    if found is None:
        return Agent(name=written)
    orcid = identifiers.identify(found[2])
    if orcid is None or orcid.scheme != "orcid":
        what = f"{found[2]} is no ORCID: its last figure does not fit"
        raise UsageError(what, value=found[2], remedy="Is it complete?")
    return Agent(name=found[1].strip(" ,"), type="person", identifiers=(orcid,))


def _lacks(resource: Resource, field: str) -> bool:
    if field in _OF_MODELS and resource.kind != "model":
        return False
    if field == "variables":
        return any(one.description is None or one.unit is None for one in resource.variables)
    return not getattr(resource, field)


def _proposal(field: str, resource: Resource, root: str) -> str | None:
    if field == "license":
        return "CC-BY-4.0" if resource.kind == "dataset" else "Apache-2.0"
    if field == "title":
        words = re.split(r"[_\s.-]+", Path(root).resolve().name)
        return " ".join(filter(None, words)).capitalize() or None
    if field == "description":
        return _summary(resource)
    if field == "keywords" and resource.title:
        words = [word.strip(".,:;()") for word in resource.title.casefold().split()]
        return ", ".join(dict.fromkeys(word for word in words if len(word) > 3)) or None
    return None


def _summary(resource: Resource) -> str | None:
    """What the files say of themselves, in a sentence."""
    if not resource.variables:
        return None
    entries = f"{resource.entry_count:,} entries of " if resource.entry_count else ""
    variables = "1 variable" if len(resource.variables) == 1 else f"{len(resource.variables):,} variables"
    forms = f" ({', '.join(resource.formats)})" if resource.formats else ""
    files = "1 file" if resource.file_count == 1 else f"{resource.file_count or 0:,} files"
    return f"{entries}{variables} in {files}{forms}."


def _with_lines(text: str, lines: Sequence[str]) -> str:
    """The text with lines below its other questions, else below the comments at its top."""
    every = toml_text.comments(text)
    mine = [end for _, end, words in every if words.startswith(MARK)]
    block = "\n".join(lines) + "\n"
    if mine:
        return text[: mine[-1]] + block + text[mine[-1] :]
    at = _top(text, every)
    above, below = text[:at], text[at:].lstrip("\n")
    return "\n".join(part for part in (above, f"{_HEAD}\n{block}", below) if part)


def _top(text: str, every: Sequence[tuple[int, int, str]]) -> int:
    """Where the comments end that a text begins with."""
    at = 0
    for start, end, _ in every:
        if start != at:
            break
        at = end
    return at


def _without_gap(text: str) -> str:
    """The text without the blank lines that were around questions at its top."""
    at = _top(text, toml_text.comments(text))
    below = text[at:].lstrip("\n")
    return f"{text[:at]}\n{below}" if at and below else text[:at] + below


Ask = Callable[[Question], str | None]
"""What asks somebody: the answer, or None where there is none."""
