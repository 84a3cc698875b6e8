"""Drives a plan by hand: answers come from a table instead of from the world."""

from __future__ import annotations

from collections.abc import Callable

from fairkit.sources import Answer, Ask, Gathered, Plan

__all__ = ["drive"]


def drive(plan: Plan, answer: Callable[[Ask], Answer]) -> tuple[list[Ask], list[Gathered]]:
    """What a plan asked for, and what it gathered, when `answer` answers."""
    asked: list[Ask] = []
    try:
        ask = next(plan)
        while True:
            asked.append(ask)
            ask = plan.send(answer(ask))
    except StopIteration as done:
        return asked, done.value
