"""What notices and their agreements refuse: out of order, or before anything was decided."""

from __future__ import annotations

from fund.errors import FundError


class CallNotDecided(FundError):
    """A company is told what nobody has decided."""

    code = "call_not_decided"
    en = "Nothing is decided yet in the call “{call}”: there is nothing to notify."
    fr = "Rien n’est encore décidé dans l’appel « {call} » : il n’y a rien à notifier."


class NoticeBeforeAward(FundError):
    """A notice would be older than the decision that it tells of."""

    code = "notice_before_award"
    en = "The call “{call}” was decided on {decided:%Y-%m-%d}; it cannot be notified on {notified:%Y-%m-%d}."
    fr = "L’appel « {call} » a été décidé le {decided:%d/%m/%Y} ; il ne peut pas être notifié le {notified:%d/%m/%Y}."


class NoticeAfterAgreement(FundError):
    """A project whose agreement is signed needs no notice: the agreement has put its award in the books."""

    code = "notice_after_agreement"
    en = "The agreement of {project} was signed on {signed:%Y-%m-%d} and put its award in the books: notify before."
    fr = (
        "La convention de {project} a été signée le {signed:%d/%m/%Y} et a inscrit son aide dans les comptes : "
        "notifiez avant."
    )


class NoticeMissing(FundError):
    """A notice says nothing, to somebody who asked for money."""

    code = "notice_missing"
    en = "The letter of {project} is missing: every company that applied is told, and why."
    fr = "Il manque la lettre de {project} : chaque compagnie qui a déposé un dossier reçoit la réponse et son motif."


class AgreementBeforeNotice(FundError):
    """An agreement would be older than the notice of its award."""

    code = "agreement_before_notice"
    en = "The award of {project} was notified on {notified:%Y-%m-%d}: its agreement is not signed on {signed:%Y-%m-%d}."
    fr = (
        "L’aide de {project} a été notifiée le {notified:%d/%m/%Y} : "
        "sa convention ne se signe pas le {signed:%d/%m/%Y}."
    )
