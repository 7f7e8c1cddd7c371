#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Electronic licences from outside: a file is judged line by line and brought in twice; a case says of each material whether it is
# held; the platform is asked over HTTP and HTTPS, and is honest, slow, absent or lying; what is revoked stays so; who asked
# stands in both logs, and whom it was about nowhere. On SQLite, or where TEST_DATABASE names a PostgreSQL server.
# Usage: licence.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
opener='' platform=''
halt() { # PID
    [ -z "$1" ] || { kill "$1" && wait "$1"; } 2>/dev/null
}
trap 'halt "$opener"; halt "$platform"; rm -rf "$work"' EXIT
# shellcheck source=tests/tools/cases.bash
. tests/tools/cases.bash licence
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
command -v openssl >/dev/null || { echo "skip licence # openssl is not installed"; exit 0; }

now=2026-01-05T09:00:00+08:00
export TZ=Asia/Shanghai
zhang=110101199003070038 li=11010519491231002X
ctl() { "$build/hallctl" --clock "$now" "$@" >"$work/out" 2>"$work/err"; }
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok licence: $1"; else
        tail -n 8 "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok licence: $1"
    fi
}
same() { # NAME WANTED GOT
    [ "$2" = "$3" ] || printf 'wanted: %s\ngot:    %s\n' "$2" "$3" >>"$work/err"
    [ "$2" = "$3" ]
    result "$1" $?
}
says() { # NAME WORDS
    grep -qF -- "$2" "$work/out" "$work/err"
    result "$1" $?
}
nowhere() { # NAME: neither of the two people, nor a licence's whole number, stands on any disk
    ! grep -rlaE "$zhang|$li|JZ2024000123|D2019000777" "$work/hall" "$work/openings.log" "$work/open.err" >"$work/out"
    result "$1" $?
}

# --- a hall whose item asks for licences, and three applications ---
mkdir "$work/items"
cp -r tests/catalogues/zone/. "$work/items/"
card=$work/items/identity-card-renewal.json
jq '.materials += [
    {material_name: "居住证", material_name_en: "Residence permit", is_need: "1", source_type: "20", licence_kind: "居住证"},
    {material_name: "机动车驾驶证", material_name_en: "Driving licence", is_need: "1", source_type: "20", licence_kind: "D-100"},
    {material_name: "婚姻状况证明", material_name_en: "Marital status", is_need: "1", source_type: "20", licence_kind: "结婚证"},
    {material_name: "体检表", material_name_en: "Health check", is_need: "1", source_type: "10"}]' \
    tests/catalogues/zone/identity-card-renewal.json >"$card"
{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test "${database[@]}" && publish "$work/items" 1 &&
        "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
            --hall https://127.0.0.1:1 --out "$work/sheet" &&
        mkdir -m 700 "$work/open" && mv "$work/keys/sealing.pem" "$work/open/"
} >"$work/made" 2>&1
prepared "licence: a hall" $? "$work/made"
deliver_sealed() { # SEQ TEXT
    local header body
    read -r header body <<<"$("$build/sealed-record" "$work/keys/sealing.pub" t-1 "$1" "${numbers[$1]}" $item 3 "$2")"
    echo "INSERT INTO record VALUES (1103,'t-1',$(bytes $epoch),$1,$(bytes "$(printf '%032x' "$1")"),'application',
        '${numbers[$1]}',1767546000000,1767546120000,0,$(bytes "$zeros"),$(bytes "$header"),$(bytes "$body"),$(bytes "$zeros"));"
}
text() { printf '{"v":1,"applicant":{"kind":"resident","name":"测试甲","number":"%s"},"fields":{"hope":"早日办好"}}' "$1"; }
{
    echo "UPDATE terminal SET epoch=$(bytes $epoch), registration=1;"
    echo "INSERT INTO chain VALUES (1103,'t-1',$(bytes $epoch),1,$(bytes 00),4,$(bytes "$zeros"),$(bytes 00),1767546000000);"
    deliver_sealed 1 "$(text $zhang)"
    deliver_sealed 2 "$(text $li)"
    deliver_sealed 3 '{"v":1,"applicant":{"kind":"organisation"},"fields":{}}'
} | sql && "$build/hallctl" rebuild --data "$work/hall" >/dev/null
prepared "licence: three applications" $? "$work/made"
one=${numbers[1]} two=${numbers[2]} three=${numbers[3]}
start_opener() {
    rm -f "$work/ready"
    mkfifo "$work/ready"
    "$build/hall-open" --keys "$work/open" --log "$work/openings.log" --socket "$work/open.sock" --desk "$work/desk.sock" \
        >"$work/ready" 2>>"$work/open.err" &
    opener=$!
    head -n 1 "$work/ready" >/dev/null
}
start_opener
staff=(--data "$work/hall" --staff 李 --post 接待岗)
socket=(--socket "$work/open.sock")
bring() { ctl licence import "$1" "${staff[@]}" --office 1103 "${socket[@]}" "${@:2}"; }
fetch() { ctl licence fetch "$1" "${staff[@]}" --reason 受理前核验 "${socket[@]}" "${@:2}"; }
audited() { ask "SELECT count(*) FROM audit WHERE action='$1'"; }
# what a case's materials come to: "MATERIAL VERDICT,…"
verdicts() { ctl case licences "$1" --data "$work/hall" --json && jq -r '[.[] | "\(.material) \(.verdict)"] | join(",")' "$work/out"; }

