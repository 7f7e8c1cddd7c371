/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables, and the steps from older ones to these.
 */
#include "tools/hall/store/schema.h"

#include <stdio.h>

#include "base/clock.h"
#include "tools/hall/store/store_audit.h"
#include "tools/hall/store/store_system.h"
#include "tools/hall/store/terminal.h"

/* `directory`, `office`, `queue_known`, `queue_version` and `hall` are the only tables a distributed engine would keep whole
 * on every node: the first says which office a terminal belongs to, before anything else about it is known; queues are the
 * catalogue's, for all offices; the versions are read as a whole once a second. */
static const struct {
    const char *name, *columns;
} tables[] = {
    {"hall", "id BYTEA NOT NULL PRIMARY KEY, version INTEGER NOT NULL, made BIGINT NOT NULL"},
    {"directory", "terminal TEXT NOT NULL PRIMARY KEY, office INTEGER NOT NULL"},
    {"office", "office INTEGER NOT NULL PRIMARY KEY, registration INTEGER NOT NULL"},
    {"terminal", "office INTEGER NOT NULL, terminal TEXT NOT NULL, place TEXT NOT NULL, added BIGINT NOT NULL,"
                 " registration INTEGER NOT NULL, cert BYTEA, cert_sha256 BYTEA, enrolled BIGINT, epoch BYTEA,"
                 " PRIMARY KEY (office, terminal)"},
    /* the zone its place says (rules/zone.h), to find its neighbours by */
    {"terminal_zone", "office INTEGER NOT NULL, terminal TEXT NOT NULL, zone TEXT NOT NULL, PRIMARY KEY (office, terminal)"},
    /* tries: not in use any more */
    {"code", "office INTEGER NOT NULL, terminal TEXT NOT NULL, code_sha256 BYTEA NOT NULL, expires BIGINT NOT NULL,"
             " tries INTEGER NOT NULL, key_sha256 BYTEA, PRIMARY KEY (office, terminal)"},
    {"renewal", "office INTEGER NOT NULL, terminal TEXT NOT NULL, cert BYTEA NOT NULL, cert_sha256 BYTEA NOT NULL,"
                " key_sha256 BYTEA NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (office, terminal)"},
    {"revision", "office INTEGER NOT NULL PRIMARY KEY, version BIGINT NOT NULL"},
    /* at: the latest time its records told, never later than they came */
    {"chain", "office INTEGER NOT NULL, terminal TEXT NOT NULL, epoch BYTEA NOT NULL, registration INTEGER NOT NULL,"
              " signing BYTEA NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL, signature BYTEA NOT NULL,"
              " at BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (office, terminal, epoch)"},
    {"record", "office INTEGER NOT NULL, terminal TEXT NOT NULL, epoch BYTEA NOT NULL, seq BIGINT NOT NULL,"
               " id BYTEA NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, at BIGINT NOT NULL, received BIGINT NOT NULL,"
               " state INTEGER NOT NULL, hash BYTEA NOT NULL, header BYTEA NOT NULL, body BYTEA NOT NULL,"
               " body_hash BYTEA NOT NULL, PRIMARY KEY (office, terminal, epoch, seq), UNIQUE (office, id)"},
    {"alert", "office INTEGER NOT NULL, terminal TEXT NOT NULL, what TEXT NOT NULL, first BIGINT NOT NULL,"
              " last BIGINT NOT NULL, count BIGINT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (office, terminal, what)"},
    {"audit", "office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,"
              " subject TEXT NOT NULL, reason TEXT NOT NULL, seq BIGINT NOT NULL DEFAULT 0, hash BYTEA NOT NULL DEFAULT '',"
              " PRIMARY KEY (office, id)"},
    {"health", "office INTEGER NOT NULL, terminal TEXT NOT NULL, at BIGINT NOT NULL, report TEXT NOT NULL,"
               " PRIMARY KEY (office, terminal)"},
    {"lease", "office INTEGER NOT NULL, request BYTEA NOT NULL, terminal TEXT NOT NULL, queue TEXT NOT NULL,"
              " day BIGINT NOT NULL, first BIGINT NOT NULL, count INTEGER NOT NULL, at BIGINT NOT NULL,"
              " PRIMARY KEY (office, request)"},
    {"lease_next", "office INTEGER NOT NULL, queue TEXT NOT NULL, day BIGINT NOT NULL, next BIGINT NOT NULL,"
                   " PRIMARY KEY (office, queue, day)"},
    {"ticket", "office INTEGER NOT NULL, day BIGINT NOT NULL, queue TEXT NOT NULL, number TEXT NOT NULL,"
               " terminal TEXT NOT NULL, taken BIGINT NOT NULL, called BIGINT NOT NULL, void INTEGER NOT NULL,"
               " line TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'waiting', class TEXT NOT NULL DEFAULT '',"
               " since BIGINT NOT NULL DEFAULT 0, seq BIGINT NOT NULL DEFAULT 0, counter INTEGER NOT NULL DEFAULT 0,"
               " PRIMARY KEY (office, day, queue, number)"},
    /* what became of them since (store_call.h): added to, never changed */
    {"ticket_event", "office INTEGER NOT NULL, day BIGINT NOT NULL, queue TEXT NOT NULL, number TEXT NOT NULL,"
                     " seq BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, line TEXT NOT NULL,"
                     " class TEXT NOT NULL, since BIGINT NOT NULL, counter INTEGER NOT NULL, staff TEXT NOT NULL,"
                     " PRIMARY KEY (office, day, queue, number, seq)"},
    {"queue_window", "office INTEGER NOT NULL, counter INTEGER NOT NULL, day BIGINT NOT NULL, queues TEXT NOT NULL,"
                     " staff TEXT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (office, counter)"},
    /* derived (projection.h), as is `ticket` but for its calls */
    {"cases", "office INTEGER NOT NULL, number TEXT NOT NULL, id BYTEA NOT NULL, terminal TEXT NOT NULL,"
              " received BIGINT NOT NULL, applied BIGINT NOT NULL, item TEXT NOT NULL, version BIGINT NOT NULL,"
              " stage INTEGER NOT NULL, staff TEXT NOT NULL, post TEXT NOT NULL, due BIGINT NOT NULL,"
              " PRIMARY KEY (office, number)"},
    {"rating", "office INTEGER NOT NULL, id BYTEA NOT NULL, item TEXT NOT NULL, question_set INTEGER NOT NULL,"
               " score INTEGER NOT NULL, number TEXT NOT NULL, PRIMARY KEY (office, id)"},
    /* what became of them since: not derived from records (store_case.h) */
    {"case_event", "office INTEGER NOT NULL, number TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL,"
                   " event BYTEA NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (office, number, seq)"},
    /* derived too: which cases were handed in together (store_bundle.h) */
    {"case_bundle", "office INTEGER NOT NULL, number TEXT NOT NULL, bundle TEXT NOT NULL, item TEXT NOT NULL,"
                    " part INTEGER NOT NULL, parts INTEGER NOT NULL, PRIMARY KEY (office, number)"},
    /* what is kept, masked, of those that were opened (store_opened.h) */
    {"case_opened", "office INTEGER NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, notice TEXT NOT NULL,"
                    " seq BIGINT NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (office, number)"},
    /* and who opened them (the same) */
    {"case_opening",
     "office INTEGER NOT NULL, number TEXT NOT NULL, at BIGINT NOT NULL, seq BIGINT NOT NULL,"
     " staff TEXT NOT NULL, post TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (office, number, at, seq)"},
    /* whose what was handed in is, blindly (store_index.h) */
    {"record_index", "office INTEGER NOT NULL, id BYTEA NOT NULL, number TEXT NOT NULL, state INTEGER NOT NULL,"
                     " idx BYTEA NOT NULL, secret BYTEA NOT NULL, PRIMARY KEY (office, id)"},
    /* what somebody said at a terminal, and what became of it (store_complaint.h); the first is derived, as is how a case
     * was rated when it was over, once each (projection.h) */
    {"complaint", "office INTEGER NOT NULL, number TEXT NOT NULL, id BYTEA NOT NULL, terminal TEXT NOT NULL,"
                  " received BIGINT NOT NULL, said BIGINT NOT NULL, kind TEXT NOT NULL, version BIGINT NOT NULL,"
                  " stage INTEGER NOT NULL, staff TEXT NOT NULL, post TEXT NOT NULL, PRIMARY KEY (office, number)"},
    {"complaint_event", "office INTEGER NOT NULL, number TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL,"
                        " kind TEXT NOT NULL, staff TEXT NOT NULL, post TEXT NOT NULL, to_staff TEXT NOT NULL,"
                        " to_post TEXT NOT NULL, why TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (office, number, seq)"},
    {"case_rating", "office INTEGER NOT NULL, number TEXT NOT NULL, id BYTEA NOT NULL, item TEXT NOT NULL,"
                    " question_set INTEGER NOT NULL, score INTEGER NOT NULL, received BIGINT NOT NULL,"
                    " PRIMARY KEY (office, number)"},
    {"queue_known", "queue TEXT NOT NULL PRIMARY KEY, catalogue BIGINT NOT NULL, name TEXT NOT NULL DEFAULT '',"
                    " recall INTEGER NOT NULL DEFAULT 0, priority INTEGER NOT NULL DEFAULT 0"},
    /* members of staff, who of them is signed in, and what they sent (store_account.h); the first two are kept whole on
     * every node: who signs in names no office */
    {"account", "id TEXT NOT NULL PRIMARY KEY, office INTEGER NOT NULL, name TEXT NOT NULL, post TEXT NOT NULL,"
                " role INTEGER NOT NULL, state INTEGER NOT NULL, kept TEXT NOT NULL, totp BYTEA NOT NULL,"
                " totp_step BIGINT NOT NULL, code BYTEA NOT NULL, code_ends BIGINT NOT NULL, UNIQUE (office, name)"},
    {"account_session", "hash BYTEA NOT NULL PRIMARY KEY, id TEXT NOT NULL, made BIGINT NOT NULL, used BIGINT NOT NULL"},
    {"account_sent", "office INTEGER NOT NULL, id BYTEA NOT NULL, what BYTEA NOT NULL, number TEXT NOT NULL,"
                     " seq BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (office, id)"},
    /* who is to be told what (store_notice.h) */
    {"notice", "office INTEGER NOT NULL, id BYTEA NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL,"
               " made BIGINT NOT NULL, tries INTEGER NOT NULL, next BIGINT NOT NULL, sent BIGINT NOT NULL,"
               " PRIMARY KEY (office, id), UNIQUE (office, number, about)"},
    /* what the data centre found wrong with what was exchanged of them (store_exchange.h) */
    {"exchange_error", "office INTEGER NOT NULL, number TEXT NOT NULL, guid TEXT NOT NULL, seq BIGINT NOT NULL,"
                       " table_name TEXT NOT NULL, batch TEXT NOT NULL, type TEXT NOT NULL, remark TEXT NOT NULL,"
                       " found TEXT NOT NULL, received BIGINT NOT NULL, PRIMARY KEY (office, number, guid)"},
    /* hours at windows (store_appointment.h): who has one, how many of each are taken, and that nobody has two of a day */
    {"appointment", "office INTEGER NOT NULL, id BYTEA NOT NULL, number TEXT NOT NULL, code TEXT NOT NULL,"
                    " queue TEXT NOT NULL, at BIGINT NOT NULL, day BIGINT NOT NULL, state TEXT NOT NULL, idx BYTEA NOT NULL,"
                    " ticket TEXT NOT NULL, made BIGINT NOT NULL, PRIMARY KEY (office, id)"},
    {"appointment_hour", "office INTEGER NOT NULL, queue TEXT NOT NULL, at BIGINT NOT NULL, taken INTEGER NOT NULL,"
                         " given INTEGER NOT NULL, PRIMARY KEY (office, queue, at)"},
    {"appointment_person", "office INTEGER NOT NULL, idx BYTEA NOT NULL, queue TEXT NOT NULL, day BIGINT NOT NULL,"
                           " id BYTEA NOT NULL, PRIMARY KEY (office, idx, queue, day)"},
    /* electronic licences, of no office (store_licence.h), and what was said of them when a case asked; the first is kept
     * whole on every node */
    {"licence", "id BYTEA NOT NULL PRIMARY KEY, idx BYTEA NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL,"
                " number TEXT NOT NULL, issuer TEXT NOT NULL, valid_from BIGINT NOT NULL, valid_to BIGINT NOT NULL,"
                " state TEXT NOT NULL, source TEXT NOT NULL, told BIGINT NOT NULL, learned BIGINT NOT NULL,"
                " staff TEXT NOT NULL, reason TEXT NOT NULL"},
    {"licence_check", "office INTEGER NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL, asked TEXT NOT NULL,"
                      " at BIGINT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (office, number, kind)"},
    /* green-channel cards (store_green.h): those that were issued, and which number each was used for on a day */
    {"green_card", "office INTEGER NOT NULL, serial TEXT NOT NULL, kind TEXT NOT NULL, until BIGINT NOT NULL,"
                   " holder TEXT NOT NULL, issued BIGINT NOT NULL, revoked BIGINT NOT NULL, PRIMARY KEY (office, serial)"},
    {"green_use", "office INTEGER NOT NULL, serial TEXT NOT NULL, day BIGINT NOT NULL, queue TEXT NOT NULL,"
                  " number TEXT NOT NULL, PRIMARY KEY (office, serial, day)"},
    {"queue_pause", "office INTEGER NOT NULL, queue TEXT NOT NULL, until BIGINT NOT NULL, reason TEXT NOT NULL,"
                    " PRIMARY KEY (office, queue)"},
    /* what staff want a terminal to do, and what came of it (store_act.h) */
    {"terminal_act", "office INTEGER NOT NULL, id BYTEA NOT NULL, terminal TEXT NOT NULL, act TEXT NOT NULL,"
                     " reason TEXT NOT NULL, back BIGINT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, why TEXT NOT NULL,"
                     " staff TEXT NOT NULL, name TEXT NOT NULL, made BIGINT NOT NULL, until BIGINT NOT NULL,"
                     " granted BIGINT NOT NULL, done BIGINT NOT NULL, PRIMARY KEY (office, id)"},
    /* logs that terminals hand over because staff asked, one for each such act (store_logs.h) */
    {"terminal_logs", "office INTEGER NOT NULL, id BYTEA NOT NULL, terminal TEXT NOT NULL, size BIGINT NOT NULL,"
                      " sha256 BYTEA NOT NULL, have BIGINT NOT NULL, tries INTEGER NOT NULL, began BIGINT NOT NULL,"
                      " last BIGINT NOT NULL, gone INTEGER NOT NULL, why TEXT NOT NULL, PRIMARY KEY (office, id)"},
    {"terminal_logs_piece", "office INTEGER NOT NULL, id BYTEA NOT NULL, at BIGINT NOT NULL, bytes BYTEA NOT NULL,"
                            " PRIMARY KEY (office, id, at)"},
    /* duty lists (store_shift.h), and who sees to which alert (store_duty.h); ended 0: not yet */
    {"duty_shift", "office INTEGER NOT NULL, id BYTEA NOT NULL, staff TEXT NOT NULL, name TEXT NOT NULL,"
                   " zone TEXT NOT NULL, days INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,"
                   " place INTEGER NOT NULL, way TEXT NOT NULL, PRIMARY KEY (office, id)"},
    {"duty", "office INTEGER NOT NULL, terminal TEXT NOT NULL, what TEXT NOT NULL, since BIGINT NOT NULL,"
             " ended BIGINT NOT NULL, level INTEGER NOT NULL, staff TEXT NOT NULL, name TEXT NOT NULL,"
             " words TEXT NOT NULL, taken BIGINT NOT NULL, promised BIGINT NOT NULL, act BYTEA NOT NULL,"
             " told BIGINT NOT NULL, told_to TEXT NOT NULL, PRIMARY KEY (office, terminal, what, since),"
             " UNIQUE (office, terminal, what, ended)"},
    {"duty_told", "office INTEGER NOT NULL, terminal TEXT NOT NULL, what TEXT NOT NULL, since BIGINT NOT NULL,"
                  " staff TEXT NOT NULL, way TEXT NOT NULL, at BIGINT NOT NULL,"
                  " PRIMARY KEY (office, terminal, what, since, staff)"},
    {"duty_round", "office INTEGER NOT NULL, terminal TEXT NOT NULL, what TEXT NOT NULL, since BIGINT NOT NULL,"
                   " rounds INTEGER NOT NULL, PRIMARY KEY (office, terminal, what, since)"},
    {"duty_look", "office INTEGER NOT NULL PRIMARY KEY, at BIGINT NOT NULL"},
    {"queue_version", "office INTEGER NOT NULL PRIMARY KEY, version BIGINT NOT NULL"},
    /* systems of the terminals; these three are kept whole on every node too */
    {"system_release",
     "version TEXT NOT NULL PRIMARY KEY, size BIGINT NOT NULL, sha256 BYTEA NOT NULL, made BIGINT NOT NULL"},
    {"system_edition",
     "version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, seq BIGINT NOT NULL, state TEXT NOT NULL,"
     " percent INTEGER NOT NULL, next INTEGER NOT NULL, next_at BIGINT NOT NULL, stop_after INTEGER NOT NULL,"
     " board TEXT NOT NULL, signer TEXT NOT NULL, replaces TEXT NOT NULL, brought_id TEXT NOT NULL,"
     " brought_by TEXT NOT NULL, brought BIGINT NOT NULL, approved_by TEXT NOT NULL, approved BIGINT NOT NULL,"
     " changed_by TEXT NOT NULL, changed BIGINT NOT NULL, why TEXT NOT NULL"},
    {"system_chosen", "version TEXT NOT NULL, terminal TEXT NOT NULL, PRIMARY KEY (version, terminal)"},
    {"system_hours", "office INTEGER NOT NULL PRIMARY KEY, from_min INTEGER NOT NULL, to_min INTEGER NOT NULL"},
    {"system_terminal", "office INTEGER NOT NULL, terminal TEXT NOT NULL, at BIGINT NOT NULL, report TEXT NOT NULL,"
                        " version TEXT NOT NULL, state TEXT NOT NULL, granted BIGINT NOT NULL, retried BIGINT NOT NULL,"
                        " PRIMARY KEY (office, terminal)"},
    /* what a terminal's last word comes to (store_fleet.h); `told`: of which it was made */
    {"terminal_stand", "office INTEGER NOT NULL, terminal TEXT NOT NULL, told BIGINT NOT NULL, situation TEXT NOT NULL,"
                       " serves INTEGER NOT NULL, PRIMARY KEY (office, terminal)"},
    {"system_running", "office INTEGER NOT NULL, terminal TEXT NOT NULL, running TEXT NOT NULL,"
                       " PRIMARY KEY (office, terminal)"},
    /* editions of the catalogue (store_edition.h); the first two are kept whole on every node too */
    {"catalogue_edition",
     "version BIGINT NOT NULL PRIMARY KEY, seq BIGINT NOT NULL, state TEXT NOT NULL, percent INTEGER NOT NULL,"
     " next INTEGER NOT NULL, next_at BIGINT NOT NULL, stop_after INTEGER NOT NULL, needs INTEGER NOT NULL,"
     " expires BIGINT NOT NULL, manifest BYTEA NOT NULL, signatures BYTEA NOT NULL, brought_id TEXT NOT NULL,"
     " brought_by TEXT NOT NULL, brought BIGINT NOT NULL, approved_by TEXT NOT NULL, approved BIGINT NOT NULL,"
     " changed_by TEXT NOT NULL, changed BIGINT NOT NULL, why TEXT NOT NULL"},
    {"catalogue_chosen", "version BIGINT NOT NULL, terminal TEXT NOT NULL, PRIMARY KEY (version, terminal)"},
    {"catalogue_terminal",
     "office INTEGER NOT NULL, terminal TEXT NOT NULL, at BIGINT NOT NULL, catalogue BIGINT NOT NULL,"
     " level INTEGER NOT NULL, refused BIGINT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (office, terminal)"},
    /* items that are taken off everywhere, of no office and kept whole on every node; and the list each terminal goes by
     * (store_halt.h) */
    {"item_halt", "task_code TEXT NOT NULL PRIMARY KEY, is_off INTEGER NOT NULL, version BIGINT NOT NULL UNIQUE,"
                  " name TEXT NOT NULL, upto INTEGER NOT NULL, since BIGINT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,"
                  " changed BIGINT NOT NULL, changed_by TEXT NOT NULL, why TEXT NOT NULL"},
    {"terminal_halts", "office INTEGER NOT NULL, terminal TEXT NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL,"
                       " PRIMARY KEY (office, terminal)"},
    /* where places stand, and the outlines of districts around them (store_map.h) */
    {"place_point", "office INTEGER NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL, spot TEXT NOT NULL,"
                    " lat INTEGER NOT NULL, lon INTEGER NOT NULL, set_by TEXT NOT NULL, set_at BIGINT NOT NULL,"
                    " PRIMARY KEY (office, name)"},
    {"map_outline", "office INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, made BIGINT NOT NULL, data BYTEA NOT NULL"},
};
#define N_TABLES (sizeof tables / sizeof *tables)

