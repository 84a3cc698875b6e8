"""schema.org in JSON-LD: what pages embed, what search engines read, and how fairkit writes a resource down.

Reading takes what is found in the wild; writing uses the terms that the model carries, so that what fairkit wrote is
read back whole. Contexts are written out in the document and never fetched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import FIELDS, Resource

from . import _schema_org_own as own
from . import _schema_org_wild as wild
from ._jsonld import main_node, mentions_schema_org
from ._reading import Reading
from ._values import parse_json
from ._writing import json_bytes, sound

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "schema.org (JSON-LD)"
MEDIA_TYPE = "application/ld+json"
HOLDS = frozenset(FIELDS) - {"implied_license"}


def recognises(data: Any) -> bool:
    """Whether parsed JSON is JSON-LD that speaks schema.org."""
    return mentions_schema_org(data)


def read(document: Document) -> View:
    """The resource that a JSON-LD document is about.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node = main_node(data)
    reading = Reading(document, data)
    stated = own.kind(node)
    if stated:
        own.read(reading, node)
    else:
        wild.read(reading, node)
    return reading.view(stated or wild.kind(node), holds=HOLDS)


def write(resource: Resource) -> bytes:
    """The resource as a JSON-LD document with its context written out; UTF-8, keys in the order of the model.

    What a repository implies is its own to say: `implied_license` is left out.
    """
    return json_bytes(own.node(replace(sound(resource), implied_license=None)))
