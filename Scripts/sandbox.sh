# shellcheck shell=bash
# A simulation of AWS on loopback, `gaara-infra sandbox`, for scripts, which source this file.

# Leaves nothing in the environment that belongs to an account or leads away from this machine:
# no AWS_* variable, profile or proxy, and a HOME ($1) that has no .aws.
leave_real_accounts() {
    local name
    for name in $(compgen -e | grep -E '^(AWS_|GAARA_)' || true); do unset "$name"; done
    unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY ENVIRONMENT
    export HOME=$1 NO_PROXY='*' no_proxy='*'
    export AWS_EC2_METADATA_DISABLED=true
}

# Starts a sandbox with the arguments from $2 on, and points this shell at it. The lines by which it
# does so are left in the file $1, its messages in $1.log. It stops with sandbox_stop.
sandbox_start() {
    local file=$1
    shift
    (umask 077 && : >"$file")
    gaara-infra sandbox "$@" >"$file" 2>"$file.log" &
    sandbox_pid=$!
    # It prints all lines at once.
    until [ -s "$file" ]; do
        if ! kill -0 "$sandbox_pid" 2>/dev/null; then
            cat "$file.log" >&2
            return 1
        fi
        sleep 0.02
    done
    # shellcheck disable=SC1090
    . "$file"
}

sandbox_stop() {
    [ -n "${sandbox_pid:-}" ] || return 0
    kill "$sandbox_pid" 2>/dev/null || true
    wait "$sandbox_pid" 2>/dev/null || true
    sandbox_pid=
}