static const char *const indexes[] = {
    "CREATE INDEX IF NOT EXISTS record_number ON record (office, number)",
    "CREATE INDEX IF NOT EXISTS lease_block ON lease (office, queue, day, first)",
    "CREATE INDEX IF NOT EXISTS cases_stage ON cases (office, stage, number)",
    "CREATE INDEX IF NOT EXISTS cases_due ON cases (office, due, number)",
    "CREATE INDEX IF NOT EXISTS record_index_wanted ON record_index (state, office, id)",
    "CREATE INDEX IF NOT EXISTS record_index_idx ON record_index (idx, office)",
    "CREATE UNIQUE INDEX IF NOT EXISTS audit_seq ON audit (office, seq)",
    "CREATE INDEX IF NOT EXISTS audit_subject ON audit (office, subject)",
    "CREATE INDEX IF NOT EXISTS ticket_event_counter ON ticket_event (office, day, counter, at)",
    "CREATE INDEX IF NOT EXISTS notice_due ON notice (sent, next)",
    "CREATE INDEX IF NOT EXISTS case_bundle_bundle ON case_bundle (office, bundle, part)",
    "CREATE INDEX IF NOT EXISTS complaint_stage ON complaint (office, stage, number)",
    "CREATE INDEX IF NOT EXISTS appointment_number ON appointment (office, number)",
    "CREATE INDEX IF NOT EXISTS appointment_day ON appointment (office, day)",
    "CREATE INDEX IF NOT EXISTS appointment_idx ON appointment (office, idx)",
    "CREATE INDEX IF NOT EXISTS licence_idx ON licence (idx)",
    "CREATE INDEX IF NOT EXISTS licence_kind ON licence (kind, id)",
    "CREATE INDEX IF NOT EXISTS terminal_act_terminal ON terminal_act (office, terminal, made)",
    "CREATE INDEX IF NOT EXISTS duty_ended ON duty (office, ended, level, since)",
    "CREATE INDEX IF NOT EXISTS duty_told_staff ON duty_told (office, staff, at)",
    "CREATE INDEX IF NOT EXISTS terminal_zone_zone ON terminal_zone (office, zone, terminal)",
    "CREATE INDEX IF NOT EXISTS cases_staff ON cases (office, staff, stage, number)",
};

