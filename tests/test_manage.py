"""The command line without what it needs says so in a sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"KITDRIVE_DEMO": "maybe"}, "KITDRIVE_DEMO"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named_with_what_to_do(changes, said):
    wanted = {**os.environ, "DJANGO_SETTINGS_MODULE": "kitdrive.settings", **changes}
    environment = {name: value for name, value in wanted.items() if value is not None}
    command = [sys.executable, "manage.py", "check_ledger"]
    ended = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "bin/manage" in ended.stderr
    assert "Traceback" not in ended.stderr
