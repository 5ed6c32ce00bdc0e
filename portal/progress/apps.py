from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "portal.progress"
    label = "progress"
    verbose_name = "Progress"

    def ready(self):
        from portal.common import outbox

        from .charts.render import handle as draw
        from .freshness import mails
        from .services.recompute import CHUNK, handle

        outbox.register("progress", handle, batch=CHUNK)
        # Slow work: while SQLite writes, everybody waits.
        outbox.register("charts", draw, batch=2)
        mails.register()