static int make_tables(struct sql *d, struct err *e)
{
    char text[800];
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < N_TABLES; i++) {
        snprintf(text, sizeof text, "CREATE TABLE IF NOT EXISTS %s (%s)", tables[i].name, tables[i].columns);
        rc = sql_exec(d, text, e);
    }
    for (size_t i = 0; rc == 0 && i < sizeof indexes / sizeof *indexes; i++)
        rc = sql_exec(d, indexes[i], e);
    return rc;
}

static int name_hall(struct sql *d, const uint8_t hall[HALL_ID_LEN], struct err *e)
{
    int rc = sql_do(d, e, "INSERT INTO hall (id, version, made) VALUES ($1,$2,$3)", "bii", hall, (size_t)HALL_ID_LEN,
                    (int64_t)SCHEMA_VERSION, clock_wall_ms());
    return rc < 0 ? rc : 0;
}

/* All or nothing. */
static int ended(struct sql *d, int rc, struct err *e)
{
    if (rc == 0)
        rc = sql_commit(d, e);
    if (rc)
        sql_rollback(d);
    return rc;
}

int schema_make(struct sql *d, const uint8_t hall[HALL_ID_LEN], struct err *e)
{
    int rc = sql_begin(d, e);
    if (rc)
        return rc;
    rc = make_tables(d, e);
    if (rc == 0)
        rc = name_hall(d, hall, e);
    return ended(d, rc, e);
}

