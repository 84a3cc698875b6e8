"""Training: on which data, how well it does, and can that be repeated?"""

from __future__ import annotations

from fairkit.model.ai import DataUse, Result
from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import identifiers, licences

from ._check import Seen, check, count, graded

_SOFTWARE_LICENCES = ("GPL", "AGPL", "LGPL")
_MOST = 3


def _trained(view: Seen) -> list[DataUse]:
    return [one for one in view.resource.data_uses if one.role == "trained"]


def _name(use: DataUse) -> str:
    return str(use.identifier or use.title or "the data")


@check(fields={"data_uses"})
def training_data_are_exact(view: Seen) -> Outcome:
    """The training data are named exactly: identifier, version, and the split or the list of files.

    Write them under [[model.data]], with a digest where you can: a DOI alone does not say which part was used.
    """
    uses = _trained(view)
    if not uses:
        return fail("no training data are named", fix=Fix("data_uses"))
    for use in uses:
        told = {"identifier": use.identifier, "version": use.version, "split or files": use.split or use.files}
        missing = [name for name, value in told.items() if not value]
        if "identifier" in missing:
            return fail("{name} has no identifier", name=_name(use), fix=Fix("data_uses"))
        if missing:
            return partial(
                "{name} without {missing}", name=_name(use), missing=", ".join(missing), fix=Fix("data_uses")
            )
    return passed("{name}", "data_uses", name=_name(uses[0]))


@check(fields={"data_uses"})
def training_and_test_are_apart(view: Seen) -> Outcome:
    """The data that it was tested on are not those that it was trained on.

    Name the split or the files of each use, so that it can be seen.
    """
    trained, tested = _trained(view), [one for one in view.resource.data_uses if one.role == "tested"]
    if not trained or not tested:
        return fail("only one of both is named, or none", fix=Fix("data_uses"))
    for one in trained:
        for other in tested:
            if not _same_data(one, other):
                continue
            shared = sorted(set(one.files) & set(other.files))
            if shared:
                return fail("{names} are in both", names=", ".join(shared[:_MOST]), fix=Fix("data_uses"))
            if not (one.files and other.files) and one.split == other.split:
                return fail(
                    "both are {name} {split}", name=_name(one), split=one.split or "as a whole", fix=Fix("data_uses")
                )
    return passed("apart", "data_uses")


def _same_data(one: DataUse, other: DataUse) -> bool:
    if one.identifier and other.identifier:
        return identifiers.same(one.identifier, other.identifier)
    return one.title == other.title


@check(fields={"data_uses"})
def training_data_are_assessed(view: Seen) -> Outcome:
    """How FAIR the training data are is stated beside the model.

    Let fairkit assess the dataset that is named under [[model.data]], and write its score there.
    """
    uses = _trained(view)
    if not uses:
        return fail("no training data are named", fix=Fix("data_uses"))
    scored = [one for one in uses if one.score is not None]
    return graded(len(scored), len(uses), "dataset", ("is assessed", "are assessed"), field="data_uses")


@check(fields={"data_uses"})
def training_data_are_fair(view: Seen, *, enough: float = 0.8, some: float = 0.5) -> Outcome:
    """The data that the model depends on are FAIR themselves: the weakest bounds it.

    Mend the dataset first, or train on one that others can find and reuse.
    """
    scores = [(one.score, _name(one)) for one in _trained(view) if one.score is not None]
    if not scores:
        return fail("nobody knows how FAIR the training data are", fix=Fix("data_uses"))
    score, name = min(scores)
    verdict = passed if score >= enough else partial if score >= some else fail
    return verdict("{name}: {score:.0%}", "data_uses", name=name, score=score)


@check(fields={"data_uses"})
def training_licence_is_known(view: Seen) -> Outcome:
    """The licence of the training data is stated, and is one for data.

    Write it under [[model.data]]; a licence made for software leaves open what it asks of a model.
    """
    uses = _trained(view)
    stated = [one for one in uses if one.license]
    if not stated:
        return fail("the licence of no training data is stated", fix=Fix("data_uses"))
    odd = [f"{one.license} on {_name(one)}" for one in stated if str(one.license).startswith(_SOFTWARE_LICENCES)]
    unknown = [str(one.license) for one in stated if licences.find(str(one.license)) is None]
    if odd or unknown or len(stated) < len(uses):
        what = (*odd, *(f"{name!r} is no known licence" for name in unknown), "not of all data")[0]
        return partial("{what}", what=what, fix=Fix("data_uses"))
    return passed("{licence}", "data_uses", licence=stated[0].license)


