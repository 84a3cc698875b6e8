"""What `fairkit gate` says: verdicts as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairkit.gate import Verdict

__all__ = ["as_json", "as_text"]

_WORDS = {"pass": "may pass", "block": "is BLOCKED", "unknown": "cannot be judged"}


def as_json(verdicts: Sequence[Verdict]) -> bytes:
    """The verdicts in the form of `gate.schema.json`."""
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(tuple(verdicts)), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def as_text(verdicts: Sequence[Verdict]) -> bytes:
    """The verdicts, each with its reasons; what has no shape in what strangers wrote is shown as one sign."""
    lines = (line for verdict in verdicts for line in _lines(verdict))
    clean = ("".join(c if c.isprintable() else "\ufffd" for c in line) for line in lines)
    return "\n".join(clean).encode("utf-8", "replace") + b"\n"


def _lines(verdict: Verdict) -> Iterator[str]:
    policy = f", policy {verdict.policy}" if verdict.policy else ""
    yield f"{verdict.target} {_WORDS[verdict.verdict]} (checklist {verdict.checklist.id}{policy})"
    yield from (f"  ✗ {reason.what}: {reason.why}" for reason in verdict.blocking)
    yield from (f"  ? {reason.what}: {reason.why}" for reason in verdict.unknown)
    yield from (f"  ~ {one.what}: {one.why}; waived until {one.until}: {one.reason}" for one in verdict.waived)
    yield from (f"  · {note}" for note in verdict.notes)
