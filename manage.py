#!/usr/bin/env python
"""The command line of the product: `python manage.py help` lists the commands."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from tracker.private import UMASK

if __name__ == "__main__":
    os.umask(UMASK)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    sys.stderr.reconfigure(errors="replace")  # some consoles of Windows have no Vietnamese
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a setting is nonsense: one sentence, no traceback
        sys.exit(str(error))
