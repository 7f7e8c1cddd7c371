# SPDX-License-Identifier: Apache-2.0
#
# What a test program prepares is no test: when it works it is a comment; when it does not, it is one failure, and the end.
prepared() { # NAME CODE [FILE…]: what to show where it failed
    if [ "$2" = 0 ]; then
        echo "# $1"
        return
    fi
    tail -q -n 25 "${@:3}" </dev/null | tr -d '\r' | sed 's/^/# /'
    echo "not ok $1"
    exit 1
}
