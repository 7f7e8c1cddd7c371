#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# What a fleet says was acknowledged, against what lies in the hall's database: each record there once, as it was acknowledged;
# chains, heads, numbers and queues as they must be; nothing of terminals with bad certificates. By the formulas of
# tests/chaos/check.py, which shares no code with the product.
#
# Usage: fleet_check.py HALL.db ACKNOWLEDGED
# One line for each thing that does not hold; exit 1 when there is one.
import collections
import hashlib
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import types

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "chaos"))
import check

BAD = ("expired", "revoked", "foreign")
# a hall that was asked before it had read the new terminals says so once; nothing else may be told to staff
QUIET = {"certificate-unknown"}


class Hall:
    """Read once, from a copy, for opening changes it."""

    def __init__(self, path):
        with tempfile.TemporaryDirectory() as copies:
            for suffix in ("", "-wal"):
                if os.path.exists(path + suffix):
                    shutil.copy(path + suffix, copies)
            db = sqlite3.connect(os.path.join(copies, os.path.basename(path)))
            self.chains = db.execute("SELECT terminal, epoch, signing, seq, hash, signature FROM chain").fetchall()
            self.records = collections.defaultdict(list)
            for terminal, epoch, *rest in db.execute(
                    "SELECT terminal, epoch, seq, kind, number, state, hash, body_hash, header, body FROM record ORDER BY seq"):
                self.records[terminal, epoch].append(rest)
            self.cases = collections.Counter(n for (n,) in db.execute("SELECT number FROM cases"))
            self.tickets = collections.Counter((t, n) for t, n in db.execute("SELECT terminal, number FROM ticket"))
            self.alerts = {what for (what,) in db.execute("SELECT what FROM alert")}
            db.close()


def check_chain(hall, terminal, epoch, signing, end, digest, signature):
    s = types.SimpleNamespace(terminal=terminal, epoch=epoch, signing=signing)
    records = hall.records[terminal, epoch]
    at = check.start_of(s)
    for want, (seq, kind, number, state, stored, body_hash, header, body) in enumerate(records, 1):
        h = check.header_of(header)
        at = check.next_of(at, bytes(header), body_hash)
        if seq != want:
            yield f"{terminal}: record {seq} where {want} should be"
            return
        if (h.get("seq"), h.get("terminal"), h.get("epoch"), h.get("kind"), h.get("number", "")) != (
                seq, terminal, epoch.hex(), kind, number):
            yield f"{terminal}: record {seq} is not what its header says"
        if at != stored or hashlib.sha256(body).digest() != body_hash:
            yield f"{terminal}: the chain breaks at record {seq}"
            return
        if state:
            yield f"{terminal}: record {seq} is marked for staff"
    if end != len(records) or (records and digest != at):
        yield f"{terminal}: its chain ends at {end}, and there are {len(records)} records"
    elif records and not check.signed_by(signing, check.head_message(s, end, at), signature):
        yield f"{terminal}: its last head is not signed by it"
    if records and terminal.endswith(BAD):
        yield f"{terminal}: it has a bad certificate, and {len(records)} records are there"


def check_acknowledged(hall, path):
    there = {(terminal, epoch.hex(), seq): (stored.hex(), kind, number) for (terminal, epoch), records in hall.records.items()
             for seq, kind, number, _, stored, *_ in records}
    seen = set()
    given = collections.Counter((kind, terminal if kind == "ticket" else "", number)
                                for (terminal, _, _), (_, kind, number) in there.items() if number)
    with open(path, encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f]
    for terminal, epoch, seq, digest, kind, number in lines:
        place = terminal, epoch, int(seq)
        if place in seen:
            yield f"{terminal}: record {seq} was acknowledged twice"
        seen.add(place)
        has = there.get(place)
        if not has:
            yield f"{terminal}: record {seq} was acknowledged, and is not there"
        elif has[:2] != (digest, kind) or (number and has[2] != number):
            yield f"{terminal}: record {seq} was acknowledged, and is another one"
        if kind == "application":
            if not (re.fullmatch("[0-9]{19}", number) and check.damm_ok(number)):
                yield f"{number} is no case number"
            if given[kind, "", number] != 1 or hall.cases[number] != 1:
                yield f"case {number} is there {given[kind, '', number]} times, as a case {hall.cases[number]}"
        elif kind == "ticket" and (given[kind, terminal, number] != 1 or hall.tickets[terminal, number] != 1):
            yield f"ticket {number} of {terminal} stands in the queue {hall.tickets[terminal, number]} times"
    for place in there.keys() - seen:
        # an answer that was on its way when a fleet ended is no fault; here all of it was waited for
        yield f"{place[0]}: record {place[2]} is there, and was not acknowledged"


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: fleet_check.py HALL.db ACKNOWLEDGED")
    hall = Hall(sys.argv[1])
    found = [text for chain in hall.chains for text in check_chain(hall, *chain)]
    found += check_acknowledged(hall, sys.argv[2])
    found += [f"the hall raised an alert: {what}" for what in sorted(hall.alerts - QUIET)]
    if not hall.records:
        found.append("there is no record at all")
    for text in found[:20]:
        print(text)
    print(f"{len(hall.chains)} terminals, {sum(map(len, hall.records.values()))} records, {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
