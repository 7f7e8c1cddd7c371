#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The days off that the regulation itself names (全国年节及纪念日放假办法, 国务院令 第795号, article 2: thirteen a year since 2025) are
# the law in every year, whether the yearly notice on shifted days is out or not. npm chinese-days 1.5.7 knows the notices and
# nothing else: for a year without one it calls 1 January and fifteen other such days of 2027 and 2028 working days, with no
# sign that it does not know. npm date-holidays 3.37.0 computes the days but by the rule before 2025, and leaves out two of the
# thirteen in every year: 2 May and the third day of the first lunar month. A promised date counted over them is a day or more
# early.
#
# Seen: sixteen days of 2027 and 2028 after "chinese-days", four after "date-holidays", as below
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error chinese-days@1.5.7 date-holidays@3.37.0 tyme4ts@1.5.2 >/dev/null
cat >days.js <<'JS'
const known = require("chinese-days"), Holidays = require("date-holidays"), { LunarDay, SolarTerm } = require("tyme4ts");
const rule = new (Holidays.default ?? Holidays)("CN"), day = 864e5, iso = (t) => new Date(t).toISOString().slice(0, 10);
const at = (d) => Date.UTC(d.getYear(), d.getMonth() - 1, d.getDay());
const lunar = (y, m, d) => at(LunarDay.fromYmd(y, m, d).getSolarDay());
// article 2, by the lunar calendar of a third library
const named = (y) => {
    const spring = lunar(y, 1, 1);
    return [Date.UTC(y, 0, 1), spring - day, spring, spring + day, spring + 2 * day, at(SolarTerm.fromIndex(y, 7).getJulianDay().getSolarDay()),
        Date.UTC(y, 4, 1), Date.UTC(y, 4, 2), lunar(y, 5, 5), lunar(y, 8, 15), ...[1, 2, 3].map((d) => Date.UTC(y, 9, d))].map(iso);
};
const misses = {
    "chinese-days": (d) => known.isWorkday(d),
    "date-holidays": (d) => !(rule.isHoliday(new Date(`${d}T12:00:00+08:00`)) || []).some((h) => h.type === "public"),
};
for (const [name, f] of Object.entries(misses)) console.log(name, [...new Set([...named(2027), ...named(2028)].filter(f))].sort().join(" "));
JS
TZ=Asia/Shanghai node days.js | tee seen
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
chinese-days 2027-01-01 2027-02-05 2027-02-08 2027-04-05 2027-06-09 2027-09-15 2027-10-01 2028-01-25 2028-01-26 2028-01-27 2028-01-28 2028-04-04 2028-05-01 2028-05-02 2028-10-02 2028-10-03
date-holidays 2027-02-08 2027-05-02 2028-01-28 2028-05-02
TXT
