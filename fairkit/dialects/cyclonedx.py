"""CycloneDX 1.6, as a bill of materials of a model (ML-BOM): what it is made of, and its model card.

A metric has the split that it was measured on as its slice, and no word for the data: these are a component like those
of the training, and a property of the card leads to it. The serial number follows from what is said, so that the same
model has the same one.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

from fairkit.model.ai import DataUse, Result, Tensor
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.settings import fixed_time
from fairkit.vocab import identifiers

from ._cyclonedx_parts import hashes, libraries, rights
from ._writing import address, is_date, json_bytes, sound, stated

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "recognises", "write"]

TITLE = "CycloneDX ML-BOM (JSON)"
MEDIA_TYPE = "application/vnd.cyclonedx+json"
FILE_NAMES = ("bom.cdx.json",)
HOLDS = frozenset({
    "architecture", "code_repository", "creators", "data_uses", "description", "distributions", "identifiers", "inputs",
    "intended_use", "keywords", "landing_page", "license", "limitations", "out_of_scope", "outputs", "parameter_count",
    "publisher", "requirements", "results", "tasks", "title", "validity", "version",
})  # fmt: skip

_SERIAL = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/ml-bom")
_TYPES = {"model": "machine-learning-model", "dataset": "data"}
_MODEL = "model"
_MOST_NAMED = 20
"""Files of a use of data that are named."""


def recognises(data: Any) -> bool:
    """Never: bills of materials are written here, and not read."""
    return False


def write(resource: Resource) -> bytes:
    """The bill of materials of a model; UTF-8.

    Its time is that of `SOURCE_DATE_EPOCH`, else the day of the work, so that the same model makes the same bytes.
    """
    resource = sound(resource)
    uses = _uses(resource)
    data, needed = list(_datasets(uses)), list(libraries(resource.requirements))
    files = [_file(one, number) for number, one in enumerate(resource.distributions) if one.name]
    main = _component(resource, uses)
    told = {
        "components": [*files, *data, *needed],
        "dependencies": [
            {"ref": _MODEL, "dependsOn": [one["bom-ref"] for one in (*data, *needed)]},
            *({"ref": one["bom-ref"]} for one in (*data, *needed)),
        ],
    }
    serial = uuid.uuid5(_SERIAL, json.dumps([main, told], sort_keys=True))
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return json_bytes({**head, "metadata": stated({"timestamp": _time(resource), "component": main}), **stated(told)})


def _time(resource: Resource) -> str | None:
    """A time with its zone, as the format asks for."""
    days = (resource.date_modified, resource.date_published, resource.date_created)
    day = next((day for day in days if day and is_date(day) and len(day) == len("2026-01-01")), None)
    return fixed_time() or (f"{day}T00:00:00Z" if day else None)


def _component(resource: Resource, uses: list[DataUse]) -> dict[str, Any]:
    """The work itself, as a model with its card where it is one."""
    card = _card(resource, uses) if resource.kind == "model" else None
    return stated(
        {
            "type": _TYPES.get(resource.kind, "application"),
            "bom-ref": _MODEL,
            "name": resource.title or "untitled",
            "version": resource.version,
            "description": resource.description,
            "authors": [{"name": one.name} for one in resource.creators if one.name],
            "publisher": resource.publisher.name if resource.publisher else None,
            "licenses": rights(resource.license),
            "tags": list(resource.keywords),
            "externalReferences": list(_references(resource)),
            "modelCard": card,
        }
    )


def _references(resource: Resource) -> Iterator[dict[str, str]]:
    """Where the work, and its code, is found."""
    addresses = [url for one in resource.identifiers if (url := address(one))]
    named = [("website", resource.landing_page), ("vcs", resource.code_repository)]
    for url in dict.fromkeys(addresses):
        yield {"type": "distribution", "url": url, "comment": "Identifier"}
    for kind, page in named:
        if page and address(Identifier(scheme="url", value=page)):
            yield {"type": kind, "url": page}


def _card(resource: Resource, uses: list[DataUse]) -> dict[str, Any]:
    parameters = {
        "task": ", ".join(resource.tasks),
        "architectureFamily": resource.architecture,
        "datasets": [{"ref": _ref(number)} for number in range(len(uses))],
        "inputs": [{"format": _tensor(one)} for one in resource.inputs],
        "outputs": [{"format": _tensor(one)} for one in resource.outputs],
    }
    limits = [resource.limitations, resource.validity and f"Validity: {resource.validity}"]
    limits.append(resource.out_of_scope and f"Out of scope: {resource.out_of_scope}")
    considerations = {
        "useCases": [resource.intended_use] if resource.intended_use else [],
        "technicalLimitations": [one for one in limits if one],
    }
    return stated(
        {
            "modelParameters": stated(parameters),
            "quantitativeAnalysis": stated({"performanceMetrics": [_metric(one) for one in resource.results]}),
            "considerations": stated(considerations),
            "properties": [{"name": f"fairkit:{name}", "value": value} for name, value in _properties(resource, uses)],
        }
    )


def _tensor(one: Tensor) -> str:
    """An input or output in words: `tracks: float32 (batch, 30, 60)`."""
    lengths = ", ".join("free" if length is None else str(length) for length in one.shape or ())
    shape = f"({lengths})" if one.shape is not None else None
    told = " ".join(part for part in (one.dtype, shape) if part)
    return f"{one.name}: {told}" if told else one.name


def _metric(one: Result) -> dict[str, Any]:
    bounds = None
    if one.uncertainty is not None:
        low, high = one.value - one.uncertainty, one.value + one.uncertainty
        bounds = {"lowerBound": f"{low:.12g}", "upperBound": f"{high:.12g}"}
    where = f" at {one.operating_point}" if one.operating_point and one.operating_point != "none" else ""
    said = {"type": one.metric + where, "value": repr(one.value), "slice": one.split}
    return stated({**said, "confidenceInterval": bounds})


def _properties(resource: Resource, uses: list[DataUse]) -> Iterator[tuple[str, str]]:
    """What the card has no word for: the number of weights, and of each metric its data and how it was taken."""
    if resource.parameter_count is not None:
        yield "parameterCount", str(resource.parameter_count)
    for number, one in enumerate(resource.results):
        data = next((place for place, use in enumerate(uses) if _is_of(one, use)), None)
        told = {
            "data": None if data is None else _ref(data),
            "aggregation": one.aggregation,
            "trainings": one.trainings,
            "uncertaintyKind": one.uncertainty_kind,
            "direction": one.direction,
            "codeCommit": one.code_commit,
            "predictionsDigest": one.predictions_digest,
        }
        yield from ((f"metric:{number + 1}:{name}", str(value)) for name, value in stated(told).items())


def _uses(resource: Resource) -> list[DataUse]:
    """The data it was trained, validated and tested on, and those that its metrics alone name."""
    found = list(resource.data_uses)
    for one in resource.results:
        if one.dataset and not any(_is_of(one, use) for use in found):
            found.append(
                DataUse(
                    role="tested",
                    identifier=one.dataset,
                    version=one.version,
                    split=one.split,
                    digest=one.split_digest,
                )
            )
    return found


def _is_of(result: Result, use: DataUse) -> bool:
    """Whether a number was measured on these data: by their digest, else by what both say of them."""
    if result.split_digest and use.digest:
        return result.split_digest == use.digest
    pairs = [(result.version, use.version), (result.split, use.split)]
    if result.dataset and use.identifier:
        pairs.append((repr(identifiers.key(result.dataset)), repr(identifiers.key(use.identifier))))
    elif result.dataset or use.role == "trained":
        return False
    return result.split == use.split and all(one == other for one, other in pairs if one and other)


def _ref(number: int) -> str:
    return f"data-{number + 1}"


def _datasets(uses: list[DataUse]) -> Iterator[dict[str, Any]]:
    """Each use of data as a component."""
    for number, use in enumerate(uses):
        url = address(use.identifier)
        name = use.title or (use.identifier.value if use.identifier else None) or f"data {number + 1}"
        yield stated(
            {
                "type": "data",
                "bom-ref": _ref(number),
                "name": name,
                "version": use.version,
                "hashes": list(hashes(_digest(use.digest))),
                "licenses": rights(use.license),
                "externalReferences": [{"type": "distribution", "url": url}] if url else [],
                "data": [{"type": "dataset", "name": name, "description": _used(use)}],
            }
        )


def _used(use: DataUse) -> str:
    more = f" and {len(use.files) - _MOST_NAMED:,} more" if len(use.files) > _MOST_NAMED else ""
    files = f": {', '.join(use.files[:_MOST_NAMED])}{more}" if use.files else ""
    return f"{use.role} on" + (f" the split {use.split}" if use.split else " it") + files


def _digest(written: str | None) -> tuple[Checksum, ...]:
    algorithm, _, value = (written or "").partition(":")
    return (Checksum(algorithm=algorithm, value=value),) if value else ()


def _file(one: Distribution, number: int) -> dict[str, Any]:
    url = Identifier(scheme="url", value=one.content_url) if one.content_url else None
    kind = one.media_type if one.media_type and re.fullmatch(r"[-+a-z0-9.]+/[-+a-z0-9.]+", one.media_type) else None
    return stated(
        {
            "type": "file",
            "bom-ref": f"file-{number + 1}",
            "mime-type": kind,
            "name": one.name,
            "hashes": list(hashes(one.checksums)),
            "externalReferences": [{"type": "distribution", "url": one.content_url}] if address(url) else [],
        }
    )
