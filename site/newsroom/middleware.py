"""What browsers may do with our answers: with each of them, whoever gave it."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware

ADMIN_PREFIX = "/cms/"

# Wagtail's admin and wagtail-localize's editor carry inline styles. Scripts: see home/upstream/admin_scripts.py.
ADMIN_POLICY = {
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class BrowserPolicyMiddleware(CSPMiddleware):
    """Content-Security-Policy, strict on the public site and wide enough for the admin under /cms/, and all else.

    Outermost: what a middleware answers by itself, or Django for it where it raises, has its headers here.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN_PREFIX):
            parts.replace = {**ADMIN_POLICY, **(parts.replace or {})}
        elif getattr(request, "is_preview", False):
            # A preview is made by a request of its own to the public address, and shown in a frame of the admin.
            parts.replace = {"frame-ancestors": [SELF], **(parts.replace or {})}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        security = SecurityMiddleware(self.get_response)
        response = security.process_response(request, response)  # type: ignore[arg-type]  # a stream has headers, too
        return super().process_response(request, response)
