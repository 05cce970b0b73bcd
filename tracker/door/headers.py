"""What browsers may do with our pages, beside the policy for scripts (settings: CONTENT_SECURITY_POLICY)."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
MAY_BE_KEPT = {"admin:jsi18n"}
"""Pages that are the same for everybody."""


class HeadersMiddleware:
    """No page of somebody logged in stays in a cache; no page uses camera, microphone or place."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        page = getattr(request.resolver_match, "view_name", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and page not in MAY_BE_KEPT:
            add_never_cache_headers(response)
        return response
