#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A sealed application is opened by hall-open for hallctl case open: who and why is written down before anything is shown, what
# is masked stays, the rest does not; what must not be opened is not, with a word and a row; the key lost and made again of
# three shares. On SQLite, or where TEST_DATABASE names a PostgreSQL server. Usage: case_open.sh BUILD
set -u
if [ "$(id -u)" = 0 ] && [ -z "${OPEN_MOUNT:-}" ] && unshare -m true 2>/dev/null; then
    OPEN_MOUNT=yes exec unshare -m "$0" "$@"
fi
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
opener=
stop() {
    [ -z "$opener" ] || { kill "$opener" && wait "$opener"; } 2>/dev/null
    umount "$work/small" 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
# shellcheck source=tests/tools/database.bash
. tests/tools/database.bash case_open

{
    "$build/hallctl" keys init --keys "$work/keys" --data "$work/hall" --test "${database[@]}" &&
        "$build/hallctl" terminal add --data "$work/hall" --id t-1 --office 1103 --place tools/scenario/place.json \
            --hall https://127.0.0.1:1 --out "$work/sheet"
} >"$work/made" 2>&1 || { cat "$work/made"; exit 1; }
mkdir -m 700 "$work/open"
mv "$work/keys/sealing.pem" "$work/open/" # where only hall-open's user can read it
key=$work/keys/sealing.pub

epoch=01000000000000000000000000000000
item=11110105MB0A0000164000709102000
numbers=(0 1103001260105000018 1103001260105000026 1103001260105000039 1103001260105000047 1103001260105000052 1103001260105000060)
one=${numbers[1]} two=${numbers[2]} three=${numbers[3]} four=${numbers[4]}
zeros=$(printf '0%.0s' {1..64})
text='{"v":1,"applicant":{"kind":"resident","name":"测试甲"},"fields":{"mobile":"13800000123","notify":"message","hope":"早日办好"}}'
seal() { # TERMINAL SEQ: "HEADER BODY"
    "$build/sealed-record" "$key" "$1" "$2" "${numbers[$2]}" $item 3 "$text"
}
deliver() { # SEQ HEADER BODY
    echo "INSERT INTO record VALUES (1103,'t-1',$(bytes $epoch),$1,$(bytes "$(printf '%032x' "$1")"),'application',
        '${numbers[$1]}',1767546000000,1767546120000,0,$(bytes "$zeros"),$(bytes "$2"),$(bytes "$3"),$(bytes "$zeros"));"
}
read -r header1 body1 <<<"$(seal t-1 1)"
read -r header2 body2 <<<"$(seal t-1 2)"
read -r header3 _ <<<"$(seal t-2 3)" # another terminal's header over t-1's body
read -r _ body3 <<<"$(seal t-1 3)"
read -r header4 body4 <<<"$(seal t-1 4)"
{
    echo "UPDATE terminal SET epoch=$(bytes $epoch), registration=1;"
    echo "INSERT INTO chain VALUES (1103,'t-1',$(bytes $epoch),1,$(bytes 00),4,$(bytes "$zeros"),$(bytes 00),1767546000000);"
    deliver 1 "$header1" "$body1"
    deliver 2 "$header2" "${body2%??}$([ "${body2: -2}" = 00 ] && echo 01 || echo 00)" # one byte is another
    deliver 3 "$header3" "$body3"
    deliver 4 "$header4" "$body4"
} | sql && "$build/hallctl" rebuild --data "$work/hall" >/dev/null || exit 1

