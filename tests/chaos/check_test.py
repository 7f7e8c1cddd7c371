#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Can the checker fail? A stand in which all is well is damaged in one place at a time, as somebody who owns the disks could,
# and each damage must be found under its own word. Usage: check_test.py STAND     prints ok and not ok lines
import os
import shutil
import sqlite3
import sys
import tempfile

import check

JOURNAL, HALL = os.path.join("term", "journal", "journal.db"), os.path.join("hall", "hall.db")
MIDDLE = "(SELECT max(seq) / 2 FROM record)"
APPLICATION = "(SELECT {}(seq) FROM record WHERE kind = 'application')"
FIRST, LAST = APPLICATION.format("min"), APPLICATION.format("max")
NUMBER = "json_extract(CAST(header AS TEXT), '$.number')"

# name, database, SQL, the word it must be found under
DAMAGES = (
    ("nothing", JOURNAL, "SELECT 1", None),
    ("dropped-record", JOURNAL, f"DELETE FROM record WHERE seq = {MIDDLE}", "gap"),
    ("dropped-end", JOURNAL, "DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)", "gap"),
    ("doubled-number", JOURNAL, "UPDATE record SET header = CAST(replace(CAST(header AS TEXT), "
     f"{NUMBER}, (SELECT {NUMBER} FROM record WHERE seq = {FIRST})) AS BLOB) WHERE seq = {LAST}", "twice"),
    ("wrong-hash", JOURNAL, f"UPDATE record SET hash = randomblob(32) WHERE seq = {MIDDLE}", "hash"),
    ("changed-header", JOURNAL, "UPDATE record SET header = "
     f"CAST(replace(CAST(header AS TEXT), '\"up\":', '\"up\":1') AS BLOB) WHERE seq = {MIDDLE}", "hash"),
    ("changed-body", JOURNAL, f"UPDATE body SET body = randomblob(length(body)) WHERE seq = {FIRST}", "body"),
    ("bad-signature", JOURNAL, "UPDATE head SET signature = flip(signature) "
     "WHERE seq = (SELECT max(seq) FROM head)", "signature"),
    ("another-heads-signature", JOURNAL, "UPDATE head SET signature = (SELECT signature FROM head ORDER BY seq LIMIT 1) "
     "WHERE seq = (SELECT max(seq) FROM head)", "signature"),
    ("unsigned-end", JOURNAL, "DELETE FROM head WHERE seq = (SELECT max(seq) FROM head)", "head"),
    ("missing-at-the-hall", HALL, f"DELETE FROM record WHERE seq = {MIDDLE}", "missing"),
    ("another-record-at-the-hall", HALL, f"UPDATE record SET hash = randomblob(32) WHERE seq = {MIDDLE}", "fork"),
    ("another-body-at-the-hall", HALL, f"UPDATE record SET body = randomblob(8) WHERE seq = {FIRST}", "body"),
    ("ticket-not-in-the-queue", HALL, "DELETE FROM ticket WHERE rowid = (SELECT min(rowid) FROM ticket)", "missing"),
    ("fork-the-hall-met", HALL, "fork", "alert"),
)


def copy_of(stand, to):
    for folder in (os.path.dirname(JOURNAL), "hall", "paper"):
        os.makedirs(os.path.join(to, folder))
        for name in os.listdir(os.path.join(stand, folder)):
            if name.endswith((".db", ".db-wal", ".txt")):
                shutil.copy(os.path.join(stand, folder, name), os.path.join(to, folder))
    shutil.copy(os.path.join(stand, "shown.tsv"), to)


def raise_alert(db, what):
    """Whatever else the hall says with an alert."""
    columns = db.execute("PRAGMA table_info(alert)").fetchall()
    values = [what if name == "what" else b"x" if kind == "BYTEA" else 1 for _, name, kind, *_ in columns]
    return db.execute(f"INSERT INTO alert VALUES ({','.join('?' * len(values))})", values)


def spoil(folder, database, sql):
    db = sqlite3.connect(os.path.join(folder, database))
    db.create_function("flip", 1, lambda blob: blob[:-1] + bytes([blob[-1] ^ 1]))
    for kind, name in db.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL").fetchall():
        db.execute(f"DROP {kind} {name}")
    touched = (raise_alert(db, sql) if " " not in sql else db.execute(sql)).rowcount
    db.commit()
    db.close()
    return touched


def words_of(stand, damage):
    with tempfile.TemporaryDirectory() as folder:
        copy_of(stand, folder)
        touched = damage(folder)
        return touched, {word for word, _ in check.problems(check.Stand(folder))}


def show(folder):
    with open(os.path.join(folder, "shown.tsv"), "a", encoding="utf-8") as f:
        f.write("ticket\tZ 999\n")
    return 1


def main():
    failed = False
    wanted = [(name, lambda folder, d=database, q=sql: spoil(folder, d, q), word) for name, database, sql, word in DAMAGES]
    wanted.append(("shown-and-not-recorded", show, "lost"))
    for name, damage, word in wanted:
        touched, words = words_of(sys.argv[1], damage)
        good = touched != 0 and (word in words if word else not words)
        failed |= not good
        if not good:
            print(f"# rows damaged: {touched}; found: {' '.join(sorted(words)) or 'nothing'}, expected: {word or 'nothing'}")
        print(f"{'ok' if good else 'not ok'} checker-finds-{name}")
    good = check.damm_ok("1103003261119000278") and not check.damm_ok("1103003261119000287")
    print(f"{'ok' if good else 'not ok'} checker-knows-damm")
    sys.exit(1 if failed or not good else 0)


if __name__ == "__main__":
    main()
