"""`fairkit export`: a work in the metadata forms that others read, and what each of them cannot hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import atomic
from fairkit.errors import UsageError

from . import edge
from .described import Described, described
from .gathering import Options
from .options import Json, Offline, Online, OutputFile, Quiet, Verbose

if TYPE_CHECKING:
    from fairkit.compare.export_loss import Export
    from fairkit.dialects import Form

__all__ = ["export"]

_ALL = "all"
_NAMED_BY_PEOPLE = frozenset({"README.md", "CITATION.cff", "codemeta.json", "datapackage.json"})


@edge.guarded
def export(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET", help="A folder, a package, a record, a document.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FORM", help="The form, or all; --list names them.")] = None,
    loss: Annotated[bool, typer.Option("--loss", help="Tell what the form cannot hold, or each form.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the forms.")] = False,
    force: Annotated[bool, typer.Option("--force", help="With all: replace files of other contents.")] = False,
    json: Json = False,
    output: OutputFile = None,
    offline: Offline = False,
    online: Online = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Write a work down in a form that others read: schema.org, DataCite, Croissant, DCAT-AP, a citation file …

    \b
    fairkit export ./dataset --to croissant
    fairkit export record 12102 --to datacite --output datacite.json
    fairkit export ./dataset --to all --output metadata
    fairkit export ./dataset --to datacite --loss
    fairkit export --list

    The document goes to standard output or to --output; of `all`, each goes to a file in the folder --output. With
    --loss the table of what is lost goes to standard output instead, of every form if none is named.
    """
    if listed:
        _list(json=json, output=output)
        return 0
    forms = _forms(to, loss=loss)
    if to == _ALL and output is None and not (loss or json):
        raise UsageError("all forms need a folder to be written to", remedy="As in: --to all --output metadata")
    codes: list[int] = []
    found = described(targets or [], Options(offline, online, quiet=quiet, verbose=verbose), codes)
    if found is None:
        return edge.worst(codes)
    forms = _fitting(forms, found, to, quiet=quiet)
    if to not in (None, _ALL) and not (loss or json):
        edge.write(forms[0].write(found.resource), output)
        return edge.worst(codes)
    made = [_made(one, found, loss=loss or json) for one in forms]
    to_files = to is not None and output is not None and (loss or to == _ALL)
    if to_files:
        made = _put(made, forms, found, str(output), everything=to == _ALL, force=force)
    _tell(made, json=json, loss=loss, output=None if to_files else output, quiet=quiet, verbose=verbose)
    return edge.worst(codes)


def _forms(to: str | None, *, loss: bool) -> list[Form]:
    """The forms that are wanted: that of the name, or all.

    Raises:
        UnknownName: if there is none of that name.
        UsageError: if none is named, or it is only read.
    """
    from fairkit.dialects import exports, form

    if to is None and not loss:
        remedy = f"As in: --to schema-org   Forms: {', '.join(exports())}, or all."
        raise UsageError("no form was named", remedy=remedy)
    return [form(name) for name in (exports() if to in (None, _ALL) else [str(to)])]


def _fitting(forms: list[Form], found: Described, to: str | None, *, quiet: bool) -> list[Form]:
    """Those of the forms that fit the kind of the work; others of all are left out, and it is told.

    Raises:
        UsageError: if the one form that is wanted does not.
    """
    from fairkit.dialects import fits

    kind = found.resource.kind
    left = [one.name for one in forms if not fits(one.dialect, kind)]
    if left and to not in (None, _ALL):
        remedy = "For models there are: fair4ml, hf-card, cyclonedx, ro-crate, schema-org, datacite …"
        raise UsageError(f"{to} is a form for data, and {found.target} is a {kind}", value=to, remedy=remedy)
    if left and not quiet:
        edge.say(f"fairkit: left out, for forms of data: {', '.join(left)}; this is a {kind}")
    return [one for one in forms if one.name not in left]


def _list(*, json: bool, output: str | None) -> None:
    from fairkit.compare.export_loss import Export
    from fairkit.dialects import dialect, exports, form

    from .looks import json_of

    forms = [form(name) for name in exports()]
    rows = [(one.name, dialect(one.dialect).TITLE, one.media_type, one.file_name) for one in forms]
    if json:
        made = tuple(Export(form=name, title=title, media_type=kind, file=file) for name, title, kind, file in rows)
        edge.write(json_of(made), output)
        return
    width = max(len(name) for name, *_ in rows)
    lines = [f"{name:<{width}}  {title}  [{kind}; {file}]" for name, title, kind, file in rows]
    edge.write("\n".join(lines).encode() + b"\n", output)


def _made(form: Form, found: Described, *, loss: bool) -> Export:
    """The document in a form, and what is lost on the way to it."""
    from fairkit.compare.export_loss import Export, lost, told_fields
    from fairkit.dialects import dialect

    body = form.write(found.resource)
    return Export(
        target=found.target,
        form=form.name,
        title=dialect(form.dialect).TITLE,
        media_type=form.media_type,
        byte_size=len(body),
        document=body.decode(),
        told=len(told_fields(found.resource)),
        losses=lost(found.resource, form.dialect) if loss else None,
    )


def _put(
    made: list[Export], forms: list[Form], found: Described, output: str, *, everything: bool, force: bool
) -> list[Export]:
    """The exports after their documents were written: all of them into a folder, one to a file.

    Raises:
        UsageError: if the folder cannot be made, or is the one that is described.
    """
    if not everything:
        return [_written(made[0], output)]
    if os.path.realpath(output) == os.path.realpath(found.root or os.devnull):
        what = f"{output} is what is described: its own documents could be replaced"
        raise UsageError(what, value=output, remedy="Choose another folder.")
    try:
        os.makedirs(output, exist_ok=True)
    except OSError as error:
        raise UsageError(f"there can be no folder {output}: {error.strerror}", value=output) from None
    paths = [os.path.join(output, form.file_name) for form in forms]
    return [
        one if not force and _is_of_others(path, one) else _written(one, path)
        for one, path in zip(made, paths, strict=True)
    ]


def _written(made: Export, path: str) -> Export:
    """An export after its document was written to a file."""
    from dataclasses import replace

    atomic.write(path, (made.document or "").encode())
    return replace(made, file=path, document=None)


def _is_of_others(path: str, made: Export) -> bool:
    """Whether there is a file that people may have written, under a name that they use, and not this document."""
    if os.path.basename(path) not in _NAMED_BY_PEOPLE or not os.path.lexists(path):
        return False
    try:
        with open(path, "rb") as file:
            if file.read() == (made.document or "").encode():
                return False
    except OSError:
        pass
    edge.say(f"fairkit: {path} is there already and stays as it is; --force replaces it")
    return True


def _tell(made: list[Export], *, json: bool, loss: bool, output: str | None, quiet: bool, verbose: bool) -> None:
    from .looks import json_of, style

    if json:
        edge.write(json_of(tuple(made)), output)
    elif loss:
        from fairkit.compare import export_text

        edge.write(export_text.render(made, style=style(output, verbose)), output)
    elif not quiet:
        for one in made:
            if one.file:
                edge.say(f"fairkit: wrote {one.file}")
