"""frictionless: is a descriptor valid, and which resources and fields does it describe?"""

from __future__ import annotations

import json
import os
from typing import Any

from frictionless import FrictionlessException, Package


def verdict(document: bytes, folder: str = "") -> dict[str, Any]:
    """The faults of the descriptor; with a `folder`, also those of the tables in text that lie there."""
    if folder:
        os.chdir(folder)
    try:
        package = Package.from_descriptor(json.loads(document))
    except FrictionlessException as error:
        reasons = error.reasons or [error.error]
        return {"faults": [reason.message for reason in reasons], "fields": {}, "tables": []}
    described = [(one.name, one.to_descriptor().get("schema", {})) for one in package.resources]
    fields = {name: [row["name"] for row in schema.get("fields", ())] for name, schema in described}
    texts = [one for one in package.resources if folder and one.path and one.path.endswith(".csv")]
    tables = [error.message for one in texts for task in one.validate().tasks for error in task.errors]
    return {"faults": [], "fields": fields, "tables": tables}
