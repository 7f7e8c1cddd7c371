#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# libcurl 7.88.1 (Debian 12) notes the time of a TCP connection (CURLINFO_CONNECT_TIME, `%{time_connect}`) when all that lies above
# it stands, too. Where the server's certificate is refused it is 0, as if nobody had been reached, though there was a connection,
# a peer's address and a certificate to refuse. Who tells a technician by that figure "no connection: look at cable and firewall"
# sends him to the wrong place; the peer's address (CURLINFO_PRIMARY_IP) and the number of connections are there.
#
# Seen: refused: exit 60, time_connect 0.000000, 127.0.0.1, 1 connection; taken: exit 0, time_connect above 0
set -eu
# Debian 12's: curl 7.88.1-10+deb12u15, openssl 3.0; needs root where one is missing
command -v curl >/dev/null && command -v openssl >/dev/null || apt-get -qq -o DPkg::Lock::Timeout=600 install -y curl openssl >/dev/null
version=$(curl --version | sed -n '1s/.*libcurl\/\([0-9.]*\).*/\1/p')
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill $server; rm -rf "$work"' EXIT
cd "$work"
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost 2>/dev/null
openssl s_server -quiet -accept 127.0.0.1:18443 -key key.pem -cert cert.pem -www >/dev/null 2>&1 &
server=$!
sleep 1
ask() { curl -s "$@" -o page -w '%{exitcode} %{time_connect} %{remote_ip} %{num_connects}\n' https://127.0.0.1:18443/ || true; }
refused=$(ask) taken=$(ask --insecure)
echo "libcurl $version: refused: $refused; taken: $taken"
[ "$refused" = "60 0.000000 127.0.0.1 1" ] && [[ $taken == 0\ * && $taken != 0\ 0.000000* ]]
