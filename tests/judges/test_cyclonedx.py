"""CycloneDX's own library judges the bills of materials that fairkit writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fairkit.dialects import cyclonedx
from fairkit.model.ai import DataUse
from fairkit.model.resource import Resource
from fairkit.vocab import licences
from tests.dialects.of_models import MODEL
from tests.dialects.written import HOSTILE, RICH, whole

from . import works
from .environments import ask

pytestmark = pytest.mark.judge

MODELS = {
    "rich": replace(RICH, kind="model"),
    "bare": Resource(kind="model"),
    "model": Resource(kind="model", title="T", **MODEL),
    "pinned": Resource(kind="model", title="T", requirements=("torch==2.1.0+cpu", "numpy", "a==1", "a==1")),
    "combined": Resource(kind="model", title="T", license="MIT OR Apache-2.0"),
    "excepted": Resource(kind="model", title="T", license="GPL-2.0-only WITH Classpath-exception-2.0"),
    "licences": Resource(
        kind="model",
        title="T",
        data_uses=tuple(DataUse(role="trained", license=one.id) for one in licences.licences()),
    ),
    "example": works.model(),
    "dataset": works.example(),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_taken(name: str) -> None:
    assert ask("cyclonedx_reader", cyclonedx.write(MODELS[name])) is None


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) < 1000], ids=lambda text: f"{text[:12]!a}")
def test_hostile_texts_are_taken(text: str) -> None:
    assert ask("cyclonedx_reader", cyclonedx.write(replace(whole(text), kind="model"))) is None
