"""Looking a kit's code up: at one's own site alone, and always logged."""

from kits.models import Kit
from network.acting import Acting
from network.enums import ReadReason, SensitiveSubject
from network.reads import log_read


def look_up(acting: Acting, code: str) -> Kit | None:
    """The kit of `code` if it is at a site of `acting`; None for every other code, gone, elsewhere or never given out.

    The look-up is written into the log of sensitive reads before anything is answered, with the site of what is found.
    """
    shown = Kit.objects.visible_to(acting).select_related(
        "place__site", "lot__item", "lot__pack__version__template", "lot__pack__operation"
    )
    kit = shown.filter(code=code).first()
    site = kit.place.site if kit and kit.place else None
    log_read(acting, SensitiveSubject.KIT_CODE, ReadReason.TODAY, site=site)
    return kit
