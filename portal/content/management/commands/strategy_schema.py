from django.core.management.base import BaseCommand

from portal.content.jsonschema import strategy_schema_text


class Command(BaseCommand):
    help = "Print the JSON Schema of the strategy file (kept as docs/strategy.schema.json)."

    def handle(self, *args, **options):
        self.stdout.write(strategy_schema_text(), ending="")
