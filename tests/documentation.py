"""What the documentation says that can be held against the program: its commands, its code, its links."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from .conftest import ROOT

__all__ = ["PAGES", "Block", "Command", "anchors", "blocks", "commands", "links"]

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKED = re.compile(r"<!-- command: (\w+) -->\n$")
_COMMAND = re.compile(r"(?:\$ )?(?P<line>(?:.*\| )?(?:[A-Z_]+=\S+ )*fairkit .*)")
_STATED = re.compile(r"  # exit (\d+)$")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page; `mark` is what a comment on the line before calls it."""

    page: Path
    number: int
    language: str
    text: str
    mark: str | None

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.number}"


class Command(NamedTuple):
    """A line for the shell, and the exit code that it is said to end with."""

    line: str
    code: int


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in their order."""
    text = page.read_text("utf-8")
    found = []
    for number, fence in enumerate(_FENCE.finditer(text), 1):
        mark = _MARKED.search(text[: fence.start()])
        found.append(Block(page, number, fence["language"], fence["text"], mark[1] if mark else None))
    return found


def commands(block: Block) -> list[Command]:
    """The lines of a block that call fairkit."""
    lines = (_COMMAND.fullmatch(line) for line in block.text.splitlines())
    return [_command(line["line"]) for line in lines if line]


def _command(line: str) -> Command:
    stated = _STATED.search(line)
    return Command(_STATED.sub("", line), int(stated[1]) if stated else 0)


def links(page: Path) -> list[str]:
    """The links that stay inside the checkout."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    return [link for link in _LINK.findall(text) if "://" not in link]


def anchors(page: Path) -> set[str]:
    """The anchors that the headings of a page make: lower case, no punctuation, dashes for blanks."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}