/* --- older ones --- */

/* Version 0 had one row for each alert, took every number for its sender's, and every queue that was named for one. */
static const char *const from_0[] = {
    "ALTER TABLE chain ADD COLUMN at BIGINT NOT NULL DEFAULT 0",
    "UPDATE chain SET at = coalesce((SELECT max(CASE WHEN r.at < r.received THEN r.at ELSE r.received END) FROM record r"
    " WHERE r.office = chain.office AND r.terminal = chain.terminal AND r.epoch = chain.epoch), 0)",
    "ALTER TABLE alert RENAME TO alert_0",
    "CREATE TABLE alert (office INTEGER NOT NULL, terminal TEXT NOT NULL, what TEXT NOT NULL, first BIGINT NOT NULL,"
    " last BIGINT NOT NULL, count BIGINT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (office, terminal, what))",
    "INSERT INTO alert (office, terminal, what, first, last, count, detail)"
    " SELECT office, terminal, what, min(at), max(at), count(*), max(detail) FROM alert_0 GROUP BY office, terminal, what",
    "DROP TABLE alert_0",
    /* 4: STORE_FOREIGN */
    "UPDATE record SET state = 4 WHERE kind = 'application' AND state = 0 AND"
    " (cast(substr(number, 1, 4) AS INTEGER) <> office OR NOT EXISTS (SELECT 1 FROM chain c WHERE c.office = record.office"
    " AND c.terminal = record.terminal AND c.epoch = record.epoch"
    " AND c.registration = cast(substr(record.number, 5, 3) AS INTEGER))"
    " AND NOT EXISTS (SELECT 1 FROM terminal t WHERE t.office = record.office AND t.terminal = record.terminal"
    " AND t.epoch = record.epoch AND t.registration = cast(substr(record.number, 5, 3) AS INTEGER)))",
};

