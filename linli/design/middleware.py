"""Two layers: static files straight from WSGI, and the display modes of each request."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from linli.design import modes, static_files


class StaticMiddleware:
    """Answers everything under STATIC_URL before sessions and cookies are touched."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.files = static_files.Files()

    def __call__(self, request):
        if request.path_info.startswith(settings.STATIC_URL):
            return self.files.answer(request, request.path_info.removeprefix(settings.STATIC_URL))
        return self.get_response(request)


class ModesMiddleware:
    """Sets `request.modes` and speaks the chosen language. Accept-Language is ignored on purpose:
    many phones in this street are set to another language than their owner reads best."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.modes = modes.read(request.COOKIES)
        request.LANGUAGE_CODE = request.modes.lang
        with translation.override(request.modes.lang):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.modes.html_lang)
        patch_vary_headers(response, ["Cookie"])
        return response
