#!/bin/sh
# Runs a command of the portal as its systemd units do: sudo sh docs/deploy/manage.sh first_run
set -eu
umask 077
cd /srv/taskforce
set -a
. /etc/taskforce/.env
exec setpriv --reuid=taskforce --regid=taskforce --init-groups .venv/bin/python manage.py "$@"
