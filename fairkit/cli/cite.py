"""`fairkit cite`: how a work is cited, for people, for LaTeX and for programs that keep references."""

from __future__ import annotations

from typing import Annotated

import typer

from fairkit.errors import UnknownName

from . import edge
from .described import described
from .gathering import Options
from .options import Json, Offline, Online, OutputFile, Quiet, Verbose

__all__ = ["cite"]


@edge.guarded
def cite(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="A folder, a package, a record, a document.")
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, bibtex, ris or csl-json.")] = "text",
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Tell how a work is cited: makers, year, title, version, publisher and where it is found.

    \b
    fairkit cite record 12102
    fairkit cite ./dataset --format bibtex >> paper.bib
    fairkit cite doi 10.5281/zenodo.4559324 --format ris

    What the work does not tell is left out. With --json all the formats stand in one object.
    """
    from fairkit.dialects._citations import FORMATS, citation, cited

    from .looks import json_of

    if form not in FORMATS:
        raise UnknownName("format of citations", form, FORMATS)
    codes: list[int] = []
    options = Options(offline, online, quiet=quiet, verbose=verbose)
    found = described(targets or [], options, codes, files=False)
    if found is None:
        return edge.worst(codes)
    if json:
        edge.write(json_of(citation(found.resource, target=found.target)), output)
    else:
        edge.write(cited(found.resource, form), output)
        wish = found.resource.citation
        if wish and form == "text" and not quiet:
            edge.say(f"fairkit: it asks to be cited as: {wish}")
    return edge.worst(codes)