start() { # [LOG]
    rm -f "$work/ready"
    mkfifo "$work/ready"
    "$build/hall-open" --keys "$work/open" --log "${1:-$work/openings.log}" --socket "$work/open.sock" \
        >"$work/ready" 2>>"$work/open.err" &
    opener=$!
    head -n 1 "$work/ready" >/dev/null
}
halt() { kill "$opener" && wait "$opener" 2>/dev/null; opener=; }
check() { # NAME WANTED-EXIT ARGUMENTS…
    local name=$1 want=$2 got
    shift 2
    "$build/hallctl" case "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" = "$want" ]; then echo "ok case_open: $name"; else
        sed 's/^/# /' "$work/err"
        echo "not ok case_open: $name: exit $got, expected $want"
    fi
}
yes() { # NAME COMMAND…: it succeeds
    local name=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok case_open: $name"; else
        cat "$work/out" "$work/err" | head -c 1500 | sed 's/^/# /'
        echo "not ok case_open: $name"
    fi
}
says() { yes "$1" grep -qF -- "$2" "$work/out" "$work/err"; }
holds() { # NAME FILTER: true of the JSON that was printed
    local wanted=$2
    yes "$1" eval '[ -s "$work/out" ] && jq -e "$wanted" "$work/out"'
}
shows_nothing() { yes "$1" eval '! grep -qE "测试甲|测\*甲|13800000123|早日办好" "$work/out" "$work/err"'; }
rows() { wc -l <"$work/openings.log"; }

data=(--data "$work/hall")
li=("${data[@]}" --staff 李四 --post 接待岗)
s=(--socket "$work/open.sock")

check "hall-open is not running" 1 open "$one" "${li[@]}" --reason 核对 "${s[@]}"
says "that is said, with what to do" "hall-open gives no answer"
shows_nothing "nothing is shown without it"
chmod 750 "$work/open"
"$build/hall-open" --keys "$work/open" --log "$work/openings.log" --socket "$work/open.sock" >"$work/out" 2>"$work/err"
yes "keys that others can read are refused" [ $? = 1 ]
says "with what they must be" "with the mode 0700"
chmod 700 "$work/open"

start
yes "hall-open has given up system calls" grep -q '^Seccomp:[[:space:]]*2' "/proc/$opener/status"
check "no post" 2 open "$one" "${data[@]}" --staff 李四 --reason 核对 "${s[@]}"
check "no reason" 2 open "$one" "${li[@]}" "${s[@]}"
check "a reason of blanks" 2 open "$one" "${li[@]}" --reason " " "${s[@]}"
check "a number nobody knows" 3 open 1103001260105000060 "${li[@]}" --reason 核对 "${s[@]}"
yes "none of these is an opening" [ "$(rows)" = 0 ]
check "list before" 0 list "${data[@]}" --office 1103 --json
holds "no name is known" 'all(.[]; .name == "")'

check "open" 0 open "$one" "${li[@]}" --reason 受理前核对 "${s[@]}"
says "what the applicant wrote" "hope: 早日办好"
says "who and why" "opening 1, for 李四, 接待岗: 受理前核对"
yes "the hall has an audit row" [ "$(ask "SELECT reason FROM audit WHERE action='case-open' AND subject='$one'")" = "李四, 接待岗: 受理前核对" ]
check "open as JSON" 0 open "$one" "${li[@]}" --reason 再次核对 --json "${s[@]}"
holds "all of it" '.opening == 2 and .name == "测*甲" and .application.fields.hope == "早日办好"'
check "list" 0 list "${data[@]}" --office 1103 --json
holds "the masked name stays" "map(select(.number == \"$one\")) | .[0].name == \"测*甲\""
check "show" 0 show "$one" "${data[@]}"
says "with the way of notice" "applicant 测*甲, notice message 138****0123 (opening 2)"
yes "and the rest is nowhere in the hall" eval '! grep -rqaE "测试甲|13800000123|早日办好" "$work/hall" "$work/openings.log" "$work/open.err"'
"$build/hallctl" rebuild --data "$work/hall" >/dev/null
check "show after rebuild" 0 show "$one" "${data[@]}"
says "what is masked is not derived, and stays" "applicant 测*甲"

check "a forged body" 4 open "$two" "${li[@]}" --reason 核对 --json "${s[@]}"
holds "with its word" '.refused == "forged" and .words and .remedy'
shows_nothing "of a forged one nothing is shown"
check "another terminal's header" 4 open "$three" "${li[@]}" --reason 核对 --json "${s[@]}"
holds "with the same word" '.refused == "forged"'
yes "the hall has an audit row of it" [ "$(ask "SELECT count(*) FROM audit WHERE action='case-open' AND reason LIKE 'refused: forged;%'")" = 2 ]
check "show of what was not opened" 0 show "$three" "${data[@]}"
shows_nothing "nothing is kept of it"

