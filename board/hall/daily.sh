#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Each morning (tongban-hall-daily.timer): what is near or past its last day is put into the outbox of notices, and all of it
# stands in cards.txt of the hall's folder, for offices that look at a list; the pages of what is overdue and of what was decided are
# written anew, of every office (feeds/OFFICE/overdue.html, decisions.html). Twice a day does no harm; neither does a second
# hall on the same database. Usage: daily.sh HALL
set -eu
hallctl=$(dirname "$0")/hallctl
"$hallctl" notice due --data "$1"
umask 027
"$hallctl" case cards --data "$1" --language zh-CN >"$1/cards.txt.new"
mv "$1/cards.txt.new" "$1/cards.txt"
"$hallctl" feed pages --data "$1" --language zh-CN
