"""What holds much memory is loaded by the process that needs it: not by who answers pages or prints."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.apart

HEAVY = ("biip", "openpyxl")  # 20 MB of prefixes of numbers (stock/gs1.py), 11 MB of what a workbook may hold
STARTED = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a process that has started, knows every address, and has answered nothing yet."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", STARTED]
    said = subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, check=True, text=True)
    return set(said.stdout.split())


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_heavy_is_not_loaded_by_who_only_starts(loaded, name):
    assert "weasyprint" in loaded, "nothing was loaded at all"
    assert name not in loaded
