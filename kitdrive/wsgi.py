import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kitdrive.settings")

application = get_wsgi_application()

from kitdrive.guard import check_demonstration  # noqa: E402  (models can be imported only now)

check_demonstration()
