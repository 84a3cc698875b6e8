"""DataCite metadata in XML (kernel 4), the form in which DOIs are registered: the same names, read by a careful parser.

A document type, an entity, and what is nested or sized beyond reason are refused. Where there is no DOI yet, the
identifier is `:tba`, DataCite's word for what is still to be given.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import Resource

from . import datacite
from ._datacite_tree import element, record_of, tree
from ._datacite_writing import metadata

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "claims", "read", "recognises", "write"]

TITLE = "DataCite metadata (XML)"
MEDIA_TYPE = "application/vnd.datacite.datacite+xml"
FILE_NAMES = ("datacite.xml",)
HOLDS = datacite.HOLDS - {"landing_page"}

_KERNEL = "http://datacite.org/schema/kernel-4"
_PENDING = ":tba"
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 permits in no form: controls, U+FFFE and U+FFFF."""


def claims(body: bytes) -> bool:
    """Whether a file of XML is DataCite's, by the name of the kernel near its beginning."""
    return b"datacite.org/schema/kernel-" in body[:4096]


def recognises(data: Any) -> bool:
    """Never: it is no JSON."""
    return False


def read(document: Document) -> View:
    """The resource that DataCite metadata in XML describe; pointers lead into the same in JSON.

    Raises:
        UnreadableDocument: if it is not XML, has a document type, or is nested or sized beyond reason.
    """
    record = record_of(tree(document))
    if str(record.get("doi", "")).startswith((":", "(:")):  # one of DataCite's words for what is not known
        del record["doi"]
    return datacite.read_record(document, record, holds=HOLDS)


def write(resource: Resource) -> bytes:
    """The resource as DataCite metadata in XML; UTF-8, without the signs that XML cannot hold."""
    record = _legal({"doi": _PENDING, **metadata(resource)})
    if not _LANGUAGE.fullmatch(record.get("language", "")):
        record.pop("language", None)
    root = element(record)
    root[0].set("identifierType", "DOI")
    root.set("xmlns", _KERNEL)
    root.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    root.set("xsi:schemaLocation", f"{_KERNEL} {_KERNEL}.6/metadata.xsd")
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _legal(value: Any) -> Any:
    """The metadata without the signs that XML cannot hold."""
    if isinstance(value, dict):
        return {key: _legal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_legal(inner) for inner in value]
    return _ILLEGAL.sub("\ufffd", value) if isinstance(value, str) else value
