from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.http import multipartparser


class CoreConfig(AppConfig):
    name = "taskforce.core"

    def ready(self) -> None:
        # psycopg can be imported only once the settings say where the database is.
        from taskforce.core.clean_database import keep_clean

        connection_created.connect(keep_clean)
        # Django takes 1024 bytes, and answers a file whose name has 250 emoji with a bare 400.
        multipartparser.MAX_TOTAL_HEADER_SIZE = 4096  # type: ignore[attr-defined]  # not in the stubs
