"""The ledger as a Django application: its tables, and the guards that follow every migration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate


class LedgerConfig(AppConfig):
    """Registers the ledger; its guards are lifted before a migration and put back after it."""

    name = "ledger"

    def ready(self) -> None:
        from ledger import guards, whole_migrations

        pre_migrate.connect(whole_migrations.make_whole, sender=self, dispatch_uid="ledger.whole")
        pre_migrate.connect(guards.lift_before_migration, sender=self, dispatch_uid="ledger.lift")
        post_migrate.connect(guards.install_after_migration, sender=self, dispatch_uid="ledger.install")
        checks.register(guards.check_guards, checks.Tags.database)
