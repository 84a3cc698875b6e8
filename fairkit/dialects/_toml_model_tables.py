"""[model] of `fairkit.toml`: a trained model, its tensors, the data it was trained on, and how well it does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ._toml_base import AnyId, Bound, Count, Doi, Share, Table, Text

__all__ = ["DataUse", "Model", "Result", "Tensor"]

Size = int | Text
Direction = Literal["higher", "lower"]


class Tensor(Table):
    """[[model.inputs]] and [[model.outputs]]."""

    name: Annotated[Text, Field(description="Its name in the file of the model")]
    type: Annotated[Text | None, Field(description="The type of its numbers: float32")] = None
    shape: Annotated[tuple[Size, ...] | None, Field(description="With the batch; -1 or a name for a free length")] = (
        None
    )
    description: Annotated[Text | None, Field(description="What it is")] = None
    meaning: Annotated[
        Literal["probability", "logit", "score", "value", "class"] | None,
        Field(description="What the numbers of an output are"),
    ] = None
    classes: Annotated[tuple[Text, ...], Field(description="The classes of an output, in their order")] = ()
    range: Annotated[tuple[Bound, Bound] | None, Field(description="Least and greatest value; inf for no bound")] = None
    sums_to: Annotated[Bound | None, Field(description="What the numbers of one entry add up to")] = None


class DataUse(Table):
    """[[model.data]]: data that it was trained, validated or tested on."""

    role: Annotated[Literal["trained", "validated", "tested"], Field(description="What they were used for")]
    doi: Annotated[Doi | None, Field(description="The DOI of the dataset")] = None
    id: Annotated[AnyId | None, Field(description="Another identifier of it: recid:12102")] = None
    title: Annotated[Text | None, Field(description="Its title")] = None
    version: Annotated[Text | None, Field(description="Its version")] = None
    split: Annotated[Text | None, Field(description="The split, by its name in the dataset")] = None
    files: Annotated[tuple[Text, ...], Field(description="The files, where not all of the split were used")] = ()
    digest: Annotated[Text | None, Field(description="sha256:… of the manifest, the split or the file list")] = None
    license: Annotated[Text | None, Field(description="The licence of the dataset")] = None
    score: Annotated[Share | None, Field(description="How FAIR it is, as fairkit assessed it: between 0 and 1")] = None


class Result(Table):
    """[[model.results]]: one number, with all that is needed to understand it."""

    metric: Annotated[Text, Field(description="The metric: AUC, accuracy, background rejection")]
    value: Annotated[Bound, Field(description="The number")]
    uncertainty: Annotated[Bound | None, Field(description="Its uncertainty")] = None
    uncertainty_kind: Annotated[Text | None, Field(description="bootstrap, standard deviation of trainings …")] = None
    trainings: Annotated[Count | None, Field(description="Of how many trainings")] = None
    aggregation: Annotated[Text | None, Field(description="single, mean, median, best, ensemble")] = None
    operating_point: Annotated[Text | None, Field(description="Where it was taken: signal efficiency 0.3")] = None
    direction: Annotated[Direction | None, Field(description="Which values are better")] = None
    doi: Annotated[Doi | None, Field(description="The DOI of the data it was measured on")] = None
    dataset: Annotated[AnyId | None, Field(description="Another identifier of them")] = None
    version: Annotated[Text | None, Field(description="Their version")] = None
    split: Annotated[Text | None, Field(description="Their split")] = None
    split_digest: Annotated[Text | None, Field(description="sha256:… of that split")] = None
    code_commit: Annotated[Text | None, Field(description="The commit of the code that measured it")] = None
    predictions_digest: Annotated[Text | None, Field(description="sha256:… of the predictions")] = None


class Model(Table):
    """[model]: what a trained model is."""

    tasks: Annotated[tuple[Text, ...], Field(description="What it does: jet tagging, binary classification")] = ()
    architecture: Annotated[Text | None, Field(description="Its family: interaction network, transformer")] = None
    parameters: Annotated[Count | None, Field(description="The number of its trained weights")] = None
    intended_use: Annotated[Text | None, Field(description="What it is meant for")] = None
    out_of_scope: Annotated[Text | None, Field(description="What it is not meant for")] = None
    validity: Annotated[Text | None, Field(description="For which inputs it holds, in words")] = None
    limitations: Annotated[Text | None, Field(description="Its risks, biases and limitations")] = None
    inputs: Annotated[tuple[Tensor, ...], Field(description="What goes into it")] = ()
    outputs: Annotated[tuple[Tensor, ...], Field(description="What comes out of it")] = ()
    data: Annotated[tuple[DataUse, ...], Field(description="The data it was trained and tested on")] = ()
    results: Annotated[tuple[Result, ...], Field(description="How well it does")] = ()
