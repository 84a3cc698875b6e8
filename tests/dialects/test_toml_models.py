"""[model] of fairkit.toml: what is written is read, and what is known is written so that it is read again."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects import fairkit_toml
from fairkit.fix.edits import Edit
from fairkit.fix.toml import edited
from fairkit.model.ai import DataUse, Result, Tensor
from fairkit.model.identifier import Identifier

from .documents import read
from .of_models import MODEL

FIELDS = sorted(MODEL.keys() - {"channels", "verifications"})
RECORD = Identifier(scheme="cern-open-data", value="12102")


@pytest.mark.parametrize("field", FIELDS)
def test_a_value_is_read_as_it_was_meant(field: str) -> None:
    edits = [Edit(place, written) for place, written in fairkit_toml.encode(field, MODEL[field]).items()]
    assert edits
    view = read("fairkit-toml", edited("", edits))
    assert view.faults == ()
    assert getattr(view.resource, field) == MODEL[field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("data_uses", (DataUse(role="tested", identifier=RECORD, files=("a",)),)),
        ("results", (Result(metric="AUC", value=0.5, dataset=RECORD),)),
        ("outputs", (Tensor(name="y", range=(None, 1.0)),)),
        ("inputs", (Tensor(name="x", shape=()),)),
    ],
)
def test_other_values_too(field: str, value: Any) -> None:
    edits = [Edit(place, written) for place, written in fairkit_toml.encode(field, value).items()]
    assert getattr(read("fairkit-toml", edited("", edits)).resource, field) == value


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[model]\ntask = 'x'", "model.task"),
        ("[[model.data]]\nrole = 'seen'", "role"),
        ("[[model.results]]\nmetric = 'AUC'", "value"),
        ("[[model.outputs]]\nname = 'y'\nmeaning = 'guess'", "meaning"),
        ("[[model.data]]\nrole = 'trained'\ndoi = 'no'", "doi"),
    ],
)
def test_what_is_wrong_is_named(text: str, fault: str) -> None:
    assert any(fault in each for each in read("fairkit-toml", text).faults)
