#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# What must hold of a terminal and its hall, whatever was killed, worked out anew from the design's formulas: the chain's
# hashes, the heads' signatures (ECDSA on P-256, written out below), the check digits, and that each number somebody saw is in
# the journal and at the hall exactly once. Shares no code with the product and needs nothing but Python's own library.
#
# Usage: check.py STAND     a folder that `scenario --chaos` left: term/ hall/ paper/ shown.tsv
# One line for each thing that does not hold; exit 1 when there is one.
import collections
import functools
import glob
import hashlib
import json
import os
import re
import shutil
import sqlite3
import struct
import sys
import tempfile

# --- P-256 (SEC 2, FIPS 186-4 §6.4.2), in Jacobian coordinates ----------------------------------------------------------

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5, 1)
NOWHERE = (1, 1, 0)


def double(a):
    x, y, z = a
    if not z or not y:
        return NOWHERE
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * (x - z * z) * (x + z * z) % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def add(a, b):
    if not a[2]:
        return b
    if not b[2]:
        return a
    aa, bb = a[2] * a[2] % P, b[2] * b[2] % P
    u, v = a[0] * bb % P, b[0] * aa % P
    s, t = a[1] * bb * b[2] % P, b[1] * aa * a[2] % P
    if u == v:
        return double(a) if s == t else NOWHERE
    h, r = (v - u) % P, (t - s) % P
    hh = h * h % P
    hhh, w = h * hh % P, u * hh % P
    x3 = (r * r - hhh - 2 * w) % P
    return x3, (r * (w - x3) - s * hhh) % P, h * a[2] * b[2] % P


def der_numbers(sig):
    """r and s of SEQUENCE { INTEGER, INTEGER }; ValueError for anything else."""
    if len(sig) < 8 or sig[0] != 0x30 or sig[1] != len(sig) - 2:
        raise ValueError("no DER sequence")
    out, at = [], 2
    for _ in range(2):
        if at + 2 > len(sig) or sig[at] != 2 or not 0 < sig[at + 1] <= len(sig) - at - 2:
            raise ValueError("no DER integer")
        out.append(int.from_bytes(sig[at + 2:at + 2 + sig[at + 1]], "big", signed=True))
        at += 2 + sig[at + 1]
    if at != len(sig):
        raise ValueError("more than two numbers")
    return out


@functools.lru_cache(maxsize=None)
def signed_by(point, message, sig):
    """Whether `sig` (DER) is a signature over SHA-256 of `message` by the key whose public point (04 X Y) this is."""
    try:
        r, s = der_numbers(sig)
    except ValueError:
        return False
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    if len(point) != 65 or point[0] != 4 or (y * y - x * x * x + 3 * x - B) % P or not (0 < r < N and 0 < s < N):
        return False
    q, w = (x, y, 1), pow(s, -1, N)
    u1, u2 = int.from_bytes(hashlib.sha256(message).digest(), "big") * w % N, r * w % N
    both, sum_ = (None, G, q, add(G, q)), NOWHERE
    for i in range(255, -1, -1):
        sum_ = double(sum_)
        which = (u1 >> i & 1) + 2 * (u2 >> i & 1)
        if which:
            sum_ = add(sum_, both[which])
    return sum_[2] != 0 and sum_[0] * pow(sum_[2] * sum_[2], -1, P) % P % N == r


# --- numbers ------------------------------------------------------------------------------------------------------------

# H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004
DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")


def damm_ok(digits):
    interim = 0
    for d in digits:
        interim = int(DAMM[interim][int(d)])
    return interim == 0


# --- what lies in the folder --------------------------------------------------------------------------------------------


