from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitsConfig(AppConfig):
    name = "kits"
    verbose_name = _("kits")

    def ready(self) -> None:
        from kits.closing import reopen_session
        from kits.documents import pack_url, session_url
        from kits.following import check_kits, follow
        from kits.operations import unpack
        from kits.session_papers import PAPERS
        from kits.sessions import keeps_open
        from stock import registry
        from stock.enums import OperationKind
        from web.jobs.kinds import kinds

        kinds.update(PAPERS)
        registry.followers.append(follow)
        registry.keepers.append(keeps_open)
        registry.checks["kits"] = check_kits
        registry.reversals[OperationKind.PACK] = unpack
        registry.reversals[OperationKind.CLOSE_SESSION] = reopen_session
        registry.documents[OperationKind.PACK] = pack_url
        registry.documents[OperationKind.CLOSE_SESSION] = session_url
