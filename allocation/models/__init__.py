"""The committee's tables, in the order of its work: calls, applications, instruction, debates, votes, decisions.

Funds, parties and people are text codes: allocation knows nobody. What people type is money; what is computed
from it is whole minor units of the call's currency. What was filed, said, voted or decided is never changed nor
deleted: the database refuses it (`apps.py`).
"""

from allocation.models.applications import (
    Application,
    ApplicationDocument,
    ApplicationEvent,
    ApplicationVersion,
    FitAnswer,
    Sponsorship,
)
from allocation.models.calls import Call, Criterion, Envelope, Proposal, RequestedDocument
from allocation.models.debates import Argument, Debate, Position, Synthesis
from allocation.models.decisions import Decision, Difference, Dissent, Scenario
from allocation.models.instruction import Assignment, InterestDeclaration, Recusal, Report, Score
from allocation.models.outcomes import Award, AwardPart, Ballot, Outcome
from allocation.models.votes import Attendance, Elector, Meeting, Objection, Paper, Proxy, Vote, VoteLink

__all__ = [
    "Application",
    "ApplicationDocument",
    "ApplicationEvent",
    "ApplicationVersion",
    "Argument",
    "Assignment",
    "Attendance",
    "Award",
    "AwardPart",
    "Ballot",
    "Call",
    "Criterion",
    "Debate",
    "Decision",
    "Difference",
    "Dissent",
    "Elector",
    "Envelope",
    "FitAnswer",
    "InterestDeclaration",
    "Meeting",
    "Objection",
    "Outcome",
    "Paper",
    "Position",
    "Proposal",
    "Proxy",
    "Recusal",
    "Report",
    "RequestedDocument",
    "Scenario",
    "Score",
    "Sponsorship",
    "Synthesis",
    "Vote",
    "VoteLink",
]