class Stand:
    """Read once; the databases from copies, for opening them changes them."""

    def __init__(self, folder):
        with tempfile.TemporaryDirectory() as copies:
            journal = self.open(os.path.join(folder, "term", "journal"), "journal.db", copies)
            self.terminal, self.epoch, self.signing = journal.execute(
                "SELECT terminal, epoch, signing FROM journal").fetchone()
            self.records = journal.execute("SELECT seq, kind, body_hash, hash, header FROM record ORDER BY seq").fetchall()
            self.bodies = dict(journal.execute("SELECT seq, body FROM body"))
            self.heads = journal.execute("SELECT seq, hash, signature FROM head ORDER BY seq").fetchall()
            hall = self.open(os.path.join(folder, "hall"), "hall.db", copies)
            self.hall = hall.execute("SELECT seq, kind, number, body_hash, hash, header, body FROM record WHERE terminal = ? "
                                     "AND epoch = ? ORDER BY seq", (self.terminal, self.epoch)).fetchall()
            self.others = hall.execute("SELECT count(*) FROM record WHERE terminal <> ? OR epoch <> ?",
                                       (self.terminal, self.epoch)).fetchone()[0]
            self.chain = hall.execute("SELECT seq, hash, signature, signing FROM chain WHERE terminal = ? AND epoch = ?",
                                      (self.terminal, self.epoch)).fetchone()
            self.tickets = hall.execute("SELECT day, queue, number FROM ticket").fetchall()
            self.alerts = [what for (what,) in hall.execute("SELECT what FROM alert")]
            journal.close()
            hall.close()
        with open(os.path.join(folder, "shown.tsv"), encoding="utf-8") as f:
            self.shown = [tuple(line.rstrip("\n").split("\t")) for line in f]
        self.papers = []
        for path in glob.glob(os.path.join(folder, "paper", "*.txt")):
            with open(path, encoding="utf-8") as f:
                self.papers.append(f.read())

    @staticmethod
    def open(folder, name, copies):
        for suffix in ("", "-wal"):
            if os.path.exists(os.path.join(folder, name + suffix)):
                shutil.copy(os.path.join(folder, name + suffix), copies)
        return sqlite3.connect(os.path.join(copies, name))


def header_of(raw):
    """{} where it is no JSON object."""
    try:
        header = json.loads(raw)
    except ValueError:
        header = None
    return header if isinstance(header, dict) else {}


# --- what must hold: each yields a word and what is wrong ---------------------------------------------------------------


def check_order(s):
    for want, (seq, kind, _, _, header) in enumerate(s.records, 1):
        h = header_of(header)
        if seq != want:
            yield "gap", f"the journal has record {seq} where {want} should be"
            return
        if (h.get("seq"), h.get("kind"), h.get("terminal"), h.get("epoch")) != (seq, kind, s.terminal, s.epoch.hex()):
            yield "header", f"record {seq} is not what its header says"
    if not s.records:
        yield "gap", "the journal is empty"


def start_of(s):
    return hashlib.sha256(b"tongban-chain-v1\n" + struct.pack(">I", len(s.terminal)) + s.terminal.encode() + s.epoch +
                          s.signing).digest()


def next_of(before, header, body_hash):
    return hashlib.sha256(b"tongban-record-v1\n" + before + struct.pack(">I", len(header)) + header + body_hash).digest()


def check_hashes(s):
    at = start_of(s)
    for seq, _, body_hash, stored, header in s.records:
        if hashlib.sha256(s.bodies.get(seq, b"")).digest() != body_hash:
            yield "body", f"the body of record {seq} is not the one that was hashed"
        at = next_of(at, bytes(header), body_hash)
        if at != stored:
            yield "hash", f"the chain breaks at record {seq}"
            return


def head_message(s, seq, digest):
    return (b"tongban-head-v1\n" + struct.pack(">I", len(s.terminal)) + s.terminal.encode() + s.epoch +
            struct.pack(">Q", seq) + digest)


def check_heads(s):
    hashes = {seq: stored for seq, _, _, stored, _ in s.records}
    for seq, digest, signature in s.heads:
        if hashes.get(seq) != digest:
            yield "head", f"head {seq} is not the hash of its record"
        if not signed_by(s.signing, head_message(s, seq, digest), signature):
            yield "signature", f"head {seq} is not signed by the terminal"
    if not s.heads or s.heads[-1][0] != len(s.records):
        yield "head", "the last record stands under no signed head"


