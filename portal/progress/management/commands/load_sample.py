from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from goals.models import Strategy
from portal.progress.sample import SampleRefused, load_sample


class Command(BaseCommand):
    help = "Play an invented half-year on the strategy that the site shows, marked as sample data."

    @override("en")
    def handle(self, *args, verbosity: int, **options):
        strategy = Strategy.objects.current().first()
        if strategy is None:
            raise CommandError(_("The site shows no strategy yet: manage.py load_strategy FILE"))
        try:
            acts = load_sample(strategy)
        except SampleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if verbosity:
            text = ngettext(
                "%(count)d invented change was recorded; manage.py remove_sample removes it.",
                "%(count)d invented changes were recorded; manage.py remove_sample removes them.",
                acts,
            )
            self.stdout.write(text % {"count": acts})
