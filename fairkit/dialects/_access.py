"""Who gets the data, in the words of the vocabularies that repositories use: COAR, info:eu-repo, and plain English."""

from __future__ import annotations

from typing import Literal

__all__ = ["Access", "access"]

Access = Literal["open", "embargoed", "restricted", "metadata-only"]

_KNOWN: dict[str, Access] = {
    "info:eu-repo/semantics/openaccess": "open",
    "open access": "open",
    "info:eu-repo/semantics/embargoedaccess": "embargoed",
    "embargoed access": "embargoed",
    "info:eu-repo/semantics/restrictedaccess": "restricted",
    "restricted access": "restricted",
    "info:eu-repo/semantics/closedaccess": "metadata-only",
    "http://purl.org/coar/access_right/c_abf2": "open",
    "http://purl.org/coar/access_right/c_f1cf": "embargoed",
    "http://purl.org/coar/access_right/c_16ec": "restricted",
    "http://purl.org/coar/access_right/c_14cb": "metadata-only",
}


def access(written: str) -> Access | None:
    """What a term or a phrase says of access; None where it says something else, such as a licence."""
    return _KNOWN.get(written.strip().lower())
