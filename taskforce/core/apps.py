from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "taskforce.core"

    def ready(self) -> None:
        # psycopg can be imported only once the settings say where the database is.
        from taskforce.core.clean_database import keep_clean

        connection_created.connect(keep_clean)
