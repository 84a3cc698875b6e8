"""rocrate: the entities of a crate, as the usual Python library finds them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from rocrate.rocrate import ROCrate


def verdict(document: bytes) -> dict[str, Any]:
    """The name of the root, and the types and properties of each entity by its id."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ro-crate-metadata.json").write_bytes(document)
        crate = ROCrate(folder)
    entities = {one.id: one.as_jsonld() for one in crate.get_entities()}
    return {"name": crate.name, "root": crate.root_dataset.id, "entities": entities}
