"""YAML that strangers wrote: texts, lists and mappings, and nothing that would be made or run."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document

from ._values import tamed

__all__ = ["parse_yaml", "yaml_bytes"]

_MOST_VALUES = 100_000


def parse_yaml(document: Document, written: bytes | str | None = None) -> Any:
    """The parsed body of a YAML document, or of the part of it that is `written` in YAML.

    Raises:
        UnreadableDocument: if it is not YAML, or unfolds into too much (the aliases of YAML multiply).
    """
    import yaml

    try:
        data = yaml.load(document.body if written is None else written, Loader=_loader())  # noqa: S506  makes texts only
        return tamed(data, most=_MOST_VALUES)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = f"{document.url} is not readable YAML: {' '.join(str(error).split())[:300]}"
        raise UnreadableDocument(what, value=document.url, remedy="Check its indentation and quotes.") from None


@cache
def _loader() -> Any:
    """A loader that takes every scalar but null for the text that was written: `1.10` stays itself.

    It knows no tags that make objects, and does not merge mappings: that is how a short file would fill the memory.
    """
    import yaml

    class Loader(yaml.BaseLoader):
        pass

    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
    Loader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)
    return Loader


def yaml_bytes(data: Any) -> bytes:
    """Data as a YAML document, its keys in their order: whatever a text holds, it is read back as that text."""
    import yaml

    written: str = yaml.safe_dump(tamed(data), sort_keys=False, allow_unicode=True, width=110)
    return written.encode()
