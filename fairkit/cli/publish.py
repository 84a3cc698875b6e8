"""`fairkit publish`: a folder becomes a deposit in a repository, once."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fairkit.errors import MetadataRefused, UsageError

from . import edge
from .bytes_shown import harmless, shown
from .options import Json, Quiet
from .repository import Cern, Experiment, InvenioUrl, Local, Sandbox, To, Zenodo
from .repository import opened as asked

if TYPE_CHECKING:
    from fairkit.gate import Verdict
    from fairkit.publish.journal import Journal
    from fairkit.publish.places import Place
    from fairkit.publish.problem import Problem
    from fairkit.publish.release import Release
    from fairkit.publish.result import Result, Way
    from fairkit.repositories.invenio import Invenio

__all__ = ["publish"]


Public = Annotated[bool, typer.Option("--publish", help="Make it public; else it stays a draft.")]
NewVersion = Annotated[
    bool, typer.Option("--new-version", help="As the next version of the record that it was published as.")
]
VersionOf = Annotated[
    str | None, typer.Option("--version-of", metavar="DOI", help="As the next version of the record with a DOI.")
]
NewRecord = Annotated[bool, typer.Option("--new-record", help="As a work of its own, whatever was published before.")]
Community = Annotated[str | None, typer.Option("--community", metavar="NAME", help="Ask a community for a review.")]
Embargo = Annotated[
    str | None, typer.Option("--embargo", metavar="DATE", help="Keep the files closed until a day: 2027-01-31")
]
Restricted = Annotated[bool, typer.Option("--restricted", help="Keep the files closed.")]
NoGate = Annotated[bool, typer.Option("--no-gate", help="Let through what the gate would block.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what a person changed in the draft meanwhile.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would be done; needs no token.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="DIR", help="With --cern: the bundle [default: ./submission].")
]
Recid = Annotated[str | None, typer.Option("--recid", metavar="NUMBER", help="With --cern: the number of the record.")]
Cookie = Annotated[
    str | None,
    typer.Option("--session-cookie-file", metavar="FILE", help="With --cern: a curator's session, for /releases."),
]
Releases = Annotated[str | None, typer.Option("--releases", metavar="URL", help="With --cern: another portal.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Publish without asking.")]


@edge.guarded
def publish(
    folder: Annotated[
        str, typer.Argument(metavar="DIR|PKG", help="The folder with the data or the model, or a package.")
    ],
    zenodo: Zenodo = False,
    sandbox: Sandbox = False,
    invenio: InvenioUrl = None,
    local: Local = None,
    cern: Cern = False,
    experiment: Experiment = None,
    output: Output = None,
    recid: Recid = None,
    session_cookie_file: Cookie = None,
    releases: Releases = None,
    to: To = None,
    publish_: Public = False,
    new_version: NewVersion = False,
    version_of: VersionOf = None,
    new_record: NewRecord = False,
    community: Community = None,
    embargo: Embargo = None,
    restricted: Restricted = False,
    no_gate: NoGate = False,
    overwrite: Overwrite = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Package a folder, hold it against the gate, and deposit it: nothing lost, nothing doubled.

    \b
    fairkit publish ./dataset
    fairkit publish ./dataset --zenodo --sandbox --dry-run
    fairkit publish ./dataset --zenodo --sandbox
    fairkit publish ./model --zenodo --sandbox
    fairkit publish ./dataset --invenio https://data.example.org --publish --yes
    fairkit publish ./dataset --cern --experiment atlas

    Without a repository it goes to the folder ./repository, which needs no account. In Zenodo or any InvenioRDM it
    becomes a draft with a reserved DOI; --publish makes it public. Whatever breaks off is gone on with by running the
    same again, and a run after the last changes nothing.

    CERN Open Data has no public deposit: --cern writes what a pull request needs, and with a curator's session it fills
    a release, up to READY.

    The token stands in FAIRKIT_TOKEN, in the variable of the repository (FAIRKIT_ZENODO_TOKEN,
    FAIRKIT_ZENODO_SANDBOX_TOKEN, FAIRKIT_INVENIO_TOKEN), in the keyring, or in a file of mode 0600.
    """
    from fairkit.publish import preflight, tokens
    from fairkit.publish.access import closed
    from fairkit.publish.identity import as_doi
    from fairkit.publish.places import place
    from fairkit.publish.result import Way

    where = place(zenodo=zenodo, sandbox=sandbox, invenio=invenio, local=local, cern=cern, experiment=experiment, to=to)
    _refuse_of_others(where, publish=publish_, of_cern=(output, recid, session_cookie_file, releases))
    _refuse_both(where, new_record=new_record, new_version=new_version or version_of is not None)
    if publish_ and community:
        what = "a community publishes what it was asked to review"
        raise UsageError(what, remedy="Leave out --publish, or --community.")
    _refuse_inside(folder, where)
    former = version_of if where.kind == "local" else as_doi(version_of) if version_of else None
    release = _packaged(folder, where, closed(embargo=embargo, restricted=restricted), quiet=quiet)
    way = Way(publish_, new_version or former is not None, community, overwrite, new_record)
    found, verdict = preflight.problems(release, where), _judged(release)
    problems = [one for one in found if not (way.new_version and one.code == "doi-taken")]
    _tell(() if dry_run and not json else problems, verdict, no_gate=no_gate, quiet=quiet)
    blocked = 2 if any(one.blocks for one in problems) else 0 if no_gate else verdict.exit_code
    if dry_run:
        _planned(release, where, way, problems, former, json=json)
    if dry_run or blocked:
        return blocked
    if where.kind == "cern":
        from .publish_cern import Submitted, submitted

        asked_for = Submitted(output, recid, session_cookie_file, releases)
        return submitted(release, where, asked_for, verdict, json=json, quiet=quiet)
    if where.kind == "invenio":
        tokens.required(where)  # before anybody is asked anything
    _agree(release, where, publish=publish_, yes=yes)
    passed_over = None if verdict.verdict == "pass" else verdict
    _told(_deposited(release, where, way, former=former, passed_over=passed_over, quiet=quiet), json=json)
    return 0


