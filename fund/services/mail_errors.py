"""The refusals of the outbox."""

from __future__ import annotations

from fund.errors import FundError


class MailNotSetUp(FundError):
    """Mails are asked to leave a site that does not say by which way they do."""

    code = "mail_not_set_up"
    en = "{waiting} mails wait: set TRESSE_MAIL, such as smtp://user:password@mail.example.org:587, to send them."
    fr = (
        "{waiting} courriels attendent : pour les envoyer, donnez TRESSE_MAIL, "
        "comme smtp://nom:secret@mail.example.org:587."
    )

    def __init__(self, *, waiting: int) -> None:
        super().__init__(waiting=waiting)


class MailServerUnreachable(FundError):
    """The mail server does not answer, so that no mail was tried."""

    code = "mail_server_unreachable"
    en = "The mail server does not answer ({trouble}); {waiting} mails wait, none is lost."
    fr = "Le serveur de courriel ne répond pas ({trouble}) ; {waiting} courriels attendent, aucun n’est perdu."

    def __init__(self, *, trouble: str, waiting: int) -> None:
        super().__init__(trouble=trouble, waiting=waiting)
