import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kitdrive.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402  (settings are read only now)

from kitdrive.guard import check_demonstration  # noqa: E402  (models can be imported only now)

check_demonstration()
connections.close_all()  # the server's processes part after this, and must not share one