def check_hall(s):
    """Record by record the same bytes, and its own idea of the end."""
    here = {seq: (body_hash, stored, bytes(header)) for seq, _, body_hash, stored, header in s.records}
    there = {}
    for seq, kind, number, body_hash, stored, header, body in s.hall:
        there[seq] = (body_hash, stored, bytes(header))
        h = header_of(header)
        if (h.get("kind"), h.get("number", "")) != (kind, number):
            yield "index", f"the hall's record {seq} is not what its header says"
        if hashlib.sha256(body).digest() != body_hash:
            yield "body", f"the hall's body of record {seq} is not the one that was hashed"
    for seq in sorted(here.keys() | there.keys()):
        if seq not in there:
            yield "missing", f"the hall does not have record {seq}"
        elif seq not in here:
            yield "gap", f"the hall has record {seq}, and the journal does not"
        elif here[seq] != there[seq]:
            yield "fork", f"record {seq} is another one at the hall"
    if s.others:
        yield "fork", f"the hall has {s.others} records of another journal"
    if not s.chain or not s.records or (s.chain[0], s.chain[1]) != (s.records[-1][0], s.records[-1][3]):
        yield "missing", "the hall's chain does not end where the journal ends"
    elif s.chain[3] != s.signing or not signed_by(s.signing, head_message(s, s.chain[0], s.chain[1]), s.chain[2]):
        yield "signature", "the head the hall keeps is not signed by the terminal"
    for what in sorted(set(s.alerts) & {"fork", "head-signature"}):
        yield "alert", f"the hall raised an alert: {what}"


def given(rows):
    """How often each number was given: ("case", number) or ("ticket", day, queue, number)."""
    out = collections.Counter()
    for header in rows:
        h = header_of(header)
        if h.get("kind") == "application":
            out["case", h.get("number", "")] += 1
        elif h.get("kind") == "ticket":
            out["ticket", h.get("day"), h.get("queue"), h.get("number", "")] += 1
    return out


def check_numbers(s):
    here, there = given(r[4] for r in s.records), given(r[5] for r in s.hall)
    for where, counts in (("the journal", here), ("the hall", there)):
        for number, times in counts.items():
            if times > 1:
                yield "twice", f"{number[-1]} is in {where} {times} times"
    for number in here:
        if number[0] == "case" and not (re.fullmatch("[0-9]{19}", number[1]) and damm_ok(number[1])):
            yield "digit", f"{number[1]} is no case number"
    waiting = collections.Counter((queue, number) for _, queue, number in s.tickets)
    for number in there:
        if number[0] == "ticket" and waiting[number[2], number[3]] != 1:
            yield "missing", f"ticket {number[3]} stands in the hall's queue {waiting[number[2], number[3]]} times"


def check_seen(s):
    """Whatever stood on a screen or on paper was durable before."""
    here = collections.Counter((n[0], n[-1]) for n in given(r[4] for r in s.records).elements())
    there = collections.Counter((n[0], n[-1]) for n in given(r[5] for r in s.hall).elements())
    seen = [(kind, number, "was shown") for kind, number in s.shown]
    for paper in s.papers:
        for match in re.finditer(r"\b[0-9]{4} [0-9]{3} [0-9]{6} [0-9]{5} [0-9]\b", paper):
            seen.append(("case", match.group().replace(" ", ""), "is on paper"))
    for kind, number, how in seen:
        if here[kind, number] != 1 or there[kind, number] != 1:
            yield "lost", (f"{kind} {number} {how}, and is in the journal {here[kind, number]} times, "
                           f"at the hall {there[kind, number]}")


CHECKS = (check_order, check_hashes, check_heads, check_hall, check_numbers, check_seen)


def problems(stand):
    return [found for check in CHECKS for found in check(stand)]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check.py STAND")
    stand = Stand(sys.argv[1])
    found = problems(stand)
    for word, text in found:
        print(f"{word}: {text}")
    print(f"{len(stand.records)} records, {len(stand.heads)} heads, {len(stand.shown)} numbers shown, "
          f"{len(stand.papers)} papers, {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
