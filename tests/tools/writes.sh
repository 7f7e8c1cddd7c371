#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the tests of the image cut the power with, on a log of five entries: what was flushed is there after every cut, of the rest
# anything may be, and both happens; a log that ends early, or is none. Versions are ordered as systemd does; a board's firmware starts
# what that board's machines do; and a header says whether a TPM can be asked for the key. Usage: writes.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
PATH=$PATH:/usr/sbin:/sbin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/play.py" <<'PY'
import random
import struct
import subprocess
import sys

sys.path.insert(0, "tests/image")
sys.dont_write_bytecode = True
import disk
import luks
import writes

work = sys.argv[1]
A, B, C, D, EMPTY = (letter * writes.SECTOR for letter in (b"A", b"B", b"C", b"D", b"\0"))


def told(name, good, why=""):
    print("%s writes-%s%s" % ("ok" if good else "not ok", name, "" if good else " # %s" % why))


def log(name, count, entries):
    with open(work + "/" + name, "wb") as f:
        f.write(struct.pack("<QQQI", writes.MAGIC, 1, count, writes.SECTOR).ljust(writes.SECTOR, b"\0"))
        for sector, flags, data in entries:
            f.write(struct.pack("<QQQQ", sector, len(data) // writes.SECTOR, flags, 0).ljust(writes.SECTOR, b"\0") + data)
    return work + "/" + name


ALL = [(0, 0, A), (1, 0, B), (0, writes.FLUSH, b""), (0, 0, C), (2, 0, D)]
whole = writes.read([log("log", 5, ALL)])


def left(entries, n, mode, seed=0):
    """The three sectors after a cut, and after it was mended."""
    with open(work + "/disk", "wb") as f:
        f.write(EMPTY * 3)
    cut = writes.Disk(work + "/disk", entries)
    held = cut.cut(n, mode, random.Random(seed))
    seen = []
    for _ in range(2):
        with open(work + "/disk", "rb") as f:
            seen.append([f.read(writes.SECTOR) for _ in range(3)])
        cut.mend(held)
    return seen


told("all", left(whole, 5, "whole")[0] == [C, B, D])
told("only-what-was-flushed", left(whole, 5, "flushed")[0] == [A, B, EMPTY])
told("before-a-flush-nothing-need-be-there", left(whole, 2, "flushed")[0] == [EMPTY] * 3)
some = {tuple(left(whole, 5, "part", seed)[0]) for seed in range(64)}
told("some-of-the-rest", some == {(x, B, y) for x in (A, C) for y in (EMPTY, D)}, len(some))
told("mended", all(left(whole, 5, mode)[1] == [A, B, EMPTY] for mode in writes.MODES))
torn = log("torn", 4, ALL)
with open(torn, "r+b") as f:
    f.truncate(writes.SECTOR * 9)
told("a-log-that-ends-in-an-entry-ends-before-it", len(writes.read([torn])) == 4)


def refused(path):
    try:
        writes.read([path])
    except ValueError:
        return True
    return False


told("a-log-with-fewer-than-it-says-is-refused", refused(log("few", 9, ALL)))
with open(work + "/none", "wb") as f:
    f.write(b"no log" * 100)
told("what-is-no-log-is-refused", refused(work + "/none"))

told("loader-goes-by-the-board", [disk.loader_name(board) for board in ("x86_64", "arm64")] ==
     ["EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/BOOTAA64.EFI"])

header, key = work + "/header", b"12345678"
try:
    with open(header, "wb") as f:
        f.truncate(luks.HEADER + 4096)
    luks.cryptsetup("luksFormat", "--type", "luks2", "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", header, key=key)

    def asked():
        return luks.has_tpm_key(header, 0, luks.HEADER + 4096)

    def token(kind):
        told_so = '{"type":"%s","keyslots":["0"],"tpm2-blob":"AAAA","tpm2-pcrs":[],"tpm2-policy-hash":"00"}' % kind
        subprocess.run(["cryptsetup", "token", "import", header], input=told_so.encode(), check=True)

    seen = [asked()]
    token("somebody-elses")
    seen.append(asked())
    token("systemd-tpm2")
    seen.append(asked())
    luks.cryptsetup("luksKillSlot", header, "0", key=b"")
    told("no-tpm-is-asked-without-a-token-and-its-slot", seen + [asked()] == [False, False, True, False], seen)
except FileNotFoundError:
    print("skip writes-no-tpm-is-asked-without-a-token-and-its-slot # cryptsetup is not installed: tools/setup.sh --image")

words = ["1.5.2", "1.5.10", "1.5", "1.5.2~rc1", "1.5.2-1", "1.5.2^1", "1.05.2", "1.5.ab", ""]
try:
    for x in words:
        for y in words:
            said = subprocess.run(["systemd-analyze", "compare-versions", x, y], capture_output=True, check=False).returncode
            if said not in (0, 11, 12):
                raise FileNotFoundError
            mine = {0: 0, 1: 11, -1: 12}[disk.improved(x, y)]
            if mine != said:
                told("versions-as-systemd-orders-them", False, "%s and %s: %d, not %d" % (x, y, mine, said))
                sys.exit(0)
    told("versions-as-systemd-orders-them", True)
except FileNotFoundError:
    print("skip writes-versions-as-systemd-orders-them # systemd-analyze compares no versions here")
PY
python3 "$work/play.py" "$work"
