"""What a page weighs on its way to a browser that takes br and gzip: at first view with all its files, and after."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookiejar import CookieJar
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from django.urls import reverse
from django.utils import timezone

from bench.measure import Book
from bench.serving import served
from donations.models import Drive
from kitdrive.demo import plan
from kitdrive.public.pages import drive_address
from kits.models import AssemblySession, TemplateVersion
from kits.sessions import MixLine, open_session, plan_session
from network.models import Membership
from stock.models import Place

FIRST_VIEW, AFTER = 150, 30  # kB, of 1000 bytes
FILES = re.compile(rb'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/static/[^"]+)"')
OF_A_SHEET = re.compile(rb"""url\(["']?([^)"']+)["']?\)""")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
TAKES = {"Accept-Encoding": "br, gzip"}


@dataclass
class Browser:
    """Somebody's browser with an empty cache."""

    origin: str
    opener: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def weigh(self, path: str) -> tuple[int, int]:
        """Bytes of the page with every file that it names, and of the page alone; files are kept for a year."""
        page, alone = self.read(path), self.bytes_of(path)
        files = {urljoin(path, found.decode()) for found in FILES.findall(page)}
        for sheet in [name for name in files if name.endswith(".css")]:
            named = (found.decode() for found in OF_A_SHEET.findall(self.read(sheet)))
            files |= {urljoin(sheet, name) for name in named if not name.startswith("data:")}
        return alone + sum(self.bytes_of(name) for name in files), alone

    def read(self, path: str) -> bytes:
        with self.opener.open(self.origin + path) as answer:
            return answer.read()

    def bytes_of(self, path: str) -> int:
        """The body as it travels."""
        with self.opener.open(Request(self.origin + path, headers=TAKES)) as answer:  # noqa: S310  (this machine)
            return len(answer.read())

    def sign_in(self, address: str) -> None:
        path = reverse("account_login")
        token = TOKEN.search(self.read(path))
        said = {"login": address, "password": plan.PASSWORD, "csrfmiddlewaretoken": token[1].decode() if token else ""}
        body = "&".join(f"{name}={value.replace('@', '%40')}" for name, value in said.items())
        form = Request(self.origin + path, body.encode(), {"Referer": self.origin})  # noqa: S310  (this machine)
        self.opener.open(form).close()


def measure(book: Book) -> None:
    """Weigh the pages that are opened most, of the demonstration."""
    drive, line = Drive.objects.published().latest("ends_on"), _open_line()
    pages = {
        "home": reverse("home"),
        "donation form": reverse("donations:donation_create"),
        "stock": reverse("stock:stock_now"),
        "pack line": reverse("kits:session_pack", args=[line.pk]),
    }
    with served() as port:
        public = {"public page": Browser(f"http://localhost:{port}").weigh(drive_address(drive, "fr"))}
        coordinator = Browser(f"http://localhost:{port}")
        coordinator.sign_in(f"coordination@{plan.MAIL_DOMAIN}")
        weights = {name: coordinator.weigh(path) for name, path in pages.items()}
    for name, (first, after) in (public | weights).items():
        book.write(f"{name}, first view", first / 1000, "kB", FIRST_VIEW)
        book.write(f"{name}, after", after / 1000, "kB", AFTER)


def _open_line() -> AssemblySession:
    """A session that packs now."""
    coordinator = Membership.objects.filter(role="coordinator").select_related("user").earliest("pk").user
    now = timezone.now()
    session = plan_session(
        drive=Drive.objects.latest("ends_on"),
        place=Place.objects.select_related("house", "site").get(site__name=plan.ATELIER, kind="store"),
        name="Pesée",
        starts_at=now,
        ends_at=now + timedelta(hours=2),
        mix=[MixLine(version, 5) for version in TemplateVersion.objects.packable().with_contents()],
        actor=coordinator,
    )
    open_session(session=session, actor=coordinator)
    return session