# --- import ---
columns=certificate_holder_code,certificate_type_code,certificate_type,certificate_number,issue_dept,valid_from,valid_to,state,told
{
    echo $columns
    echo "$zhang,R-100,居住证,JZ2024000123,市公安局,2024-01-05,2029-01-04,valid,2026-01-02"
    echo "$zhang,D-100,机动车驾驶证,D2019000777,\"市公安局, 交管支队\",2019-12-31,2025-12-31,valid,2026-01-02"
    echo "$li,R-100,居住证,JZ2024000124,市公安局,2024-01-05,,valid,2026-01-02"
    echo "110101199003070039,R-100,居住证,JZ2024000125,市公安局,2024-01-05,,valid,2026-01-02"
    echo "$li,R-100,居住证,JZ2024000126,市公安局,2024-02-30,,valid,2026-01-02"
    echo "$li,R-100,居住证,JZ2024000127,市公安局,2024-01-05,2023-01-01,valid,2026-01-02"
    echo "$li,R-100,居住证,JZ2024000128,市公安局,2024-01-05,,good,2026-01-02"
    echo "$li,R-100,居住证,JZ2024000129,市公安局,2024-01-05,,valid,2026-01-06"
    echo "$li,R-100"
    echo "$li,R-100,居住证,JZ2024000124,市公安局,2024-01-05,,revoked,2026-01-02"
} >"$work/all.csv"
bring "$work/all.csv"
same "good lines are taken, bad ones are not, and that shows" 4 $?
same "each bad line with its place and why" "5: certificate_holder_code,6: valid_from,7: it ends,8: state,9: told,10: it has,11: the same" \
    "$(sed -n 's/^line \([0-9]*: [^ ]* *[a-z]*\).*/\1/p' "$work/out" |
        sed 's/code is/code/; s/from is/from/; s/state is/state/; s/told is/told/' | paste -sd ,)"
says "counted" "3 new, 0 replaced, 0 known before, 0 older than what is known, 0 stay revoked, 7 refused"
before=$(ask "SELECT * FROM licence ORDER BY id")
bring "$work/all.csv" --json
same "the same file again changes nothing" "0 0 3 7" "$(jq -r '"\(.new) \(.replaced) \(.known) \(.lines | length)"' "$work/out")"
same "not even when it was learned" "$before" "$(ask "SELECT * FROM licence ORDER BY id")"
same "the hall writes down who, and once" "1 lines 2 to 11: 3 new, 0 replaced; 李, 接待岗" \
    "$(audited licence-import) $(ask "SELECT reason FROM audit WHERE action='licence-import'")"
