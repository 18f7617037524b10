# shellcheck shell=bash
# moto, a stand-in for AWS on loopback, for Scripts/test and Benchmarks, which source this file.

# shellcheck source=Scripts/sandbox.sh
. Scripts/sandbox.sh

# Starts moto and sets MOTO_ENDPOINT. Its log goes to the file $1. It stops with moto_stop, or with
# the shell that called this, even when that is killed: a coprocess is no child's to inherit.
moto_start() {
    coproc MOTO { exec .build/python/bin/python Scripts/moto-serve.py 2>"$1"; }
    # shellcheck disable=SC2153 # coproc sets it
    moto_pid=$MOTO_PID
    if ! read -r -t 120 MOTO_ENDPOINT <&"${MOTO[0]}"; then
        printf 'error: moto does not start\nhint: its log is %s:\n' "$1" >&2
        tail -n 20 "$1" >&2
        moto_stop
        return 1
    fi
}

moto_stop() {
    [ -n "${moto_pid:-}" ] || return 0
    kill "$moto_pid" 2>/dev/null || true
    wait "$moto_pid" 2>/dev/null || true
    moto_pid=
}

# Points this shell at moto as an account with made-up credentials (those of AWS's own examples).
use_moto() {
    # AWS_REGION is what gaara-infra reads, AWS_DEFAULT_REGION what boto3 reads.
    export AWS_ENDPOINT_URL=$MOTO_ENDPOINT AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
    export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
    export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
}
