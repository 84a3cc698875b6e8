"""prov: the records of PROV that the usual Python library finds in Turtle."""

from __future__ import annotations

from collections import Counter
from typing import Any

from prov.model import ProvDocument


def verdict(document: bytes) -> dict[str, Any]:
    """How many records of each kind there are, and the activities by their labels."""
    read = ProvDocument.deserialize(content=document.decode(), format="rdf", rdf_format="turtle")
    records = list(read.flattened().get_records())
    kinds = Counter(type(one).__name__ for one in records)
    labels = sorted(str(one.label) for one in records if type(one).__name__ == "ProvActivity")
    return {"kinds": dict(kinds), "activities": labels}
