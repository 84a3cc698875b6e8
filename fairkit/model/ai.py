"""What is said of a trained model: its tensors, the data it was trained on, its results, and how it was checked."""

from typing import Annotated, Literal

from .base import FAIRKIT, SDO, Frozen, Namespace, Term, Told, word
from .identifier import Identifier

__all__ = ["FAIR4ML", "Channel", "DataUse", "ModelFile", "Result", "Tensor", "Verification"]

FAIR4ML = Namespace("https://w3id.org/fair4ml#")
_Finite = Annotated[float, Told("", allow_inf_nan=False)]


@word
class Tensor(Frozen):
    """One input or output of a model."""

    name: Annotated[str, Term(SDO.name, "Its name in the file")]
    dtype: Annotated[str | None, Term(FAIRKIT.dtype, "The type of its numbers, as NumPy calls it: float32")] = None
    shape: Annotated[
        tuple[int | str | None, ...] | None, Term(FAIRKIT.shape, "With the batch; a name or null for a free length")
    ] = None
    description: Annotated[str | None, Term(SDO.description, "What it is")] = None
    meaning: Annotated[
        Literal["probability", "logit", "score", "value", "class"] | None,
        Term(FAIRKIT.outputMeaning, "What the numbers of an output are"),
    ] = None
    classes: Annotated[tuple[str, ...], Term(FAIRKIT.classOrder, "The classes of an output, in their order")] = ()
    range: Annotated[
        tuple[_Finite | None, _Finite | None] | None, Term(FAIRKIT.valueRange, "Least and greatest value")
    ] = None
    sums_to: Annotated[_Finite | None, Term(FAIRKIT.sumsTo, "What the numbers of one entry add up to")] = None


@word
class Channel(Frozen):
    """One channel of an input: the variable of the training data that goes into it, and what is done to it before."""

    input: Annotated[str, Term(FAIRKIT.inputTensor, "The name of the input")]
    index: Annotated[int, Term(FAIRKIT.channelIndex, "Its place along the axis of features, from 0")]
    variable: Annotated[str, Term(SDO.variableMeasured, "The name of the variable in the training data")]
    unit: Annotated[str | None, Term(SDO.unitText, "The unit in which it goes in", vocabulary="units")] = None
    description: Annotated[str | None, Term(SDO.description, "What the variable means")] = None
    shift: Annotated[_Finite | None, Term(FAIRKIT.shift, "What is subtracted first")] = None
    scale: Annotated[_Finite | None, Term(FAIRKIT.scale, "What it is divided by then")] = None
    clip: Annotated[
        tuple[_Finite | None, _Finite | None] | None, Term(FAIRKIT.clip, "The bounds it is cut to after that")
    ] = None
    padding: Annotated[str | None, Term(FAIRKIT.padding, "The value that fills unused places")] = None
    range: Annotated[
        tuple[_Finite | None, _Finite | None] | None, Term(FAIRKIT.valueRange, "Where it was trained, in the unit")
    ] = None


@word
class DataUse(Frozen):
    """Data that a model was trained, validated or tested on: which, in which version, and what part of them."""

    role: Annotated[Literal["trained", "validated", "tested"], Term(FAIRKIT.dataRole, "What they were used for")]
    identifier: Annotated[Identifier | None, Term(SDO.identifier, "The dataset")] = None
    title: Annotated[str | None, Term(SDO.name, "Its title")] = None
    version: Annotated[str | None, Term(SDO.version, "Its version")] = None
    split: Annotated[str | None, Term(FAIRKIT.split, "The split, by its name in the dataset")] = None
    files: Annotated[tuple[str, ...], Term(SDO.hasPart, "Its files, where not all of the split were used")] = ()
    digest: Annotated[
        str | None, Term(FAIRKIT.manifestDigest, "sha256:… of the manifest, the split, or the list of files")
    ] = None
    license: Annotated[str | None, Term(SDO.license, "Its licence")] = None
    score: Annotated[
        _Finite | None, Term(FAIRKIT.score, "How FAIR the dataset is, as fairkit assessed it: between 0 and 1")
    ] = None


@word
class Result(Frozen):
    """One number that says how well a model does, with all that is needed to understand and to repeat it."""

    metric: Annotated[str, Term(SDO.name, "The metric", vocabulary="metrics")]
    value: Annotated[_Finite, Term(SDO.value, "The number")]
    uncertainty: Annotated[_Finite | None, Term(FAIRKIT.uncertainty, "Its uncertainty, in the same unit")] = None
    uncertainty_kind: Annotated[
        str | None, Term(FAIRKIT.uncertaintyKind, "standard deviation of trainings, bootstrap, statistical …")
    ] = None
    trainings: Annotated[int | None, Term(FAIRKIT.trainings, "How many trainings it is about")] = None
    aggregation: Annotated[str | None, Term(FAIRKIT.aggregation, "single, mean, median, best, ensemble")] = None
    operating_point: Annotated[
        str | None,
        Term(FAIRKIT.operatingPoint, "Where it was taken: signal efficiency 0.3; 'none' if at none"),
    ] = None
    direction: Annotated[Literal["higher", "lower"] | None, Term(FAIRKIT.direction, "Which values are better")] = None
    dataset: Annotated[Identifier | None, Term(FAIRKIT.evaluationData, "The data it was measured on")] = None
    version: Annotated[str | None, Term(SDO.version, "Their version")] = None
    split: Annotated[str | None, Term(FAIRKIT.split, "Their split")] = None
    split_digest: Annotated[str | None, Term(FAIRKIT.splitDigest, "sha256:… of that split")] = None
    code_commit: Annotated[str | None, Term(FAIRKIT.commit, "The commit of the code that measured it")] = None
    predictions_digest: Annotated[
        str | None, Term(FAIRKIT.predictionsDigest, "sha256:… of the predictions it was computed from")
    ] = None


