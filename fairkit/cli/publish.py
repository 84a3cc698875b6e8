"""`fairkit publish`: a folder becomes a deposit in a repository, once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import MetadataRefused, UsageError

from . import edge
from .bytes_shown import harmless, shown
from .options import Json, Quiet
from .repository import InvenioUrl, Sandbox, To, Zenodo
from .repository import opened as asked

if TYPE_CHECKING:
    from fairkit.gate import Verdict
    from fairkit.publish.apply import Result, Way
    from fairkit.publish.journal import Journal
    from fairkit.publish.places import Place
    from fairkit.publish.preflight import Problem
    from fairkit.publish.release import Release
    from fairkit.repositories.invenio import Invenio

__all__ = ["publish"]


@edge.guarded
def publish(
    folder: Annotated[str, typer.Argument(metavar="DIR|PKG", help="The folder with the data, or a package.")],
    zenodo: Zenodo = False,
    sandbox: Sandbox = False,
    invenio: InvenioUrl = None,
    to: To = None,
    publish_: Annotated[bool, typer.Option("--publish", help="Make it public; else it stays a draft.")] = False,
    new_version: Annotated[
        bool, typer.Option("--new-version", help="As the next version of the record that it was published as.")
    ] = False,
    community: Annotated[
        str | None, typer.Option("--community", metavar="NAME", help="Ask a community for a review.")
    ] = None,
    embargo: Annotated[
        str | None, typer.Option("--embargo", metavar="DATE", help="Keep the files closed until a day: 2027-01-31")
    ] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="Keep the files closed.")] = False,
    no_gate: Annotated[bool, typer.Option("--no-gate", help="Let through what the gate would block.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what a person changed in the draft meanwhile.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done; needs no token.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Publish without asking.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Package a folder, hold it against the gate, and deposit it: nothing lost, nothing doubled.

    \b
    fairkit publish ./dataset --zenodo --sandbox --dry-run
    fairkit publish ./dataset --zenodo --sandbox
    fairkit publish ./dataset --invenio https://data.example.org --publish --yes

    It makes a draft with a reserved DOI; --publish makes it public. Whatever breaks off is gone on with by running the
    same again, and a run after the last changes nothing. The token stands in FAIRKIT_TOKEN, in the variable of the
    repository (FAIRKIT_ZENODO_TOKEN, FAIRKIT_ZENODO_SANDBOX_TOKEN, FAIRKIT_INVENIO_TOKEN), in the keyring, or in a
    file of mode 0600.
    """
    from fairkit.publish import preflight, tokens
    from fairkit.publish.access import closed
    from fairkit.publish.apply import Way
    from fairkit.publish.journal import opened
    from fairkit.publish.places import place
    from fairkit.publish.plan import plan, text
    from fairkit.publish.release import Release

    from .looks import json_of

    where = place(zenodo=zenodo, sandbox=sandbox, invenio=invenio, to=to)
    if publish_ and community:
        what = "a community publishes what it was asked to review"
        raise UsageError(what, remedy="Leave out --publish, or --community.")
    changes = closed(embargo=embargo, restricted=restricted)
    with shown(quiet=quiet) as progress:
        release = Release(folder, progress=progress, changes=changes, most_files=where.rules.most_files)
    for note in release.package.notes if not quiet else ():
        edge.say(f"fairkit: {note}")
    problems = preflight.problems(release, where)
    _tell(problems, quiet=quiet)
    verdict = _judged(release)
    passed = verdict.verdict == "pass"
    if not passed:
        edge.say(_of_gate(verdict, no_gate=no_gate))
    way = Way(publish_, new_version=new_version, community=community, overwrite=overwrite)
    if dry_run:
        planned = plan(release, where, way, problems=problems)
        edge.write(json_of(planned) if json else text(planned).encode("utf-8", "replace") + b"\n", None)
        return 2 if any(one.blocks for one in problems) else 0 if no_gate else verdict.exit_code
    if any(one.blocks for one in problems):
        return 2
    if not passed and not no_gate:
        return verdict.exit_code
    token = tokens.required(where)
    _agree(release, where, publish=publish_, yes=yes)
    with asked(where, token.value) as repository, opened(folder, where.base) as journal:
        if no_gate and not passed:
            journal.note(
                "gate", gate=verdict.verdict, let_through=[f"{one.what}: {one.why}" for one in verdict.blocking]
            )
        result = _deposited(repository, journal, release, way, quiet=quiet)
    edge.write(json_of(result.told()) if json else _text(result).encode("utf-8", "replace") + b"\n", None)
    return 0


def _tell(problems: Sequence[Problem], *, quiet: bool) -> None:
    for one in problems:
        if one.blocks or not quiet:
            edge.say(f"fairkit: {one}")


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
    if not publish or yes:
        return
    remedy = "Write --yes where nobody is asked, or leave out --publish for a draft."
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"publishing in {where.name} cannot be undone, and nobody can be asked", remedy=remedy)
    title = harmless(release.resource.title or "it")
    print(f"Publish {title!r} in {where.name} for good? Type {where.name}: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() != where.name.casefold():
        raise UsageError("it was not published", remedy=remedy)


def _deposited(repository: Invenio, journal: Journal, release: Release, way: Way, *, quiet: bool) -> Result:
    """What came of it.

    Raises:
        MetadataRefused: with the places in fairkit.toml of what the repository refuses.
    """
    from fairkit.publish.apply import Deposit
    from fairkit.publish.refusals import placed

    with shown(quiet=quiet) as progress:
        progress.begin(sum(file.size for file in release.files(release.doi)))
        deposit = Deposit(repository, journal, release, say=progress.say, advance=progress.advance)
        try:
            return deposit.run(way)
        except MetadataRefused as refused:
            raise placed(refused, release.root) from None


def _text(result: Result) -> str:
    draft = result.draft
    lines = [f"  {step}" for step in result.steps] or ["  all of it was done already"]
    head = "published" if draft.published else "a draft"
    return "\n".join([f"{draft.page}: {head}, DOI {draft.doi or 'none yet'}", *lines])
