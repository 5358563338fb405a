"""kitdrive's own settings and what a test run needs: a key, plain http, quick passwords, an eye on repeated queries."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["KITDRIVE_DEMO"] = "false"
os.environ["KITDRIVE_HTTPS"] = "false"
os.environ.setdefault("SECRET_KEY", "only-the-tests-sign-with-this-key-" + "0" * 32)

from kitdrive.settings import *  # noqa: F403
from kitdrive.settings import CACHES, DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

# What a test leaves in a cache, in a file or in SQLite does not outlive its run.
OWN_FOLDER = Path(tempfile.mkdtemp(prefix="kitdrive-tests-"))
atexit.register(shutil.rmtree, OWN_FOLDER, ignore_errors=True)

# A connection that outlives its request would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: several connections meet in it as they do in production. Only its disk may be lied to.
    DATABASES["default"]["TEST"] = {"NAME": OWN_FOLDER / "db.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

# A request that fetches the same relation again and again raises zeal's NPlusOneError. Of other people's code we only
# know that signing in reads the session, the user and the second factor more than once.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
ZEAL_ALLOWLIST = [{"model": model, "field": "get()"} for model in ("sessions.*", "accounts.User", "mfa.*")]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]

# Names without hashes: no collectstatic before a unit test. tests/browser/conftest.py goes back to the real storage.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True

CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"}}
CACHES["papers"] = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": OWN_FOLDER / "papers"}
MEDIA_ROOT = OWN_FOLDER / "media"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# A slow machine may send a code after the half minute in which it was read. kitdrive's own value, which holds for
# people, is asked in tests/accounts/test_sign_in.py.
MFA_TOTP_TOLERANCE = 1
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Signing in looks its own session and attempts up again after each step; an administrator looks at another user.
ZEAL_ALLOWLIST = [
    {"model": "sessions.Session", "field": "*"},
    {"model": "axes.AccessAttempt", "field": "*"},
    {"model": "accounts.User", "field": "*"},
]
