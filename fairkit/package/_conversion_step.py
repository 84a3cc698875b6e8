"""What a conversion tells the provenance of a folder."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from fairkit import __version__
from fairkit.model.provenance import Activity, Entity

from . import provenance
from ._conversion_plan import How
from ._converted_before import Journal, tell
from .conversion import Converted, FileReport
from .padding import FILL
from .surroundings import agent, commit, environment

__all__ = ["told"]

_LIBRARIES = {"parquet": "pyarrow", "hdf5": "h5py", "root": "uproot"}


def told(root: str, how: How) -> Activity | None:
    """The step of all that was finished and stands in no step yet, as it was added to the provenance of the folder."""
    reports = sorted(Journal(root).untold(), key=lambda report: report.name)
    if not reports:
        return None
    made = [output for report in reports for output in report.outputs]
    activity = Activity(
        name="conversion",
        description=f"{len(reports):,} files converted to {how.target}",
        used=(*(_entity(report) for report in reports), *environment()),
        generated=tuple(_entity(output) for output in made),
        software=_software(how, reports),
        parameters=(*_parameters(how), *commit()),
        agent=agent(None),
        started=min((report.started for report in reports if report.started), default=None),
        ended=max((report.ended for report in reports if report.ended), default=None),
    )
    provenance.append(root, activity)
    tell(root, [report.name for report in reports])
    return activity


def _entity(file: FileReport | Converted) -> Entity:
    return Entity(name=file.name, checksums=(file.checksum,) if file.checksum else ())


def _software(how: How, reports: Sequence[FileReport]) -> tuple[Entity, ...]:
    from importlib.metadata import version

    formats = {how.target, *(report.format or "" for report in reports)}
    libraries = sorted({"pyarrow", *(_LIBRARIES[name] for name in formats & _LIBRARIES.keys())})
    ours = (Entity(name="fairkit", version=__version__), Entity(name="Python", version=platform.python_version()))
    return (*ours, *(Entity(name=name, version=version(name)) for name in libraries))


def _parameters(how: How) -> tuple[tuple[str, str], ...]:
    padded = [*(f"{name}={length}" for name, length in how.pad), *([f"all={how.pad_all}"] if how.pad_all else [])]
    every = {
        "to": how.target,
        "table": how.table,
        "columns": ", ".join(how.columns) if how.columns is not None else None,
        "padded to": ", ".join(padded) + f"; filled with {FILL}" if padded else None,
        "values read back and compared": "yes" if how.prove else None,
    }
    return tuple((name, value) for name, value in every.items() if value is not None)
