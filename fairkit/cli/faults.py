"""The faults of a validation as text, JSON and SARIF 2.1.0."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .bytes_shown import harmless

if TYPE_CHECKING:
    from fairkit.package.validation import Fault, Validation

__all__ = ["render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(found: Validation, form: str) -> bytes:
    """A validation in one of the forms `text`, `json` and `sarif`."""
    if form == "json":
        from .looks import json_of

        return json_of(found)
    if form == "sarif":
        from fairkit.report._facts import written

        return written(_sarif(found))
    return "\n".join(harmless(line) for line in _text(found)).encode("utf-8", "replace") + b"\n"


def _text(found: Validation) -> Iterator[str]:
    for fault in found.faults:
        yield f"{_where(found, fault)}: {fault.level}: {fault.text} [{fault.code}]"
        if fault.remedy:
            yield f"    {fault.remedy}"
    for words in found.unchecked:
        yield f"not looked at: {words}"
    verdict = (
        "nothing is wrong"
        if not found.faults
        else f"{_count(found.errors, 'error')}, {_count(found.warnings, 'warning')}"
    )
    yield f"{found.target}: {verdict}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _where(found: Validation, fault: Fault) -> str:
    """The place as editors and terminals open it."""
    path = os.path.join(found.target, fault.file) if fault.file else found.target
    return f"{path}:{fault.line}" if fault.line else path


def _sarif(found: Validation) -> dict[str, Any]:
    from fairkit import __version__
    from fairkit.report._facts import SOURCE

    codes = list(dict.fromkeys(fault.code for fault in found.faults))
    remedies = {fault.code: fault.remedy for fault in reversed(found.faults)}
    rules = [{"id": code, "help": {"text": _plain(remedies[code]) or code}} for code in codes]
    driver = {"name": "fairkit", "version": __version__, "informationUri": SOURCE, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "fairkit/validate/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, fault, codes.index(fault.code)) for fault in found.faults],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(found: Validation, fault: Fault, number: int) -> dict[str, Any]:
    from fairkit.report._facts import uri

    path = os.path.join(found.target, fault.file or "")
    told = f"{fault.code}\n{fault.file}\n{fault.text}".encode("utf-8", "replace")
    return {
        "ruleId": fault.code,
        "ruleIndex": number,
        "level": fault.level,
        "message": {"text": _plain(fault.text)},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": {"startLine": fault.line or 1}}}
        ],
        "partialFingerprints": {"fairkitFault/v1": hashlib.sha256(told).hexdigest()},
    }


def _plain(text: str) -> str:
    """Words that SARIF takes as they are: braces would be placeholders, brackets before a parenthesis a link."""
    return harmless(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
