#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The two libraries people check citizen numbers with, and the cards that a terminal's reader reads today:
#  - npm id-validator 1.3.0 refuses every residence permit of residents of Hong Kong, Macao and Taiwan (numbers that begin with
#    810000, 820000, 830000 since 1 September 2018, 国办发〔2018〕81号): the codes are not in its list of divisions.
#  - npm idcard 4.2.0 takes those, and refuses the foreign permanent resident's card of the 2023 edition (18 digits, the first
#    is 9, check character by GB 11643); so does id-validator.
#  - id-validator calls the 29th of February 1900 a birthday, and takes one of the year 2090; idcard does neither.
# A form that checks with either turns people away whose card has just been read. The numbers here are made from a code, 1 January
# 1900 and 001 or as named, and belong to nobody.
#
# Seen: the table at the end of this file.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error id-validator@1.3.0 idcard@4.2.0 >/dev/null
cat >check.js <<'JS'
const Validator = require("id-validator"), idcard = require("idcard");
const v = new Validator(require("id-validator/src/GB2260"));
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const whole = (s) => s + "10X98765432"[[...s].reduce((sum, c, i) => sum + c * weights[i], 0) % 11];
for (const [what, s] of [
    ["citizen", "11010519000101001"], ["hong-kong", "81000019000101001"], ["macao", "82000019000101001"],
    ["taiwan", "83000019000101001"], ["permanent-resident", "91103919000101001"],
    ["born-1900-02-29", "11010519000229001"], ["born-2090", "11010520900101001"]])
    console.log(what, v.isValid(whole(s)), idcard.verify(whole(s)));
JS
node check.js | tee seen
# what, id-validator, idcard
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
citizen true true
hong-kong false true
macao false true
taiwan false true
permanent-resident false false
born-1900-02-29 true false
born-2090 true false
TXT
