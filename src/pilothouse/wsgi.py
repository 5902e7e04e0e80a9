import os

from django.core.wsgi import get_wsgi_application
from django.template import engines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")
application = get_wsgi_application()
engines.all()  # templates and the names of the assets are read before the first visitor comes
