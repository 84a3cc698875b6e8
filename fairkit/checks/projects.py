"""Projects: what the files around a work tell: environment, tests, paths, identifiers that contradict each other.

What was seen is the observation `project`: JSON of `fairkit.model.project.Project`. It is there for folders only.
"""

from __future__ import annotations

import json
from typing import Any

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed

from ._check import Seen, check, count

_MOST = 3
_OF_WORK = ("readme", "citation", "codemeta", "model_card", "modelcard")
_DEPOSITS = ("10.5281/zenodo.", "10.5072/zenodo.")
_SEEDS = ("seed", "random_state", "rng")
_MACHINES = ("hardware", "gpu", "cpu", "device", "machine")


def _project(project: str) -> dict[str, Any]:
    try:
        told = json.loads(project)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _rows(project: str, key: str) -> list[dict[str, Any]]:
    rows = _project(project).get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _names(project: str, key: str) -> list[str]:
    rows = _project(project).get(key)
    return [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []


def _place(row: dict[str, Any]) -> str:
    return f"{row.get('file')}:{row.get('line')}"


@check(needs={"project"})
def paths_are_public(view: Seen, *, project: str) -> Outcome:
    """No script or configuration needs a path that exists at its makers only.

    Read places from the command line or a configuration, and name where the data are published.
    """
    rows = _rows(project, "private_paths")
    if not rows:
        return passed("no such path")
    first = rows[0]
    more = f", and {len(rows) - 1} more" if len(rows) > 1 else ""
    return fail("{text} in {place}{more}", text=first.get("text"), place=_place(first), more=more)


@check(needs={"project"})
def environment_is_locked(view: Seen, *, project: str) -> Outcome:
    """The environment can be made again exactly: a lock file, exact versions, or a container by its digest.

    Write a lock (uv lock, conda-lock, pip freeze), or name the container by sha256.
    """
    locks = _names(project, "locks")
    if locks:
        return passed("{lock}", lock=locks[0])
    digests = [row for row in _rows(project, "containers") if row.get("digest")]
    if digests:
        return passed("{image} by its digest", image=digests[0].get("image"))
    asked = _rows(project, "requirements")
    loose = [row for row in asked if not row.get("pinned")]
    if not asked:
        return fail("nothing says which packages it needs")
    if loose:
        names = ", ".join(str(row.get("name")) for row in loose[:_MOST])
        return fail("{loose} of {every} without an exact version: {names} ({place})", loose=len(loose),
                    every=count(len(asked), "package"), names=names, place=_place(loose[0]))  # fmt: skip
    return passed("{every}, each in one version", every=count(len(asked), "package"))


@check(needs={"project"})
def code_has_licence(view: Seen, *, project: str) -> Outcome:
    """The licence of the code lies beside it.

    Put the text of the licence into a file LICENSE.
    """
    files = _names(project, "licence_files")
    return passed("{file}", file=files[0]) if files else fail("there is no file with a licence", fix=Fix("license"))


@check(needs={"project"})
def layout_is_usual(view: Seen, *, project: str) -> Outcome:
    """The project has what others look for: a licence, a citation file, a README or card, tests, and what runs them.

    Begin with CITATION.cff and a test that runs the model once.
    """
    told = {
        "licence file": _names(project, "licence_files"),
        "citation file": _names(project, "citation_files"),
        "README": _names(project, "readmes"),
        "tests": [*_names(project, "tests"), *_names(project, "pipelines")],
        "continuous integration": _names(project, "pipelines"),
    }
    missing = [name for name, found in told.items() if not found]
    if not missing:
        return passed("all of them")
    return (fail if len(missing) > 3 else partial)("without {missing}", missing=", ".join(missing))


@check(fields={"identifiers"}, needs={"project"})
def identifiers_agree_everywhere(view: Seen, *, project: str) -> Outcome:
    """The DOI that README, citation file and metadata name is one and the same.

    Where you name the DOI of all versions beside that of one, say which is which.
    """
    mine = {one.value.lower() for one in view.resource.identifiers if one.scheme == "doi"}
    rows = [row for row in _rows(project, "dois") if str(row.get("file", "")).lower().startswith(_OF_WORK)]
    named = {str(row.get("text", "")).lower(): row for row in reversed(rows)}
    family = {doi: row for doi, row in named.items() if doi in mine or _is_deposit(doi)}
    every = mine | set(family)
    others = _other_works(view)
    every -= others
    if not every:
        return not_applicable("no DOI of the work is named")
    if len(every) == 1:
        return passed("{doi}", "identifiers", doi=next(iter(every)))
    told = ", ".join(f"{doi} ({_place(family[doi]) if doi in family else 'metadata'})" for doi in sorted(every)[:_MOST])
    return fail("{told}: which is the version, and which the concept?", told=told, fix=Fix("identifiers"))


def _is_deposit(doi: str) -> bool:
    return doi.startswith(_DEPOSITS)


def _other_works(view: Seen) -> set[str]:
    """DOIs of data and of related works, which are others with good reason."""
    work = view.resource
    named = [one.identifier for one in work.data_uses if one.identifier]
    named += [one.identifier for one in work.relations if one.identifier]
    named += [*work.supersedes, *work.superseded_by]
    return {one.value.lower() for one in named if one.scheme == "doi"}


@check(fields={"activities", "results"}, needs={"project"})
def training_can_be_repeated(view: Seen, *, project: str) -> Outcome:
    """The commit of the code and the configuration of the training are there.

    Record the training with `fairkit run`, and keep its configuration in the package.
    """
    work = view.resource
    commits = [value for step in work.activities for name, value in step.parameters if name == "commit"]
    commits += [one.code_commit for one in work.results if one.code_commit]
    commits += [str(_project(project)["commit"])] if _project(project).get("commit") else []
    configured = _names(project, "configurations") or [s.name for s in work.activities if s.parameters]
    if commits and configured:
        return passed("commit {commit}, {file}", commit=commits[0][:12], file=configured[0])
    missing = [name for name, found in (("commit", commits), ("configuration", configured)) if not found]
    return (partial if commits or configured else fail)(
        "without {missing}", missing=" and ".join(missing), fix=Fix("activities")
    )


@check(fields={"activities"})
def training_is_told(view: Seen) -> Outcome:
    """Random seeds, hardware and cost of the training are recorded.

    Write them as parameters of the step: seed, gpu, and when it began and ended.
    """
    steps = view.resource.activities
    words = {name.lower() for step in steps for name, _ in step.parameters}
    told = {
        "seed": any(seed in word for word in words for seed in _SEEDS),
        "hardware": any(machine in word for word in words for machine in _MACHINES),
        "duration": any(step.started and step.ended for step in steps),
    }
    missing = [name for name, value in told.items() if not value]
    if not missing:
        return passed("all of them", "activities")
    return (fail if len(missing) == len(told) else partial)(
        "without {missing}", missing=", ".join(missing), fix=Fix("activities")
    )
