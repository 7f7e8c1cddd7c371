/* SPDX-License-Identifier: Apache-2.0
 *
 * journal.db. What counts is in `header` and `body`; the other columns of `record` are an index over the header, made when
 * it is stored and compared with it by outbox_verify. Included by journal.c as one string: SQL(...) turns text into it, so
 * comments stand outside the statements and quotes come in pairs.
 *
 * `id` has no index of its own: it is 128 random bits, nobody looks a record up by it here, and an index over random
 * values would write one more page with each record.
 */

/* One row: whose journal this is. `failed` counts commits that were made for their place in the log
 * alone: over one that failed at its fsync, and at the beginning of a log that was carried over, see journal.c. */
SQL(CREATE TABLE journal (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    terminal TEXT NOT NULL,
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    office INTEGER NOT NULL,
    registration INTEGER NOT NULL,
    signing BLOB NOT NULL CHECK (length(signing) = 65),
    failed INTEGER NOT NULL DEFAULT 0
) STRICT;)

/* series, day, serial: the number a record gives out. Applications: series `case`; tickets: queue, a slash, and what stands
 * before the digits of the ticket's number. day counts from 1970-01-01. All three NULL where no number is given. */
SQL(CREATE TABLE record (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    visit BLOB CHECK (length(visit) = 16),
    series TEXT,
    day INTEGER,
    serial INTEGER,
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    header BLOB NOT NULL
) STRICT;)

/* A number is given once, void or not. */
SQL(CREATE UNIQUE INDEX record_number ON record (series, day, serial) WHERE serial IS NOT NULL;)

/* What is looked up by its kind at a start or by a technician, and is rare: kinds written in every visit cost no index. */
SQL(CREATE INDEX record_rare ON record (kind, seq) WHERE kind IN ('staff', 'availability', 'device-fault');)

/* Bodies lie apart, so that a purge deletes rows and no record is ever rewritten. */
SQL(CREATE TABLE body (
    seq INTEGER PRIMARY KEY,
    body BLOB NOT NULL CHECK (length(body) > 0)
) STRICT;)

/* Signed heads, all of them: a batch must end at one, and a restored hall may ask for old batches. */
SQL(CREATE TABLE head (
    seq INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    signature BLOB NOT NULL
) STRICT;)

/* Append-only, also for our own mistakes. */
SQL(CREATE TRIGGER record_stays BEFORE UPDATE ON record BEGIN SELECT raise(ABORT, 'records are never changed'); END;)
SQL(CREATE TRIGGER record_kept BEFORE DELETE ON record BEGIN SELECT raise(ABORT, 'records are never removed'); END;)
SQL(CREATE TRIGGER head_stays BEFORE UPDATE ON head BEGIN SELECT raise(ABORT, 'heads are never changed'); END;)
SQL(CREATE TRIGGER head_kept BEFORE DELETE ON head BEGIN SELECT raise(ABORT, 'heads are never removed'); END;)
SQL(CREATE TRIGGER body_stays BEFORE UPDATE ON body BEGIN SELECT raise(ABORT, 'bodies are never changed'); END;)