def _refuse_of_others(where: Place, *, publish: bool, of_cern: Sequence[str | None]) -> None:
    """No option is passed over in silence.

    Raises:
        UsageError: for an option that means nothing where it goes.
    """
    if where.kind != "cern" and any(one is not None for one in of_cern):
        what = "--output, --recid, --session-cookie-file and --releases are for CERN Open Data"
        raise UsageError(what, remedy="Write --cern --experiment NAME, too, or leave them out.")
    if where.kind == "cern" and publish:
        raise UsageError("CERN Open Data has no public deposit", remedy="Leave out --publish: its curators publish.")


def _refuse_both(where: Place, *, new_record: bool, new_version: bool) -> None:
    if new_record and new_version:
        raise UsageError("a new version is no record of its own", remedy="Leave out --new-record, or the version.")
    if new_record and where.kind != "invenio":
        raise UsageError("--new-record is for Zenodo and other InvenioRDM repositories", remedy="Leave it out.")


def _refuse_inside(folder: str, where: Place) -> None:
    """A repository among the data would be published with them, and make each run another release."""
    home, place = os.path.realpath(folder), os.path.realpath(where.base) if where.kind == "local" else ""
    inside = os.path.relpath(place, home).split(os.sep) if place else [os.pardir]
    if inside[0] != os.pardir and not any(part.startswith(".") and part != os.curdir for part in inside):
        what = f"the repository {where.base} would lie in the folder that is published, and be published with it"
        raise UsageError(what, value=where.base, remedy="Name another place, as in: --local ../repository")


def _packaged(folder: str, where: Place, changes: Mapping[str, Any], *, quiet: bool) -> Release:
    from fairkit.publish.release import Release

    most, publisher = where.rules.most_files, where.publisher
    with shown(quiet=quiet) as progress:
        release = Release(folder, progress=progress, changes=changes, most_files=most, publisher=publisher)
    for note in release.package.notes if not quiet else ():
        edge.say(f"fairkit: {note}")
    return release


def _tell(problems: Sequence[Problem], verdict: Verdict, *, no_gate: bool, quiet: bool) -> None:
    for one in problems:
        if one.blocks or not quiet:
            edge.say(f"fairkit: {one}")
    if verdict.verdict != "pass":
        edge.say(_of_gate(verdict, no_gate=no_gate))


def _judged(release: Release) -> Verdict:
    """The gate's word on the package, by the policy of the folder; what exists only after deposit is pending."""
    from datetime import date

    from fairkit import settings
    from fairkit.assess import checklist
    from fairkit.assess.assessment import assess_all
    from fairkit.dialects import harvest
    from fairkit.evidence import Gatherer
    from fairkit.gate import judge
    from fairkit.http import Session
    from fairkit.sources import Target, Wants

    from . import policy

    rules = policy.chosen(None, [release.root], None, None, None)
    chosen = checklist.load(rules.checklist or "fairkit")
    [report] = Gatherer(lambda: Session(offline=True)).gather(
        Target(release.place, "folder"), Wants(chosen.needs, chosen.fields, False)
    )
    [made] = assess_all(harvest(report.evidence), [chosen], when=settings.now())
    own = rules.policy.concerning({row.metric for row in made.results})
    return judge(made, own, today=date.fromisoformat(settings.now()[:10]))


def _of_gate(verdict: Verdict, *, no_gate: bool) -> str:
    every = [f"  ✗ {reason.what}: {reason.why}" for reason in (*verdict.blocking, *verdict.unknown)]
    reasons = "\n".join(map(harmless, every))
    head = "LET THROUGH although the gate would block it" if no_gate else "the gate blocks it"
    return f"fairkit: {head} (checklist {verdict.checklist.id}):\n{reasons}"