check "openings" 0 openings "$one" "${data[@]}" --openings "$work/openings.log" --json
holds "who, when, why" 'length == 2 and .[0].staff == "李四" and .[0].post == "接待岗" and .[0].reason == "受理前核对" and
    .[0].outcome == "opened" and .[1].opening == 2 and (.[0].at | length > 0)'
check "openings of a forged one" 0 openings "$two" "${data[@]}" --openings "$work/openings.log" --json
holds "that it was tried" 'length == 1 and .[0].outcome == "forged"'

# central staff without a key, by the number or by the record
central() { "$build/hallctl" open "$@" "${data[@]}" --socket "$work/open.sock" >"$work/out" 2>"$work/err"; }
central "$four" --staff 王五 --post 督查 --reason 核查投诉
yes "hallctl open by hall-open" [ $? = 0 ]
says "prints the application" '"hope":"早日办好"'
yes "and its applicant hears who it was" [ "$(ask "SELECT staff || post || reason FROM case_opening WHERE number='$four'")" = 王五督查核查投诉 ]
central "$(printf '%032x' 2)" --staff 王五 --post 督查 --reason 核查投诉
yes "a forged one is refused" [ $? = 4 ]
says "in hall-open's words" "body and header do not belong together"
central "$four" --reason 核查投诉
yes "nobody is not somebody" [ $? = 2 ]

# what was changed, and what was cut
sed '1s/受理前核对/其他理由/' "$work/openings.log" >"$work/changed.log"
check "a changed file" 1 openings "$one" "${data[@]}" --openings "$work/changed.log"
says "is told" "opening 1, or one before it, was changed"
head -n 1 "$work/openings.log" >"$work/cut.log"
check "a file that was cut" 1 openings "$one" "${data[@]}" --openings "$work/cut.log"
says "is told, though its chain holds" "does not hold opening 2 of this case"
check "a file that is gone" 3 openings "$one" "${data[@]}" --openings "$work/nowhere.log"

# the key is lost, and made again of three shares
"$build/hallctl" keys split "$work/open/sealing.pem" --out "$work/shares" >/dev/null || echo "not ok case_open: split"
rm "$work/open/sealing.pem"
check "without the key" 4 open "$four" "${li[@]}" --reason 核对 --json "${s[@]}"
holds "that is said" '.refused == "no-key"'
"$build/hallctl" keys combine "$work/shares/share-4.txt" "$work/shares/share-2.txt" --out "$work/open/sealing-back.pem" \
    >"$work/out" 2>"$work/err"
yes "two shares are not enough" [ $? = 2 ]
sed 's/ [0-9a-f]\{64\} / '"$zeros"' /' "$work/shares/share-1.txt" >"$work/shares/typed.txt"
"$build/hallctl" keys combine "$work/shares"/share-{4,2}.txt "$work/shares/typed.txt" --out "$work/open/sealing-back.pem" \
    >"$work/out" 2>"$work/err"
yes "a mistyped share is told" grep -q "share 1 is mistyped" "$work/err"
yes "and no key is made" [ ! -e "$work/open/sealing-back.pem" ]
for three_of in 123 124 125 134 135 145 234 235 245 345; do
    rm -f "$work/open"/sealing-back.*
    "$build/hallctl" keys combine "$work/shares/share-${three_of:0:1}.txt" "$work/shares/share-${three_of:1:1}.txt" \
        "$work/shares/share-${three_of:2:1}.txt" --out "$work/open/sealing-back.pem" >/dev/null
    check "shares $three_of open an old application" 0 open "$four" "${li[@]}" --reason 核对 --json "${s[@]}"
    holds "of shares $three_of" '.application.applicant.name == "测试甲"'
done

