#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# board/update/update and slots, with a RAUC, a systemd and a firmware that only act as if: an update whose power is cut before
# each of its steps, and in the middle of each copy; a system that is never healthy, and its way back; older ones. What must hold:
# the machine starts with a whole system, and the update arrives when it is asked for again.
set -u
cd "$(dirname "$0")/../.." || exit 1
systemd-analyze compare-versions 1 lt 2 2>/dev/null || { echo "skip update # systemd-analyze compares no versions here"; exit 0; }
here=$PWD work=$(mktemp -d)
trap '/usr/bin/rm -rf "$work"' EXIT
export work here PATH="$work/bin:$PATH"
export TONGBAN_EFI=$work/efi TONGBAN_SLOT=$work/run/slot TONGBAN_UPDATE=$work/kept TONGBAN_UPDATE_RUN=$work/run/update \
    TONGBAN_GO=$work/run/go TONGBAN_INCOMING=$work/incoming TONGBAN_SLOTS=$here/board/update/slots TONGBAN_HEALTHY_S=25 \
    TONGBAN_UPTIME=$work/uptime TONGBAN_OS_RELEASE=$work/run/os-release TONGBAN_STICKS="$work/stick-*"
linux=$work/efi/EFI/Linux

# --- the tools that change something, and the power that ends before the CUT-th of their uses ---
mkdir -p "$work/bin"
cat >"$work/step" <<'EOT'
[ ! -e "$work/dead" ] || exit 1
[ "${0##*/} $(cat "$work/broken" 2>/dev/null)" != 'cp yes' ] || exit 1
n=$(($(cat "$work/steps") + 1))
echo $n >"$work/steps"
if [ "$n" = "$(cat "$work/cut")" ]; then
    : >"$work/dead"
    # half of what was being copied is on the disk
    case ${0##*/} in cp) for last; do :; done; [ -d "$last" ] || head -c 3 "$1" >"$last" ;; esac
    exit 1
fi
EOT
for tool in mv cp rm sync; do
    { echo '#!/bin/sh'; cat "$work/step"; echo "exec /usr/bin/$tool \"\$@\""; } >"$work/bin/$tool"
done
# systemd-bless-boot, which waits for the same moment, may be the first to name a start good
sed -i '$i case $1 in *+2-1.efi) [ ! -e "$work/blesses" ] || /usr/bin/mv "$1" "$2" ;; esac' "$work/bin/mv"
printf '#!/bin/sh\nexit 0\n' | tee "$work/bin/chown" >"$work/bin/sleep"
cat >"$work/bin/systemctl" <<'EOT'
#!/bin/sh
case $1 in
is-active) # a machine so busy that it takes ten seconds to answer
    echo asked >>"$work/asked"
    echo "$((10 * $(wc -l <"$work/asked"))).25 1.00" >"$work/uptime"
    [ ! -e "$work/dead" ] && [ "$(sed -n s/IMAGE_VERSION=//p "$work/run/os-release")" != 1.5.3 ]
    ;;
reboot) : >"$work/reboot" ;;
list-units) echo tongban-ready.service ;;
esac
EOT
# RAUC: a bundle is a line "VERSION SIGNED REPLACES"; the bundle's own hook gets what RAUC 1.13 gives it
cat >"$work/bin/rauc" <<'EOT'
#!/bin/bash
[ ! -e "$work/dead" ] || exit 1
other() { [ "$("$TONGBAN_SLOTS" get-current)" = a ] && echo b || echo a; }
case "$1 $2" in
"info "*)
    read -r version signed replaces <"$3"
    [ "$signed" = good ] && printf '{ "version" : "%s",\n "replaces" : "%s" }\n' "$version" "$replaces"
    ;;
"install "*)
    read -r version _ <"$2"
    slot=$(other)
    mkdir -p "$work/mnt"
    printf '%s' "$version" >"$work/mnt/kernel.img"
    printf '%s\n' "$version" >"$work/mnt/version"
    "$TONGBAN_SLOTS" set-state "$slot" bad && cp "$work/mnt/kernel.img" "$work/root-$slot" &&
        cp "$work/mnt/kernel.img" "$work/verity-$slot" &&
        RAUC_SLOT_CLASS=kernel RAUC_SLOT_BOOTNAME=$slot RAUC_BUNDLE_MOUNT_POINT=$work/mnt RAUC_IMAGE_NAME=$work/mnt/kernel.img \
            "$here/board/update/hook" slot-install && "$TONGBAN_SLOTS" set-primary "$slot"
    ;;
"status mark-good") "$TONGBAN_SLOTS" set-state "$("$TONGBAN_SLOTS" get-current)" good ;;
"status mark-bad") "$TONGBAN_SLOTS" set-state "$("$TONGBAN_SLOTS" get-current)" bad ;;
"status mark-active") case $3 in rootfs.0) "$TONGBAN_SLOTS" set-primary a ;; rootfs.1) "$TONGBAN_SLOTS" set-primary b ;; *) "$TONGBAN_SLOTS" set-primary "$(other)" ;; esac ;;
esac
EOT
# A stick is a folder.
cat >"$work/bin/mount" <<'EOT'
#!/bin/sh
[ ! -e "$work/dead" ] || exit 1
for last; do
    case $last in "$work"/stick-*) device=$last ;; esac