same "hall-open too" 2 "$(grep -c '"staff":"李","post":"接待岗","reason":"licence import".*"act":"register"' "$work/openings.log")"
nowhere "nothing of whom it is about stays"
{ echo $columns; echo "$zhang,R-100,居住证,JZ2024000123,市公安局,2024-01-05,2030-01-04,valid,2026-01-03"; } >"$work/newer.csv"
bring "$work/newer.csv"
says "a later day replaces" "0 new, 1 replaced"
bring "$work/all.csv"
says "an older one does not" "0 new, 0 replaced, 2 known before, 1 older than what is known"
{ printf '\xef\xbb\xbf'; sed 's/$/\r/' "$work/newer.csv"; } >"$work/excel.csv"
bring "$work/excel.csv"
same "as a spreadsheet writes it" 0 $?
sed 's/valid_to,//; s/2030-01-04,//' "$work/newer.csv" >"$work/narrow.csv"
bring "$work/narrow.csv"
same "a column is missing" "1 hallctl: $work/narrow.csv: nothing was taken: its first line names the column valid_to not at all" \
    "$? $(cat "$work/err")"
{ cat "$work/newer.csv"; printf '\n\r\n'; } >"$work/tail.csv"
bring "$work/tail.csv"
same "empty lines behind the last are none" "0 0" "$? $(grep -c '^line' "$work/out")"
echo $columns >"$work/head.csv"
bring "$work/head.csv"
says "a file of columns alone says what it brought" "0 new, 0 replaced"
now=2027-01-05T09:00:00+08:00
bring "$work/newer.csv" --json
same "a clock that no terminal's word bears out: nothing is taken" "4 clock-doubted" "$? $(jq -r .refused "$work/out")"
now=2026-01-05T09:00:00+08:00
ctl licence platform --data "$work/hall" --url nothing
same "an address that is none is a wrong argument" 2 $?
{ cat "$work/newer.csv"; echo "$li,R-100,居住证,JZ9,市公安局,2024-01-05,,valid,2026-01-02"; iconv -t GB18030 "$work/newer.csv"; } >"$work/gb.csv"
bring "$work/gb.csv"
same "a line that is no UTF-8 ends it" 1 $?
says "what stands before it is in" "1 new"
halt "$opener"
bring "$work/newer.csv"
same "without hall-open nothing goes in" 1 $?
says "that is said" "hall-open gives no answer"
start_opener

# --- the register ---
ctl licence list --data "$work/hall" --json
same "the list says what there is, and no number" "居住证 ****0123 good 2030-01-04,机动车驾驶证 ****0777 expired 2025-12-31" \
    "$(jq -r '[.[] | select(.number == "****0123" or .number == "****0777") | "\(.kind) \(.number) \(.standing) \(.valid_to)"] | sort | join(",")' "$work/out")"
id=$(jq -r '.[] | select(.number == "****0123") | .id' "$work/out")
ctl licence list --data "$work/hall" --kind D-100
same "one kind, by its code" 1 "$(grep -c 机动车驾驶证 "$work/out")"
ctl licence show "$id" --data "$work/hall"
says "one" "kind R-100, valid from 2024-01-05"

# --- a case, by the register alone ---
same "nobody has said whose case it is" "原居民身份证 card,本人近期相片 bring,居住证 unchecked,机动车驾驶证 unchecked,婚姻状况证明 unchecked,体检表 bring" \
    "$(verdicts "$one")"
# as the running hall has it from hall-open
ask "UPDATE record_index SET state=1, idx=(SELECT idx FROM licence WHERE number='****0777'), secret=$(bytes 0102030405060708) WHERE number='$one'" >/dev/null
same "held, expired, not known" "原居民身份证 card,本人近期相片 bring,居住证 held,机动车驾驶证 bring,婚姻状况证明 unchecked,体检表 bring" \
    "$(verdicts "$one")"
ctl case licences "$one" --data "$work/hall"
says "until when, and how old that is" "held       居住证: until 2030-01-04, ****0123, 市公安局; by the import, as of 2026-01-03, 2 days ago"
says "what may come later" "bring      本人近期相片, within 10 working days"
says "why it is to be brought" "bring      机动车驾驶证 (D-100): expired, until 2025-12-31"
says "what can be done" "unchecked  婚姻状况证明 (结婚证): nobody has asked: hallctl licence fetch"

# --- the platform ---
fetch "$one"
same "none is configured" "3 0" "$? $(grep -c '"act":"holder"' "$work/openings.log")"
for url in http://licences.example.gov.cn/ http://localhost@licences.example.gov.cn/ ftp://localhost/ https://localhost/ nothing; do
    ctl licence platform --data "$work/hall" --url $url
    same "no platform: $url" "2 no" "$? $([ -e "$work/hall/platform.json" ] || echo no)"
done
cat >"$work/holders.json" <<HOLDERS
{"holders":[{"certificate_holder_code":"$zhang","certificates":[
  {"certificate_type_code":"R-100","certificate_type":"居住证","certificate_number":"JZ2024000123","issue_dept":"省公安厅","valid_from":"2024-01-05","valid_to":"2031-01-04","state":"valid"},
  {"certificate_type_code":"D-100","certificate_type":"机动车驾驶证","certificate_number":"D2019000777","issue_dept":"省公安厅","valid_from":"2025-12-20","valid_to":"2035-12-20","state":"valid"}]}],
 "failing":[{"kind":"结婚证","failed":"source-away"}]}
