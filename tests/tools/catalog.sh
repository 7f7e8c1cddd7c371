#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# hallctl catalog lint, build, sign, publish on real files, with everything staff can get wrong one by one.
# Usage: catalog.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 1
hallctl=$PWD/${1#"$PWD"/}/hallctl
[[ $1 == /* ]] && hallctl=$1/hallctl
sample=tests/catalogues/zone
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# NAME: the result of the last command
result() {
    if [ "$2" = 0 ]; then
        echo "ok $1"
    else
        sed 's/^/# /' "$work/said" | head -20
        echo "not ok $1"
        failed=1
    fi
}

say() { "$hallctl" catalog "$@" >"$work/said" 2>&1; }

# NAME, then the command must succeed
good() {
    local name=$1
    shift
    say "$@"
    result "$name" $?
}

# NAME, exit code, words that must be said, then the command must fail so
bad() {
    local name=$1 code=$2 words=$3 got=0
    shift 3
    say "$@" || got=$?
    [ $got = "$code" ] && grep -qF -- "$words" "$work/said"
    result "$name" $?
}

# NAME, words of the finding, the change as a sed script on the renewal's file
finding() {
    local name=$1 words=$2 script=$3
    rm -rf "$work/items"
    cp -r $sample "$work/items"
    sed -i -e "$script" "$work/items/identity-card-renewal.json"
    if cmp -s "$work/items/identity-card-renewal.json" $sample/identity-card-renewal.json; then
        echo "the change changes nothing" >"$work/said"
        result "lint: $name" 1
    else
        bad "lint: $name" 1 "$words" lint "$work/items" --calendar tests/catalogues/zone/calendar
        grep -q 'identity-card-renewal.json: error: ' "$work/said"
        result "lint: $name: names the file" $?
    fi
}

# --- lint -------------------------------------------------------------------------------------------------------------
good "lint: the tests' items" lint $sample --icons assets/icons
grep -q '12 items: 0 errors, 0 warnings' "$work/said"
result "lint: the tests' items have nothing to find" $?
good "lint: the sample that the demo shows" lint assets/catalog/sample --icons assets/icons
grep -q 'items: 0 errors, 0 warnings' "$work/said"
result "lint: the sample has nothing to find" $?

good "lint: the sample of bundles" lint assets/catalog/bundles --icons assets/icons
grep -q 'items: 0 errors, 0 warnings' "$work/said"
result "lint: the sample of bundles has nothing to find" $?

# NAME, words of the finding, the file, the change as a sed script on it
of_bundle() {
    rm -rf "$work/items"
    cp -rL tests/catalogues/bundle "$work/items"
    sed -i -e "$4" "$work/items/$3.json"
    bad "lint: $1" 1 "$2" lint "$work/items" --calendar tests/catalogues/zone/calendar
    grep -q 'bundle-retirement.json: error: ' "$work/said"
    result "lint: $1: names the bundle" $?
}
of_bundle "a member that is not there" "no item of the folder has the code" pension-fund 's/4002000133000/4002000134000/; s/"002000133000"/"002000134000"/'
of_bundle "a member that is suspended" "is not done at terminals now" pension-medical 's/"in-use"/"suspended"/'
of_bundle "a question that is asked in two ways" 'asks for "work_start" with another min and max' pension-medical 's/1950/1951/'
of_bundle "a lead department without a member" "the lead department has none of the members" bundle-retirement 's/示例区人力资源和社会保障局/示例区民政局/; s/"dept_code": ".*"/"dept_code": "11110105MB0A000508"/'
of_bundle "one member" "a bundle has 2 to 6 members" bundle-retirement '/"11110105MB0A0004[37]/d; s/\(131000"\),/\1/'
of_bundle "days of its own" "the members of a bundle say it" bundle-retirement 's/"members"/"promise": {"day": 1, "unit": "working-day"}, "members"/'

finding "no basic code" "catalog_code: it is missing" '/"catalog_code"/d'
finding "no implementing code" "task_code: it is missing" '/^  "task_code"/d'
finding "no name" "task_name: it is missing" '/"task_name":/d'
finding "no sub-items" "sub_items: it is missing" '/"sub_items"/d; s/709102000/709102001/g'
finding "no type" "task_type: it is missing" '/"task_type"/d'
finding "no legal basis" "by_law: it is missing" '/"by_law": \[/,/^  \],/d'
finding "no process" "handle_flow: it is missing" '/"handle_flow": \[/,/^  \],/d'
finding "no statutory limit" "anticipate: it is missing" '/"anticipate"/d'
finding "no promised limit" "promise: it is missing" '/"promise"/d'
finding "no materials" "materials: it is missing" '/"materials": \[/,/^  \],/d'
finding "no form" "form: it is missing" ':a;N;$!ba;s/,\n  "form": {.*/\n}/'
finding "unknown key" 'the key "colour" is unknown' 's/"schema": 1,/"schema": 1, "colour": "red",/'
finding "duplicate key" "a key stands twice" 's/"schema": 1,/"schema": 1, "schema": 1,/'
finding "wrong UTF-8" "UTF-8" 's/二代证/\xe4\xba/'
finding "too long a text" "keywords[2]" 's/二代证/二代证二代证二代证二代证二代证二代证二代证/'
finding "promise above the statutory limit" "promise: it is longer" 's/"promise": { "day": 20/"promise": { "day": 90/'
finding "step without a post" "handle_flow[0].post: it is missing" 's/"post": "户籍受理岗", //'
finding "step without a phone" "handle_flow[2].phone: it is missing" 's/, "phone": "010-00000003"//'
finding "steps longer than the promise" "handle_flow: the steps together" 's/"day": 14/"day": 40/'
finding "credit code with a wrong check character" "task_code: its first 18" 's/"task_code": "11110105MB0A0000164/"task_code": "11110105MB0A0000174/'
finding "code like an option" "task_code: it begins with a hyphen" 's/"task_code": "1111/"task_code": "-111/'
finding "code of a wrong length" "task_code: it has" 's/"task_code": "1111/"task_code": "111/'
finding "condition on a choice that is not there" 'form field "damage"' 's/"is": "damaged"/"is": "burnt"/'
finding "condition on a field that is not there" 'no field "cause"' 's/"show_if": { "field": "reason"/"show_if": { "field": "cause"/'
finding "theme that is not there" "themes: \"钓鱼\" is not in themes.json" 's/"themes": \["证照"\]/"themes": ["钓鱼"]/'
finding "material for later without days" "materials[1].defer" 's/"allowed": true/"allowed": false/'
finding "no visit, and a place to come to as the only way" 'limit_scene_num: it is 0, but' 's/"limit_scene_num": 1/"limit_scene_num": 0/'
finding "need_if of a field that is not there" 'materials[1]: need_if: no field "home"' \
    's/"is_need": "3"/&, "need_if": { "field": "home", "is": "no" }/'

rm -rf "$work/items" && cp -r $sample "$work/items"
sed -i 's/"delivery": \["window", "post"\]/"delivery": ["window"]/' "$work/items/elderly-card.json"
bad "lint: posted, and handed out at the window only" 1 "elderly-card.json: error: results: one is handed out at the window only" \
    lint "$work/items"
cp $sample/elderly-card.json "$work/items/"
cp "$work/items/elderly-card.json" "$work/items/another.json"
bad "lint: one code twice" 1 "task_code: 11110105MB0A0000294002011901000 is also the code of" lint "$work/items"
rm "$work/items/another.json"
head -c 140000 /dev/zero | tr '\0' ' ' >>"$work/items/elderly-card.json"
bad "lint: too large a file" 1 "elderly-card.json" lint "$work/items"
cp $sample/elderly-card.json "$work/items/"
printf '[[[[[[[[[[[[1]]]]]]]]]]]]' >"$work/items/deep.json"
bad "lint: deep nesting" 1 "deep.json: error: the JSON is nested" lint "$work/items"
rm "$work/items/deep.json"
sed -i 's/"letter": "B"/"letter": "A"/' "$work/items/queues.json"
bad "lint: two queues with one letter" 1 "queues.json: error: queues" lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i 's/"9:00-17:00"/"22:00-6:00"/' "$work/items/queues.json"
bad "lint: hours across midnight" 1 'queues[2]: hours.working: 22:00-6:00 ends before it begins' lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i 's/"until": "2026-12-31"/"until": "2026-12-29"/' "$work/items/queues.json"
bad "lint: a closure that ends before it begins" 1 "queues[1]: closures[0]: it ends before it begins" lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i '0,/"recall": 3/s//"appointments": { "per_hour": 0 }, "recall": 3/' "$work/items/queues.json"
bad "lint: appointments of nobody" 1 'queues[0]: appointments: "per_hour"' lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i '0,/"recall": 3/s//"appointments": { "per_hour": 4, "days_ahead": 15 }, "recall": 3/' "$work/items/queues.json"
bad "lint: appointments too far ahead" 1 'queues[0]: appointments: "days_ahead"' lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i '0,/"recall": 3/s//"appointments": { "per_hour": 4, "each": 1 }, "recall": 3/' "$work/items/queues.json"
bad "lint: an appointment's key that is none" 1 'queues[0]: appointments: the key "each" is unknown' lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i 's/"hours": { "working": .*"sat"/"xhours": { "sat"/' "$work/items/queues.json"
bad "lint: a key nobody knows" 1 "queues[2]: " lint "$work/items"
cp $sample/queues.json "$work/items/"
sed -i 's/"icon": "elder"/"icon": "dragon"/' "$work/items/themes.json"
bad "lint: an icon that is not there" 1 "themes.json: error: icon" lint "$work/items" --icons assets/icons
cp $sample/themes.json "$work/items/"
synonyms() { # NAME, exit code, words, the list
    printf '{"schema":1,"synonyms":[%s]}' "$4" >"$work/items/synonyms.json"
    bad "lint: $1" "$2" "$3" lint "$work/items"
}
synonyms "a synonym for nothing" 1 'synonyms[0]: for names nothing' '{"say":["退休"],"for":[]}'
synonyms "a synonym without words" 1 'synonyms[1]: ' '{"say":["退休"],"for":["养老保险"]},{"for":["养老保险"]}'
synonyms "a synonym that is no word" 1 'synonyms[0]: say[0] is no word' '{"say":[7],"for":["养老保险"]}'
synonyms "a synonym of two lines" 1 'synonyms[0]: say[0] is no word' '{"say":["退\n休"],"for":["养老保险"]}'
synonyms "a key of synonyms nobody knows" 1 'synonyms.json: error' '{"say":["退休"],"for":["养老保险"],"als":1}'
synonyms "a synonym no item answers to" 0 'no item is called "养老巾": nothing is found by "退休"' '{"say":["退休"],"for":["养老巾"]}'
cp $sample/synonyms.json "$work/items/"
mkdir "$work/empty"
bad "lint: no item" 1 "no item file" lint "$work/empty"
bad "lint: no folder" 3 "nowhere" lint "$work/nowhere"
bad "words that are not understood" 2 "build needs a folder; see hallctl catalog --help" build
good "help" --help

# --- lint --json, and what is only worth a word ------------------------------------------------------------------------
warning() {
    local name=$1 words=$2 script=$3
    rm -rf "$work/items"
    cp -r $sample "$work/items"
    sed -i -e "$script" "$work/items/identity-card-renewal.json"
    say lint "$work/items" --calendar tests/catalogues/zone/calendar && grep -qF -- "$words" "$work/said"
    result "lint warns: $name" $?
}
warning "promise above half" "promise: more than half" 's/"promise": { "day": 20/"promise": { "day": 25/'
warning "more than three steps" "handle_flow: 4 steps" \
    's/^    { "step": "受理".*/&\n    { "step": "核对", "post": "x", "phone": "1", "limit": { "day": 0, "unit": "working-day" } },/'
warning "paper of what is held electronically" "materials[1]: the government holds" \
    's/"is_need": "3", "source_type": "10"/"is_need": "1", "source_type": "20", "licence_kind": "居住证"/'
warning "a text without English" "1 texts have no English, the first is handle_flow[1].step" 's/"step_en": "Examine", //'
warning "an example without English" "1 texts have no English, the first is form.groups[2].fields[0].example" 's/, "example_en": "11 digits"//'
sed -i 's/"use_level": "4"/"use_level": "9"/' "$work/items/identity-card-renewal.json"
bad "lint --json" 1 '{"items":12,"errors":2,"warnings":0,"findings":[{"file":' lint "$work/items" --calendar tests/catalogues/zone/calendar --json
grep -qF '"item":"11110105MB0A0000164000709102000","path":"use_level","code":"unknown-value","severity":"error","words":"9 is no level: 1 to 7"}' "$work/said"
result "lint --json: item, path, code, words, severity" $?

# --- import -----------------------------------------------------------------------------------------------------------
rm -rf "$work/items" && cp -r $sample "$work/items"
good "import a dirty list" import tests/tools/dirty-list.json --out "$work/items" --where 示例区政务服务中心
counts="18 of 23 items taken; credit codes: 15 valid"
grep -qxF "$counts" "$work/said"
result "import: what can be used is taken" $?
for defect in unreadable:1 code-missing:1 code-twice:1 name-missing:1 department-missing:1 credit-code-length:1 credit-code-check:2 \
    credit-code-missing:1 segment-layout:1 area-differs:1 full-width:1 full-width-code:1 brackets:1 name-twice:1 \
    department-code:2 type-unknown:1 spaces:2 markup:1 invisible:1 private-use:1; do
    grep -qE "^ +${defect#*:} ${defect%:*}\$" "$work/said"
    result "import: finds ${defect%:*}" $?
done
grep -q '^512A0000000002-.*: warning: item_code: the credit code 11110105MB0A00001 in it has 17' "$work/said"
result "import: tells each defect with its item" $?
good "import --json" import tests/tools/dirty-list.json --out "$work/items" --json
grep -q '^{"items":23,"taken":18,.*"credit-code-length":1,.*"findings":\[{.*"code":"credit-code-length","severity":"warning"' "$work/said"
result "import --json: counts and findings" $?
good "import: it builds" build "$work/items" --out "$work/import.db" --calendar tests/catalogues/zone/calendar --version 1
good "import: nothing to find in what it wrote" lint "$work/items" --calendar tests/catalogues/zone/calendar --icons assets/icons
grep -q '30 items: 0 errors, 0 warnings' "$work/said"
result "import: eighteen beside twelve" $?
! LC_ALL=C.UTF-8 grep -lP '\n.+|\x{200b}|\x{e000}|<p>' "$work/items/"512A00000000{18,19,2}* >"$work/said"
result "import: nothing of it reaches a screen" $?
{ printf '\357\273\277' && cat tests/tools/dirty-list.json; } >"$work/marked.json"
good "import a list with a byte order mark" import "$work/marked.json" --out "$work/items"
grep -qF "marked.json begins with a byte order mark; passed over" "$work/said"
result "import: tells of the mark" $?
# rows CODE…: a list of items with these codes, "$work/list.json"
rows() {
    local code comma="" n=0
    for code in "$@"; do
        printf '%s{"department":"区示例局","main_item":"未分类","name":"事项%d","item_code":"%s",' "${comma:-[}" $((n++)) "$code"
        printf '"area_code":"110105000000","task_type":"20","dept_code":"11110105MB0A000016"}'
        comma=,
    done >"$work/list.json"
    echo ']' >>"$work/list.json"
}
# taken NAME CODE…: the import was right, and those are the files it made
taken() {
    local name=$1
    shift
    [ "$(find "$work/new" -type f -printf '%f\n' | sort)" = "$([ $# = 0 ] || printf '%s.json\n' "$@" | sort)" ]
    result "$name" $?
}
fifty=$(printf '%050d' 7)
rows "${fifty}123456789A" "${fifty}123456789B" "${fifty}123456789AA" "${fifty}123456789AB"
good "import codes of 60 and of 61 characters" import "$work/list.json" --out "$work/new"
[ "$(grep -c "error: item_code: the code ${fifty}123456789A[AB] is too long" "$work/said")" = 2 ] &&
    grep -qE '^ +2 code-too-long$' "$work/said" && ! grep -q code-twice "$work/said"
result "import: a code that is too long is told whole and cut nowhere" $?
taken "import: 60 characters are taken to the last" "${fifty}123456789A" "${fifty}123456789B"
rows "$(printf '%0200d' 1)"
rm -rf "$work/new"
good "import a code of 200 characters" import "$work/list.json" --out "$work/new"
grep -qE '^ +1 code-too-long$' "$work/said"
result "import: that too is too long, not missing" $?

rm -rf "$work/new"
rows themes queues staff places - --help -x themes-1 QUEUES
good "import codes that are no names for an item" import "$work/list.json" --out "$work/new"
grep -qE '^ +3 code-missing$' "$work/said" && grep -qE '^ +4 code-reserved$' "$work/said" &&
    grep -qF 'themes: error: item_code: themes.json is no item in a catalogue' "$work/said"
result "import: the catalogue's own names and words that look like options are told" $?
taken "import: only those that are codes are written" themes-1 QUEUES
rm -rf "$work/new" && mkdir "$work/new"
rows A-1 A-2 A-3
good "import into an empty folder" import "$work/list.json" --out "$work/new"
good "import: its own files are written anew" import "$work/list.json" --out "$work/new"
rm "$work/new/A-1.json"
cp $sample/elderly-card.json "$work/new/A-2.json"
bad "import: the file of another item" 4 "new/A-2.json is there and is not the file of item A-2" import "$work/list.json" --out "$work/new"
cmp -s $sample/elderly-card.json "$work/new/A-2.json" && [ ! -e "$work/new/A-1.json" ]
result "import: nothing is written then" $?
echo 'my notes' >"$work/new/A-2.json"
bad "import: no item's file" 4 "new/A-2.json is there and is not the file of item A-2" import "$work/list.json" --out "$work/new"
[ "$(cat "$work/new/A-2.json")" = 'my notes' ]
result "import: that stays" $?
rm -rf "$work/new"

bad "import: no list" 1 "is no list" import tests/catalogues/zone/themes.json --out "$work/items"
bad "import: no file" 3 "nowhere" import "$work/nowhere" --out "$work/items"
real=../shared/data/guangan-items.json
if [ -f $real ]; then
    rm -rf "$work/items" && cp -r $sample "$work/items"
    good "import a real district" import $real --out "$work/items"
    grep -qxF "1135 of 1135 items taken; credit codes: 982 valid" "$work/said" && grep -qE "^ +91 credit-code-length$" "$work/said" &&
        grep -qE "^ +8 credit-code-check$" "$work/said" && grep -qE "^ +54 credit-code-missing$" "$work/said"
    result "import a real district: its defects by count" $?
    good "import a real district: it builds" build "$work/items" --out "$work/import.db" --calendar tests/catalogues/zone/calendar
    grep -q '^1147 items: 0 errors, 0 warnings$' "$work/said"
    result "import a real district: 1147 items" $?
else
    echo "skip import a real district: $real is not here"
fi

# --- build ------------------------------------------------------------------------------------------------------------
db=$work/c.db
good "build" build $sample --out "$db" --version 4
grep -q '^for terminals of level 1 and above; 9 items and queues need up to level 2: ' "$work/said"
result "build says what needs level 2, and that the whole does not" $?
good "build the same again" build $sample --out "$work/again.db" --version 4
cmp "$db" "$work/again.db" >"$work/said" 2>&1
result "the same source makes the same bytes" $?
good "build over it" build $sample --out "$work/again.db"
grep -q '^catalogue 5:' "$work/said"
result "the next version is one more" $?
rm -rf "$work/items" && cp -r $sample "$work/items"
sed -i '/"handle_flow": \[/,/^  \],/d' "$work/items/elderly-card.json"
before=$(sha256sum <"$db")
bad "build: an item without an element" 1 "nothing was built" build "$work/items" --out "$db" --version 9
[ "$before" = "$(sha256sum <"$db")" ]
result "a refused build leaves the old file" $?

# --- sign and publish -------------------------------------------------------------------------------------------------
data=$work/hall keys=$work/keys
"$hallctl" keys init --keys "$keys" --data "$data" >"$work/said" 2>&1
result "keys for the hall" $?
bad "publish: nothing signed" 3 "hallctl catalog sign" publish --data "$data"
good "sign" sign "$db" --keys "$keys" --data "$data"
good "sign the same again" sign "$db" --keys "$keys" --data "$data"
good "publish" publish --data "$data"
[ "$(cat "$data/public/version")" = 4 ] && cmp -s "$db" "$data/public/files/catalog-4.db" && [ -s "$data/public/catalog.sig" ]
result "what is published" $?
good "sign the published one" sign "$db" --keys "$keys" --data "$data"
bad "publish: the same version" 1 "build with --version 5" publish --data "$data"
"$hallctl" catalog build $sample --out "$work/old.db" --version 3 >/dev/null 2>&1
good "sign an older one" sign "$work/old.db" --keys "$keys" --data "$data"
bad "publish: an older version" 1 "version 3 is not above 4" publish --data "$data"

"$hallctl" keys init --keys "$work/keys2" --data "$work/hall2" >/dev/null 2>&1
"$hallctl" catalog build $sample --out "$work/new.db" --version 6 >/dev/null 2>&1
bad "sign: keys of another hall" 4 "is named by the hall's root" sign "$work/new.db" --keys "$work/keys2" --data "$data"
good "sign for another hall" sign "$work/new.db" --keys "$work/keys2" --data "$work/hall2"
cp "$work/hall2/staging/"* "$data/staging/"
bad "publish: a wrong signature" 4 "0 of 1 needed signatures" publish --data "$data"
good "sign the new one" sign "$work/new.db" --keys "$keys" --data "$data"
printf x | dd of="$data/staging/catalog-6.db" bs=1 seek=5000 conv=notrunc status=none
bad "publish: a damaged page" 1 "another hash" publish --data "$data"
[ "$(cat "$data/public/version")" = 4 ]
result "what is published stays" $?
bad "sign: no catalogue" 1 "catalogue" sign assets/icons/back.svg --keys "$keys" --data "$data"
bad "sign with a day that is over" 2 "is over already" sign "$work/new.db" --keys "$keys" --data "$data" --expires 20200101
"$hallctl" --clock 2020-01-01T09:00:00+08:00 catalog sign "$work/new.db" --keys "$keys" --data "$data" --expires 20200102 >"$work/said" 2>&1
result "sign in a past year" $?
bad "publish: past its validity" 4 "sign anew" publish --data "$data"
good "sign anew" sign "$work/new.db" --keys "$keys" --data "$data"
grep -q '"expires":"20[3-9]\|"expires":"202[6-9]' "$data/staging/catalog.json"
result "sign anew: the day is a new one" $?
good "sign with a date" sign "$work/new.db" --keys "$keys" --data "$data" --expires 20991231 --min-version 4
grep -q '"min_version":4,"expires":"2100-01-01T00:00:00+08:00"' "$data/staging/catalog.json"
result "the date and the least version stand in the manifest" $?
good "publish the new one" publish --data "$data"

# --- levels: hallctl of a later version writes what this one does not know ------------------------------------------------
hallctl_later=${hallctl}-later
later() { "$hallctl_later" catalog "$@" >"$work/said" 2>&1; }
newer=tests/catalogues/newer-item whole=tests/catalogues/newer-whole
grep -q '"needs":1,' "$data/public/catalog.json"
result "the level stands in the manifest" $?
bad "lint: a key of a later version, at its place" 1 'identity-card-renewal.json: error: the key "remark" is unknown' lint $newer
grep -q 'queues.json: error: queues\[1\]: the key "by_phone" is unknown' "$work/said"
result "lint: a queue's key of a later version" $?
rm -rf "$work/items" && cp -r $sample "$work/items"
sed -i 's/{ "id": "mobile"/{ "camera": true, "id": "mobile"/' "$work/items/identity-card-renewal.json"
bad "build: a key deep in a form" 1 'form: groups[2]: fields[0]: the key "camera" is unknown' build "$work/items" --out "$work/none.db"
later build $newer --out "$work/newer.db" --version 7 --calendar tests/catalogues/zone/calendar
result "a later hallctl builds it" $?
grep -q '^for terminals of level 1 and above; 3 items and queues need up to level 90' "$work/said"
result "build says what needs a higher level" $?
bad "sign: items of a later version" 1 "it needs level 90, this software has " sign "$work/newer.db" --keys "$keys" --data "$data"
later sign "$work/newer.db" --keys "$keys" --data "$data" && grep -q '"needs":1,' "$data/staging/catalog.json"
result "newer items leave the catalogue to all terminals" $?
later build $whole --out "$work/whole.db" --version 7 --calendar tests/catalogues/zone/calendar
result "a later hallctl builds a whole that is newer" $?
bad "sign: a whole of a later version" 1 "it needs level 90, this software has " sign "$work/whole.db" --keys "$keys" --data "$data"
later sign "$work/whole.db" --keys "$keys" --data "$data" && grep -q '"needs":90,' "$data/staging/catalog.json"
result "a newer whole says so in the manifest" $?
bad "publish: a whole of a later version" 1 "it needs level 90, this software has " publish --data "$data"
later publish --data "$data" && [ "$(cat "$data/public/version")" = 7 ]
result "a later hallctl publishes it" $?
exit $failed
