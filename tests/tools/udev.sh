#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The udev rules in board/ are those of the driver lists, and are well-formed. Usage: udev.sh BUILD
cd "$(dirname "$0")/../.." || exit 2
rules=board/common/60-tongban-usb.rules
failed=0

verdict() { # NAME OK
    [ "$2" = 0 ] && echo "ok $1" || { echo "not ok $1"; failed=1; }
}

tools/check/udev.sh | diff $rules - >/tmp/tongban-udev.$$
code=$?
[ $code = 0 ] || { sed 's/^/# /' /tmp/tongban-udev.$$; echo "# run make udev"; }
rm -f /tmp/tongban-udev.$$
verdict rules_are_those_of_the_drivers $code

# every member of `match` and the reader everybody has, whatever the generator makes of its lists
code=0
grep -q 'idVendor}=="0400", ATTR{idProduct}=="c35a", ENV{TONGBAN}="reader"' $rules || code=1
for id in $(grep -ho '"vendor": "[0-9a-f]*", "product": "[0-9a-f]*"' assets/printers/*.json | tr -d '", ' | sort -u); do
    vendor=${id#vendor:}
    vendor=${vendor%%product*}
    grep -q "idVendor}==\"$vendor\", ATTR{idProduct}==\"${id##*:}\", ENV{TONGBAN}=\"printer\"" $rules ||
        { echo "# $vendor:${id##*:} is missing"; code=1; }
done
verdict every_model_has_a_rule $code

# no driver is listed that the reader's or the printers' lists do not have: an id cannot have two roles
code=0
[ -z "$(grep -o 'idVendor}=="....", ATTR{idProduct}=="...."' $rules | sort | uniq -d)" ] || code=1
verdict no_model_twice $code

# KEY OP "VALUE", separated by commas; each GOTO has its label
code=0
key='[A-Z]+(\{[^}"]+\})?(==|!=|\+?=|:=)"[^"]*"'
for f in board/common/*.rules board/common/*.rules.example; do
    grep -vE '^(#.*)?$' "$f" | grep -vE "^$key(, $key)*$" && { echo "# $f: not a rule"; code=1; }
    for label in $(sed -n 's/.*GOTO="\([^"]*\)".*/\1/p' "$f" | sort -u); do
        grep -q "^LABEL=\"$label\"" "$f" || { echo "# $f: no label $label"; code=1; }
    done
done
verdict rules_are_well_formed $code

if udevadm verify --help >/dev/null 2>&1; then
    udevadm verify --no-summary board/common/*.rules | sed 's/^/# /'
    verdict udevadm_verify "${PIPESTATUS[0]}"
else
    echo "skip udevadm_verify # udevadm verify came with systemd 254, it is not here"
fi
exit $failed
