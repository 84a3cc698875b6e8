"""roc-validator: does a crate keep to RO-Crate 1.2? The context is handed to it, since judges work offline."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import requests
from rocrate_validator import services
from rocrate_validator.models import ValidationSettings
from rocrate_validator.utils.http import HttpRequester

_CONTEXT = "https://w3id.org/ro/crate/1.2/context"


def verdict(document: bytes, context: str, folder: str = "") -> Any:
    """What must be otherwise; the files are looked for in a `folder`, if there is one.

    Of a list of documents each has its verdict.
    """
    _hand(Path(context).read_bytes())
    source = json.loads(document)
    if isinstance(source, list):
        return [_verdict(json.dumps(one).encode(), "") for one in source]
    return _verdict(document, folder)


def _verdict(document: bytes, folder: str) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        root = Path(folder or made)
        (root / "ro-crate-metadata.json").write_bytes(document)
        settings = ValidationSettings(
            rocrate_uri=str(root),
            profile_identifier="ro-crate-1.2",
            requirement_severity="REQUIRED",
            metadata_only=not folder,
            cache_path=Path(made) / "cache",
            skip_availability_check=True,
        )
        found = services.validate(settings).get_issues()
    return sorted(one.message or one.check.identifier for one in found)


def _hand(context: bytes) -> None:
    """Answer a request for the context, and no other."""

    def get(self: HttpRequester, url: str, **_: Any) -> requests.Response:
        if url != _CONTEXT:
            raise requests.ConnectionError(f"judges work offline, and this one wanted {url}")
        answer = requests.Response()
        answer.status_code, answer.url, answer._content = 200, url, context
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    HttpRequester.get = get
