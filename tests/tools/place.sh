#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Where terminals stand, from the command line: one by one, by a spreadsheet, from maps that are shifted; districts' outlines.
# What is wrong is told in words, of each row, and then nothing is taken. Usage: place.sh BUILD
set -u
build=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tests/prepared.bash
. tests/prepared.bash
ctl() { "$build/hallctl" "$@" >"$work/out" 2>"$work/err"; }
result() { # NAME CODE
    if [ "$2" = 0 ]; then echo "ok place: $1"; else
        head -n 8 "$work/out" "$work/err" | sed 's/^/# /'
        echo "not ok place: $1"
    fi
}
place() { ctl place "$@" --data "$work/hall"; }
ends() { # NAME CODE WORDS WORD…: place WORD… ends with CODE and says WORDS
    local name=$1 code=$2 words=$3
    shift 3
    place "$@"
    [ $? = "$code" ] && grep -qF -- "$words" "$work/out" "$work/err"
    result "$name" $?
}
listed() { # NAME WORDS
    place list && grep -qF -- "$2" "$work/out"
    result "$1" $?
}
spot() { sed "s/\"spot\": *\"[^\"]*\"/\"spot\":\"$1\"/" tools/scenario/place.json; }
{
    ctl keys init --keys "$work/keys" --data "$work/hall" --test
    for t in "e-01 东街" "e-02 东街" "w-01 西街" "n-01 北门"; do
        spot "${t#* }" >"$work/at.json"
        ctl terminal add --data "$work/hall" --id "${t% *}" --office 1103 --place "$work/at.json" --hall https://127.0.0.1:1 --out "$work/sheet"
    done
    place list && [ "$(grep -c 'not on the map' "$work/out")" = 4 ]
} >"$work/made" 2>&1
prepared "a hall with four terminals in three places" $? "$work/made"

ends "set by one of its terminals" 0 "39.908700,116.397500, with all terminals there" set e-01 --at 39.9087,116.3975
listed "its neighbour stands there too" "e-02         1103  39.908700,116.397500"
listed "another does not" "w-01         1103  not on the map"
ends "swapped" 2 "the wrong way round: the latitude comes first" set e-01 --at 116.3975,39.9087
ends "outside China" 2 "outside China" set e-01 --at 48.85,2.35
ends "degrees and minutes" 2 "degrees as decimals" set e-01 --at "39°54',116°23'"
ends "one number" 2 "--at is LAT,LON" set e-01 --at 39.9087
ends "three" 2 "degrees as decimals" set e-01 --at 39.9087,116.3975,5
ends "no such datum" 2 "--datum is wgs84, gcj02 or bd09" set e-01 --at 39.9087,116.3975 --datum utm
ends "no such terminal" 3 "x-01" set x-01 --at 39.9087,116.3975
listed "what was refused changed nothing" "e-01         1103  39.908700,116.397500"
ends "read off Baidu's map" 0 "39.915000,116.404000" set w-01 --at 39.922699552216216,116.41662724378733 --datum bd09
ends "forgotten" 0 "on the map no more" forget w-01
ends "once" 1 "was not known" forget w-01
ctl audit list --data "$work/hall" --office 1103 --json
[ "$(grep -o '"place-[a-z]*"' "$work/out" | sort | uniq -c | tr -s ' \n' ' ')" = ' 1 "place-forget" 2 "place-set" ' ]
result "each change is a row of the audit log" $?

# --- many ---
place list --csv && cp "$work/out" "$work/list.csv"
result "a list as a spreadsheet takes it" $?
sed 's/^w-01\(.*\),,/w-01\1,39.913345,116.384047/; s/^e-0\(.*\),39[^,]*,116[0-9.]*/e-0\1,39.91,116.39/' "$work/list.csv" >"$work/filled.csv"
ends "filled in, read off AMap" 0 "2 places are on the map now; 1 rows had no coordinates" import "$work/filled.csv" --datum gcj02
listed "moved back by its shift" "w-01         1103  39.911954,116.377817"
rows() { printf '%s\n' "$@" >"$work/rows.csv"; }
rows latitude,terminal,longitude 39.5,n-01,116.5 39.6,x-01,116.5 116.5,w-01,39.6 30.1,e-01,116.1 30.2,e-02,116.1 39°,w-01,116 ,w-01,
ends "what is wrong is told of each row" 4 "4 rows are wrong: nothing was taken" import "$work/rows.csv"
[ "$(grep -c '^line ' "$work/err")" = 4 ]
result "by its line" $?
for words in "line 3: there is no terminal x-01" "line 4: latitude and longitude are the wrong way round" \
    "line 6: it stands at the same zone and spot as another, which is elsewhere by line 5" "line 7: coordinates are degrees"; do
    grep -qF "$words" "$work/err"
    result "$words" $?
