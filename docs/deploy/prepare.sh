#!/bin/sh
# Asks what only you know, makes the secrets, and changes nothing that is there:
#     sh docs/deploy/prepare.sh          for compose: .env and secrets/ here
#     sh docs/deploy/prepare.sh systemd  for the units: in /etc/taskforce, for the user taskforce
# Answers may stand in the environment: PORTAL_HOST=… EMAIL_URL=… sh docs/deploy/prepare.sh
set -eu
umask 077
example=$(dirname "$0")/.env.example
folder=.
if [ "${1:-}" = systemd ]; then folder=${FOLDER:-/etc/taskforce}; fi
secrets=$folder/secrets

random() { head -c 48 /dev/urandom | base64 | tr -d '+/=\n'; }

ask() { # NAME MEANING: its value from the environment, or as it is typed
    eval "given=\${$1:-}"
    if [ -z "$given" ]; then echo "$2" >&2; fi
    while [ -z "$given" ]; do
        printf '%s: ' "$1" >&2
        read -r given || { echo "$1 is missing." >&2; exit 1; }
    done
    case $1:$given in
    *\'*) echo "$1 may hold no apostrophe." >&2; exit 1 ;;
    PORTAL_HOST:*[/:\ ]*) echo "PORTAL_HOST is a name alone, without https:// and slashes." >&2; exit 1 ;;
    PORTAL_HOST:* | *:*@*.* | EMAIL_URL:*://*) ;;
    *) echo "$1 cannot be $given." >&2; exit 1 ;;
    esac
    printf '%s\n' "$given"
}

answers() { # The example with every empty value filled in
    while IFS= read -r line <&3; do
        case $line in
        '#'*) meaning=$line ;;
        *=)
            value=$(ask "${line%=}" "$meaning")
            line="$line'$value'"
            ;;
        esac
        printf '%s\n' "$line"
    done 3<"$example"
}

for_units() { # What compose.yaml says for the containers
    host=$(sed -n "s/^PORTAL_HOST='\\(.*\\)'/\\1/p" "$1")
    cat <<END
SITE_URL=https://$host
ALLOWED_HOSTS=$host
BEHIND_PROXY=1
DEBUG=0
VAR=/var/lib/taskforce
SECRET_KEY_FILE=$secrets/secret_key
DATABASE_URL_FILE=$secrets/database_url
EMAIL_URL_FILE=$secrets/email_url
END
}

keep() { # FILE TEXT: readable inside the containers; here their folder lets nobody else in
    [ -e "$1" ] && return
    printf '%s\n' "$2" >"$1.new"
    chmod 0644 "$1.new"
    mv "$1.new" "$1"
    echo "Written: $1"
}

mkdir -p "$secrets"
if [ ! -e "$folder/.env" ]; then
    answers >"$folder/.env.new"
    if [ "$folder" != . ]; then for_units "$folder/.env.new" >>"$folder/.env.new"; fi
    mv "$folder/.env.new" "$folder/.env"
    echo "Written: $folder/.env"
fi
if [ ! -e "$secrets/email_url" ]; then
    url=$(ask EMAIL_URL '# The mail server, such as smtp+tls://user:password@mail.example.org:587')
    keep "$secrets/email_url" "$url"
fi
keep "$secrets/secret_key" "$(random)"
if [ "$folder" = . ]; then
    keep "$secrets/database_password" "$(random)"
    keep "$secrets/database_url" "postgres://taskforce:$(cat "$secrets/database_password")@db/taskforce"
else
    # Debian's Postgres knows its own machine's users without a password.
    keep "$secrets/database_url" "${DATABASE_URL:-postgres://taskforce@%2Fvar%2Frun%2Fpostgresql/taskforce}"
    chgrp -R "${GROUP:-taskforce}" "$folder"
    chmod 0750 "$folder" "$secrets"
    chmod 0640 "$folder/.env"
fi
echo "Keep a copy of $secrets elsewhere: no backup holds it."
