#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `make install` into an empty folder: everything a machine needs is there, the units say what they are meant to, and with the
# two users of the terminal, enrolled by root, an empty journal reaches the hall. Usage: install.sh BUILD
cd "$(dirname "$0")/../.." || exit 2
build=$(realpath "$1")
work=$(mktemp -d)
root=$work/root
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$work"' EXIT
chmod 755 "$work"

verdict() { # NAME CODE, what to show where it failed on stdin
    if [ "$2" = 0 ]; then
        echo "ok $1"
    else
        sed 's/^/# /' | head -n 20
        echo "not ok $1"
    fi
}

case $build in */build/test) san=1 ;; *) san=0 ;; esac
make -s install SAN=$san B="build/${build##*/}" DESTDIR="$root" >"$work/out" 2>&1
code=$?
verdict installs $code <"$work/out"
[ $code = 0 ] || exit

# run as its user would after `make install`, from where it now lies
for p in kioskctl hallctl flash; do
    "$root/usr/bin/$p" --help >"$work/out" 2>&1
    verdict "$p-runs" $? <"$work/out"
done

# --- pages and completion ---
for page in "$root"/usr/share/man/man8/*.8; do
    name=$(basename "$page" .8)
    command -v groff >/dev/null || { echo "skip man-$name # groff is not here"; continue; }
    { groff -k -man -ww -Tutf8 "$page" >"$work/page"; } 2>"$work/out"
    [ ! -s "$work/out" ] && for option in $("$root/usr/libexec/tongban/$name" --help | grep -o -- '--[a-z][a-z-]*' | sort -u); do
        grep -q -e "$option" "$work/page" || echo "$option is not in it" >>"$work/out"
    done
    [ ! -s "$work/out" ]
    verdict "man-$name" $? <"$work/out"
done
complete_words() { # as bash does it: the words before, and what is being typed
    (
        source "$root/usr/share/bash-completion/completions/hallctl"
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        PATH=$root/usr/bin:$PATH _tongban "$1"
        echo "${COMPREPLY[*]}"
    )
}
complete_words hallctl ter >"$work/out"
grep -q '^terminal terminals$' "$work/out"
verdict completes_commands $? <"$work/out"
complete_words hallctl catalog bu >"$work/out"
grep -q '^build$' "$work/out"
verdict completes_their_words $? <"$work/out"
complete_words hallctl case open >"$work/out"
grep -q '^open openings$' "$work/out"
verdict completes_case_open $? <"$work/out"
complete_words hallctl keys s >"$work/out"
grep -q '^split status$' "$work/out"
verdict completes_keys $? <"$work/out"
complete_words kioskctl enrol --sh >"$work/out"
grep -q '^--sheet$' "$work/out"
verdict completes_options $? <"$work/out"

# --- settings ---
echo 'TONGBAN_SIZE=1920x1080' >"$root/etc/tongban/terminal.conf"
make -s install SAN=$san B="build/${build##*/}" DESTDIR="$root" >"$work/out" 2>&1
grep -q 1920x1080 "$root/etc/tongban/terminal.conf"
verdict changed_settings_stay $? <"$root/etc/tongban/terminal.conf"
# what a unit takes from its settings is explained there, and the other way round
settings_are() { # CONF UNIT…
    local conf=board/$1
    shift
    diff <(cd board && sed -n 's/^Environment=//p' "$@" | tr ' ' '\n' | grep -v DAEMON | sort) \
        <(sed -n 's/^#\([A-Z_]*=.*\)/\1/p' "$conf" | sort) >"$work/out"
    verdict "settings-of-$(basename "$conf")" $? <"$work/out"
}
settings_are common/terminal.conf common/tongban-kiosk.service common/tongban-time.conf
settings_are hall/hall.conf hall/tongban-hall.service hall/tongban-hall-notices.service hall/tongban-hall-feed.service hall/tongban-hall-backup.service hall/tongban-open.service

# what an image has beside is installed for it alone
make -s install-update BOARD=x86_64 SAN=$san B="build/${build##*/}" DESTDIR="$root" >"$work/out" 2>&1
verdict the_updater_is_installed $? <"$work/out"

