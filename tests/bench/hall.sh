#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The hall under a fleet: processor time of a record, memory of a terminal that waits, how soon all hear of a catalogue. Its
# peer is nginx with a static file behind the same TLS, certificates and connections, in the same run.
# RECORDS=1000 TERMINALS=500 for a quick look. Usage: hall.sh BUILD
set -eu
build=$(realpath "$1")
source=$(realpath "$(dirname "$0")/../..")
records=${RECORDS:-10000} terminals=${TERMINALS:-10000} connections=100 held=1000
[ "$held" -le "$terminals" ] || held=$terminals
work=$(mktemp -d)
chmod 755 "$work"
hall='' fleet='' nginx='' get=''
stop() {
    for pid in $fleet $get $hall $nginx; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT

row() { # WHAT OURS PEER BUDGET VERDICT, as table.c
    printf '%-38s | %-44s | %-58s | %-26s | %s\n' "$@"
}
of() { awk "BEGIN { printf \"%.$2f\", $1 }"; } # EXPRESSION DIGITS
met() { awk "BEGIN { print ($1) ? \"met\" : \"MISSED\" }"; }
cpu_us() { # PID…: processor time of all their threads
    local p
    for p; do cat /proc/"$p"/task/*/schedstat; done | awk '{ sum += $1 } END { printf "%d", sum / 1000 }'
}
own_kb() { # PID…: pages of their own
    local p
    for p; do cat /proc/"$p"/smaps_rollup; done | awk '/^Pss_Anon:/ { sum += $2 } END { print sum }'
}

hallctl() { "$build/hallctl" "$@" >>"$work/hallctl.log" 2>&1 || { tail -n 5 "$work/hallctl.log" >&2; exit 1; }; }
catalogue() { # VERSION
    hallctl catalog build "$source/tests/catalogues/zone" --calendar "$source/tests/catalogues/zone/calendar" --version "$1" --out "$work/$1.db"
    hallctl catalog sign "$work/$1.db" --keys "$work/keys" --data "$work/hall"
}
start_hall() {
    "$build/hall" --data "$work/hall" --listen 127.0.0.1:0 >"$work/hall.out" 2>>"$work/hall.log" &
    hall=$!
    until grep -q listening "$work/hall.out"; do kill -0 "$hall" && sleep 0.1; done
    address=$(sed -n 's/^listening on //p' "$work/hall.out")
}
stop_hall() {
    kill "$hall"
    wait "$hall" || true
    hall=
}

# --- fleets ---
start_fleet() { # TERMINALS PLAN-LINE…
    local n=$1
    shift
    printf '%s\n' "$@" >"$work/plan"
    "$build/fleet" --data "$work/hall" --hall "$address" --terminals "$n" --seconds 86400 --plan "$work/plan" --json \
        >"$work/fleet.json" 2>>"$work/fleet.log" &
    fleet=$!
}
said() { tail -n 1 "$work/fleet.json" | sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"; } # MEMBER, of its last line
until_said() { # MEMBER VALUE
    until [ "$(said "$1")" = "$2" ]; do
        kill -0 "$fleet" 2>/dev/null || { tail -n 5 "$work/fleet.log" >&2; exit 1; }
        sleep 0.1
    done
}
stop_fleet() {
    kill "$fleet"
    wait "$fleet" || { echo "hall: the fleet found something wrong" >&2; tail -n 5 "$work/fleet.log" >&2; exit 1; }
    fleet=
}
# A backlog of `records` applications in batches of SIZE; sets us: processor time of the hall for each
deliver() { # SIZE
    start_fleet "$connections" "backlog $((records / connections))" "batch $1"
    until_said acknowledged "$connections" # what each wrote when it was switched on: all connections are there
    local before
    before=$(cpu_us "$hall")
    until_said acknowledged $(((records / connections + 1) * connections))
    us=$(of "($(cpu_us "$hall") - $before) / $records" 1)
    p50=$(of "$(said p50_us) / 1000" 1)
    stop_fleet
}

# --- nginx, with the hall's own certificate ---
start_nginx() {
    mkdir -p "$work/www" "$work/nginx"
    head -c 300 /dev/zero | tr '\0' x >"$work/www/ack" # as long as an acknowledgement
    cat >"$work/nginx.conf" <<EOT
daemon off;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
worker_processes 1;
worker_rlimit_nofile 20000;
user $(id -un);
events { worker_connections 19000; }
http {
    access_log off;
    keepalive_timeout 3600;
    keepalive_requests 1000000000;
    client_body_temp_path $work/nginx; proxy_temp_path $work/nginx; fastcgi_temp_path $work/nginx;
    uwsgi_temp_path $work/nginx; scgi_temp_path $work/nginx;
    server {
        listen 127.0.0.1:$port ssl;
        ssl_certificate $work/hall/tls/server.pem;
        ssl_certificate_key $work/hall/tls/server.pem;
        ssl_client_certificate $work/hall/tls/ca.crt;
        ssl_verify_client on;
        ssl_protocols TLSv1.2 TLSv1.3;
        root $work/www;
    }
}
EOT
    nginx -c "$work/nginx.conf" -p "$work/nginx" 2>"$work/nginx/said" &
    nginx=$!
    until [ -s "$work/nginx/pid" ] && [ -n "$(workers)" ]; do
        kill -0 "$nginx" 2>/dev/null || { cat "$work/nginx/said" "$work/nginx/error.log" >&2; exit 1; }
        sleep 0.1
    done
}
workers() { cat /proc/"$nginx"/task/"$nginx"/children; }
# Sets get, and the descriptors 4 and 5 to it
start_get() { # CONNECTIONS
    mkfifo "$work/to.$1" "$work/from.$1"
    "$build/bench-get" "$work/hall" "$port" "$1" /ack <"$work/to.$1" >"$work/from.$1" &
    get=$!
    exec 4>"$work/to.$1" 5<"$work/from.$1"
    hear ready
}
hear() { # WORD
    local word=''
    read -r word <&5 || true
    [ "$word" = "$1" ] || { echo "hall: nginx is not reached: $(cat "$work/nginx/error.log")" >&2; exit 1; }
}
stop_get() {
    exec 4>&- 5<&-
    wait "$get"
    get=
}

hallctl keys init --keys "$work/keys" --data "$work/hall"
catalogue 1
hallctl catalog publish --data "$work/hall"

nginx_us='' nginx_kb=''
if command -v nginx >/dev/null; then
    port=$((20000 + RANDOM % 10000))
    start_nginx
    start_get "$connections"
    before=$(cpu_us $(workers))
    echo "$records" >&4
    hear done
    nginx_us=$(of "($(cpu_us $(workers)) - $before) / $records" 1)
    stop_get
    before=$(own_kb $(workers))
    start_get "$held"
    nginx_kb=$(of "($(own_kb $(workers)) - $before) / $held" 1)
    stop_get
fi
peer() { # OURS NGINX'S UNIT: how it is told
    [ -n "$2" ] && echo "nginx: $2 $3: $(of "$1 / $2" 2) ×" || echo "no nginx here"
}
within() { # OURS NGINX'S TIMES
    [ -n "$2" ] && met "$1 <= $3 * $2"
}

start_hall
deliver 1
row "hall: a durable record, $connections connections" "$us us of CPU, p50 $p50 ms" "$(peer "$us" "$nginx_us" 'us a static file')" "<= 1.5 x nginx" \
    "$(within "$us" "$nginx_us" 1.5)"
deliver 20
row "hall: the same in batches of 20" "$us us of CPU, p50 $p50 ms a batch" "$(peer "$us" "$nginx_us" 'us')" "<= 0.5 x nginx" \
    "$(within "$us" "$nginx_us" 0.5)"
stop_hall

start_hall
before=$(own_kb "$hall")
start_fleet "$terminals" "batch 1"
until_said phase play
until_said connections "$terminals" # those of the first deliveries have ended
kb=$(of "($(own_kb "$hall") - $before) / $terminals" 1)
row "hall: a terminal that waits, of $terminals" "$kb kB" "$(peer "$kb" "$nginx_kb" 'kB each')" "<= 20 kB" "$(met "$kb <= 20")"
catalogue 2
before=$(cpu_us "$hall")
began=$(date +%s%3N)
hallctl catalog publish --data "$work/hall"
until_said woken "$terminals"
cpu=$(of "($(cpu_us "$hall") - $before) / $terminals / 1000" 3)
first=$(said woken_first_ms) last=$(said woken_last_ms)
row "hall: $terminals woken" "$((last - first)) ms from the first to the last" "" "<= 1.5 s" "$(met "$last - $first <= 1500")"
row "publish -> last of $terminals terminals" "$((last - began)) ms, $cpu ms of the hall's CPU each" "" "<= 3 s, <= 0.2 ms" \
    "$(met "$last - $began <= 3000 && $cpu <= 0.2")"