done
/usr/bin/cp "$device"/* "$last"
EOT
cat >"$work/bin/umount" <<'EOT'
#!/bin/sh
/usr/bin/rm -f "$1"/*
EOT
chmod +x "$work"/bin/*

update() { board/update/update "$@" 2>>"$work/log"; }
no_cut() { /usr/bin/rm -f "$work/dead"; echo 0 >"$work/cut"; echo 0 >"$work/steps"; }

begin() { # 1.5.1 has run for long
    no_cut
    /usr/bin/rm -rf "$linux" "$work"/{kept,run,incoming,root-?,verity-?,log,reboot,stick-?,broken,asked}
    mkdir -p "$linux" "$work"/{kept,run/update,incoming}
    echo 0.25 1.00 >"$work/uptime"
    printf 1.5.1 | tee "$work/root-a" "$work/verity-a" >"$linux/tongban-a-1.5.1.efi"
    echo a >"$work/run/slot"
    echo IMAGE_VERSION=1.5.1 >"$work/run/os-release"
    echo 1.5.1 >"$work/kept/floor"
}
offer() { # VERSION SIGNED REPLACES: by kiosk-sync, and kiosk says now
    echo "$*" >"$work/incoming/$1.raucb"
    echo "install $1" >"$work/run/go"
}

# How far apart the moments are at which the power is cut; 1: none is left out.
every=${CUT_EVERY:-1}

# The machine starts until a system runs and is judged. Fails when none does in ten starts.
start() {
    local slot file version
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        /usr/bin/rm -rf "$work/run" "$work/reboot"
        mkdir -p "$work/run/update"
        echo a >"$work/run/slot" # slots asks it only to know what runs
        slot=$(board/update/slots get-primary) || return 1
        file=$(ls "$linux/tongban-$slot"-*.efi)
        version=$(basename "$file" | sed 's/tongban-.-//; s/\(+[0-9-]*\)*\.efi$//')
        case $file in # systemd-boot counts
        *+3.efi) /usr/bin/mv "$file" "${file%+3.efi}+2-1.efi" ;;
        *+2-1.efi) /usr/bin/mv "$file" "${file%+2-1.efi}+1-2.efi" ;;
        *+1-2.efi) /usr/bin/mv "$file" "${file%+1-2.efi}+0-3.efi" ;;
        esac
        # the kernel is whole, and the root file system the one it names; else the next start
        [ "$(cat "$linux/tongban-$slot"-*.efi)" = "$version" ] && [ "$(cat "$work/root-$slot" "$work/verity-$slot")" = "$version$version" ] ||
            continue
        echo "$slot" >"$work/run/slot"
        echo "IMAGE_VERSION=$version" >"$work/run/os-release"
        update judge
        [ -e "$work/dead" ] && return 0
        [ -e "$work/reboot" ] || return 0
    done
    return 1
}
running() { sed -n 's/IMAGE_VERSION=//p' "$work/run/os-release"; }
state() { sed -n 's/.*"state":"\([a-z]*\)".*"why":"\([^"]*\)".*/\1 \2/p' "$work/run/update/status"; }

verdict() { # NAME CODE
    if [ "$2" = 0 ]; then
        echo "ok update-$1"
    else
        { tail -n 20 "$work/log"; ls "$linux"; echo "runs $(running), $(state)"; } | sed 's/^/# /'
        echo "not ok update-$1"
    fi
}
is() { # NAME VERSION STATE
    [ "$(running)" = "$2" ] && [ "$(state)" = "$3" ]
    verdict "$1" $?
}

begin
offer 1.5.2 good
update go && start
is good-one-arrives 1.5.2 'good '
[ "$(cat "$work/kept/floor")" = 1.5.2 ] && [ -e "$work/kept/installed.raucb" ]
verdict good-one-is-the-floor $?
offer 1.5.1 good
update go
is older-is-refused 1.5.2 'refused older'
offer 1.5.1 good 1.5.9
update go
is leave-for-another-is-none 1.5.2 'refused older'
offer 1.5.4 bad
update go
is bad-signature-is-refused 1.5.2 'refused signature'
echo '1.5.5 good' >"$work/incoming/1.5.4.raucb"
echo 'install 1.5.4' >"$work/run/go"
update go
is another-version-is-refused 1.5.2 'refused other-version'
echo 'install ../../etc/passwd' >"$work/run/go"
update go
is path-is-no-version 1.5.2 'refused other-version'
offer 1.5.1 good 1.5.2
update go && start
is older-with-leave-arrives 1.5.1 'good '
[ "$(cat "$work/kept/floor")" = 1.5.1 ]
verdict older-with-leave-is-the-floor $?

begin
offer 1.5.2 good
update go
: >"$work/blesses"
start
/usr/bin/rm "$work/blesses"
is good-that-systemd-called-good-first 1.5.2 'good '

