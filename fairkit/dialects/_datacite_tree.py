"""DataCite's XML and the same metadata in JSON, each made of the other by one table of shapes.

XML is read by expat alone: no document type and no entity, which could name files or multiply, and no endless depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document

__all__ = ["element", "record_of", "tree"]

_DEEPEST = 40
_MOST = 500_000
"""Elements in a document."""


class Shape(NamedTuple):
    """An element: the key of its text, those of its attributes, and the elements in it."""

    text: str = ""
    attributes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


class Part(NamedTuple):
    """An element `name` within another: its values stand under `key`, or beside those of the other where that is empty.

    `many`: the key holds a list of such; without, there is one at the most.
    """

    name: str
    key: str = ""
    shape: Shape = Shape()
    many: bool = False


def _list(key: str, name: str, shape: Shape) -> Part:
    """A list of like things: `titles` of `title`; the list is an element too."""
    return Part(key, key, Shape(parts=(Part(name, name, shape, many=True),)))


_NAME_IDENTIFIER = Shape("nameIdentifier", ("nameIdentifierScheme", "schemeUri"))
_AFFILIATION = Shape("name", ("affiliationIdentifier", "affiliationIdentifierScheme", "schemeUri"))
_TITLE = Shape("title", ("titleType",))


def _agent(name: str, *attributes: str) -> Shape:
    return Shape(
        attributes=attributes,
        parts=(
            Part(name, shape=Shape("name", ("nameType",))),
            Part("givenName", shape=Shape("givenName")),
            Part("familyName", shape=Shape("familyName")),
            Part("nameIdentifier", "nameIdentifiers", _NAME_IDENTIFIER, many=True),
            Part("affiliation", "affiliation", _AFFILIATION, many=True),
        ),
    )


_RELATED = Shape("relatedIdentifier", ("resourceTypeGeneral", "relatedIdentifierType", "relationType"))
_RIGHTS = Shape("rights", ("rightsUri", "rightsIdentifier", "rightsIdentifierScheme", "schemeUri"))
_FUNDING = Shape(
    parts=(
        Part("funderName", shape=Shape("funderName")),
        Part("funderIdentifier", shape=Shape("funderIdentifier", ("funderIdentifierType",))),
        Part("awardNumber", shape=Shape("awardNumber", ("awardUri",))),
        Part("awardTitle", shape=Shape("awardTitle")),
    )
)
_ITEM_IDENTIFIER = Shape("relatedItemIdentifier", ("relatedItemIdentifierType",))
_ITEM = Shape(
    attributes=("relatedItemType", "relationType"),
    parts=(
        Part(
            "relatedItemIdentifier",
            "relatedItemIdentifier",
            Shape("relatedItemIdentifier", ("relatedItemIdentifierType",)),
        ),
        _list("titles", "title", _TITLE),
    ),
)
_PUBLISHER = Shape("name", ("publisherIdentifier", "publisherIdentifierScheme", "schemeUri"))
_SUBJECT = Shape("subject", ("subjectScheme", "schemeUri", "valueUri", "classificationCode"))
_ALTERNATE = Shape("alternateIdentifier", ("alternateIdentifierType",))
_RESOURCE = Shape(
    parts=(
        Part("identifier", shape=Shape("doi")),
        _list("creators", "creator", _agent("creatorName")),
        _list("titles", "title", _TITLE),
        Part(
            "publisher", "publisher", Shape("name", ("publisherIdentifier", "publisherIdentifierScheme", "schemeUri"))
        ),
        Part("publicationYear", shape=Shape("publicationYear")),
        Part("resourceType", "types", Shape("resourceType", ("resourceTypeGeneral",))),
        _list(
            "subjects", "subject", Shape("subject", ("subjectScheme", "schemeUri", "valueUri", "classificationCode"))
        ),
        _list("contributors", "contributor", _agent("contributorName", "contributorType")),
        _list("dates", "date", Shape("date", ("dateType",))),
        Part("language", shape=Shape("language")),
        _list(
            "alternateIdentifiers", "alternateIdentifier", Shape("alternateIdentifier", ("alternateIdentifierType",))
        ),
        _list("relatedIdentifiers", "relatedIdentifier", _RELATED),
        _list("sizes", "size", Shape("#")),
        _list("formats", "format", Shape("#")),
        Part("version", shape=Shape("version")),
        _list("rightsList", "rights", _RIGHTS),
        _list("descriptions", "description", Shape("description", ("descriptionType",))),
        _list("fundingReferences", "fundingReference", _FUNDING),
        _list("relatedItems", "relatedItem", _ITEM),
    )
)
"""The elements of a record; `#`: the text is the value."""


def element(record: dict[str, Any]) -> ElementTree.Element:
    """The metadata in JSON as the element `resource`, in no namespace."""
    return _made("resource", record, _RESOURCE)


def _made(name: str, row: Any, shape: Shape) -> ElementTree.Element:
    if shape.text == "#":
        row = {"#": row}
    made = ElementTree.Element(name, {_attribute(key): row[key] for key in shape.attributes if row.get(key)})
    made.text = row.get(shape.text) or None
    for part in shape.parts:
        made.extend(_made(part.name, inner, part.shape) for inner in _rows(row, part))
    return made


def _attribute(key: str) -> str:
    """XML writes URI where JSON has Uri."""
    return f"{key[:-3]}URI" if key.endswith("Uri") else key


def _rows(row: dict[str, Any], part: Part) -> list[Any]:
    """What stands in a row for one part of it."""
    if not part.key:
        said = any(row.get(key) for key in (part.shape.text, *part.shape.attributes))
        return [row] if said else []
    value = row.get(part.key)
    if _is_list(part):
        return [{part.shape.parts[0].key: value}] if value else []
    return (value if part.many else [value]) if value else []


def _is_list(part: Part) -> bool:
    """Whether a part is the element around a list."""
    return len(part.shape.parts) == 1 and part.shape.parts[0].many


def record_of(root: ElementTree.Element) -> dict[str, Any]:
    """The element `resource` as the metadata in JSON."""
    found: dict[str, Any] = _read(root, _RESOURCE)
    return found


def _read(node: ElementTree.Element, shape: Shape) -> Any:
    said = "".join(node.itertext()).strip() if not shape.parts else ""
    if shape.text == "#":
        return said
    row = {key: value for key in shape.attributes if (value := node.get(_attribute(key)))}
    if said and shape.text:
        row = {shape.text: said} | row
    told: dict[str, Any] = dict(row)
    for part in shape.parts:
        told |= dict(_told(node, part))
    return told


def _told(node: ElementTree.Element, part: Part) -> Iterator[tuple[str, Any]]:
    """What the elements of one part say."""
    found = [_read(inner, part.shape) for inner in node if inner.tag == part.name]
    if not found:
        return
    if not part.key:
        yield from found[0].items()
    elif part.many:
        yield part.key, [one for one in found if one]
    elif _is_list(part):
        inner = part.shape.parts[0].key
        yield part.key, [row for one in found for row in one.get(inner, ())]
    else:
        yield part.key, found[0]


def tree(document: Document) -> ElementTree.Element:
    """The elements of a document, by their names without namespaces.

    Raises:
        UnreadableDocument: if it is not XML, has a document type, or is nested or sized beyond reason.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(document.body, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        what = f"{document.url} is not readable XML: {error}"
        raise UnreadableDocument(what, value=document.url, remedy="Is it complete, and without a DOCTYPE?") from None


class _Builder:
    """Makes elements of what the parser says."""

    def __init__(self) -> None:
        self._made = ElementTree.TreeBuilder()
        self._depth = 0
        self._left = _MOST

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > _DEEPEST or self._left < 0:
            raise ValueError(f"more than {_DEEPEST} elements within each other, or {_MOST:,} in all")
        self._made.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        self._made.end(_local(name))

    def data(self, text: str) -> None:
        self._made.data(text)

    def refuse(self, *_: Any) -> None:
        raise ValueError("it has a document type, which could name files or multiply")

    def close(self) -> ElementTree.Element:
        made: ElementTree.Element = self._made.close()
        return made


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
