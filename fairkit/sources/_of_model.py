"""What lies among the files of a record about a model, for which the record itself has no words.

A repository tells title, people and licence of a model; its inputs, what it was trained on and how it was checked stand
in documents that were deposited with it. They are read where a checklist asks for them, at most one of each name.
"""

from __future__ import annotations

from collections.abc import Generator

from fairkit.dialects import dialect
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document, Observation
from fairkit.model.resource import OF_MODELS, Resource

from ._plan import Answer, Ask, Fetch, Wants

__all__ = ["tried"]

_NAMES = {
    "fair4ml.jsonld": "fair4ml",
    "channels.csv": "channels-csv",
    "results.json": "results",
    "verification.json": "verification",
}
_MOST_BYTES = 4 * 1024 * 1024


def tried(
    record: Resource, documents: list[Document], wants: Wants, *, base: str
) -> Generator[Ask, Answer, list[Observation]]:
    """Join the documents among the files of a model to those that are there; say which could not be had.

    They are fetched from the repository itself, whose address begins with `base`.
    """
    if record.kind != "model" or not wants.fields & OF_MODELS:
        return []
    faults: list[Observation] = []
    files = {file.name: file for file in record.distributions if file.name in _NAMES}
    for name, form in _NAMES.items():
        file = files.get(name)
        url = file.content_url if file else None
        if file is None or url is None or not url.startswith(f"{base}/") or (file.byte_size or 0) > _MOST_BYTES:
            continue
        answer: Answer = yield Fetch(url, "*/*")
        found = Document(representation=form, media_type=dialect(form).MEDIA_TYPE, url=url, body=answer.body)
        error = answer.error or _fault(answer, found)
        if error is None:
            documents.append(found)
        else:
            faults.append(Observation(name=f"document:{form}", source=url, error=error))
    return faults


def _fault(answer: Answer, document: Document) -> str | None:
    """Why an answer is no document of that name."""
    if not answer.ok:
        return f"{answer.url} answered with status {answer.status}"
    module = dialect(document.representation)
    if hasattr(module, "claims") and not module.claims(document.body):
        return "it is a file of that name, and has another form"
    try:
        module.read(document)
    except UnreadableDocument as error:
        return error.what
    return None