begin
offer 1.5.3 good
update go && start
is never-healthy-falls-back 1.5.1 'fellback tongban-ready-service'
[ "$(wc -l <"$work/asked")" = 4 ] # three times in 25 s, and once by the system it made way for
verdict a-busy-machine-is-judged-in-its-time $?
start
is fallen-back-is-remembered 1.5.1 'fellback tongban-ready-service'
offer 1.5.2 good
update go && start
is after-falling-back-another-arrives 1.5.2 'good '

begin
offer 1.5.2 good
update go
printf damaged >"$work/root-b" # it never starts
start
is not-starting-is-taken-for-the-power 1.5.1 'installed interrupted'
for _ in 1 2 3; do echo 'install 1.5.2' >"$work/run/go"; update go; start; done
is not-starting-ends 1.5.1 'fellback did-not-start'

# a technician's: from a stick, and to the other system
press() { echo "$1" >"$work/run/go"; update go; }
begin
press stick
is no-stick-no-update 1.5.1 'refused no-bundle'
press back
is nothing-to-go-back-to 1.5.1 'refused nothing-there'
mkdir -p "$work"/stick-{a,b}
echo hello >"$work/stick-a/readme.txt"
echo '1.5.9 bad' >"$work/stick-b/1.5.9.raucb"
press stick
is stick-with-a-forged-one 1.5.1 'refused no-bundle'
echo '1.5.0 good' >"$work/stick-b/1.5.0.raucb"
press stick
is stick-with-an-older-one 1.5.1 'refused older'
echo '1.5.2 good' >"$work/stick-b/1.5.2.raucb"
echo yes >"$work/broken"
press stick
is stick-that-cannot-be-read 1.5.1 'refused unreadable'
[ -z "$(ls "$work/run/update/stick")" ] && [ ! -e "$work/reboot" ]
verdict and-it-is-let-go $?
/usr/bin/rm -f "$work/broken"
press stick && start
is stick-with-a-newer-one 1.5.2 'good '
press back && start
is back-to-the-other 1.5.1 'good '
mv "$work/kept" "$work/kept-away" && : >"$work/kept" # nothing can be kept
press stick
[ ! -e "$work/reboot" ]
verdict nowhere-to-keep-it-nothing-starts $?

# a data partition that takes nothing more: nothing is begun, and what is on trial is judged all the same
full() { for name in status trial verdict floor; do ln -sf /dev/full "$work/kept/$name.new"; done; }
room() { /usr/bin/rm -f "$work"/kept/*.new; }
begin
offer 1.5.2 good
full
update go
is full-is-said 1.5.1 'failed not-kept'
[ ! -e "$work/root-b" ] && [ ! -e "$work/reboot" ] && [ "$(cat "$work/kept/floor")" = 1.5.1 ]
verdict full-nothing-is-begun $?
room
echo 'install 1.5.2' >"$work/run/go"
update go && start
is full-no-more-it-arrives 1.5.2 'good '
begin
offer 1.5.2 good
update go
full
start
is full-a-good-one-is-good 1.5.2 'good '
[ -e "$work/kept/installed.raucb" ] && [ ! -e "$work/kept/trial" ]
verdict full-what-it-took-is-let-go $?
room
start
[ "$(cat "$work/kept/floor")" = 1.5.2 ]
verdict full-no-more-it-is-the-floor $?
begin
offer 1.5.3 good
update go
full
start
is full-never-healthy-makes-way 1.5.1 'installed interrupted'
room

# the power, before each step of installing
cuts=0
for ((cut = 1; ; cut += every)); do
    begin
    offer 1.5.2 good
    echo $cut >"$work/cut"
    update go
    [ -e "$work/dead" ] || break
    no_cut
    start || { verdict "cut-$cut-starts" 1; break; }
    # the hall says it again
    if [ "$(running)" = 1.5.1 ]; then
        if [ -e "$work/kept/bundle.raucb" ]; then echo 'install 1.5.2' >"$work/run/go"; else offer 1.5.2 good; fi
        update go && start
    fi
    if [ "$(running)$(state)" != '1.5.2good ' ]; then
        verdict "cut-$cut-arrives" 1
        break
    fi
    cuts=$((cuts + 1))
done
[ ! -e "$work/dead" ] && [ $cuts -gt $((15 / every)) ]
verdict "every-cut-while-installing-arrives" $?
echo "# $cuts moments"

# and of judging: a good one, and one that is not
for version in 1.5.2 1.5.3; do
    cuts=0
    for ((cut = 1; ; cut += every)); do
        begin
        offer $version good
        update go
        echo 0 >"$work/steps"
        echo $cut >"$work/cut"
        start
        [ -e "$work/dead" ] || break
        no_cut
        for _ in 1 2 3 4; do start || break; done
        if [ $version = 1.5.2 ]; then wanted=1.5.2; else wanted=1.5.1; fi
        [ "$(running)" = $wanted ] || { verdict "cut-$cut-of-judging-$version" 1; break; }
        cuts=$((cuts + 1))
    done
    [ ! -e "$work/dead" ] && [ $cuts -gt $((4 / every)) ]
    verdict "every-cut-while-judging-$version" $?
    echo "# $cuts moments"
done
