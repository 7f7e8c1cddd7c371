#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Bundles that a terminal has to refuse, small ones: what they hold does not matter. Runs in the builder with the keys that the
# image trusts, in /keys. Usage: bundles.sh FOLDER
set -euo pipefail
out=$1 other=arm64
[ "$BOARD" != arm64 ] || other=x86_64
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make() { # NAME COMPATIBLE VERSION KEY CERT [LINE…]
    local name=$1
    rm -rf "$work/in"
    mkdir "$work/in"
    head -c 65536 /dev/urandom >"$work/in/root.img"
    cp board/update/hook "$work/in/"
    printf '%s\n' "$3" >"$work/in/version"
    {
        printf '[update]\ncompatible=%s\nversion=%s\n[bundle]\nformat=verity\n' "$2" "$3"
        printf '[image.rootfs]\nfilename=root.img\n'
        printf '%s\n' "${@:6}"
    } >"$work/in/manifest.raucm"
    rm -f "$out/$name.raucb"
    rauc bundle --cert="$5" --key="$4" --keyring="$5" "$work/in" "$out/$name.raucb" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=Somebody else' \
    -addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=emailProtection \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
make stranger "tongban-$BOARD" 9.0.0 "$work/key.pem" "$work/cert.pem"
make older "tongban-$BOARD" 1.0.0 /keys/bundle-key.pem /keys/bundle-cert.pem
make older-for-another "tongban-$BOARD" 1.0.0 /keys/bundle-key.pem /keys/bundle-cert.pem '[meta.tongban]' 'replaces=9.9.9'
make other-board tongban-$other 9.0.0 /keys/bundle-key.pem /keys/bundle-cert.pem
