from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from . import views

PAGES = {"grid": views.grid, "import": views.import_values, "export": views.export_values}


def urls(site: AdminSite) -> list[URLPattern]:
    """Return the addresses of these pages, behind the door of the administration."""
    return [
        path(
            f"indicators/observation/{name}/",
            site.admin_view(view),
            name=f"indicators_observation_{name}",
        )
        for name, view in PAGES.items()
    ]
