"""No page of the documentation leads nowhere: every link to another file finds it, and its heading too."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
TAKEN_BY_A_BROWSER = ROOT / "docs" / "images"  # tests/browser looks at these


def links(document: Path) -> list[tuple[Path, str]]:
    """The file and the heading that each link leads to; what leads out of the project is left out."""
    said = CODE.sub("", document.read_text())
    inside = [address for address in LINK.findall(said) if "://" not in address and not address.startswith("mailto:")]
    parts = [address.partition("#") for address in inside]
    return [((document.parent / path).resolve() if path else document, heading) for path, _mark, heading in parts]


def headings(document: Path) -> set[str]:
    """The addresses of its headings, as GitHub makes them: small letters, without signs, hyphens for spaces."""
    titles = re.findall(r"^#+ (.*)$", CODE.sub("", document.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_finds_its_page(document: Path):
    for target, heading in links(document):
        if target.is_relative_to(TAKEN_BY_A_BROWSER):
            continue
        assert target.exists(), target
        assert not heading or heading in headings(target), f"{target}#{heading}"
