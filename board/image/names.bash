# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Sourced by what makes disks in the builder: identifiers that are the same each time, and the signature that Secure Boot checks.

id() { # NAME: its UUID, by a namespace of ours
    local sum
    sum=$(printf 'tongban %s' "$1" | sha256sum)
    echo "${sum:0:8}-${sum:8:4}-5${sum:13:3}-8${sum:17:3}-${sum:20:12}"
}

sign() { # FROM TO: a signature bears its time, which is the commit's
    faketime -f "$(date -u -d "@$SOURCE_DATE_EPOCH" '+%F %T')" /usr/lib/systemd/systemd-sbsign sign \
        --private-key=/keys/key.pem --certificate=/keys/cert.pem --output="$2" "$1" 2>/dev/null
}

esp_type=c12a7328-f81f-11d2-ba4b-00a0c93ec93b linux_type=0fc63daf-8483-4772-8e79-3d69d8477de4
export esp_type linux_type
