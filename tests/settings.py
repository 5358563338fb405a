"""kitdrive's own settings and what a test run needs: a key, plain http, quick passwords, an eye on repeated queries."""

import os

os.environ["KITDRIVE_DEMO"] = "false"
os.environ["KITDRIVE_HTTPS"] = "false"
os.environ.setdefault("SECRET_KEY", "only-the-tests-sign-with-this-key-" + "0" * 32)

from kitdrive.settings import *  # noqa: F403
from kitdrive.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

# A request that fetches the same relation again and again raises zeal's NPlusOneError.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]

# Names without hashes: no collectstatic before a unit test. tests/browser/conftest.py goes back to the real storage.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
