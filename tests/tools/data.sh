#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The script that makes a terminal's data at its first start, on a file, with the real cryptsetup and a mapper, a file system and a
# mount that only act as if: made after a power cut at any step of it, and never over what is somebody's; a factory reset that is cut
# at any step is done again, and what it was to destroy is gone. Usage: data.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
PATH=$PATH:/usr/sbin:/sbin
for tool in cryptsetup blkid; do command -v $tool >/dev/null || { echo "skip data # $tool is not installed: tools/setup.sh --image"; exit 0; }; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage=$work
export stage cryptsetup="" PATH="$work/bin:$PATH" TONGBAN_STORE=$work/store TONGBAN_NOTE=$work/note TONGBAN_DATA_WORK=$work/run \
    TONGBAN_DISK=$work/told
cryptsetup=$(PATH=/usr/sbin:/sbin:/usr/bin command -v cryptsetup)

# What stands for the kernel. `cut` says which call is the last one: a cut in luksFormat leaves its noise and no header.
mkdir -p "$work/bin"
cat >"$work/bin/step" <<'EOT'
#!/bin/sh
name=${0##*/}
n=$(($(cat "$stage/steps") + 1))
echo $n >"$stage/steps"
if [ "$n" = "$(cat "$stage/cut")" ]; then
    case "$name $1" in 'cryptsetup luksFormat') head -c 16744448 /dev/urandom | /usr/bin/dd of="$TONGBAN_STORE" bs=32768 seek=1 conv=notrunc status=none ;; esac
    : >"$stage/dead"
fi
[ ! -e "$stage/dead" ] || exit 1
case "$name $1" in
'cryptsetup open' | mount\ * | umount\ * | install\ *) ;;
'cryptsetup '*) exec "$cryptsetup" "$@" ;;
# as the real one: it writes over its first block
dd\ *) exec /usr/bin/dd "$@" ;;
mke2fs\ *) head -c 4096 /dev/urandom | /usr/bin/dd of="$TONGBAN_STORE" bs=4096 seek=4096 conv=notrunc status=none ;;
esac
EOT
chmod +x "$work/bin/step"
for tool in cryptsetup mount umount install mke2fs dd; do ln -s step "$work/bin/$tool"; done

new() { # a disk that nobody has started yet
    rm -f "$work/store" "$work/note" "$work/dead" "$work/told"
    truncate -s 64M "$work/store"
    truncate -s 1M "$work/note"
    echo 0 >"$work/cut"
}
start() {
    echo 0 >"$work/steps"
    sh board/image/root/usr/lib/tongban/data >"$work/said" 2>&1
}
label() { blkid -p -o value -s LABEL "$work/store"; }
key() { head -c $((512 * 1024 + 64)) "$work/note" | tail -c 64; }
opens() { key | "$cryptsetup" open --test-passphrase --key-file - "$work/store"; }
check() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok data: $1"; else
        sed 's/^/# /' "$work/said"
        echo "not ok data: $1"
    fi
}

new
start && [ "$(label)" = tongban-data ] && opens && [ "$(cat "$work/told")" = note ]
check "made at the first start" $?
steps=$(cat "$work/steps")
before=$(sha256sum <"$work/store")
start && [ "$(sha256sum <"$work/store")" = "$before" ]
check "opened at the next, and nothing written" $?

made_after() { # STEP: where the power was cut; the start after it
    new
    echo "$1" >"$work/cut"
    start
    rm -f "$work/dead"
    echo 0 >"$work/cut"
    start && [ "$(label)" = tongban-data ] && opens
}
for ((n = 1; n <= steps; n++)); do made_after $n || break; done
[ "$steps" -ge 10 ] && ((n > steps))
check "made after a cut at each of its $steps steps, at last at $n" $?

# --- a factory reset ---
new
start && key >"$work/old-key" && cp "$work/store" "$work/old-store" && cp "$work/note" "$work/old-note"
reset_after() { # STEP: where the power was cut; the start after it
    new
    cp "$work/old-store" "$work/store"
    cp "$work/old-note" "$work/note"
    printf tongban-reset-v1 | /usr/bin/dd of="$work/note" bs=1024 seek=768 conv=notrunc status=none
    echo "$1" >"$work/cut"
    start
    rm -f "$work/dead"
    echo 0 >"$work/cut"
    start && [ "$(label)" = tongban-data ] && opens && ! grep -q tongban-reset "$work/note" &&
        ! "$cryptsetup" open --test-passphrase --key-file "$work/old-key" "$work/store" 2>/dev/null
}
for ((n = 0; n < 9; n++)); do reset_after $n || break; done
((n == 9)) # the reset's are seven
check "a reset is done again after a cut at each of its steps, at last at $n" $?

strange() { # NAME: what is there now is not touched
    before=$(sha256sum <"$work/store")
    ! start && [ "$(sha256sum <"$work/store")" = "$before" ] && grep -q 'stays as it is' "$work/said"
    check "$1 stays as it is" $?
}
new
head -c 16744448 /dev/urandom | dd of="$work/store" bs=32768 seek=1 conv=notrunc status=none
strange "noise that no first start began"
new
head -c 64 /dev/urandom >"$work/key"
"$cryptsetup" luksFormat --batch-mode --type luks2 --label somebodys --pbkdf pbkdf2 --pbkdf-force-iterations 1000 "$work/store" "$work/key"
strange "somebody's encrypted disk"
