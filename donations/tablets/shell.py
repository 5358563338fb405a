"""The page of a tablet as it is kept on it: the same for everybody and with nobody's data, so that it opens by itself.

Its version is a digest of all that it is made of. A tablet that finds another version fetches all of it before it
lets the former one go (static/donations/collect/worker.js).
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from donations.enums import CONTAINER_KINDS, REASONS_AT_THE_DOOR

LANGUAGES = ("fr", "en")
SHARED_SCRIPTS = ("store", "sender")  # what the page and its worker both run
PAGE_SCRIPTS = ("texts", "views", "entering", "goods", "outbox", "enrolment", "export", "page")
ICONS = {"icon-192.png": "any", "icon-512.png": "any", "icon-maskable-512.png": "maskable"}
PLUM, PAPER = "#5b2b4e", "#faf6f0"


def page(language: str) -> str:
    """The page in `language`, a whole document."""
    return _render(language, version())


def version() -> str:
    """Sixteen characters that change whenever the page does."""
    parts = [*(_render(language, "") for language in LANGUAGES), *assets()]
    parts += [json.dumps(manifest(language)) for language in LANGUAGES]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def assets() -> list[str]:
    """The addresses of all that the page asks for besides itself; each changes with what it holds."""
    names = ["kitdrive/theme.css", "donations/collect/collect.css", "donations/collect/work.css"]
    names += [f"donations/collect/{name}.js" for name in (*SHARED_SCRIPTS, *PAGE_SCRIPTS)]
    return [*(static(name) for name in names), static("kitdrive/favicon.svg")]


def worker() -> str:
    """The script that keeps the page on the tablet: what it keeps, and the file that does it."""
    kept = {
        "version": version(),
        "pages": [reverse(f"donations:collect_{language}") for language in LANGUAGES],
        "manifests": [reverse(f"donations:collect_manifest_{language}") for language in LANGUAGES],
        "assets": assets(),
    }
    shared = [static(f"donations/collect/{name}.js") for name in (*SHARED_SCRIPTS, "worker")]
    return f"self.KEPT = {json.dumps(kept)};\nimportScripts({', '.join(json.dumps(url) for url in shared)});\n"


def manifest(language: str) -> dict[str, Any]:
    """What a browser asks for to put the page among the apps of a tablet."""
    with translation.override(language):
        return {
            "id": "/collect/",
            "name": _("kitdrive, collection point"),
            "short_name": _("Collection point"),
            "lang": language,
            "start_url": reverse(f"donations:collect_{language}"),
            "scope": "/collect/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PLUM,
            "icons": [
                {
                    "src": static(f"donations/collect/{name}"),
                    "sizes": "192x192" if "192" in name else "512x512",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for name, purpose in ICONS.items()
            ],
        }


def _render(language: str, version: str) -> str:
    with translation.override(language):
        context = {
            "language": language,
            "languages": [(code, reverse(f"donations:collect_{code}")) for code in LANGUAGES],
            "version": version,
            "demo": settings.DEMO,
            "scripts": [f"donations/collect/{name}.js" for name in (*SHARED_SCRIPTS, *PAGE_SCRIPTS)],
            "reasons": REASONS_AT_THE_DOOR,
            "container_kinds": CONTAINER_KINDS,
        }
        return render_to_string("donations/collect/page.html", context)
