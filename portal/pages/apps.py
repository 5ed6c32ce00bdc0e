from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "portal.pages"

    def ready(self):
        from . import checks  # noqa: F401 (registers itself)