# as a user of its own: neither the hall's user nor another one reads the key, changes the audit, or asks
halt
as() { setpriv --reuid "$1" --regid "$1" --clear-groups "${@:2}"; }
if [ "$(id -u)" = 0 ] && as 65534 true 2>/dev/null; then
    chmod 711 "$work"
    mkdir -m 755 "$work/own"
    cp -r "$work/open" "$work/own/keys"
    cp "$work/openings.log" "$work/own/"
    chown -R 65534:65534 "$work/own"
    mkfifo "$work/own.ready"
    setpriv --reuid 65534 --regid 65534 --clear-groups "$build/hall-open" --keys "$work/own/keys" --log "$work/own/openings.log" --socket "$work/own/open.sock" \
        >"$work/own.ready" 2>>"$work/open.err" &
    opener=$!
    head -n 1 "$work/own.ready" >/dev/null
    check "open by a user of its own" 0 open "$four" "${li[@]}" --reason 核对 --socket "$work/own/open.sock"
    check "openings of it" 0 openings "$four" "${data[@]}" --openings "$work/own/openings.log" --json
    holds "the kernel's word on who asked" '.[-1].outcome == "opened" and .[-1].user == 0'
    for what in "-r keys/sealing-back.pem" "-x keys" "-r openings.log" "-w openings.log" "-w open.sock" "-w ."; do
        yes "another user has not: $what" eval "! (cd '$work/own' && as 65533 test $what)"
    done
    yes "its own has" eval "(cd '$work/own' && as 65534 test -r keys/sealing-back.pem -a -w open.sock)"
    halt
else
    echo "skip case_open: a user of its own # not root here"
fi

# no audit, no opening
if mkdir "$work/small" && mount -t tmpfs -o size=16k none "$work/small" 2>/dev/null; then
    start "$work/small/openings.log"
    check "open while there is room" 0 open "$one" "${li[@]}" --reason 核对 "${s[@]}"
    head -c 100000 /dev/zero >"$work/small/fill" 2>/dev/null
    n=0
    while [ $n -lt 60 ] && "$build/hallctl" case open "$four" "${li[@]}" --reason "$(printf '满%.0s' {1..190})" "${s[@]}" >/dev/null 2>&1; do
        n=$((n + 1))
    done # what is left of the last page
    check "the audit's disk is full" 1 open "$four" "${li[@]}" --reason "$(printf '满%.0s' {1..190})" --json "${s[@]}"
    holds "with its word" '.refused == "not-audited"'
    shows_nothing "nothing is shown that is not audited"
    rm "$work/small/fill"
    check "open when there is room again" 0 open "$four" "${li[@]}" --reason 核对 "${s[@]}"
    "$build/hallctl" case openings "$four" "${data[@]}" --openings "$work/small/openings.log" >"$work/out" 2>"$work/err"
    yes "its chain holds" eval '! grep -q "was changed\|is no row" "$work/err"'
    halt
else
    echo "skip case_open: the audit's disk is full # no small disk can be mounted here"
fi

# an applicant's notice has the phone number where hall-open is asked, and its row
start "$work/notices.log"
at() { "$build/hallctl" --clock "2026-01-05T$1+08:00" "${@:2}" >"$work/out" 2>"$work/err"; }
yes "accepted" eval 'at 09:00:00 case receive "${data[@]}" --office 1103 --staff 张三 --post 受理岗 &&
    at 09:01:00 case accept "$one" "${data[@]}" --staff 张三 --post 受理岗'
at 09:02:00 notice send "${data[@]}" --file "$work/told" "${s[@]}"
yes "a notice is sent with the number" [ "$(jq -r '[.way, .mobile] | join(" ")' "$work/told")" = "message 138****0123 13800000123" ]
yes "for whom and why stands in the log" grep -q '"staff":"通知发送","post":"系统","reason":"发送通知 accepted"' "$work/notices.log"
yes "and the number is nowhere in the hall" eval '! grep -rqa 13800000123 "$work/hall" "$work/notices.log"'
halt

# keys in a token, whose private halves nothing and nobody gets
module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so 2>/dev/null | head -n 1)
if [ -z "$module" ] || ! command -v softhsm2-util >/dev/null || ! command -v pkcs11-tool >/dev/null; then
    echo "skip case_open: a token # softhsm2 or opensc is not installed (tools/setup.sh --hall)"
    exit 0
