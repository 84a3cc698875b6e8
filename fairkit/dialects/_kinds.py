"""What kind of work a type means that is written as one word or IRI: schema.org, the DCMI types, DataCite's general."""

from __future__ import annotations

import re

from fairkit.model.resource import Kind

__all__ = ["kind_of"]

_KINDS: dict[str, Kind] = {
    "collection": "dataset",
    "computationalnotebook": "software",
    "datafeed": "dataset",
    "dataset": "dataset",
    "mlmodel": "model",
    "model": "model",
    "software": "software",
    "softwareapplication": "software",
    "softwaresourcecode": "software",
    "workflow": "software",
}
_LAST = re.compile(r"[/#:]")


def kind_of(written: str) -> Kind | None:
    """The kind that a type means, whatever namespace it stands in; None for one that we do not know."""
    return _KINDS.get(_LAST.split(written.strip().rstrip("/#:"))[-1].casefold())
