"""cffconvert: is a citation file valid, and what BibTeX does it become?"""

from __future__ import annotations

from typing import Any

from cffconvert import Citation


def verdict(document: bytes) -> dict[str, Any]:
    """Why it is not valid, if it is not, and how the program would cite it."""
    try:
        citation = Citation(document.decode())
        citation.validate()
    except Exception as error:  # whatever it says against the file
        return {"fault": f"{type(error).__name__}: {error}"[:2000], "bibtex": ""}
    return {"fault": "", "bibtex": citation.as_bibtex()}