/* Version 4 knew of a ticket whether it was called, and of a queue that it is there. */
static int bring_calling(struct sql *d, struct err *e)
{
    static const struct {
        const char *table, *change;
    } changes[] = {
        {"ticket", "ALTER TABLE ticket ADD COLUMN line TEXT NOT NULL DEFAULT ''"},
        {"ticket", "ALTER TABLE ticket ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting'"},
        {"ticket", "ALTER TABLE ticket ADD COLUMN class TEXT NOT NULL DEFAULT ''"},
        {"ticket", "ALTER TABLE ticket ADD COLUMN since BIGINT NOT NULL DEFAULT 0"},
        {"ticket", "ALTER TABLE ticket ADD COLUMN seq BIGINT NOT NULL DEFAULT 0"},
        {"ticket", "ALTER TABLE ticket ADD COLUMN counter INTEGER NOT NULL DEFAULT 0"},
        {"ticket",
         "UPDATE ticket SET line = queue, since = taken, state = CASE WHEN called > 0 THEN 'done' ELSE 'waiting' END"},
        {"queue_known", "ALTER TABLE queue_known ADD COLUMN name TEXT NOT NULL DEFAULT ''"},
        {"queue_known", "ALTER TABLE queue_known ADD COLUMN recall INTEGER NOT NULL DEFAULT 0"},
        {"queue_known", "ALTER TABLE queue_known ADD COLUMN priority INTEGER NOT NULL DEFAULT 0"},
    };
    int rc = 0;
    for (size_t i = 0; rc >= 0 && i < sizeof changes / sizeof *changes; i++)
        if ((rc = sql_has_table(d, changes[i].table, e)) == 1)
            rc = sql_exec(d, changes[i].change, e);
    return rc < 0 ? rc : 0;
}

