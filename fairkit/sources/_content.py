"""What comes when the files of a work are asked for: only a glance at some, and the text of those that are short."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from typing import Any

from fairkit.dialects import dialect
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document, Observation

from ._plan import Answer, Ask, Fetch, Glance, Wants

__all__ = ["tried"]

_MOST_FILES = 5
_MOST_BYTES = 1024 * 1024
"""The largest file that is read whole for its text."""
_MOST_TEXT = 20_000
"""Characters of a file that evidence keeps: headers stand at the beginning."""
_REFUSED = (405, 501)  # some servers know no glance
_TEXTS = ("text/", "application/json", "application/xml")


def tried(documents: Iterable[Document], wants: Wants) -> Generator[Ask, Answer, list[Observation]]:
    """The observation `content`, where it is wanted: a JSON list of `url`, `status`, `type`, `size` and `text`."""
    if "content" not in wants.observations:
        return []
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    when = None
    for url in _addresses(documents)[:_MOST_FILES]:
        answer = yield from _looked(url)
        when = answer.retrieved_at or when
        if answer.error is None:
            rows.append(_row(url, answer))
        else:
            faults.append(answer.error)
    if faults and not rows:
        return [Observation(name="content", error=faults[0])]
    return [Observation(name="content", value=json.dumps(rows, ensure_ascii=False), retrieved_at=when)]


def _addresses(documents: Iterable[Document]) -> list[str]:
    """The web addresses of the files that the documents name, each once."""
    found: dict[str, None] = {}
    for document in documents:
        try:
            files = dialect(document.representation).read(document).resource.distributions
        except UnreadableDocument:
            continue
        found |= dict.fromkeys(file.content_url for file in files if file.content_url)
    return [url for url in found if url.startswith(("http://", "https://"))]


def _looked(url: str) -> Generator[Ask, Answer, Answer]:
    """A glance at a file; the file itself where it is a short text, or of a size that nobody tells."""
    answer: Answer = yield Glance(url)
    if answer.status in _REFUSED:
        answer = yield Fetch(url, "*/*")
        return answer._replace(size=len(answer.body)) if answer.ok else answer
    short = answer.media_type.startswith(_TEXTS) and (answer.size or 0) <= _MOST_BYTES
    if not answer.ok or not (short or answer.size is None):
        return answer
    read: Answer = yield Fetch(url, "*/*")
    return read._replace(size=len(read.body) if answer.size is None else answer.size) if read.ok else answer


def _row(url: str, answer: Answer) -> dict[str, Any]:
    row = {"url": url, "status": answer.status, "type": answer.media_type or None, "size": answer.size}
    return {name: value for name, value in (row | {"text": _text(answer.body)}).items() if value is not None}


def _text(body: bytes) -> str | None:
    """The beginning of what is a text; no text has a zero byte there."""
    start = body[:_MOST_TEXT]
    return start.decode("utf-8", "replace") if start and b"\0" not in start else None
