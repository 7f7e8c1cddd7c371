#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The image of a board: the programs are compiled and everything is put together in build/image/builder, a Debian 13 of its own,
# so that neither this machine nor its clock leaves a trace. Needs root, mmdebstrap and, the first time, Debian's archive.
# Usage: build.sh BOARD [--test[=NAME]] [--stick] [--clean] [--bundle]. --test: with the eyes and hands of tests/image/root, and
# with what NAME lays over them (tests/image/root-NAME); --stick: the stick that installs it too; --clean: compiles everything
# anew; --bundle: the update too. The version of the system is SYSTEM_VERSION, or board/version and the number of commits.
set -euo pipefail
cd "$(dirname "$0")/../.."
board=${1:?usage: build.sh BOARD [--test[=NAME]] [--stick] [--clean] [--bundle]}
shift
# shellcheck source=board/image/kept.bash
. board/image/kept.bash
tree=$kept/builder/src
variant='' clean='' parts=()
for option in "$@"; do
    case $option in
    --test) variant=-test ;;
    --test=*) variant=-${option#*=} ;;
    --stick) parts+=(stick) ;;
    --bundle) parts+=(bundle) ;;
    --clean) clean=1 ;;
    *) echo "build: what is $option?" >&2; exit 2 ;;
    esac
done
[ "$(id -u)" -eq 0 ] || { echo "build: only root can make an image" >&2; exit 1; }
command -v mmdebstrap >/dev/null || { echo "build: mmdebstrap is not installed: make setup" >&2; exit 1; }

board/image/chroot.sh "$board"

# what belongs to the tree, and of what was compiled before what is still good
[ -z "$clean" ] || rm -rf --one-file-system "$tree"
mkdir -p "$tree"
find "$tree" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf - | tar -C "$tree" -xf -

# the key that Secure Boot trusts: IMAGE_KEY and IMAGE_CERT, or one for trying, made once
keys=$kept/keys
if [ -z "${IMAGE_KEY:-}" ] && [ ! -e $keys/cert.pem ]; then
    mkdir -p $keys
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=Tongban, for trying' \
        -keyout $keys/key.pem -out $keys/cert.pem 2>/dev/null
fi

# the key that flash and sticks trust: IMAGE_SIGN, P-256, or one for trying
if [ -z "${IMAGE_SIGN:-}" ] && [ ! -e $keys/image.key ]; then
    mkdir -p $keys
    openssl ecparam -name prime256v1 -genkey -noout -out $keys/image.key
fi
IMAGE_SIGN=${IMAGE_SIGN:-$keys/image.key}
openssl ec -in "$IMAGE_SIGN" -pubout -out $kept/image.pub 2>/dev/null
export IMAGE_SIGN

# the key that updates are signed with, P-256: BUNDLE_KEY and BUNDLE_CERT, or one for trying
if [ -z "${BUNDLE_KEY:-}" ] && [ ! -e $keys/bundle-cert.pem ]; then
    mkdir -p $keys
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 7300 -subj '/CN=Tongban updates, for trying' \
        -addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=emailProtection \
        -keyout $keys/bundle-key.pem -out $keys/bundle-cert.pem 2>/dev/null
fi
export BUNDLE_KEY=${BUNDLE_KEY:-$keys/bundle-key.pem} BUNDLE_CERT=${BUNDLE_CERT:-$keys/bundle-cert.pem}

board/image/builder.sh --keys "${IMAGE_KEY:-$keys/key.pem}" "${IMAGE_CERT:-$keys/cert.pem}" \
    board/image/inside.sh "$board" "$variant" "${parts[@]}"
