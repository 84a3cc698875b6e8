"""Agents, and the identifiers that they are known by."""

from __future__ import annotations

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier


def test_an_agent_is_asked_for_an_identifier_by_scheme() -> None:
    orcid = Identifier(scheme="orcid", value="0000-0002-1825-0097")
    assert Agent(name="A", identifiers=(orcid,)).identifier("orcid") == orcid.value
    assert Agent(name="A").identifier("orcid") is None
