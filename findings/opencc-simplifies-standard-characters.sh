#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From traditional to simplified characters, OpenCC takes away characters that have been standard ones in China since 2013: some
# twenty of the 8,105 of 通用规范汉字表 (国发〔2013〕23号), which Unicode's Unihan marks with kTGH. 昇, 甯, 於, 陞, 脩 and 釐 came back
# into that list for names of persons and places; a form, a search or a voice that first "simplifies" what somebody wrote correctly
# has another name: 甯 is no 宁, 於 no 于. Its table of characters (TSCharacters) knows no exception for them, so whatever uses that
# table does the same, and which ones are lost differs by version: npm opencc-js 1.0.5 and Debian 12's opencc 1.1.6 agree in 20;
# opencc-js 1.4.2 keeps 爇 甦 甯 and loses 劄 扞 袷 谿 instead, 21 in all.
# The list of standard characters comes from Debian's unicode-data (Unihan 15.0.0).
#
# Seen: the two lines at the end of this file.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download unicode-data >/dev/null 2>&1
dpkg-deb -x unicode-data_*.deb .
bzcat usr/share/unicode/Unihan_OtherMappings.txt.bz2 | awk -F'\t' '$2 == "kTGH" { print substr($1, 3) }' >standard
cat >check.js <<'JS'
const [version] = process.argv.slice(2);
const simplify = require("opencc-js-" + version).Converter({ from: "t", to: "cn" });
const standard = require("fs").readFileSync("standard", "utf8").trim().split("\n").map((x) => String.fromCodePoint(parseInt(x, 16)));
const changed = standard.filter((c) => simplify(c) !== c);
console.log(version, standard.length, changed.length, changed.map((c) => c + simplify(c)).join(" "));
JS
for version in 1.0.5 1.4.2; do
    npm install --no-audit --no-fund --ignore-scripts --loglevel=error "opencc-js-$version@npm:opencc-js@$version" >/dev/null
    node check.js "$version"
done | tee seen
if command -v opencc >/dev/null; then
    node -e 'for (const x of require("fs").readFileSync("standard", "utf8").trim().split("\n")) console.log(String.fromCodePoint(parseInt(x, 16)))' >characters
    opencc -c t2s.json -i characters -o simplified
    echo "# opencc of this machine: $(diff characters simplified | grep -c '^>') of them"
fi
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
1.0.5 8105 20 乾干 剋克 吒咤 夥伙 徵征 於于 昇升 氾泛 爇𦶟 甦苏 甯宁 祕秘 脩修 苧苎 蒐搜 薳䓕 薹苔 釐厘 陞升 麽么
1.4.2 8105 21 乾干 剋克 劄札 吒咤 夥伙 徵征 扞捍 於于 昇升 氾泛 祕秘 脩修 苧苎 蒐搜 薳䓕 薹苔 袷夹 谿溪 釐厘 陞升 麽么
TXT
