"""The fund as a Django application: its tables, some of them written once."""

from django.apps import AppConfig

from ledger import written_once

WRITTEN_ONCE = (
    "fund_act",
    "fund_agreement",
    "fund_anchor",
    "fund_auditanswer",
    "fund_auditnote",
    "fund_auditsample",
    "fund_auditsampleentry",
    "fund_audittick",
    "fund_awardnotice",
    "fund_bankline",
    "fund_charterdecision",
    "fund_charterdraft",
    "fund_charterversion",
    "fund_contributioncall",
    "fund_disbursement",
    "fund_drawingright",
    "fund_drawingrightmovement",
    "fund_exchangerate",
    "fund_exploitationstatement",
    "fund_fecexport",
    "fund_fundingconvention",
    "fund_fundingshare",
    "fund_issuedstatement",
    "fund_notorietycontest",
    "fund_notorietyfact",
    "fund_notorietyline",
    "fund_notorietypoints",
    "fund_notorietyresolution",
    "fund_notorietystatement",
    "fund_performance",
    "fund_return",
    "fund_returnline",
    "fund_returnshare",
    "fund_tranche",
    "fund_treatment",
)


class FundConfig(AppConfig):
    """Registers the fund."""

    name = "fund"

    def ready(self) -> None:
        from fund.models.guards import DESK_RULES  # the tables are known only now

        written_once.declare(self, WRITTEN_ONCE, DESK_RULES)
