#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What software is in an image, as SPDX 2.3 in JSON: Tongban itself, and each package of Debian of which a file is there.
# Runs in the builder after root.sh. Usage: sbom.sh BOARD ROOT >FILE
set -euo pipefail
board=$1 root=$2 base=/image/base/var/lib/dpkg
# shellcheck source=board/x86_64/machine
. "board/$board/machine"

is_in() { # PACKAGE: one of its files, a folder alone does not count
    local list=$base/info/$1.list file
    [ -e "$list" ] || list=$base/info/$1:$debian.list
    while read -r file; do
        case $file in /usr/share/doc/* | /usr/share/man/*) continue ;; esac
        [ -d "$root$file" ] || [ ! -e "$root$file" ] || return 0
    done <"$list"
    return 1
}

{
    dpkg-query --admindir=$base -W -f '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n' |
        while IFS=$'\t' read -r name rest; do ! is_in "$name" || printf '%s\t%s\n' "$name" "$rest"; done
    while read -r name; do
        dpkg-deb -W --showformat '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n' \
            "/image/debs/$(awk -v n="$name" '$1 == n {print $3}' "board/$board/packages.lock").deb"
    done </image/alone/names
} >/tmp/packages

jq -R -s --rawfile lock "board/$board/packages.lock" --arg version "$VERSION" --arg board "$board" \
    --arg created "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" '
    ($lock | split("\n") | map(split(" ") | select(length == 3) | {key: .[0], value: .[2]}) | from_entries) as $sums |
    def id: "SPDXRef-" + gsub("[^A-Za-z0-9.-]"; "-");
    [split("\n")[] | select(. != "") | split("\t") | {
        SPDXID: ("deb-" + .[0] | id), name: .[0], versionInfo: .[1], supplier: "Organization: Debian",
        downloadLocation: "NOASSERTION", filesAnalyzed: false, licenseConcluded: "NOASSERTION", copyrightText: "NOASSERTION",
        sourceInfo: "source \(.[3]) \(.[4])", checksums: [{algorithm: "SHA256", checksumValue: $sums[.[0]]}],
        externalRefs: [{referenceCategory: "PACKAGE-MANAGER", referenceType: "purl",
            referenceLocator: "pkg:deb/debian/\(.[0] | @uri)@\(.[1] | @uri)?arch=\(.[2])&distro=trixie"}]
    }] as $debs |
    {SPDXID: "SPDXRef-tongban", name: "tongban", versionInfo: $version, downloadLocation: "NOASSERTION", filesAnalyzed: false,
     licenseConcluded: "Apache-2.0", licenseDeclared: "Apache-2.0", copyrightText: "NOASSERTION"} as $own |
    {spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: "SPDXRef-DOCUMENT", name: "tongban-\($board)-\($version)",
     documentNamespace: "urn:tongban:sbom:\($board):\($version)",
     creationInfo: {created: $created, creators: ["Tool: board/image/sbom.sh"]},
     packages: ([$own] + $debs),
     relationships: [([$own] + $debs)[] |
        {spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: .SPDXID}]}' /tmp/packages