def _agree(release: Release, where: Place, *, publish: bool, yes: bool) -> None:
    """Nobody publishes by accident: at a terminal the name of the repository is typed, elsewhere --yes is asked for.

    Raises:
        UsageError: if nobody agrees.
    """
    if not publish or yes or where.kind != "invenio":
        return
    remedy = "Write --yes where nobody is asked, or leave out --publish for a draft."
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"publishing in {where.name} cannot be undone, and nobody can be asked", remedy=remedy)
    title = harmless(release.resource.title or "it")
    print(f"Publish {title!r} in {where.name} for good? Type {where.name}: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() != where.name.casefold():
        raise UsageError("it was not published", remedy=remedy)


def _planned(
    release: Release, where: Place, way: Way, problems: Sequence[Problem], former: str | None, *, json: bool
) -> None:
    from fairkit.publish.plan import plan, text

    from .looks import json_of

    before = former or (_own_doi(release) if way.new_version else None)
    made = plan(release, where, way, problems=problems, version_of=before)
    edge.write(json_of(made) if json else _lines(text(made)), None)


def _own_doi(release: Release) -> str | None:
    """The DOI that the folder states as its own; where this is to be another version, that of the one before."""
    return next(iter(_stated(release)), None)


def _stated(release: Release) -> list[str]:
    return [one.value for one in release.resource.identifiers if one.scheme == "doi"]


def _identify(journal: Journal, repository: Invenio, release: Release, way: Way, former: str | None) -> None:
    """Find out of which record the folder is a version, where only a DOI tells it."""
    from fairkit.publish.apply import mark
    from fairkit.publish.identity import adopt, formers, refuse_twin

    stated = _stated(release)
    own = next(iter(stated), None)
    if former is not None:
        adopt(journal, repository, former)
    elif own is not None and not way.new_version:
        refuse_twin(journal, repository, own, mark=mark(release.release).value)
    elif own is not None and journal.get("record") is None:
        adopt(journal, repository, own)
    known = formers(journal, repository, stated, release=release.release, new_version=way.new_version)
    release.succeed(known)


def _deposited(
    release: Release, where: Place, way: Way, *, former: str | None, passed_over: Verdict | None, quiet: bool
) -> Result:
    """What came of it; what the gate said and was `passed_over` goes into the journal.

    Raises:
        MetadataRefused: with the places in fairkit.toml of what the repository refuses.
    """
    if where.kind == "local":
        return _stored(release, where, way, former=former, passed_over=passed_over, quiet=quiet)
    from fairkit.publish import tokens
    from fairkit.publish.apply import Deposit
    from fairkit.publish.journal import opened
    from fairkit.publish.refusals import placed

    with asked(where, tokens.required(where).value) as repository, opened(release.root, where.base) as journal:
        _note_gate(journal, passed_over)
        _identify(journal, repository, release, way, former)
        with shown(quiet=quiet) as progress:
            progress.begin(sum(file.size for file in release.expected()))
            multipart, advance = where.rules.multipart, progress.advance
            deposit = Deposit(repository, journal, release, say=progress.say, advance=advance, multipart=multipart)
            try:
                return deposit.run(way)
            except MetadataRefused as refused:
                raise placed(refused, release.root) from None


def _stored(
    release: Release, where: Place, way: Way, *, former: str | None, passed_over: Verdict | None, quiet: bool
) -> Result:
    from fairkit.publish import local
    from fairkit.publish.journal import opened

    with opened(release.root, where.base) as journal, shown(quiet=quiet) as progress:
        _note_gate(journal, passed_over)
        progress.begin(sum(file.size for file in release.expected()))
        return local.deposit(where.base, journal, release, way, version_of=former, advance=progress.advance)


def _note_gate(journal: Journal, passed_over: Verdict | None) -> None:
    if passed_over is not None:
        reasons = [f"{one.what}: {one.why}" for one in (*passed_over.blocking, *passed_over.unknown)]
        journal.note("gate", gate=passed_over.verdict, let_through=reasons)


def _told(result: Result, *, json: bool) -> None:
    from .looks import json_of

    draft = result.draft
    head = "published" if draft.published else "a draft"
    doi = f", DOI {draft.doi or 'none yet'}" if "://" in draft.page else f" as version {draft.revision}"
    lines = [f"{draft.page}: {head}{doi}"]
    lines += [f"  {step}" for step in result.steps]
    lines += [] if result.steps or result.stale else ["  all of it was done already"]
    if result.stale:
        lines += [
            f"  the documents here differ from those of the record: {', '.join(result.stale)}",
            "  The record stays as it is. Raise the version and run it with --new-version, or edit the metadata there.",
        ]
    edge.write(json_of(result.told()) if json else _lines("\n".join(lines)), None)


def _lines(text: str) -> bytes:
    return "\n".join(map(harmless, text.split("\n"))).encode("utf-8", "replace") + b"\n"
