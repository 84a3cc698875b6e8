"""The repository that options name, opened with the token for it: what the verbs of publishing share."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fairkit.publish.places import Place
    from fairkit.repositories.invenio import Invenio

__all__ = ["Cern", "Experiment", "InvenioUrl", "Local", "Sandbox", "To", "Zenodo", "opened"]

Zenodo = Annotated[bool, typer.Option("--zenodo", help="Zenodo.")]
Sandbox = Annotated[bool, typer.Option("--sandbox", help="Zenodo's sandbox, for trying out.")]
InvenioUrl = Annotated[str | None, typer.Option("--invenio", metavar="URL", help="Any InvenioRDM, by its base URL.")]
Local = Annotated[
    str | None, typer.Option("--local", metavar="PATH", help="A folder as repository [default: ./repository].")
]
Cern = Annotated[bool, typer.Option("--cern", help="A submission to CERN Open Data, which has no public deposit.")]
Experiment = Annotated[str | None, typer.Option("--experiment", metavar="NAME", help="Whose data: atlas, cms, …")]
To = Annotated[
    str | None, typer.Option("--to", metavar="NAME[:ARG]", help="As in zenodo:sandbox, invenio:URL, local:PATH.")
]


@contextmanager
def opened(where: Place, token: str) -> Iterator[Invenio]:
    """The repository, asked with the token, which goes to its origin and nowhere else."""
    from fairkit import settings
    from fairkit.http import Session
    from fairkit.repositories.invenio import Invenio

    trusted = [*settings.trusted(), where.base]
    with Session(credentials={where.base: f"Bearer {token}"}, trusted=trusted) as session:
        yield Invenio(where.base, session, pause=time.sleep)
