"""The tables of the fund. Amounts people type are `Money`; amounts rules compute are whole minor units."""

from fund.models.account_names import AccountName
from fund.models.acts import Act, IssuedStatement, YearRun
from fund.models.adoption import CharterDecision, CharterDraft
from fund.models.anchors import Anchor
from fund.models.annexes import AdvanceInstalment, PublicAuthority
from fund.models.audit import AuditAnswer, AuditNote, AuditSample, AuditSampleEntry, AuditTick
from fund.models.bank import BankLine, BankMatch
from fund.models.bookkeeping import DraftEntry, DraftLine, Treatment
from fund.models.contributions import (
    Contribution,
    ContributionCall,
    DeclaredFigure,
    InKindContribution,
    Instalment,
    Membership,
    Pledge,
)
from fund.models.conventions import FundingConvention, FundingShare
from fund.models.fec import ExchangeRate, FecExport
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
    "AccountName",
    "Act",
    "AdvanceInstalment",
    "Agreement",
    "Anchor",
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
    "DraftEntry",
    "DraftLine",
    "DrawingRight",
    "DrawingRightMovement",
    "ExchangeRate",
    "ExploitationStatement",
    "FecExport",
    "Fund",
    "FundingConvention",
    "FundingShare",
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
    "PublicAuthority",
    "Return",
    "ReturnLine",
    "ReturnShare",
    "Role",
    "Tranche",
    "Treatment",
    "User",
    "YearRun",
]
