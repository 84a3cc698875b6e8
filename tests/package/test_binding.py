"""Binding: every channel in its order; what has no variable, stands twice, or is no feature is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit import resources
from fairkit.dialects import channels_csv, harvest
from fairkit.formats._open import facts_of
from fairkit.model.ai import Channel, Tensor
from fairkit.model.evidence import Document, Evidence
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable
from fairkit.package.binding import bind, contradictions, differences
from fairkit.package.feature_lists import Features, features, own_lists

KNOWN = (
    *(Variable(name=name, unit="1") for name in ("pt", "eta", "phi")),
    Variable(name="truth_pt", unit="1", role="truth"),
    Variable(name="mass"),
)
X = Tensor(name="x", shape=("batch", 2, 5))


def test_the_inputs_of_a_real_model_are_bound_to_the_record_of_its_data(shared: Path) -> None:
    data = json.loads((shared / "data/models/hbb_features.json").read_bytes())
    model = facts_of(shared / "data/models/IN.onnx").model
    assert model is not None
    body = (resources.folder("showcase") / "12102" / "native.json").read_bytes()
    document = Document(representation="cern-open-data", media_type="application/json", url="12102", body=body)
    evidence = Evidence(target="12102", source="cern-open-data", basis="showcase", documents=(document,))
    lists, apart = features(data)
    bound = bind(model.inputs, lists=lists, variables=harvest(evidence).resource.variables, apart=apart)
    assert [one.variable for one in bound.channels] == data["features_2"] + data["features_3"]
    assert [one.index for one in bound.channels] == [*range(30), *range(14)]
    assert {one.input for one in bound.channels} == {"input_cpf", "input_sv"}
    assert {fault.code for fault in bound.faults} <= {"channel-unit"}
    written = channels_csv.write(Resource(channels=bound.channels))
    told = Document(representation="channels-csv", media_type="text/csv", url="channels.csv", body=written)
    assert channels_csv.claims(written)
    assert channels_csv.read(told).resource.channels == bound.channels


@pytest.mark.parametrize(
    ("names", "length", "codes"),
    [
        (("pt", "eta"), 5, []),
        (("pt", "eta"), None, []),
        (("pt", "etta"), 5, ["channel-undocumented"]),
        (("pt", "pt"), 5, ["channel-duplicate"]),
        (("pt", "truth_pt"), 5, ["channel-leak"]),
        (("pt", "phi"), 5, ["channel-leak"]),
        (("pt", "mass"), 5, ["channel-unit"]),
        (("pt",), 5, ["channel-count"]),
        (("pt", "eta", "mass"), 5, ["channel-count"]),
        (("pt", "eta"), 6, ["channel-count"]),
    ],
)
def test_what_is_wrong_has_its_code(names: tuple[str, ...], length: int | None, codes: list[str]) -> None:
    bound = bind([X], lists=[Features("f", names, length)], variables=KNOWN, apart=frozenset({"phi"}))
    assert [fault.code for fault in bound.faults] == codes


def test_a_renamed_channel_is_named_with_the_nearest() -> None:
    (fault,) = bind([X], lists=[Features("f", ("pt", "etta"), 5)], variables=KNOWN).faults
    assert fault.text == "x[1]: no variable etta is documented; the nearest are eta"


NAMES = ("a", "b", "c", "d")


def channels(names: tuple[str, ...]) -> tuple[Channel, ...]:
    return tuple(Channel(input="x", index=index, variable=name) for index, name in enumerate(names))


@given(st.permutations(NAMES))
def test_every_other_order_is_named_place_by_place(names: list[str]) -> None:
    found = differences(channels(NAMES), channels(tuple(names)))
    places = [index for index in range(len(NAMES)) if names[index] != NAMES[index]]
    assert [fault.text for fault in found] == [f"x[{at}]: was {NAMES[at]}, is {names[at]}" for at in places]
    assert {fault.code for fault in found} <= {"channel-order"}


@given(st.integers(0, 3))
def test_a_renamed_channel_is_named_exactly(at: int) -> None:
    (found,) = differences(channels(NAMES), channels((*NAMES[:at], "new", *NAMES[at + 1 :])))
    assert (found.code, found.text) == ("channel-renamed", f"x[{at}]: was {NAMES[at]}, is new")


def test_a_dropped_channel_is_named() -> None:
    (found,) = differences(channels(NAMES), channels(NAMES[:-1]))
    assert (found.code, found.text) == ("channel-missing", "x[3]: was d, is not bound")


def test_what_weaver_does_to_a_feature_is_kept() -> None:
    rows = [["pt", "1.7", "0.5", "-5", "5", "0"], ["eta", None]]
    lists, apart = features(
        {"inputs": {"x": {"length": "5", "vars": rows}}, "labels": {"value": ["is_b"]}, "observers": ["mass"]}
    )
    bound = bind([X], lists=lists, variables=KNOWN, apart=apart)
    pt = Channel(input="x", index=0, variable="pt", unit="1", shift=1.7, scale=2.0, clip=(-5.0, 5.0), padding="0")
    assert bound[:2] == ((pt, Channel(input="x", index=1, variable="eta", unit="1")), ())
    assert apart == {"is_b", "mass"}


def squared(*shape: int | str | None, names: tuple[str, ...] = ("pt", "eta"), length: int | None = None) -> list[str]:
    tensor = Tensor(name="x", shape=shape)
    return [one.code for one in bind([tensor], lists=[Features("f", names, length)], variables=KNOWN).faults]


def test_axes_that_cannot_be_told_apart_are_told() -> None:
    assert squared("batch", 2, 2) == ["axis-ambiguous"]
    assert squared("batch", 2, 2, length=2) == ["axis-ambiguous"]
    assert squared("batch", 2, 2, 7) == ["axis-ambiguous"]
    assert squared(2, 2) == squared("batch", 2, 5) == squared(2, 2, None) == squared("batch", 2, 5, length=5) == []
    (fault,) = bind(
        [Tensor(name="x", shape=(None, 2, 2))], lists=[Features("f", ("pt", "eta"))], variables=KNOWN
    ).faults
    assert (fault.level, fault.text) == (
        "warning",
        "x (? x 2 x 2): more than one axis has 2 places, and nothing tells which of them counts the features",
    )


X_CHANNELS = tuple(Channel(input="x", index=index, variable=name) for index, name in enumerate(("pt", "eta", "phi")))
Z_CHANNELS = (Channel(input="z", index=0, variable="mass"), Channel(input="z", index=1, variable="pt"))


@pytest.mark.parametrize(
    ("key", "value", "codes"),
    [
        ("features", "pt, eta, phi", []),
        ("feature_names", '["pt", "eta", "phi"]', []),
        ("x", '["mass", "pt"]', []),  # no key of a list
        ("features", "eta, pt, phi", ["metadata-order", "metadata-order"]),
        ("feature_names", "['pt', 'etta', 'phi']", ["metadata-differs"]),
        ("features", '{"z": ["pt", "mass"]}', ["metadata-order", "metadata-order"]),
        ("input_features", "pt, eta, phi, mass, pt", []),  # of both inputs, one after the other
        ("input_features", "pt, eta, phi, pt, mass", ["metadata-order", "metadata-order"]),
        ("features", "pt, eta", ["metadata-names"]),
        ("features", "a, b, c", ["metadata-names"]),
        ("features", "a, b, c, d", []),
        ("feature_importance", "eta, pt, phi", []),
        ("features", "jets of 60 constituents, with charge", []),
        ("features", "['pt', 3", []),
        ("features", "", []),
    ],
)
def test_the_models_own_words_are_held_against_the_binding(key: str, value: str, codes: list[str]) -> None:
    found = contradictions(own_lists([(key, value)]), (*X_CHANNELS, *Z_CHANNELS))
    assert [fault.code for fault in found] == codes


def test_a_channel_that_the_model_calls_otherwise_is_named() -> None:
    (fault,) = contradictions(own_lists([("feature_names", "pt, etta, phi")]), X_CHANNELS)
    assert fault.text == "x[1]: is eta, where the model itself lists etta under 'feature_names'"
