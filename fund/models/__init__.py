"""The tables of the fund. Amounts people type are `Money`; amounts rules compute are whole minor units."""

from fund.models.acts import Act, IssuedStatement, YearRun
from fund.models.adoption import CharterDecision, CharterDraft
from fund.models.audit import AuditAnswer, AuditNote, AuditSample, AuditSampleEntry, AuditTick
from fund.models.bank import BankLine, BankMatch
from fund.models.contributions import (
    Contribution,
    ContributionCall,
    DeclaredFigure,
    InKindContribution,
    Instalment,
    Membership,
    Pledge,
)
from fund.models.funds import CharterVersion, Fund
from fund.models.mail import OutgoingMail
from fund.models.notoriety import (
    NotorietyContest,
    NotorietyFact,
    NotorietyLine,
    NotorietyPoints,
    NotorietyResolution,
    NotorietyStatement,
)
from fund.models.parties import BankAccount, Mandate, Party, Role
from fund.models.projects import (
    Agreement,
    AwardNotice,
    Disbursement,
    ExploitationStatement,
    Performance,
    Project,
    Tranche,
)
from fund.models.returns import DrawingRight, DrawingRightMovement, Return, ReturnLine, ReturnShare
from fund.models.users import Access, User

__all__ = [
    "Access",
    "Act",
    "Agreement",
    "AuditAnswer",
    "AuditNote",
    "AuditSample",
    "AuditSampleEntry",
    "AuditTick",
    "AwardNotice",
    "BankAccount",
    "BankLine",
    "BankMatch",
    "CharterDecision",
    "CharterDraft",
    "CharterVersion",
    "Contribution",
    "ContributionCall",
    "DeclaredFigure",
    "Disbursement",
    "DrawingRight",
    "DrawingRightMovement",
    "ExploitationStatement",
    "Fund",
    "InKindContribution",
    "Instalment",
    "IssuedStatement",
    "Mandate",
    "Membership",
    "NotorietyContest",
    "NotorietyFact",
    "NotorietyLine",
    "NotorietyPoints",
    "NotorietyResolution",
    "NotorietyStatement",
    "OutgoingMail",
    "Party",
    "Performance",
    "Pledge",
    "Project",
    "Return",
    "ReturnLine",
    "ReturnShare",
    "Role",
    "Tranche",
    "User",
    "YearRun",
]
