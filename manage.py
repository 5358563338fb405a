#!/usr/bin/env python
"""Django's command line for kitdrive."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kitdrive.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(f"{error}\nbin/manage runs these commands with this clone's key; docs/settings.md lists the settings.")


if __name__ == "__main__":
    main()