/* Until version 5 the audit log was rows, and no chain. */
static int bring_audit(struct sql *d, struct err *e)
{
    int rc = sql_exec(d, "ALTER TABLE audit ADD COLUMN seq BIGINT NOT NULL DEFAULT 0", e);

    if (rc == 0)
        rc = sql_exec(d, "ALTER TABLE audit ADD COLUMN hash BYTEA NOT NULL DEFAULT ''", e);
    return rc == 0 ? audit_chain_all(d, e) : rc;
}

static int bring_from_0(struct sql *d, const struct schema_old *old, struct err *e)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < sizeof from_0 / sizeof *from_0; i++)
        rc = sql_exec(d, from_0[i], e);
    if (rc == 0)
        rc = bring_calling(d, e);
    if (rc == 0)
        rc = bring_audit(d, e);
    if (rc == 0)
        rc = make_tables(d, e);
    if (rc == 0)
        rc = terminal_name_zones(d, e);
    if (rc == 0)
        rc = old->derive(old->ctx, e);
    return rc < 0 ? rc : name_hall(d, old->fresh, e);
}

/* Version 4 had cases and no index of whose they are: each is wanted. */
static int want_indexes(struct sql *d, struct err *e)
{
    int rc = sql_do(d, e,
                    "INSERT INTO record_index (office, id, number, state, idx, secret) SELECT office, id, number, 0, $1, $2"
                    " FROM cases WHERE true ON CONFLICT (office, id) DO NOTHING",
                    "bb", "", (size_t)0, "", (size_t)0);
    return rc < 0 ? rc : 0;
}

