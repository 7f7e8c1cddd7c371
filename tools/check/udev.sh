#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Writes the udev rules for our devices on standard output, from the lists the drivers use: the models.def of the
# readers' drivers and `match` of the printer profiles; and the makers in board/common/touch.tsv. `make udev` puts them where they belong; a test compares.
set -eu
cd "$(dirname "$0")/../.."

# lines like MODEL(0x0400, 0xC35A, SAM, …); a device that waits for firmware is nobody's
readers() {
    sed -nE '/, FIRMWARE,/d; s/^MODEL\(0x([0-9A-Fa-f]{4}), *0x([0-9A-Fa-f]{4})\b.*/\1 \2/p' drivers/*/models.def |
        tr 'A-F' 'a-f' | sort -u
}

printers() {
    jq -r 'select(.match) | .match[] | select(.product) | "\(.vendor) \(.product)"' assets/printers/*.json | tr 'A-F' 'a-f' | sort -u
}

touch_panels() { # its interfaces are known before it is let in: the kernel has read its descriptors
    sed '/^#/d' board/common/touch.tsv | while IFS=$'\t' read -r vendor name; do
        echo "ATTR{idVendor}==\"$vendor\", ENV{ID_USB_INTERFACES}==\"*:03????:*\", ENV{ID_USB_INTERFACES}!=\"*:030101:*\", ENV{TONGBAN}=\"touch\""
    done
}

rule() { # ROLE
    while read -r vendor product; do
        echo "ATTR{idVendor}==\"$vendor\", ATTR{idProduct}==\"$product\", ENV{TONGBAN}=\"$1\""
    done
}

cat <<'RULES'
# SPDX-License-Identifier: Apache-2.0
#
# Made by tools/check/udev.sh from the driver lists: change those, then run `make udev`.
# Lets the kiosk's user (group tongban-usb) open its devices and keeps them awake.
ACTION=="remove", GOTO="tongban_usb_end"
SUBSYSTEM!="usb", GOTO="tongban_usb_end"
ENV{DEVTYPE}!="usb_device", GOTO="tongban_usb_end"

# readers, by model
RULES
readers | rule reader
echo
echo "# printers, by model (those known only by vendor go by class)"
printers | rule printer
echo
echo "# touch panels, by maker"
touch_panels
cat <<'RULES'

# printers nobody has listed, by interface class (ID_USB_INTERFACES comes from 50-udev-default.rules)
ENV{ID_USB_INTERFACES}=="*:07????:*", ENV{TONGBAN}="printer"

ENV{TONGBAN}=="reader|printer", GROUP="tongban-usb", MODE="0660", TEST=="power/control", ATTR{power/control}="on"
LABEL="tongban_usb_end"
RULES
