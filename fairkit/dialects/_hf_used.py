"""The data and the tasks of a model on a card: the front matter has names of the Hub alone, a table in the text all."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from fairkit.model.ai import DataUse
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers

from . import _markdown
from ._values import items, text, texts

__all__ = ["COLUMNS", "HEADING", "HUB", "hub_task", "listed", "tabled", "tasks"]

_Role = Literal["trained", "validated", "tested"]

HUB = "https://huggingface.co"
HEADING = "Data Used"
COLUMNS = ("used", "data", "identifier", "version", "split")
_ROLES: Mapping[str, _Role] = {"trained": "trained", "validated": "validated", "tested": "tested"}
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]*")
_MOST = 1000
_HUB_TASKS = frozenset({
    "any-to-any", "audio-classification", "audio-text-to-text", "audio-to-audio", "automatic-speech-recognition",
    "depth-estimation", "document-question-answering", "feature-extraction", "fill-mask", "graph-ml",
    "image-classification", "image-feature-extraction", "image-segmentation", "image-text-to-text", "image-to-3d",
    "image-to-image", "image-to-text", "image-to-video", "keypoint-detection", "mask-generation", "multiple-choice",
    "object-detection", "question-answering", "reinforcement-learning", "robotics", "sentence-similarity",
    "summarization", "table-question-answering", "table-to-text", "tabular-classification", "tabular-regression",
    "tabular-to-text", "text-classification", "text-generation", "text-ranking", "text-retrieval", "text-to-3d",
    "text-to-audio", "text-to-image", "text-to-speech", "text-to-video", "time-series-forecasting",
    "token-classification", "translation", "unconditional-image-generation", "video-classification",
    "video-text-to-text", "video-to-video", "visual-document-retrieval", "visual-question-answering",
    "voice-activity-detection", "zero-shot-classification", "zero-shot-image-classification",
    "zero-shot-object-detection",
})  # fmt: skip
_NO_TASK = "other"


def hub_task(every: tuple[str, ...]) -> str | None:
    """The first of some tasks that is one of the Hub's, as the Hub spells it."""
    spelt = (re.sub(r"[^a-z0-9]+", "-", one.lower(), flags=re.ASCII).strip("-") for one in every)
    return next((one for one in spelt if one in _HUB_TASKS), None)


def tasks(card: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a model does, each with its key: what the tag says, else what its results are about."""
    tags = texts(card.get("pipeline_tag"))
    yield from ((tag, "pipeline_tag") for tag in tags)
    named = dict.fromkeys([] if tags else _measured(card.get("model-index")))
    yield from ((name, "model-index") for name in named)


def _measured(index: Any) -> Iterator[str]:
    """The tasks of the results, in words where there are some."""
    for _, model in items(index):
        for _, row in items(model.get("results") if isinstance(model, dict) else None):
            task = row.get("task") if isinstance(row, dict) else None
            name = (text(task.get("name")) or text(task.get("type"))) if isinstance(task, dict) else None
            if name and name != _NO_TASK:
                yield name


def listed(card: Mapping[str, Any]) -> Iterator[DataUse]:
    """The data that the front matter names: what a model was trained on, by the word of the Hub."""
    for name in texts(card.get("datasets")):
        known = None if any(map(str.isspace, name)) else Identifier(scheme="url", value=f"{HUB}/datasets/{name}")
        yield DataUse(role="trained", identifier=known, title=name)


def tabled(every: list[_markdown.Section]) -> tuple[DataUse, ...]:
    """The data in the table of the text, as it is written here."""
    section = next((one for one in every if one.title == HEADING), None)
    lines = [line for line in (section.text.splitlines() if section else ()) if line.startswith("|")]
    if not lines or _cells(lines[0]) != COLUMNS:
        return ()
    return tuple(filter(None, map(_row, lines[1 : _MOST + 1])))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(html.unescape(cell.replace("\\|", "|")).strip() for cell in _CELL.split(line.strip())[1:-1])


def _row(line: str) -> DataUse | None:
    cells = _cells(line)
    role = _ROLES.get(cells[0]) if len(cells) == len(COLUMNS) and any(cells[1:3]) else None
    if role is None:
        return None
    title, known, version, split = (text(cell) for cell in cells[1:])
    found = identifiers.identify(known) if known else None
    return DataUse(role=role, identifier=found, title=title, version=version, split=split)