@word
class Verification(Frozen):
    """A run of the model on example rows, compared with the expected outputs."""

    model_digest: Annotated[str, Term(FAIRKIT.checksum, "sha256:… of the model file that ran")]
    inputs_digest: Annotated[str, Term(FAIRKIT.inputsDigest, "sha256:… of the example rows")]
    outputs_digest: Annotated[str, Term(FAIRKIT.outputsDigest, "sha256:… of the expected outputs")]
    runtime: Annotated[str, Term(SDO.instrument, "What ran it, with its version: onnxruntime 1.31.1")]
    rows: Annotated[int, Term(FAIRKIT.entryCount, "How many rows")]
    passed: Annotated[bool, Term(FAIRKIT.passed, "Whether the outputs agree within the tolerances, and keep the rules")]
    relative_tolerance: Annotated[_Finite, Term(FAIRKIT.relativeTolerance, "How far they may differ, relatively")]
    absolute_tolerance: Annotated[_Finite, Term(FAIRKIT.absoluteTolerance, "How far they may differ beside that")]
    largest_difference: Annotated[_Finite | None, Term(FAIRKIT.largestDifference, "How far they do differ")] = None
    power: Annotated[
        Literal["power", "no power"] | None,
        Term(FAIRKIT.power, "Whether it sees changed weights; none: not tried"),
    ] = None
    noise: Annotated[_Finite | None, Term(FAIRKIT.noise, "The relative change of weights that it saw")] = None
    faults: Annotated[tuple[str, ...], Term(FAIRKIT.fault, "What did not agree or keep the rules")] = ()
    when: Annotated[str | None, Term(SDO.dateCreated, "ISO 8601")] = None


@word
class ModelFile(Frozen):
    """What a file with a model in it says of itself, read without running anything in it."""

    format: Annotated[str, Term(SDO.encodingFormat, "The format, by the name of its module: onnx, safetensors, torch")]
    inputs: Annotated[tuple[Tensor, ...], Term(FAIRKIT.input, "What goes in; weights that are listed so are none")] = ()
    outputs: Annotated[tuple[Tensor, ...], Term(FAIRKIT.output, "What comes out")] = ()
    parameters: Annotated[
        int | None, Term(FAIRKIT.parameterCount, "The numbers in its weights; those of constant nodes are apart")
    ] = None
    constants: Annotated[int | None, Term(FAIRKIT.constantCount, "The numbers in its constant nodes")] = None
    tensors: Annotated[tuple[Tensor, ...], Term(FAIRKIT.weight, "Its weights by name, with type and shape")] = ()
    opset: Annotated[int | None, Term(FAIRKIT.opset, "The version of the standard operators of ONNX")] = None
    opsets: Annotated[
        tuple[tuple[str, int], ...], Term(FAIRKIT.opsets, "Every domain of operators with its version; '' is ONNX's")
    ] = ()
    operators: Annotated[
        tuple[tuple[str, int], ...], Term(FAIRKIT.operator, "How many nodes there are of each operator")
    ] = ()
    ir_version: Annotated[int | None, Term(FAIRKIT.irVersion, "The version of ONNX's own format")] = None
    producer: Annotated[str | None, Term(SDO.instrument, "The program that wrote it, with its version")] = None
    model_version: Annotated[str | None, Term(SDO.version, "The version that stands in the file")] = None
    description: Annotated[str | None, Term(SDO.description, "The words that stand in the file")] = None
    metadata: Annotated[tuple[tuple[str, str], ...], Term(FAIRKIT.attribute, "Other words in it, by name")] = ()
    external: Annotated[tuple[str, ...], Term(SDO.hasPart, "The files beside it in which its weights lie")] = ()
    globals: Annotated[
        tuple[str, ...], Term(FAIRKIT.pickleGlobal, "What a pickle in it would call, if anybody unpickled it")
    ] = ()
    unknown_globals: Annotated[
        tuple[str, ...], Term(FAIRKIT.unknownGlobal, "Those of them that no list of harmless ones has")
    ] = ()
    runs_code: Annotated[
        bool, Term(FAIRKIT.runsCode, "Whether opening it the usual way may run code that lies in it")
    ] = False
    byte_size: Annotated[int | None, Term(SDO.contentSize, "The size of the file", unit="byte")] = None
    digest: Annotated[str | None, Term(FAIRKIT.checksum, "sha256:… of the file, where it was asked for")] = None
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What was refused, cut or left aside")] = ()
