"""Reports that were saved, read back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fairkit.errors import UnreadableDocument

if TYPE_CHECKING:
    from fairkit.assess.assessment import Assessment

__all__ = ["saved"]


def saved(words: Sequence[str]) -> list[Assessment] | None:
    """The assessments of saved JSON reports, if all the words name such files.

    Raises:
        UnreadableDocument: if a file that looks like a report is none.
    """
    if not words or not all(map(os.path.isfile, words)):
        return None
    try:
        bodies = [Path(word).read_bytes() for word in words]
    except OSError:  # the one who reads documents says what is wrong with it
        return None
    if not all(body.lstrip().startswith(b"[") and b'"evidence_digest"' in body for body in bodies):
        return None
    from pydantic import ValidationError

    from fairkit.assess.assessment import load

    try:
        return [assessment for body in bodies for assessment in load(body)]
    except ValidationError as error:
        what = f"{', '.join(words)} is not a report that fairkit wrote: {error.errors()[0]['msg']}"
        raise UnreadableDocument(what, value=words, remedy="Assess the target again with --json.") from None
