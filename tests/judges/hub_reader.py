"""huggingface_hub: what the Hub's own library reads out of a card."""

from __future__ import annotations

from typing import Any

from huggingface_hub import DatasetCard, ModelCard


def verdict(document: bytes, kind: str = "dataset") -> dict[str, Any]:
    """The metadata and the text of a card; what is no card fails."""
    card = (ModelCard if kind == "model" else DatasetCard)(document.decode(), ignore_metadata_errors=False)
    return {"data": card.data.to_dict(), "text": card.text}
