"""verification.json: that a model gave what was expected on example rows, as `fairkit verify --run --record` writes it.

An object with a list `verifications`; the keys of each are those of the model, so that what was written is read back
whole.
"""

from __future__ import annotations

from fairkit.model.ai import Verification
from fairkit.model.resource import Resource

from ._rows_document import Rows

__all__ = [
    "FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "body", "claims", "read", "recognises", "verifications", "write",
]  # fmt: skip

TITLE = "verification.json, the runs of a model on example rows"
MEDIA_TYPE = "application/json"
FILE_NAMES = ("verification.json",)
HOLDS = frozenset({"verifications"})

_ROWS = Rows("verifications", Verification, needed="model_digest")
recognises, claims, read, body, verifications = _ROWS.recognises, _ROWS.claims, _ROWS.read, _ROWS.body, _ROWS.whole


def write(resource: Resource) -> bytes:
    """The document of the runs of a resource."""
    return body(resource.verifications)
