#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# npm chinese-lunar 0.1.4 gives 2033 a leap seventh month. By GB/T 33661-2017 the leap month of that year is the eleventh (the
# first month without a major solar term of the lunar year that holds thirteen months), and Mid-Autumn, the 15th of the eighth
# month, is 8 September 2033; the library puts it on 7 October: a day off by regulation, one month late. The error does not end
# with that year: of all days to the end of 2099, 9,680 have another month than in npm tyme4ts 1.5.2 and lunar-javascript
# 1.7.7, which agree with each other on every day.
#
# Seen: "chinese-lunar 2033-10-07", "tyme4ts 2033-09-08", "lunar-javascript 2033-09-08", "differing days 9680, first 2033-08-25"
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error chinese-lunar@0.1.4 tyme4ts@1.5.2 lunar-javascript@1.7.7 >/dev/null
cat >days.js <<'JS'
const old = require("chinese-lunar"), { SolarDay } = require("tyme4ts"), { Solar } = require("lunar-javascript");
const of = {
    "chinese-lunar": (y, m, d) => { const l = old.solarToLunar(new Date(y, m - 1, d)); return [l.month, l.day, !!l.leap]; },
    tyme4ts: (y, m, d) => { const l = SolarDay.fromYmd(y, m, d).getLunarDay(), n = l.getLunarMonth(); return [n.getMonth(), l.getDay(), n.isLeap()]; },
    "lunar-javascript": (y, m, d) => { const l = Solar.fromYmd(y, m, d).getLunar(); return [Math.abs(l.getMonth()), l.getDay(), l.getMonth() < 0]; },
};
const parts = (t) => { const d = new Date(t); return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()]; };
const iso = (t) => new Date(t).toISOString().slice(0, 10), day = 864e5;
for (const [name, f] of Object.entries(of))
    for (let t = Date.UTC(2033, 7, 1); t < Date.UTC(2033, 11, 1); t += day)
        if (f(...parts(t)).join() === "8,15,false") console.log(name, iso(t));
let n = 0, first = "", disagree = 0;
for (let t = Date.UTC(2020, 0, 1); t < Date.UTC(2100, 0, 1); t += day) {
    const [a, b, c] = Object.values(of).map((f) => f(...parts(t)).slice(0, 2).join());
    disagree += b !== c;
    if (a !== b) n++, (first ||= iso(t));
}
console.log(`differing days ${n}, first ${first}`);
console.log(`days on which the other two disagree ${disagree}`);
JS
TZ=Asia/Shanghai node days.js | tee seen
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
chinese-lunar 2033-10-07
tyme4ts 2033-09-08
lunar-javascript 2033-09-08
differing days 9680, first 2033-08-25
days on which the other two disagree 0
TXT
