"""Allocation as a Django application: its tables, and the guards that follow every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from allocation import guards


class AllocationConfig(AppConfig):
    """Registers allocation; guards are lifted before a migration and put back after it."""

    name = "allocation"

    def ready(self) -> None:
        pre_migrate.connect(_lift_guards, sender=self)
        post_migrate.connect(_install_guards, sender=self)


def _lift_guards(*, using: str, **_: Any) -> None:
    guards.lift(using)


def _install_guards(*, using: str, **_: Any) -> None:
    guards.install(using)