HOLDERS
start_platform() { # ARGUMENTS…
    halt "$platform"
    rm -f "$work/pready"
    mkfifo "$work/pready"
    "$build/platform" --holders "$work/holders.json" "$@" >"$work/pready" 2>>"$work/platform.err" &
    platform=$!
    exec 7<"$work/pready"
    read -r _ url <&7
    cat <&7 >>"$work/asked" &
    exec 7<&-
}
start_platform
ctl licence platform --data "$work/hall" --url "$url" --json
same "one on this machine" "$url 10" "$(jq -r '"\(.url) \(.wait_s)"' "$work/out")"
fetch "$one" --json
same "asked" 0 $?
same "held, held, could not be checked" "居住证 held 2031-01-04,机动车驾驶证 held 2035-12-20,婚姻状况证明 unchecked source-away" \
    "$(jq -r '[.[] | select(.kind != "" and .verdict != "card") | "\(.material) \(.verdict) \(if .why == "" then .valid_to else .why end)"] | join(",")' "$work/out")"
same "the case says the same from then on" "原居民身份证 card,本人近期相片 bring,居住证 held,机动车驾驶证 held,婚姻状况证明 unchecked,体检表 bring" \
    "$(verdicts "$one")"
ctl case licences "$one" --data "$work/hall"
says "by whom and when" "by the platform, as of today"
says "and why not" "the platform cannot ask whoever issues it (asked 2026-01-05 09:00)"
grep -q "^asked of case $one, item $item, by 李, 接待岗: 受理前核验: 居住证 D-100 结婚证$" "$work/asked"
result "the platform hears for whom, in which case, and of which kinds" $?
same "the hall writes down question and answer" "1 1 2 kinds held, 0 not, 1 not told" \
    "$(audited licence-fetch) $(audited licence-answer) $(ask "SELECT reason FROM audit WHERE action='licence-answer'")"
