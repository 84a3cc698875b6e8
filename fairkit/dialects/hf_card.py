"""Model and dataset cards of Hugging Face: a README.md that begins with YAML between two lines of dashes.

The keys are those of the card specifications of the Hub; the text is read for what people look for in it, by the
headings of the Hub's templates. Sections in which a template's "More Information Needed" still stands are not read.
"""

from __future__ import annotations

import re
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Kind, Resource

from . import _hf_card_data as card_data
from . import _hf_used, _markdown
from ._hf_writing import card
from ._reading import Reading
from ._writing import sound
from ._yaml import parse_yaml

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "claims", "read", "recognises", "write"]

TITLE = "Hugging Face model or dataset card (README.md)"
MEDIA_TYPE = "text/markdown"
FILE_NAMES = ("README.md",)
HOLDS = card_data.HOLDS | {
    "citation", "description", "intended_use", "limitations", "methodology", "out_of_scope", "usage",
}  # fmt: skip

_MOST_CHARACTERS = 256 * 1024  # five seconds of parsing, and 6,000 features
_FRONT = re.compile(r"\ufeff?\s{0,99}---[ \t]{0,9}\r?\n(.*?)^---[ \t]{0,9}\r?$", re.MULTILINE | re.DOTALL)
_KEYS = card_data.ABOUT_DATASETS | card_data.ABOUT_MODELS | {"language", "license", "tags", "thumbnail", "viewer"}
_KEY = re.compile(rf"^[\"']?(?:{'|'.join(sorted(_KEYS))})[\"']?\s{{0,9}}:", re.MULTILINE)
_SECTIONS = {
    "description": ("dataset summary", "dataset description", "model description", "model summary", "description"),
    "usage": ("uses", "usage", "how to use", "intended uses & limitations", "how to get started with the model"),
    "intended_use": ("direct use", "intended use", "intended uses"),
    "out_of_scope": ("out-of-scope use", "out of scope use", "out-of-scope uses", "out of scope"),
    "limitations": (
        "bias, risks, and limitations",
        "limitations",
        "limitations and bias",
        "limitations and biases",
        "known limitations",
    ),
    "methodology": ("training details", "training procedure", "dataset creation", "data collection", "training data"),
    "validation": ("evaluation", "evaluation results", "results"),
    "citation": ("citation", "citation information", "how to cite", "bibtex entry and citation info"),
}


def recognises(data: Any) -> bool:
    """Never: a card is no JSON; `claims` knows it."""
    return False


def claims(body: bytes) -> bool:
    """Whether a text begins with the front matter of a card: other software puts such blocks there too."""
    front = _FRONT.match(body[: 4 * _MOST_CHARACTERS].decode(errors="replace"))
    return front is not None and _KEY.search(front[1]) is not None


def read(document: Document) -> View:
    """The model or the dataset that a card describes.

    Raises:
        UnreadableDocument: if it has no front matter, or that is not YAML.
    """
    written = document.body.decode(errors="replace")
    front = _FRONT.match(written)
    card: Any = parse_yaml(document, _checked(document, front[1])) if front else None
    if front is None or not isinstance(card, dict | None):
        what = f"{document.url} is no card: it does not begin with YAML keys between two lines of ---"
        raise UnreadableDocument(what, value=document.url, remedy="As in: ---, license: cc-by-4.0, ---, a line each.")
    text, metadata = written[front.end() :], card or {}
    reading = Reading(document, {"metadata": metadata, "text": text})
    kind = _kind(metadata, document.url)
    sections = _markdown.sections(text)
    if kind == "model":
        reading.put("data_uses", _hf_used.tabled(sections), "/text", how="extracted")
    _evaluation(reading, sections)
    card_data.read(reading, metadata, "/metadata", kind)
    _prose(reading, sections)
    return reading.view(kind, holds=HOLDS)


def _checked(document: Document, front: str) -> str:
    if len(front) <= _MOST_CHARACTERS:
        return front
    what = f"{document.url} has {len(front):,} characters of YAML, more than the {_MOST_CHARACTERS:,} that are read"
    raise UnreadableDocument(what, value=document.url, remedy="Is that a card?")


def _kind(card: dict[str, Any], url: str) -> Kind:
    """By the keys that only one of the two has, else by the address on the Hub, where models are the rule."""
    data, model = len(card_data.ABOUT_DATASETS & card.keys()), len(card_data.ABOUT_MODELS & card.keys())
    if data != model:
        return "dataset" if data > model else "model"
    return "dataset" if "/datasets/" in url else "model"


def _evaluation(reading: Reading, every: list[_markdown.Section]) -> None:
    """What somebody wrote of it says more than the numbers, which are results."""
    reading.put("validation", _markdown.section(every, _SECTIONS["validation"]), "/text", how="extracted")


def _prose(reading: Reading, every: list[_markdown.Section]) -> None:
    reading.put("title", _markdown.heading(every), "/text", how="extracted")
    reading.put("citation", _markdown.code(every, _SECTIONS["citation"]), "/text", how="extracted")
    for field, titles in _SECTIONS.items():
        reading.put(field, _markdown.section(every, titles), "/text", how="extracted")
    reading.put("description", _markdown.summary(every), "/text", how="extracted")


def write(resource: Resource) -> bytes:
    """The work as a card. What it has no key for, such as units, stands in its text, where there is room for it."""
    return card(sound(resource))
