"""What the reports in JSON-LD say alike: the names of things, and who judged what, when and from which documents.

The context stands in each document, and nothing in it is remote: whoever reads it needs no network.
"""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from fairkit.assess.assessment import Assessment, DocumentRow

from ._facts import SOURCE, moment, written
from ._harmless import harmless
from ._wording import warned

__all__ = ["Node", "activity", "agent", "documents", "linked", "metric", "named", "principle", "reference", "target"]

Node = dict[str, Any]

_HOME = "https://w3id.org/fairkit"
_PRINCIPLES = "https://w3id.org/fair/principles/terms/"
_PRINCIPLE = re.compile(r"[FAIR](?:[1-9](?:\.[1-9])?)?")
_WEB = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_IN_IRI = "%/?#@!$&'()*+,;=:~"
_LONGEST_IRI = 2000
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "ftr": "https://w3id.org/ftr#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "sio": "http://semanticscience.org/resource/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def linked(nodes: Iterable[Node]) -> bytes:
    """A document of these nodes, each once: checklists and targets come again from assessment to assessment."""
    every = {node["@id"]: node for node in nodes}
    return written({"@context": _CONTEXT, "@graph": list(every.values())})


def reference(node: Node) -> Node:
    """A link to a node."""
    return {"@id": node["@id"]}


def named(what: str, assessment: Assessment, *more: str) -> str:
    """A name for something of this run: another version or time may come to other values, which must not be mixed."""
    checklist = assessment.checklist
    judged = (assessment.target, checklist.id, checklist.version, assessment.evidence_digest)
    return _uuid(what, *judged, assessment.fairkit_version, assessment.assessed_at, *more)


def _uuid(*parts: str) -> str:
    name = "\n".join(part.encode("utf-8", "backslashreplace").decode() for part in (_HOME, *parts))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def principle(name: str) -> str | None:
    """The IRI of a FAIR principle, or of a letter, in the vocabulary of the principles."""
    return f"{_PRINCIPLES}{name}" if _PRINCIPLE.fullmatch(name) else None


def metric(assessment: Assessment, name: str, title: str, about: str) -> Node:
    """A metric of a checklist; `about` is the principle or letter that it measures."""
    checklist = assessment.checklist
    version = quote(harmless(checklist.version, longest=80), safe="")
    home = f"{_HOME}/checklists/{quote(harmless(checklist.id, longest=80), safe='')}/{version}"
    dimension = principle(about)
    return {
        "@id": f"{home}#{quote(harmless(name, longest=200), safe='')}",
        "@type": ["dqv:Metric", "ftr:Metric"],
        "dcterms:identifier": harmless(name, longest=200),
        "dcterms:title": harmless(title),
        "dcterms:description": harmless(title),
        "dcat:version": harmless(checklist.version, longest=80),
        **({"dqv:inDimension": {"@id": dimension}} if dimension else {}),
    }


def target(assessment: Assessment) -> Node:
    """What was assessed, under its DOI or its page where it has one."""
    iri = _address(assessment)
    return {"@id": iri, "@type": "prov:Entity", "dcterms:identifier": iri}


def _address(assessment: Assessment) -> str:
    resource = assessment.resource
    for name in resource.identifiers if resource else ():
        scheme, _, value = name.partition(":")
        if scheme == "doi":
            return "https://doi.org/" + quote(harmless(value), safe="/:;()._-")
    if resource and resource.url and _WEB.fullmatch(resource.url) and len(resource.url) <= _LONGEST_IRI:
        return quote(resource.url, safe=_IN_IRI)
    return _uuid("target", assessment.target)


def agent(assessment: Assessment) -> Node:
    """The version of fairkit that judged."""
    version = harmless(assessment.fairkit_version, longest=80)
    return {
        "@id": f"{SOURCE}#version-{quote(version, safe='')}",
        "@type": "prov:SoftwareAgent",
        "dcterms:title": "fairkit",
        "dcat:version": version,
    }


def activity(assessment: Assessment, *kinds: str) -> Node:
    """The assessing, with what a reader must not miss about it."""
    ended, warnings = moment(assessment), [sentence for _, sentence in warned(assessment)]
    return {
        "@id": named("activity", assessment),
        "@type": [*kinds, "prov:Activity"],
        "prov:used": reference(target(assessment)),
        "prov:wasAssociatedWith": reference(agent(assessment)),
        **({"dcterms:description": warnings} if warnings else {}),
        **({"prov:endedAtTime": {"@value": ended, "@type": "xsd:dateTime"}} if ended else {}),
    }


def documents(assessment: Assessment) -> Iterator[Node]:
    """What was read, named by its content (RFC 6920), so that the same bytes have the same name wherever they lie."""
    for document in assessment.documents:
        yield {
            "@id": _content(document),
            "@type": "prov:Entity",
            "dcterms:title": harmless(document.url),
            "dcterms:format": harmless(document.media_type),
        }


def _content(document: DocumentRow) -> str:
    try:
        digest = base64.urlsafe_b64encode(binascii.unhexlify(document.sha256)).decode().rstrip("=")
    except ValueError:  # a report that somebody edited
        return _uuid("document", document.url, document.sha256)
    return f"ni:///sha-256;{digest}"
