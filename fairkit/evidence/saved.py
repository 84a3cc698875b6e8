"""Evidence on disk: the whole of what was gathered, to replay a run offline and to keep as the trail of a verdict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from fairkit import atomic
from fairkit.errors import UnreadableDocument
from fairkit.model.base import FAIRKIT, Frozen, Term, adapter, word
from fairkit.model.evidence import Evidence

__all__ = ["SavedEvidence", "load", "save"]

Format = Literal["fairkit-evidence/1"]


@word
class SavedEvidence(Frozen):
    """What an evidence file holds."""

    format: Annotated[Format, Term(FAIRKIT.fileFormat, "The form of the file")] = "fairkit-evidence/1"
    evidence: Annotated[tuple[Evidence, ...], Term(FAIRKIT.evidence, "What was gathered, a target each")]


def save(evidence: Sequence[Evidence], path: Path) -> None:
    """Write evidence to a file, whole or not at all.

    Raises:
        UsageError: if it cannot be written there.
    """
    saved = adapter(SavedEvidence).dump_python(SavedEvidence(evidence=tuple(evidence)), mode="json")
    text = json.dumps(saved, ensure_ascii=False, indent=1)
    atomic.write(path, text.encode("utf-8", "surrogatepass") + b"\n")


def load(path: Path) -> list[Evidence]:
    """The evidence in a file.

    Raises:
        UnreadableDocument: if it is no evidence file, or cannot be read.
    """
    remedy = "It must be a file that --save-evidence wrote."
    try:
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict) or "format" not in data:
            raise UnreadableDocument(f"{path} is not saved evidence", value=str(path), remedy=remedy)
        return list(adapter(SavedEvidence).validate_python(data).evidence)
    except OSError as error:
        raise UnreadableDocument(f"{path} cannot be read: {error.strerror}", value=str(path)) from None
    except (ValueError, RecursionError) as error:
        first = str(error).splitlines()[0]
        raise UnreadableDocument(f"{path} is not saved evidence: {first}", value=str(path), remedy=remedy) from None
