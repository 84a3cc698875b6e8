"""`fairkit verify --run`: a model is run on its example rows in a limited child, and what comes of it is told."""

from __future__ import annotations

import base64
import binascii
import contextlib
import importlib.util
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from fairkit import atomic, untrusted
from fairkit.dialects import fairkit_toml, verification
from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.evidence import local
from fairkit.formats._open import facts_of
from fairkit.model.ai import ModelFile, Verification
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, plain, word
from fairkit.model.evidence import Document
from fairkit.package.layout import not_a_package

from . import examples
from .comparing import Tolerances

__all__ = ["DEFAULT", "NOISE", "RECORD", "Run", "make_outputs", "record", "run"]

DEFAULT = Tolerances(1e-5, 1e-6)
"""What the same file gives on other machines and versions of the runtime differs by less than this."""
NOISE = 0.01
RECORD = "verification.json"
_MOST_DOCUMENT = 4 * 1024 * 1024
_MOST_MODEL = 4 * 1024**3
_MOST_FAULTS = 100
_REMEDY = "It may be broken, want operators that ONNX Runtime has not, or more than it is given."
_MOST_TEXT = 1000
_QUIET = 0.5
"""The share of rows from which it is said that they are saturated, or all the same."""


@word
class Run(Frozen):
    """A run of a model on example rows, with what is said about it."""

    model: Annotated[str, Term(SDO.name, "The file of the model, in its folder")]
    verification: Annotated[Verification, Term(FAIRKIT.verification, "What is recorded of it")]
    saturated: Annotated[float, Term(FAIRKIT.saturated, "The share of rows of which every output is 0 or 1")] = 0.0
    alike: Annotated[float, Term(FAIRKIT.alike, "The share of rows with the outputs of the first one")] = 0.0
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What else is to be known, and is no fault")] = ()

    @property
    def good(self) -> bool:
        """Whether it passed, and has power where that was tried."""
        return self.verification.passed and self.verification.power != "no power"


