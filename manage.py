#!/usr/bin/env python
"""The commands of Tresse: `python manage.py help` lists them."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except ModuleNotFoundError:
    sys.exit("Tresse’s libraries are not here: `make environment`, then `.venv/bin/python manage.py …`.")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
    execute_from_command_line(sys.argv)
