from django.core.wsgi import get_wsgi_application

from newsroom.settings import environment

environment.prepare("newsroom.settings.production")

application = get_wsgi_application()
