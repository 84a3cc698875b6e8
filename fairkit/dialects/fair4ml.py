"""FAIR4ML 0.1.0: a trained model in JSON-LD, by the vocabulary of the FAIR for Machine Learning group of the RDA.

It has words for what a model does, what it was trained on and how it was evaluated, and none for inputs, outputs,
shapes and splits: for these our own terms stand beside. It writes schema.org with http; either is read.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from fairkit.model.ai import DataUse, Result
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.resource import FIELDS, Resource
from fairkit.vocab import identifiers, relations

from . import _fair4ml_reading as wild
from . import _schema_org_own as own
from . import ro_crate
from ._jsonld import main_node, mentions_schema_org
from ._reading import Reading
from ._values import parse_json
from ._writing import address, json_bytes, sound, stated

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises", "write"]

TITLE = "FAIR4ML (JSON-LD)"
MEDIA_TYPE = "application/ld+json"
FILE_NAMES = ("fair4ml.jsonld",)
HOLDS = frozenset(FIELDS) - {"implied_license"}

_MORE = {"cr": "http://mlcommons.org/croissant/", "codemeta": "https://w3id.org/codemeta/"}
_DATA = ["Dataset", "cr:Dataset"]
_ROLES = {"trained": "fair4ml:trainedOn", "validated": "fair4ml:validatedOn", "tested": "fair4ml:testedOn"}
_PAPERS = ("IsDescribedBy", "IsDocumentedBy")


def recognises(data: Any) -> bool:
    """Whether parsed JSON-LD is about a model of FAIR4ML, and is no crate that holds one."""
    return mentions_schema_org(data) and "MLModel" in main_node(data).types and not ro_crate.recognises(data)


def read(document: Document) -> View:
    """The model that a document describes, as we wrote it or as others do.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    node = main_node(data)
    reading = Reading(document, data)
    stated_kind = own.kind(node)
    if stated_kind:
        own.read(reading, node)
    else:
        wild.read(reading, node)
    return reading.view(stated_kind or "model", holds=HOLDS)


def write(resource: Resource) -> bytes:
    """The model in the words of FAIR4ML, schema.org and CodeMeta, and in ours where they have none; UTF-8."""
    resource = replace(sound(resource), implied_license=None)
    node = own.node(resource)
    node["@context"] = {**node["@context"], "@vocab": "http://schema.org/", **_MORE}
    if resource.kind != "model":
        return json_bytes(node)
    node["@type"] = "fair4ml:MLModel"
    told = zip(node.get("fair4ml:hasEvaluation", ()), resource.results, strict=True)
    evaluations = [_evaluation(row, one, resource) for row, one in told]
    if evaluations:
        node["fair4ml:hasEvaluation"] = evaluations
    return json_bytes({**node, **_words(resource)})


def _words(resource: Resource) -> dict[str, Any]:
    """What FAIR4ML and CodeMeta have words for beside those that the fields have already."""
    used = {word: [_data(one) for one in resource.data_uses if one.role == role] for role, word in _ROLES.items()}
    measured = {one.dataset: _dataset(one) for one in resource.results if one.dataset}
    publisher = resource.publisher
    known = {"person": "Person", "organisation": "Organization"}.get(publisher.type) if publisher else None
    return stated(
        {
            **used,
            "fair4ml:evaluatedOn": list(measured.values()),
            "fair4ml:fineTunedFrom": list(_origins(resource)),
            "fair4ml:sharedBy": {"@type": known, "name": publisher.name} if publisher and known else None,
            "fair4ml:usageInstructions": resource.usage,
            "codemeta:referencePublication": [
                {"@id": url, "@type": "ScholarlyArticle"}
                for one in resource.relations
                if one.type in _PAPERS and (url := address(one.identifier))
            ],
        }
    )


def _origins(resource: Resource) -> list[dict[str, Any]]:
    """The models that this one was made from."""
    found = []
    for one in resource.relations:
        kind, url = relations.find(one.type), address(one.identifier)
        if kind and kind.type == "IsDerivedFrom" and one.kind == "model" and url:
            found.append({"@id": url, "@type": "fair4ml:MLModel", **stated({"name": one.title})})
    return found


def _data(use: DataUse) -> dict[str, Any]:
    url = address(use.identifier)
    said = {"@id": url, "@type": _DATA, "name": use.title, "version": use.version, "license": use.license}
    own_id = use.identifier.value if use.identifier and not url else None
    return stated({**said, "identifier": own_id, "fairkit:split": use.split})


def _dataset(result: Result) -> dict[str, Any]:
    url = address(result.dataset)
    name = result.dataset.value if result.dataset and not url else None
    return stated({"@id": url, "@type": _DATA, "identifier": name, "version": result.version})


def _evaluation(row: dict[str, Any], result: Result, resource: Resource) -> dict[str, Any]:
    """A result as our own words have it, with those of FAIR4ML beside."""
    url = next((found for one in resource.identifiers if (found := identifiers.url(one))), None)
    value: dict[str, Any] = {"@type": "PropertyValue", "name": result.metric, "value": result.value}
    bounds = [result.value + sign * (result.uncertainty or 0.0) for sign in (-1, 1)]
    if result.uncertainty is not None and all(map(math.isfinite, bounds)):
        value |= dict(zip(("minValue", "maxValue"), bounds, strict=True))
    software = {"@type": "SoftwareSourceCode", "version": result.code_commit}
    more = {
        "fair4ml:evaluatedMLModel": {"@id": url} if url else None,
        "fair4ml:evaluationDataset": _dataset(result) if result.dataset else None,
        "fair4ml:evaluationMetrics": result.metric,
        "fair4ml:evaluationResults": value,
        "fair4ml:evaluationSoftware": stated({**software, "codeRepository": resource.code_repository})
        if result.code_commit
        else None,
    }
    return {**row, "@type": ["fair4ml:MLModelEvaluation", "fairkit:Result"], **stated(more)}
