"""cyclonedx-python-lib: does a bill of materials keep to the official schema of CycloneDX 1.6, strictly?"""

from __future__ import annotations

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def verdict(document: bytes) -> str | None:
    """What is wrong with it, or nothing."""
    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(document.decode())
    return None if found is None else repr(found.data)[:4000]
