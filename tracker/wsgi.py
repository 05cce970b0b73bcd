"""The WSGI application that waitress or gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from agreements.memory import settle
from tracker.private import UMASK, mend

os.umask(UMASK)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()
mend()
settle()