fi
export SOFTHSM2_CONF=$work/softhsm.conf
mkdir -m 700 "$work/tokens" "$work/empty"
printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$work/tokens" >"$SOFTHSM2_CONF"
token() { pkcs11-tool --module "$module" --token-label tongban --login --pin 1234 "$@" 2>&1; }
{
    softhsm2-util --init-token --free --label tongban --so-pin 0000 --pin 1234 &&
        token --keypairgen --key-type EC:prime256v1 --usage-derive --sensitive --label other-2026 --id 02 &&
        token --keypairgen --key-type EC:prime256v1 --usage-derive --sensitive --label sealing-2026 --id 01 &&
        token --read-object --type pubkey --id 01 --output-file "$work/token.der" &&
        openssl pkey -pubin -inform DER -in "$work/token.der" -out "$work/token.pub"
} >"$work/out" 2>"$work/err"
yes "a key is made in a token" [ $? = 0 ]
"$build/hallctl" keys rotate sealing --public "$work/token.pub" --keys "$work/keys" "${data[@]}" >"$work/out" 2>"$work/err"
yes "the root names it" [ $? = 0 ]
yes "and it is the hall's now" grep -q "\"id\":\"$(sed -n 's/^new key: sealing //p' "$work/out")\"\|$(openssl pkey -pubin -in "$work/token.pub" -outform DER | tail -c 65 | od -An -v -tx1 | tr -d ' \n')" "$work/hall/public/root.json"
"$build/hallctl" keys rotate catalogue --public "$work/token.pub" --keys "$work/keys" "${data[@]}" >"$work/out" 2>"$work/err"
yes "only what is sealed to may be elsewhere" [ $? = 2 ]
key=$work/token.pub five=${numbers[5]}
read -r header5 body5 <<<"$(seal t-1 5)"
deliver 5 "$header5" "$body5" | sql && "$build/hallctl" rebuild --data "$work/hall" >/dev/null
echo 1234 >"$work/pin" && chmod 600 "$work/pin"
echo 4321 >"$work/wrong" && chmod 600 "$work/wrong"
refuses() { # NAME WORDS ARGUMENTS…: hall-open does not start
    local name=$1 words=$2
    shift 2
    ! "$build/hall-open" --keys "$work/empty" --log "$work/token.log" --socket "$work/open.sock" "$@" >"$work/out" 2>"$work/err" &&
        grep -qF -- "$words" "$work/err"
    yes "$name" [ $? = 0 ]
}
refuses "a wrong PIN" "sign in with the PIN" --pkcs11 "$module" --token tongban --pin "$work/wrong"
refuses "another token" "no token is labelled" --pkcs11 "$module" --token elsewhere --pin "$work/pin"
refuses "a module that is none" "is no PKCS#11 module" --pkcs11 "$(ldconfig -p | sed -n 's/.*libz\.so\.1 .*=> //p' | head -n 1)" --token tongban --pin "$work/pin"
refuses "no module" "load the module" --pkcs11 /nowhere.so --token tongban --pin "$work/pin"
refuses "a token without a PIN" "belong together" --pkcs11 "$module" --token tongban
chmod 644 "$work/pin"
refuses "a PIN that others read" "with the mode 0600" --pkcs11 "$module" --token tongban --pin "$work/pin"
chmod 600 "$work/pin"
rm -f "$work/ready" && mkfifo "$work/ready"
"$build/hall-open" --keys "$work/empty" --log "$work/token.log" --socket "$work/open.sock" --pkcs11 "$module" --token tongban --pin "$work/pin" \
    >"$work/ready" 2>>"$work/open.err" &
opener=$!
head -n 1 "$work/ready" >/dev/null
check "open by the token" 0 open "$five" "${li[@]}" --reason 核对 --json "${s[@]}"
holds "all of it" '.application.applicant.name == "测试甲"'
check "and once more" 0 open "$five" "${li[@]}" --reason 核对 --json "${s[@]}"
check "what is sealed to a key that is not there" 4 open "$one" "${li[@]}" --reason 核对 --json "${s[@]}"
holds "is refused" '.refused == "no-key"'
yes "the token gives its key to nobody" eval '! token --read-object --type privkey --id 01 --output-file "$work/stolen" | grep -q "^$" && [ ! -s "$work/stolen" ]'
halt
