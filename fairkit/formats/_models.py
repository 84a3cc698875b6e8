"""What the formats of models share."""

from __future__ import annotations

from fairkit.errors import UnreadableDocument

__all__ = ["no_rows", "unreadable"]


def unreadable(path: str, kind: str, why: str) -> UnreadableDocument:
    """The error for a file that is not what it should be."""
    what = f"{path} cannot be read as {kind}: {' '.join(why.split())[:300]}"
    return UnreadableDocument(what, value=path, remedy="It may be broken, or was cut off on its way.")


def no_rows(path: str) -> UnreadableDocument:
    """The error for whoever wants the rows of a model."""
    what = f"{path} holds a model, which has no rows"
    return UnreadableDocument(what, value=path, remedy=f"fairkit describe {path}  tells what it takes and gives.")