done
listed "and nothing was taken" "n-01         1103  not on the map"
rows terminal,lat,lon n-01,39.5,116.5
ends "other columns" 1 'names no column "latitude" (纬度)' import "$work/rows.csv"
head -c 3 "$work/list.csv" | cmp -s - <(printf '\xef\xbb\xbf')
result "a spreadsheet sees that the list is UTF-8" $?
iconv -f UTF-8 -t GB18030 <(tail -c +4 "$work/list.csv") >"$work/gbk.csv"
ends "saved in the machine's own code" 1 "it is not UTF-8; save it as CSV UTF-8" import "$work/gbk.csv"
iconv -f UTF-8 -t UTF-16 "$work/list.csv" >"$work/wide.csv"
ends "saved as Unicode text" 1 "save it as CSV UTF-8" import "$work/wide.csv"
rows "终端;纬度;经度" "n-01 ;39.5 ; 116.5"
ends "semicolons, Chinese heads, blanks behind" 0 "1 places are on the map now" import "$work/rows.csv"
listed "so it stands" "n-01         1103  39.500000,116.500000"
rows $'Terminal \tLATITUDE\tLongitude' $'n-01\t39.6\t116.6'
ends "tabs, and heads in capitals" 0 "1 places are on the map now" import "$work/rows.csv"
rows "terminal;latitude;longitude" "n-01;39,5;116,5"
ends "a comma for the point" 4 "degrees as decimals" import "$work/rows.csv"
# more places than one transaction has
python3 - "$work/hall/hall.db" >"$work/rows.csv" <<'EOF'
import hashlib, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print("terminal,latitude,longitude")
for i in range(700):
    place = {"zone": "z", "spot": "s %d" % (i // 2), "device": "d", "hotline": "1", "supervision": "1"}
    db.execute("INSERT INTO terminal (office, terminal, place, added, registration) VALUES (1103, ?, ?, 1, 1)", ("m-%d" % i, json.dumps(place)))
    db.execute("INSERT INTO directory VALUES (?, 1103)", ("m-%d" % i,))
    print("m-%d,39.%06d,116.5" % (i, i // 2))
db.commit()
EOF
ends "many, two terminals a place" 0 "350 places are on the map now" import "$work/rows.csv"
listed "the first of them" "m-0          1103  39.000000,116.500000"
listed "the last of them" "m-699        1103  39.000349,116.500000"
ctl audit list --data "$work/hall" --office 1103 --json
[ "$(grep -c '"subject":"m-' "$work/out")" = 350 ]
result "each is written down once" $?
sed -i '$ s/39.000349/39.9/' "$work/rows.csv"
ends "two rows of one place, far apart" 4 "1 rows are wrong: nothing was taken" import "$work/rows.csv"
grep -qF "line 701: it stands at the same zone and spot as another, which is elsewhere by line 700" "$work/err"
result "are told by their lines" $?
place forget n-01
printf 'terminal,latitude,longitude\n"n-01,39.5,116.5\n' >"$work/rows.csv"
ends "no CSV" 1 "rows.csv" import "$work/rows.csv"
ends "no such file" 3 "mistyped" import "$work/mistyped"

# --- districts ---
square() { # NAME WEST SOUTH
    printf '{"type":"Feature","properties":{"name":"%s"},"geometry":{"type":"Polygon","coordinates":[[[%s,%s],[%s.2,%s],[%s.2,%s.2],[%s,%s.2],[%s,%s]]]}}' \
        "$1" "$2" "$3" "$2" "$3" "$2" "$3" "$2" "$3" "$2" "$3"
}
printf '{"type":"FeatureCollection","features":[%s,%s]}' "$(square 城东区 116 39)" "$(square 城西区 115 39)" >"$work/d.geojson"
ends "outlines of two districts" 0 "2 districts are under the map: 8 points of 8, on a grid of 1 m" outline "$work/d.geojson" --office 1103
printf '{"type":"FeatureCollection","features":[%s]}' "$(square 城东区 39 116)" >"$work/bad.geojson"
ends "the latitude first" 1 "feature 1: latitude and longitude are the wrong way round: GeoJSON has the longitude first" outline "$work/bad.geojson" --office 1103
echo '{}' >"$work/bad.geojson"
ends "no GeoJSON" 1 "type" outline "$work/bad.geojson" --office 1103
ends "a number that is no office's" 2 "--office" outline "$work/d.geojson" --office 11033
ends "no such office" 3 "the hall has no office 9998" outline "$work/d.geojson" --office 9998
ctl audit list --data "$work/hall" --office 9998 --json
[ "$(grep -c place-outline "$work/out")" = 0 ]
result "and nothing is written of it" $?
echo '{"type":"FeatureCollection","features":[]}' >"$work/none.geojson"
ends "none: they go" 0 "no outlines any more" outline "$work/none.geojson" --office 1103
ends "no verb" 2 "which: set, forget, import, outline or list"
