"""What the documents of a package say of its files, held against its manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from fairkit.dialects import dialect
from fairkit.errors import FairkitError
from fairkit.model.evidence import Document
from fairkit.registry import DIALECTS

__all__ = ["STATING", "disagreements"]

STATING = {
    "fairkit.toml": "fairkit-toml",
    "ro-crate-metadata.json": "ro-crate",
    "croissant.json": "croissant",
    "datapackage.json": "datapackage",
}
"""The documents that state digests of files, and their dialects."""


def disagreements(body: Callable[[str], bytes | None], digests: Mapping[str, str]) -> Iterator[str]:
    """Each file of which a document states another sha256 than the manifest; `body` reads a document."""
    for name, form in STATING.items():
        content = body(name) if name in digests and form in DIALECTS else None
        if content is None:
            continue
        module = cast(Any, dialect(form))
        document = Document(representation=form, media_type=module.MEDIA_TYPE, url=name, body=content)
        try:
            files = module.read(document).resource.distributions
        except FairkitError as error:
            yield f"{name} cannot be read: {error.what}"
            continue
        for file in files:
            path = file.name.removeprefix("./")
            stated = {one.value.lower() for one in file.checksums if one.algorithm == "sha256"}
            if path in digests and stated and digests[path] not in stated:
                yield f"{name} states another sha256 of {path} than the manifest"
