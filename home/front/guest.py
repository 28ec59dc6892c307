"""Who asks this site at its own address and is nobody in particular, without a server between."""

from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client


class Guest:
    def __init__(self) -> None:
        scheme, _separator, self.host = settings.SITE_URL.partition("://")
        self.is_secure = scheme == "https"
        self.client = Client(raise_request_exception=False)

    def get(self, path: str) -> HttpResponseBase:
        return self.client.get(path, secure=self.is_secure, headers={"host": self.host})
