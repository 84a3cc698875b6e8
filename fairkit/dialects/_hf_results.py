"""Results in the model index of a card, which is how the Hub has metrics; what has no key there stands in `args`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from fairkit.model.ai import Result
from fairkit.model.base import adapter
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.vocab import metrics

from ._values import identifier, items, text
from ._writing import stated

__all__ = ["index", "results"]

_HUB = "https://huggingface.co/datasets/"
_PLACED = ("metric", "value", "dataset", "version", "split")
_BESIDE = tuple(field.name for field in fields(Result) if field.name not in _PLACED)
_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_MOST = 1000


def index(resource: Resource, task: str | None) -> list[dict[str, Any]] | None:
    """The model index, in the one shape that the Hub takes: each result with its task, its data and its metric."""
    if not resource.results:
        return None
    kind = task or next((_slug(one) for one in resource.tasks), "") or "other"
    what = stated({"type": kind, "name": next(iter(resource.tasks), None)})
    rows = [{"task": what, "dataset": _data(one), "metrics": [_metric(one)]} for one in resource.results]
    return [{"name": resource.title or "model", "results": rows}]


def _data(one: Result) -> dict[str, Any]:
    known = one.dataset
    name = known.value.removeprefix(_HUB) if known else ""
    return stated(
        {
            "type": _slug(name, keep="/._-") or "unknown",
            "name": name or "unknown",
            "split": one.split,
            "revision": one.version,
            "args": {"scheme": known.scheme, "identifier": known.value} if known else None,
        }
    )


def _metric(one: Result) -> dict[str, Any]:
    known = metrics.find(one.metric)
    beside = {name: getattr(one, name) for name in _BESIDE}
    kind = (known.id if known else _slug(one.metric)) or "other"
    return stated({"type": kind, "value": one.value, "name": one.metric, "args": stated(beside)})


def _slug(written: str, keep: str = "") -> str:
    return re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", written.lower(), flags=re.ASCII).strip("-")


def results(index: Any) -> list[Result]:
    """The results of a model index whose values are numbers."""
    found: list[Result] = []
    for _, model in items(index):
        for _, row in items(model.get("results") if isinstance(model, dict) else None):
            found += _read(row) if isinstance(row, dict) else ()
    return found[:_MOST]


def _read(row: Mapping[str, Any]) -> Iterator[Result]:
    data = row.get("dataset")
    data = data if isinstance(data, dict) else {}
    for _, metric in items(row.get("metrics")):
        made = _result(metric, data) if isinstance(metric, dict) else None
        if made:
            yield made


def _result(metric: Mapping[str, Any], data: Mapping[str, Any]) -> Result | None:
    from pydantic import ValidationError

    args = metric.get("args")
    beside = {name: args[name] for name in _BESIDE if args.get(name) is not None} if isinstance(args, dict) else {}
    told = {
        "metric": text(metric.get("name")) or text(metric.get("type")),
        "value": metric.get("value"),
        "version": text(data.get("revision")),
        "split": text(data.get("split")),
    }
    known = _dataset(data)
    plain = {"dataset": {"scheme": known.scheme, "value": known.value} if known else None}
    for more in (beside, {}):
        try:
            return adapter(Result).validate_python({**told, **plain, **more})
        except ValidationError:
            continue
    return None


def _dataset(data: Mapping[str, Any]) -> Identifier | None:
    """The data by an identifier, where there is one, else by their name on the Hub."""
    args, name = data.get("args"), text(data.get("type")) or ""
    if isinstance(args, dict) and text(args.get("identifier")):
        return identifier(args.get("identifier"), text(args.get("scheme")))
    return Identifier(scheme="url", value=f"{_HUB}{name}") if _NAME.fullmatch(name) else None