/* Version 5 kept what somebody said as a record and derived nothing from it, and took a case's rating for a visit's. */
static int wants_speaking(struct sql *d, int64_t version, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = version >= 6 ? 0
                          : sql_select(d, &r, e,
                                       "SELECT 1 FROM record WHERE kind = 'feedback' OR (kind = 'rating' AND number <> '')"
                                       " LIMIT 1",
                                       "");

    rc = r && rc == 0 ? sql_next(r, e) : rc;
    sql_done(r);
    return rc;
}

/* Version 1 derived nothing but tickets, version 2 of cases no more than that they are there; version 3 opened none;
 * version 4 had no accounts, no outbox, no exchange; version 5 kept of openings what stands in the audit alone, which was no
 * chain, and knew nothing of what somebody said, nor of bundles or appointments; version 6 had no licences, version 7 no
 * editions and no acts of staff on terminals, version 8 no duty lists and no halted items, and they need no more than their
 * tables: what was an alert before that is told again while it lasts; version 8 looked through an office's places for each
 * terminal's neighbours; version 9 had no map, took no logs of terminals, and had one rollout of a system, which nobody else
 * approved (store_system.h). */
static int bring_from(int64_t version, struct sql *d, const struct schema_old *old, struct err *e)
{
    int rc = version < 3 ? sql_exec(d, "DROP TABLE IF EXISTS cases", e) : 0;
    if (rc == 0 && version < 5)
        rc = bring_calling(d, e);
    if (rc == 0 && version < 6)
        rc = bring_audit(d, e);
    if (rc == 0)
        rc = make_tables(d, e);
    if (rc == 0)
        rc = system_bring_editions(d, e);
    if (rc == 0 && version < 9)
        rc = terminal_name_zones(d, e);
    if (rc == 0)
        rc = version < 3 ? 1 : wants_speaking(d, version, e);
    if (rc == 1)
        rc = old->derive(old->ctx, e);
    if (rc >= 0 && version < 5)
        rc = want_indexes(d, e);
    if (rc >= 0)
        rc = sql_do(d, e, "UPDATE hall SET version=$1", "i", (int64_t)SCHEMA_VERSION);
    return rc < 0 ? rc : 0;
}