@check(fields={"results"})
def results_name_their_data(view: Seen) -> Outcome:
    """Every result says on which data and which split it was measured.

    Without the split a number cannot be compared; `fairkit benchmark score` records it.
    """
    results = view.resource.results
    if not results:
        return fail("no results are stated", fix=Fix("results"))
    good = [one for one in results if one.dataset and one.split]
    if len(good) == len(results):
        return passed("{every}", "results", every=count(len(good), "result"))
    lacking = next(one for one in results if not (one.dataset and one.split))
    what = "split" if lacking.dataset else "dataset"
    return (partial if good else fail)("{metric} without {what}", metric=lacking.metric, what=what, fix=Fix("results"))


@check(fields={"results"})
def results_are_complete(view: Seen) -> Outcome:
    """Every result has an uncertainty and its kind, the number of trainings, the aggregation and the direction.

    Let `fairkit benchmark score` compute them from the predictions of several trainings.
    """
    results = view.resource.results
    if not results:
        return fail("no results are stated", fix=Fix("results"))
    lacking = [(one.metric, missing) for one in results if (missing := _lacks(one))]
    if not lacking:
        return passed("{every}", "results", every=count(len(results), "result"))
    metric, missing = lacking[0]
    bare = all(len(each) > 3 for _, each in lacking) and len(lacking) == len(results)
    return (fail if bare else partial)(
        "{metric} without {what}", metric=metric, what=", ".join(missing), fix=Fix("results")
    )


def _lacks(one: Result) -> list[str]:
    told = {
        "uncertainty": one.uncertainty is not None,
        "its kind": one.uncertainty_kind,
        "number of trainings": one.trainings,
        "aggregation": one.aggregation,
        "operating point": one.operating_point,
        "direction": one.direction,
    }
    return [name for name, value in told.items() if not value]


@check(fields={"verifications"})
def example_is_reproduced(view: Seen) -> Outcome:
    """The example inputs give the expected outputs, within the tolerances that are stated.

    Put examples beside the model, and run `fairkit verify DIR --run --record`.
    """
    runs = view.resource.verifications
    if not runs:
        return fail("no run of an example is recorded", fix=Fix("verifications"))
    last = runs[-1]
    if last.passed:
        return passed("{rows} in {runtime}", "verifications", rows=count(last.rows, "row"), runtime=last.runtime)
    return fail("{fault}", fault=next(iter(last.faults), "the outputs differ"), fix=Fix("verifications"))


@check(fields={"verifications"})
def example_has_power(view: Seen) -> Outcome:
    """The example would notice weights that changed: its outputs vary and are not saturated.

    Take rows of the data as examples, and run `fairkit verify DIR --run --power --record`.
    """
    tried = [one for one in view.resource.verifications if one.power is not None]
    if not tried:
        return fail("nobody tried whether the example notices anything", fix=Fix("verifications"))
    if tried[-1].power == "power":
        return passed("it sees a change of {noise:.0%}", "verifications", noise=tried[-1].noise or 0.01)
    return fail("it does not see weights that changed", fix=Fix("verifications"))


@check(fields={"verifications"})
def model_runs_elsewhere(view: Seen) -> Outcome:
    """The model runs in a runtime other than that it was trained in.

    Run `fairkit verify DIR --run --record`: it takes onnxruntime.
    """
    runs = view.resource.verifications
    if runs:
        return passed("{runtime}", "verifications", runtime=runs[-1].runtime)
    return fail("no run is recorded", fix=Fix("verifications"))


@check(fields={"verifications", "distributions"})
def weights_are_those_verified(view: Seen) -> Outcome:
    """The weights are those of the version that was verified: others are another version.

    Raise the version, and verify again, where the weights changed.
    """
    runs = view.resource.verifications
    if not runs:
        return fail("no digest of the weights is recorded", fix=Fix("verifications"))
    known = {f"{c.algorithm}:{c.value}" for one in view.resource.distributions for c in one.checksums}
    if not any(value.startswith("sha256:") for value in known):
        return not_applicable("no file has a digest to compare")
    if runs[-1].model_digest in known:
        return passed("{digest}", "verifications", digest=runs[-1].model_digest[:23])
    return fail("no file has the digest {digest} that was verified", digest=runs[-1].model_digest[:23])


@check(fields={"data_uses", "code_repository"})
def parts_have_identifiers(view: Seen) -> Outcome:
    """The code and the training data have identifiers of their own.

    Name the repository of the code, and the DOI of the dataset.
    """
    work = view.resource
    data, code = [one.identifier for one in work.data_uses if one.identifier], work.code_repository
    if data and code:
        return passed("{data}, {code}", "data_uses", data=str(data[0]), code=code)
    if data or code:
        return partial("only the {which}", which="data" if data else "code", fix=Fix("data_uses"))
    return fail("neither has one", fix=Fix("code_repository"))