class _Chosen(NamedTuple):
    root: str
    name: str
    facts: ModelFile
    digest: str
    external: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the file is."""
        return os.path.join(self.root, self.name)


def run(
    place: str,
    *,
    relative: float | None = None,
    absolute: float | None = None,
    noise: float | None = None,
    seconds: float = untrusted.MOST_SECONDS,
    accept: bool = False,
) -> Run:
    """Run the model of a folder, or the model file `place` in its folder, on the examples there.

    Tolerances are those of the last recorded run where none are given. `noise` is the relative change of the weights
    that must be seen, None to try none. With `accept` the model may be another one than the recorded.

    Raises:
        NotFound: if there is no model, or no example rows.
        UsageError: if ONNX Runtime is not installed, or the rows do not fit the model.
        UnreadableDocument: if the model cannot be run within the limits.
    """
    chosen = _chosen(place)
    before = _recorded(chosen.root)
    inputs, outputs = examples.needed(chosen.root, "inputs"), examples.needed(chosen.root, "outputs")
    within = _tolerances(before, relative, absolute)
    rules, unclear = _rules(chosen)
    question = {
        **_question(chosen, inputs), "outputs": outputs.files, "labels": _files(examples.part(chosen.root, "labels")),
        "rules": rules, "relative": within.relative, "absolute": within.absolute, "noise": noise,
    }  # fmt: skip
    told = _asked("ran", chosen, question, seconds)
    drift = [] if accept else _drift(chosen, before)
    try:
        found = _run(chosen, inputs.digest, outputs.digest, within, noise, told, drift)
        return replace(found, notes=(*found.notes, *_wide(within, relative, absolute), *unclear))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableDocument(f"{chosen.path} could not be run: its answer makes no sense", value=place) from error


def _run(
    chosen: _Chosen, inputs: str, outputs: str, within: Tolerances, noise: float | None, told: Any, drift: list[str]
) -> Run:
    faults = [*drift, *(str(fault)[:_MOST_TEXT] for fault in told["faults"][:_MOST_FAULTS])]
    notes = [str(note)[:_MOST_TEXT] for note in told["notes"][:_MOST_FAULTS]]
    quiet = _quiet(float(told["saturated"]), float(told["alike"]))
    power = told["power"]
    verdict: Literal["power", "no power"] | None = None
    if power is not None:
        verdict = "power" if power["changed"] and power["seen"] == power["draws"] else "no power"
        if verdict == "no power":
            notes.append(_powerless(power, noise, quiet))
    elif quiet:
        notes.append(quiet)
    largest = told["largest"]
    found = Verification(
        model_digest=chosen.digest, inputs_digest=inputs, outputs_digest=outputs, runtime=str(told["runtime"]),
        rows=int(told["rows"]), passed=not faults,
        relative_tolerance=within.relative, absolute_tolerance=within.absolute,
        largest_difference=None if largest is None else float(largest), power=verdict,
        noise=noise if verdict else None, faults=tuple(faults), when=datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip
    shares = {"saturated": float(told["saturated"]), "alike": float(told["alike"])}
    return Run(model=chosen.name, verification=found, notes=tuple(notes), **shares)


def _quiet(saturated: float, alike: float) -> str:
    if saturated >= _QUIET:
        return f"the outputs of {saturated:.0%} of the rows are saturated (0 or 1)"
    return f"{alike:.0%} of the rows have the same outputs" if alike >= _QUIET else ""


def _powerless(power: Any, noise: float | None, quiet: str) -> str:
    if not power["changed"]:
        return "no power: the model has no weights that could be changed"
    missed = power["draws"] - power["seen"]
    why = quiet or "the outputs of these rows hardly depend on the weights"
    tried = f"{noise:g} of noise on {power['changed']:,} weights went unseen in {missed} of {power['draws']} tries"
    return f"no power: {tried}; {why}"


def make_outputs(place: str, *, seconds: float = untrusted.MOST_SECONDS) -> tuple[str, int]:
    """Let the model write its own outputs into examples/outputs.npz, marked so; the file, and how many rows.

    Raises:
        UsageError: if there are expected outputs already.
        FairkitError: as for `run`.
    """
    chosen = _chosen(place)
    if examples.part(chosen.root, "outputs") is not None:
        what = f"{chosen.root} has expected outputs already"
        raise UsageError(what, value=place, remedy="Move them away first, if they are to be made anew.")
    told = _asked("made", chosen, _question(chosen, examples.needed(chosen.root, "inputs")), seconds)
    not_a_package(chosen.root, f"{examples.FOLDER}/outputs.npz")
    path = os.path.join(chosen.root, examples.FOLDER, "outputs.npz")
    try:
        body = base64.b64decode(told["body"], validate=True)
        count = int(told["rows"])
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise UnreadableDocument(f"{chosen.path} could not be run: its answer makes no sense", value=place) from None
    atomic.write(path, body)
    return path, count


def record(place: str, found: Run) -> str:
    """Write a run into the verification.json of its folder, in the place of those of models that are there no more.

    Raises:
        UsageError: if the folder is a finished package, or cannot be written to.
        UnreadableDocument: if there is one that cannot be read.
    """
    root = _root(place)
    not_a_package(root, RECORD)
    others = _digests(root) - {found.verification.model_digest}
    kept = [one for one in _recorded(root) if one.model_digest in others]
    path = os.path.join(root, RECORD)
    atomic.write(path, verification.body([*kept, found.verification]))
    return path


def _root(place: str) -> str:
    path = Path(place)
    return str(path if path.is_dir() else path.parent)


def _models(root: str) -> list[str]:
    found = [one.name for one in Path(root).iterdir() if one.name.endswith(".onnx") and one.is_file()]
    return sorted(name for name in found if not Path(root, name).is_symlink())


def _chosen(place: str) -> _Chosen:
    path = Path(place)
    if not path.exists():
        raise NotFound(f"there is no {place}", value=place, remedy="Is the path right?")
    if path.is_file() and path.suffix == ".onnx":
        return _seen(str(path.parent), path.name)
    if not path.is_dir():
        what = f"{place} is no folder, and no ONNX file"
        raise UsageError(what, value=place, remedy="Only ONNX is run; unpack an archive first.")
    names = _models(place)
    if len(names) != 1:
        what = f"{place} has {len(names)} models in ONNX" if names else f"{place} has no model in ONNX"
        remedy = f"Name one:  fairkit verify {os.path.join(place, names[0])} --run" if names else "Export it as .onnx."
        raise (UsageError if names else NotFound)(what, value=place, remedy=remedy)
    return _seen(place, names[0])


def _seen(root: str, name: str) -> _Chosen:
    """What the file tells without being run.

    Raises:
        UnreadableDocument: if it is broken, or wants weights from elsewhere than its folder.
    """
    path = os.path.join(root, name)
    facts = facts_of(path).model
    if facts is None or facts.format != "onnx":
        raise UnreadableDocument(f"{path} is no model in ONNX", value=path)
    refused = next((note for note in facts.notes if "refused" in note), None)
    if refused is not None:
        raise UnreadableDocument(f"{path} is not run: {refused}", value=path, remedy="Keep weights in its folder.")
    root = os.path.realpath(root)
    external = tuple(os.path.join(root, *one.split("/")) for one in facts.external)
    return _Chosen(root, name, facts, _digest(root, name, facts), external)


def _digest(root: str, name: str, facts: ModelFile | None) -> str:
    return examples.digest(root, [name, *(facts.external if facts is not None else ())])


def _question(chosen: _Chosen, inputs: examples.Part) -> dict[str, Any]:
    return {"external": chosen.external, "inputs": inputs.files, "digest": chosen.digest}


def _files(part: examples.Part | None) -> tuple[tuple[str, str], ...]:
    return () if part is None else part.files


def _asked(function: str, chosen: _Chosen, question: dict[str, Any], seconds: float) -> Any:
    if importlib.util.find_spec("onnxruntime") is None:
        what = "running a model needs ONNX Runtime, which is not installed"
        raise UsageError(what, value=chosen.path, remedy="Install it: pip install 'fairkit[models]'")
    files = [path for part in ("inputs", "outputs", "labels") for _, path in question.get(part, ())]
    size = sum(os.path.getsize(path) for path in (chosen.path, *chosen.external))
    if size > _MOST_MODEL:
        raise UsageError(f"{chosen.path} has {size:,} bytes, more than are run", value=chosen.path)
    memory = untrusted.MOST_MEMORY + 6 * size
    reads = [chosen.path, *chosen.external, *files]
    name = f"fairkit.verification.child:{function}"
    try:
        return untrusted.call(name, chosen.path, question, reads=reads, most_memory=memory, most_seconds=seconds)
    except UnreadableDocument as error:
        what = error.what.replace(f"{chosen.path} could not be read", f"{chosen.path} could not be run", 1)
        raise UnreadableDocument(what, value=error.value, remedy=error.remedy or _REMEDY) from None


def _tolerances(before: tuple[Verification, ...], relative: float | None, absolute: float | None) -> Tolerances:
    last = before[-1] if before else None
    known = DEFAULT if last is None else Tolerances(last.relative_tolerance, last.absolute_tolerance)
    if min(known) < 0:
        raise UnreadableDocument(f"{RECORD} tells a negative tolerance: {min(known):g}", value=min(known))
    return Tolerances(
        known.relative if relative is None else relative, known.absolute if absolute is None else absolute
    )


def _wide(within: Tolerances, relative: float | None, absolute: float | None) -> Iterator[str]:
    """That a recorded tolerance, which nobody gave this time, lets more pass than is usual."""
    for name, value, asked, usual in zip(("relative", "absolute"), within, (relative, absolute), DEFAULT, strict=True):
        if asked is None and value > usual:
            yield f"the {name} tolerance of {value:g} is that of {RECORD}, where {usual:g} is usual"


def _drift(chosen: _Chosen, before: tuple[Verification, ...]) -> list[str]:
    """That the recorded runs are of other bytes, which are no model of the folder any more."""
    known = {one.model_digest for one in before}
    if chosen.digest in known or not (gone := known - _digests(chosen.root)):
        return []
    return [f"{chosen.name} is not the model that {RECORD} is about: {min(gone)}"]


def _digests(root: str) -> set[str]:
    """Those of the models of a folder, of which one that is broken has none."""
    found = set()
    for name in _models(root):
        with contextlib.suppress(UnreadableDocument):
            found.add(_digest(root, name, facts_of(os.path.join(root, name)).model))
    return found


def _recorded(root: str) -> tuple[Verification, ...]:
    document = _document(root, RECORD, "verification", verification.MEDIA_TYPE)
    return () if document is None else verification.verifications(document)


def _rules(chosen: _Chosen) -> tuple[list[Any], list[str]]:
    """What the fairkit.toml of the folder says of the outputs, and what of it cannot be understood."""
    document = _document(chosen.root, "fairkit.toml", "fairkit-toml", fairkit_toml.MEDIA_TYPE)
    if document is None:
        return [], []
    view = fairkit_toml.read(document)
    unclear = [f"fairkit.toml: {fault}" for fault in view.faults if fault.startswith("model.outputs")]
    return [plain(one) for one in view.resource.outputs], unclear


def _document(root: str, name: str, representation: str, media_type: str) -> Document | None:
    """A document of the folder, None if there is none.

    Raises:
        UnreadableDocument: if it is there and cannot be read.
    """
    path = os.path.join(root, name)
    if not os.path.lexists(path):
        return None
    answer = local.read(path, most=_MOST_DOCUMENT)
    if answer.error or os.path.islink(path):
        raise UnreadableDocument(f"{path} cannot be read: {answer.error or 'it is a link'}", value=path)
    return Document(representation=representation, media_type=media_type, url=path, body=answer.body)