/* What every hall had from the first day. */
static int old_tables(struct sql *d, struct err *e)
{
    static const char *const names[] = {"directory", "office", "terminal", "chain", "record", "alert", "audit"};
    int rc = 1;
    for (size_t i = 0; rc == 1 && i < sizeof names / sizeof *names; i++)
        rc = sql_has_table(d, names[i], e);
    return rc == 0 ? err_set(e, ERR_STATE, "its tables are missing") : rc < 0 ? rc : 0;
}

static int all_tables(struct sql *d, struct err *e)
{
    int rc = 1;
    for (size_t i = 0; rc == 1 && i < N_TABLES; i++)
        if ((rc = sql_has_table(d, tables[i].name, e)) == 0)
            err_set(e, ERR_STATE, "the table %s is missing", tables[i].name);
    return rc == 0 ? -ERR_STATE : rc < 0 ? rc : 0;
}

static int read_hall(struct sql *d, uint8_t ret_hall[HALL_ID_LEN], int64_t *ret_version, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(d, &r, e, "SELECT id, version FROM hall", "");
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 0)
        rc = err_set(e, ERR_STATE, "it does not say which hall it belongs to");
    else if (rc == 1 && sql_int(r, 1) > SCHEMA_VERSION)
        rc = err_set(e, ERR_VERSION, "it was made by a newer version of this program");
    else if (rc == 1)
        rc = sql_copy(r, 0, ret_hall, HALL_ID_LEN) ? err_set(e, ERR_STATE, "its hall's id is damaged") : 0;
    if (rc == 0)
        *ret_version = sql_int(r, 1);
    sql_done(r);
    return rc;
}

/* Whoever else begins now waits until this is over: PostgreSQL makes a table twice, and fails, where two halls start at once
 * after an update. */
static int lock_hall(struct sql *d, struct err *e)
{
    int rc = sql_do(d, e, "UPDATE hall SET version=version", "");

    return rc < 0 ? rc : 0;
}

/* In a transaction, for another program may have been faster. */
static int bring_forward(struct sql *d, const struct schema_old *old, struct err *e)
{
    uint8_t hall[HALL_ID_LEN];
    int64_t version = 0;
    int rc = sql_has_table(d, "hall", e);
    if (rc == 0) {
        rc = old_tables(d, e);
        return rc < 0 ? rc : bring_from_0(d, old, e);
    }
    if (rc == 1)
        rc = lock_hall(d, e);
    if (rc == 0)
        rc = read_hall(d, hall, &version, e);
    return rc == 0 && version < SCHEMA_VERSION ? bring_from(version, d, old, e) : rc;
}

int schema_take(struct sql *d, const struct schema_old *old, uint8_t ret_hall[HALL_ID_LEN], struct err *e)
{
    int64_t version = 0;
    int rc = sql_has_table(d, "hall", e);
    if (rc == 0 && !old->fresh)
        return err_set(e, ERR_STATE, "its tables are missing");
    if (rc == 1)
        rc = read_hall(d, ret_hall, &version, e);
    if (rc == 0 && version < SCHEMA_VERSION) {
        rc = sql_begin(d, e);
        if (rc == 0)
            rc = ended(d, bring_forward(d, old, e), e);
        if (rc == 0)
            rc = read_hall(d, ret_hall, &version, e);
    }
    return rc < 0 ? rc : all_tables(d, e);
}
