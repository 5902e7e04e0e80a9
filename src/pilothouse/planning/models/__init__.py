"""What planning keeps: scorecards with what people said, and plans with what they are made of."""

from pilothouse.planning.models.launch import Gate, Told
from pilothouse.planning.models.plan import Capacity, DayOff, Estimate, Plan, PlanChoice, Skill, Worker
from pilothouse.planning.models.roadmap import Share
from pilothouse.planning.models.scorecard import Entry, Judgement, Scorecard, ScorecardRow, Seat

__all__ = [
    "Capacity", "DayOff", "Entry", "Estimate", "Gate", "Judgement", "Plan", "PlanChoice", "Scorecard", "ScorecardRow",
    "Seat", "Share", "Skill", "Told", "Worker",
]  # fmt: skip
