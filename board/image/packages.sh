#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The Debian packages of an image, each by its version and checksum. `lock` asks Debian's archive which ones a list of names
# needs today, with all that Debian calls essential, and prints them; of a name behind a + the package alone. `fetch` gets
# what a lock names, `archive` makes of it one from which mmdebstrap installs. ARCHITECTURES: Debian's name of the one the tree
# runs on, and behind a comma another whose packages are called NAME:ARCHITECTURE.
# Usage: packages.sh lock LIST ARCHITECTURES >LOCK | fetch LOCK ARCHITECTURES FOLDER | archive LOCK FOLDER ARCHIVE
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=trixie work=build/image/apt
PATH=$PATH:/usr/sbin:/sbin

# apt with sources and lists of its own, and nothing installed: the archive is the one this system uses
prepare() { # ARCHITECTURES
    local site kind
    mkdir -p "$work"/{lists/partial,cache/archives/partial,none}
    : >"$work/status"
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sort -u |
        grep -E '/debian(-security)?/?$' >"$work/sites" ||
        { echo "packages: apt has no archive of Debian" >&2; exit 1; }
    while read -r site; do
        case $site in
        *security*) kind="$suite-security" ;;
        *) kind="$suite $suite-updates" ;;
        esac
        for kind in $kind; do echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $site $kind main"; done
    done <"$work/sites" >"$work/sources.list"
    cat >"$work/apt.conf" <<EOT
Dir::State "$PWD/$work";
Dir::State::status "$PWD/$work/status";
Dir::State::lists "$PWD/$work/lists";
Dir::Cache "$PWD/$work/cache";
Dir::Etc::sourcelist "$PWD/$work/sources.list";
Dir::Etc::sourceparts "$PWD/$work/none";
Dir::Etc::preferencesparts "$PWD/$work/none";
APT::Architecture "${1%,*}";
APT::Architectures { "${1/,/\"; \"}"; };
APT::Install-Recommends "false";
Acquire::Languages "none";
APT::Sandbox::User "root";
EOT
    export APT_CONFIG=$PWD/$work/apt.conf
    apt-get -qq update
}

names_of() { sed 's/#.*//' "$1" | tr -s ' \t' '\n' | sed '/^$/d'; }

lock() { # LIST ARCHITECTURES
    local all essential alone
    prepare "$2"
    all=$(names_of "$1")
    essential=$(apt-cache dumpavail | awk '/^Package:/ {p = $2} /^Essential: yes/ {print p}' | sort -u)
    alone=$(sed -n 's/^+//p' <<<"$all")
    echo "# What $1 needs: name, version, SHA-256. Made by \`make image-lock\`."
    {
        # shellcheck disable=SC2046,SC2086
        apt-get -qq -s install $essential $(grep -v '^+' <<<"$all") |
            awk '/^Inst / {gsub(/[(]/, "", $3); print $2 "=" $3}' | xargs apt-cache show --no-all-versions
        # shellcheck disable=SC2046,SC2086
        [ -z "$alone" ] || apt-cache show --no-all-versions $alone \
            $(apt-cache depends --important $alone | grep -oE 'linux-image-[0-9].*')
    } | awk -v own="${2%,*}" '/^Package:/ {p = $2} /^Version:/ {v = $2} /^Architecture:/ {a = $2}
        /^SHA256:/ {print p (a == own || a == "all" ? "" : ":" a), v, $2}' | LC_ALL=C sort -u
}

fetch() { # LOCK ARCHITECTURES FOLDER
    local name version sum file wanted=() kept=$3
    mkdir -p "$kept/new"
    sed '/^#/d' "$1" >"$kept/wanted"
    while read -r name version sum; do
        [ -e "$kept/$sum.deb" ] || wanted+=("$name=$version")
    done <"$kept/wanted"
    if [ ${#wanted[@]} -gt 0 ]; then
        prepare "$2"
        (cd "$kept/new" && printf '%s\n' "${wanted[@]}" | xargs apt-get -qq download)
        for file in "$kept"/new/*.deb; do
            mv "$file" "$kept/$(sha256sum "$file" | cut -d ' ' -f 1).deb"
        done
    fi
    while read -r name version sum; do
        [ -e "$kept/$sum.deb" ] ||
            { echo "packages: $1 names a $name $version that the archive does not have: make image-lock" >&2; exit 1; }
    done <"$kept/wanted"
}

archive() { # LOCK FOLDER ARCHIVE: whose every package is checked again
    local name version sum
    rm -rf "$3"
    mkdir -p "$3"
    sed '/^#/d' "$1" | while read -r name version sum; do
        echo "$sum  $2/$sum.deb" | sha256sum --quiet --check || exit 1
        name=${name/:/_}
        ln "$2/$sum.deb" "$3/$name.deb"
        dpkg-deb -f "$3/$name.deb"
        printf 'Filename: ./%s.deb\nSize: %s\nSHA256: %s\n\n' "$name" "$(stat -c %s "$2/$sum.deb")" "$sum"
    done >"$3/Packages"
    printf 'Suite: %s\nCodename: %s\nSHA256:\n %s %s Packages\n' $suite $suite \
        "$(sha256sum <"$3/Packages" | cut -d ' ' -f 1)" "$(stat -c %s "$3/Packages")" >"$3/Release"
}

case ${1:-} in
lock) lock "${2:?the list}" "${3:?the architectures}" ;;
fetch) fetch "${2:?the lock}" "${3:?the architectures}" "${4:?the folder}" ;;
archive) archive "${2:?the lock}" "${3:?the folder}" "${4:?the archive}" ;;
*) sed -n '/^# Usage/,/^$/s/^# //p' "$0" >&2; exit 2 ;;
esac