# --- units ---
if systemd-analyze --version >/dev/null 2>&1; then
    for t in sysinit basic multi-user shutdown network network-pre boot-complete local-fs timers time-set time-sync; do printf '[Unit]\nDescription=%s\n' $t >"$root/usr/lib/systemd/system/$t.target"; done
    # words it does not know it passes over, and ends with 0: what it says counts
    # shellcheck disable=SC2046
    systemd-analyze verify --man=no --root="$root" $(cd board && ls ./*/*.service ./*/*.path ./*/*.timer | xargs -n 1 basename) >"$work/out" 2>&1
    # the old one on this machine does not know all of it; nft and the shell are not in this tree
    ! grep -vE "Unknown key (name )?'RestartMode'|/(nft|udevadm|systemctl|bin/sh) is not executable: No such" "$work/out" >"$work/bad"
    cp "$work/bad" "$work/out"
    [ ! -s "$work/out" ]
    verdict units_are_understood $? <"$work/out"
else
    echo "skip units_are_understood # systemd-analyze is not here"
fi
# device groups and capabilities it does not even speak of
! grep -hE '^(DeviceAllow|CapabilityBoundingSet|AmbientCapabilities)=.' board/*/*.service |
    grep -vE '^DeviceAllow=char-(drm|input|usb_device|fb|alsa) rw?$|=CAP_(NET_BIND_SERVICE|NET_ADMIN)( CAP_DAC_READ_SEARCH)?$|^DeviceAllow=block-\* rw$|=CAP_CHOWN CAP_DAC_OVERRIDE$|=CAP_DAC_READ_SEARCH$|=CAP_SYS_ADMIN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER$' >"$work/out"
verdict units_name_what_exists $? <"$work/out"

# --- two users ---
if ! systemd-sysusers --version >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "skip two_users # needs root and systemd's sysusers and tmpfiles"
    exit
fi
{ systemd-sysusers --root="$root" && systemd-tmpfiles --root="$root" --create; } >"$work/out" 2>&1
verdict users_and_folders $? <"$work/out"
groups_of() { awk -F: -v u="$1" -v ORS=, '$4 ~ "(^|,)" u "(,|$)" {print $3}' "$root/etc/group" | sed 's/,$//'; }
as() { # USER COMMAND…
    local user=$1 ids
    shift
    ids=$(awk -F: -v u="$user" '$1 == u {print "--reuid=" $3 " --regid=" $4}' "$root/etc/passwd")
    # shellcheck disable=SC2086
    exec setpriv $ids --groups="$(groups_of "$user")" --inh-caps=-all "$@"
}
data=$root/var/lib/tongban run=$work/run
# with the words of its unit, where no setting says anything
# shellcheck disable=SC2207
sync_words=($(sed -n 's/^ExecStart=[^ ]* *//p' board/common/tongban-sync.service | sed 's/\${[A-Z_]*}//g'))
chmod 755 "$root" "$root/var" "$root/var/lib"
install -d -o "$(awk -F: '$1 == "tongban" {print $3}' "$root/etc/passwd")" -g "$(awk -F: '$1 == "tongban" {print $4}' "$root/etc/passwd")" -m 750 "$run"
bin=$root/usr/libexec/tongban
cd "$work" || exit 2
printf '{"zone":"Z","spot":"S","device":"D","hotline":"1","supervision":"2"}' >place.json
"$bin/hallctl" keys init --keys keys --data hall >out 2>&1
coproc hall { exec "$bin/hall" --data hall --listen 127.0.0.1:0 2>hall.log; }
pids+=("$hall_PID")
read -r _ _ address <&"${hall[0]}"
{ "$bin/hallctl" terminal add --data hall --id t-1 --office 1103 --place place.json --hall "https://$address" --out sheet.json &&
    "$root/usr/bin/kioskctl" enrol --sheet sheet.json --data "$data"; } >out 2>&1
verdict root_enrols $? <out
(SDL_VIDEODRIVER=dummy as tongban "$bin/kiosk" --data "$data" --run "$run" --assets "$root/usr/share/tongban" 2>kiosk.log) &
pids+=($!)
(as tongban-sync "$bin/kiosk-sync" "${sync_words[@]}" --data "$data" --run "$run" 2>sync.log) &
pids+=($!)
for ((i = 0; i < 1200; i++)); do
    "$bin/hallctl" records --data hall --json 2>/dev/null | grep -q '"kind":"start"' && break
    kill -0 "${pids[1]}" && kill -0 "${pids[2]}" || break
    sleep 0.1
done
"$bin/hallctl" records --data hall --json 2>/dev/null | grep -q '"kind":"start"'
verdict the_two_users_deliver $? < <(cat kiosk.log sync.log)
# neither reads the other's key
! (as tongban cat "$data/sync/tls.pem") >out 2>&1 && ! (as tongban-sync cat "$data/keys/journal.pem") >out 2>&1
verdict each_has_its_own_key $? <out

# --- the same two, fresh from the box: nobody enrols them ---
kill "${pids[1]}" "${pids[2]}"
wait "${pids[1]}" "${pids[2]}" 2>/dev/null
pids=("${pids[0]}")
mv "$data" "$work/before"
systemd-tmpfiles --root="$root" --create >out 2>&1
"$bin/hallctl" terminal add --data hall --id t-2 --office 1103 --place place.json --hall "https://$address" --out sheet.json >>out 2>&1
(SDL_VIDEODRIVER=dummy as tongban "$bin/kiosk" --data "$data" --run "$run" --assets "$root/usr/share/tongban" 2>kiosk.log) &
pids+=($!)
(as tongban-sync "$bin/kiosk-sync" "${sync_words[@]}" --data "$data" --run "$run" 2>sync.log) &
pids+=($!)
sleep 1
install -o "$(stat -c %u "$data")" -g "$(stat -c %g "$data")" -m 600 sheet.json "$data/sheet.json" # as whoever lays it there does
for ((i = 0; i < 1200; i++)); do
    "$bin/hallctl" records --data hall --json 2>/dev/null | grep '"kind":"start"' | grep -q '"terminal":"t-2"' && break
    kill -0 "${pids[1]}" && kill -0 "${pids[2]}" || break
    sleep 0.1
done
"$bin/hallctl" records --data hall --json 2>/dev/null | grep '"kind":"start"' | grep -q '"terminal":"t-2"'
verdict the_two_users_enrol_themselves $? < <(cat out kiosk.log sync.log)
! (as tongban cat "$data/sync/tls.pem") >out 2>&1 && ! (as tongban-sync cat "$data/keys/journal.pem") >out 2>&1 &&
    [ -e "$data/sheet.json" ] && ! [ -e "$data/sync/given-terminal.json" ]
verdict each_has_made_its_own_key $? <out
