"""What the web server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template import engines

from pilothouse.people.passing import hurry

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")
hurry(settings.DATABASES["default"])
application = get_wsgi_application()
engines.all()  # templates and the names of the assets are read before the first visitor comes