ctl case openings "$one" --data "$work/hall" --openings "$work/openings.log"
says "hall-open too" "李, 接待岗 (user $(id -u)) asked the platform of licences: 受理前核验"
same "the applicant hears who it was" "李接待岗受理前核验" "$(ask "SELECT staff || post || reason FROM case_opening WHERE number='$one'")"
fetch "$two" --json
same "who holds none" "居住证 held import,机动车驾驶证 bring none,婚姻状况证明 unchecked not-told" \
    "$(jq -r '[.[] | select(.kind != "" and .verdict != "card") | "\(.material) \(.verdict) \(.source // .platform)"] | join(",")' "$work/out")"
fetch "$three"
same "no card, no question" 1 $?
says "that is said" "its application names no number that a card could have"
fetch 1103001260105000060
same "no such case" 3 $?
nowhere "nothing of whom it is about stays"

# --- it lies, it is slow, it is absent ---
kept=$(ask "SELECT id, valid_to, state, source FROM licence ORDER BY id")
lies() { # MOOD WORD [OPTION…]
    start_platform --as "$1"
    ctl licence platform --data "$work/hall" --url "$url" "${@:3}"
    fetch "$one" --json
    same "$1" "1 $2" "$? $(jq -r '[.[] | select(.platform) | .why] | unique | join(",")' "$work/out")"
}
for mood in other-person other-kind other-question leaves-out bad-days too-long garbage; do lies $mood not-believed; done
lies broken refused
lies slow late --wait 1
lies silent late --wait 1
halt "$platform"
platform=
fetch "$one" --json
same "absent" "1 away" "$? $(jq -r '[.[] | select(.platform) | .why] | unique | join(",")' "$work/out")"
same "none of these changes the register" "$kept" "$(ask "SELECT id, valid_to, state, source FROM licence ORDER BY id")"
ctl case licences "$one" --data "$work/hall"
says "what was known still counts, with what came of asking" "; since then the platform cannot be reached"
same "each is in the audit log" 13 "$(audited licence-answer)"

# --- revoked here ---
ctl licence list --data "$work/hall" --json
id=$(jq -r '.[] | select(.number == "****0123") | .id' "$work/out")
revoke() { ctl licence revoke "$id" "${staff[@]}" --office 1103 --reason 已注销 "$@"; }
revoke
same "revoked" "0 revoked here by 李: 已注销" "$? $(tail -n 1 "$work/out")"
revoke --json
same "once" "4 revoked" "$? $(jq -r .refused "$work/out")"
start_platform
ctl licence platform --data "$work/hall" --url "$url"
fetch "$one" --json
same "whatever the platform says" "bring revoked" "$(jq -r '.[] | select(.material == "居住证") | "\(.verdict) \(.standing)"' "$work/out")"
bring "$work/newer.csv"
says "nor does an import of before" "1 stay revoked"
now=2026-01-06T09:00:00+08:00
sed 's/2026-01-03$/2026-01-06/' "$work/newer.csv" >"$work/back.csv"
bring "$work/back.csv"
says "one of a later day puts it back" "1 replaced"
ctl licence show "$id" --data "$work/hall" --json
same "and it is good" "good " "$(jq -r '"\(.standing) \(.revoked_by)"' "$work/out")"

line() { echo "$zhang,D-100,机动车驾驶证,TWO6666,局,2024-01-05,,$1,2026-01-0$2"; } # STATE, told on that day
{ echo $columns; line valid 1; line revoked 4; line valid 2; } >"$work/days.csv"
bring "$work/days.csv" --json
same "of one file too the later day counts" "0 1 1 1" "$? $(jq -r '"\(.new) \(.replaced) \(.older)"' "$work/out")"
{ echo $columns; line valid 4; line suspended 4; } >"$work/same.csv"
bring "$work/same.csv"
same "two words of one day: the second is refused" 4 $?
says "which" "line 3: the same licence stands in line 2"

# --- roles ---
ctl staff add --data "$work/hall" --office 1103 --id wang --name 王 --post 受理岗 --role window
staff=(--data "$work/hall" --staff 王 --post 受理岗)
bring "$work/all.csv" --json
same "a window brings nothing in" "4 no-role" "$? $(jq -r .refused "$work/out")"
ctl licence import "$work/all.csv" "${staff[@]}" "${socket[@]}" --office 1204
same "nor by naming an office there is none of" 3 $?
revoke --json
same "nor revokes" "4 no-role" "$? $(jq -r .refused "$work/out")"
fetch "$one"
same "but asks" 0 $?
staff=(--data "$work/hall" --staff 赵 --post 受理岗)
fetch "$one" --json
same "who has no account does not" "4 no-role" "$? $(jq -r .refused "$work/out")"
same "what was refused is in the audit log" 3 "$(ask "SELECT count(*) FROM audit WHERE action LIKE 'licence-%' AND reason LIKE 'refused: no-role;%'")"

# --- HTTPS, where both must show who they are ---
certify() { # CA NAME SUBJECT [EXTENSION]
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/$2.key" -out "$work/$2.csr" -subj "/CN=$3" &&
        openssl x509 -req -in "$work/$2.csr" -CA "$work/$1.pem" -CAkey "$work/$1.key" -CAcreateserial -days 2 -out "$work/$2.pem" \
            -extfile <(echo "${4:-basicConstraints=CA:false}")
}
{
    for ca in theirs ours strange; do
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/$ca.key" -out "$work/$ca.pem" -days 2 \
            -subj "/CN=$ca" || break
    done && certify theirs server platform subjectAltName=IP:127.0.0.1 && certify ours hall hall && certify strange stranger hall
} >"$work/made" 2>&1
prepared "licence: certificates" $? "$work/made"
staff=(--data "$work/hall" --staff 王 --post 受理岗)
start_platform --ca "$work/ours.pem" --cert "$work/server.pem" --key "$work/server.key"
secure() { ctl licence platform --data "$work/hall" --url "$url" --ca "$work/$1.pem" --cert "$work/$2.pem" --key "$work/$2.key"; }
case $url in https://*) ;; *) echo "not ok licence: it serves HTTPS" ;; esac
secure theirs hall
fetch "$one"
same "asked by HTTPS" 0 $?
secure ours hall
fetch "$one" --json
same "a platform that the CA does not vouch for is not asked" "1 away" "$? $(jq -r '[.[] | select(.platform) | .why] | unique | join(",")' "$work/out")"
asked=$(grep -c . "$work/asked")
secure theirs stranger
fetch "$one" --json
same "who has no certificate of the hall's is not answered" "1 away $asked" \
    "$? $(jq -r '[.[] | select(.platform) | .why] | unique | join(",")' "$work/out") $(grep -c . "$work/asked")"

# --- nobody else asks hall-open ---
printf '{"do":"holder","staff":"hall","post":"hall","reason":"x","number":"%s","header":"7b7d","body":"00"}\n' "$one" |
    timeout 10 python3 -c 'import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.sendall(sys.stdin.buffer.read()); print(s.recv(65536).decode())' \
        "$work/desk.sock" >"$work/out" 2>"$work/err"
says "the socket of the staff's pages does not tell" '"outcome":"bad-request"'
ctl audit verify --data "$work/hall"
result "the audit log is whole" $?
nowhere "and in all of this nothing of whom it is about has stayed"
