"""CycloneDX 1.6, as a bill of materials of a model (ML-BOM): what it is made of, and its model card.

A metric cannot name its data there, so that stands in its slice as a text. The serial number follows from what is
said, so that the same model has the same one.
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
from fairkit.vocab import licences

from ._writing import address, is_date, json_bytes, licence_url, sound, stated

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "recognises", "write"]

TITLE = "CycloneDX ML-BOM (JSON)"
MEDIA_TYPE = "application/vnd.cyclonedx+json"
FILE_NAMES = ("bom.cdx.json",)
HOLDS = frozenset({
    "architecture", "code_repository", "creators", "data_uses", "description", "distributions", "identifiers", "inputs",
    "intended_use", "keywords", "landing_page", "license", "limitations", "out_of_scope", "outputs", "parameter_count",
    "publisher", "requirements", "results", "tasks", "title", "validity", "version",
})  # fmt: skip

_ALGORITHMS = {
    "md5": ("MD5", 32), "sha1": ("SHA-1", 40), "sha256": ("SHA-256", 64), "sha384": ("SHA-384", 96),
    "sha512": ("SHA-512", 128),
}  # fmt: skip
_SERIAL = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/ml-bom")
_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*==\s*([A-Za-z0-9][A-Za-z0-9.+!_-]*)", re.ASCII)
_TYPES = {"model": "machine-learning-model", "dataset": "data"}
_MODEL = "model"


def recognises(data: Any) -> bool:
    """Never: bills of materials are written here, and not read."""
    return False


def write(resource: Resource) -> bytes:
    """The bill of materials of a model; UTF-8.

    Its time is that of `SOURCE_DATE_EPOCH`, else the day of the work, so that the same model makes the same bytes.
    """
    resource = sound(resource)
    data, needed = list(_datasets(resource)), list(_libraries(resource.requirements))
    files = [_file(one, number) for number, one in enumerate(resource.distributions) if one.name]
    main = _component(resource, data)
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


def _component(resource: Resource, data: list[dict[str, Any]]) -> dict[str, Any]:
    """The work itself, as a model with its card where it is one."""
    card = _card(resource, data) if resource.kind == "model" else None
    return stated(
        {
            "type": _TYPES.get(resource.kind, "application"),
            "bom-ref": _MODEL,
            "name": resource.title or "untitled",
            "version": resource.version,
            "description": resource.description,
            "authors": [{"name": one.name} for one in resource.creators if one.name],
            "publisher": resource.publisher.name if resource.publisher else None,
            "licenses": _licences(resource.license),
            "tags": list(resource.keywords),
            "externalReferences": list(_references(resource)),
            "modelCard": card,
        }
    )


def _licences(licence: str | None) -> list[dict[str, Any]]:
    """An SPDX id by itself; a combination of such as an expression, and another licence by its name."""
    if not licence:
        return []
    known = licences.find(licence)
    if known and known.id == licence and licence_url(licence) and not licence.startswith("LicenseRef-"):
        return [{"license": {"id": licence}}]
    return [{"license": {"name": licence}}]


def _references(resource: Resource) -> Iterator[dict[str, str]]:
    """Where the work, and its code, is found."""
    addresses = [url for one in resource.identifiers if (url := address(one))]
    named = [("website", resource.landing_page), ("vcs", resource.code_repository)]
    for url in dict.fromkeys(addresses):
        yield {"type": "distribution", "url": url, "comment": "Identifier"}
    for kind, page in named:
        if page and address(Identifier(scheme="url", value=page)):
            yield {"type": kind, "url": page}


def _card(resource: Resource, data: list[dict[str, Any]]) -> dict[str, Any]:
    parameters = {
        "task": ", ".join(resource.tasks),
        "architectureFamily": resource.architecture,
        "datasets": [{"ref": one["bom-ref"]} for one in data],
        "inputs": [{"format": _tensor(one)} for one in resource.inputs],
        "outputs": [{"format": _tensor(one)} for one in resource.outputs],
    }
    limits = [resource.limitations, resource.validity and f"Validity: {resource.validity}"]
    limits.append(resource.out_of_scope and f"Out of scope: {resource.out_of_scope}")
    considerations = {
        "useCases": [resource.intended_use] if resource.intended_use else [],
        "technicalLimitations": [one for one in limits if one],
    }
    count = resource.parameter_count
    return stated(
        {
            "modelParameters": stated(parameters),
            "quantitativeAnalysis": stated({"performanceMetrics": [_metric(one) for one in resource.results]}),
            "considerations": stated(considerations),
            "properties": [{"name": "fairkit:parameterCount", "value": str(count)}] if count is not None else [],
        }
    )


def _tensor(one: Tensor) -> str:
    """An input or output in words: `tracks: float32 (batch, 30, 60)`."""
    lengths = ", ".join("free" if length is None else str(length) for length in one.shape or ())
    shape = f"({lengths})" if one.shape is not None else None
    told = " ".join(part for part in (one.dtype, shape) if part)
    return f"{one.name}: {told}" if told else one.name


def _metric(one: Result) -> dict[str, Any]:
    where = [
        one.dataset and f"dataset {one.dataset.value}",
        one.version and f"version {one.version}",
        one.split and f"split {one.split}",
        one.split_digest,
        one.operating_point and one.operating_point != "none" and f"at {one.operating_point}",
        one.aggregation and f"{one.aggregation} of {one.trainings or 'some'} trainings",
        one.uncertainty is not None and one.uncertainty_kind and f"uncertainty: {one.uncertainty_kind}",
    ]
    bounds = None
    if one.uncertainty is not None:
        low, high = one.value - one.uncertainty, one.value + one.uncertainty
        bounds = {"lowerBound": f"{low:.12g}", "upperBound": f"{high:.12g}"}
    said = {"type": one.metric, "value": repr(one.value), "slice": "; ".join(part for part in where if part)}
    return stated({**said, "confidenceInterval": bounds})


def _datasets(resource: Resource) -> Iterator[dict[str, Any]]:
    """The data it was trained, validated and tested on, each use a component."""
    for number, use in enumerate(resource.data_uses):
        url = address(use.identifier)
        name = use.title or (use.identifier.value if use.identifier else None) or f"data {number + 1}"
        yield stated(
            {
                "type": "data",
                "bom-ref": f"data-{number + 1}",
                "name": name,
                "version": use.version,
                "hashes": list(_hashes(_digest(use.digest))),
                "licenses": _licences(use.license),
                "externalReferences": [{"type": "distribution", "url": url}] if url else [],
                "data": [{"type": "dataset", "name": name, "description": _used(use)}],
            }
        )


def _used(use: DataUse) -> str:
    files = f", {len(use.files)} files: {', '.join(use.files[:20])}" if use.files else ""
    return f"{use.role} on" + (f" the split {use.split}" if use.split else " it") + files


def _digest(written: str | None) -> tuple[Checksum, ...]:
    algorithm, _, value = (written or "").partition(":")
    return (Checksum(algorithm=algorithm, value=value),) if value else ()


def _hashes(every: tuple[Checksum, ...]) -> Iterator[dict[str, str]]:
    """The checksums by algorithms that the format knows."""
    for one in every:
        name, length = _ALGORITHMS.get(one.algorithm.lower().replace("-", ""), ("", 0))
        if name and re.fullmatch(f"[a-fA-F0-9]{{{length}}}", one.value):
            yield {"alg": name, "content": one.value}


def _file(one: Distribution, number: int) -> dict[str, Any]:
    url = Identifier(scheme="url", value=one.content_url) if one.content_url else None
    kind = one.media_type if one.media_type and re.fullmatch(r"[-+a-z0-9.]+/[-+a-z0-9.]+", one.media_type) else None
    return stated(
        {
            "type": "file",
            "bom-ref": f"file-{number + 1}",
            "mime-type": kind,
            "name": one.name,
            "hashes": list(_hashes(one.checksums)),
            "externalReferences": [{"type": "distribution", "url": one.content_url}] if address(url) else [],
        }
    )


def _libraries(requirements: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The software it needs: one that is pinned as Python's packages are has a package URL."""
    for number, written in enumerate(dict.fromkeys(one.strip() for one in requirements)):
        pinned = _PINNED.fullmatch(written)
        said: dict[str, Any] = {"type": "library", "bom-ref": f"requirement-{number + 1}", "name": written}
        if pinned:
            name = re.sub(r"[-_.]+", "-", pinned[1]).lower()
            version = pinned[2].replace("+", "%2B").replace("!", "%21")
            said |= {"name": pinned[1], "version": pinned[2], "purl": f"pkg:pypi/{name}@{version}"}
        if written:
            yield said
