"""A database or disk that fails becomes a clear page with 503 and Retry-After, never a 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .outage import is_outage, unavailable


class ErrorsMiddleware:
    """For what views raise. What other middleware raises comes to `outage.server_error`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request, exception) if is_outage(exception) else None
