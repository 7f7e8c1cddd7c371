/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of a catalogue file, as hallctl writes and the terminal reads them. items.id is the place by popularity, from
 * 1: whatever is ordered by it is ordered by popularity.
 */
#ifndef CATALOG_SCHEMA_H
#define CATALOG_SCHEMA_H

/* PRAGMA user_version: a terminal refuses a lower one. A higher one has more columns or tables; where that matters to a
 * terminal, `needs` in meta says so (a line WHOLE in model/level.def). */
#define CATALOG_SCHEMA_VERSION 3
#define CATALOG_APPLICATION_ID 0x54424354 /* PRAGMA application_id: "TBCT" */

/*
 * meta      version, needs, built (day), first_year and last_year of the calendar, here (items to be done at a terminal)
 * items     the columns of a row in a list, then the item file as compact JSON; *_en: "" where there is no English
 *           needs, here and of queues and in meta: the level a terminal must have (model/level.h)
 * themes    in the order they are shown; items and here are counts
 * listing   the items of a theme: rank from 0, those to be done here first, each part by popularity
 * queues    in the order they are shown
 * queue_hours  hours and closures of queue `queue` as in queues.json ('[]': no closures); no row: it says none
 * queue_appointments  places of an hour and days ahead of queue `queue`; no row, or no table: none
 * staff     who may open the technician page (catalog/staff.h); staff_cards: the salt and rounds of their cards' hash
 * places    where else one can go; near: of which terminal, '' for all
 * calendar  the days that differ from the week; dates as YYYYMMDD
 * search    one row, id 1: the packed table of names (catalog/search_wire.h), of which a terminal makes its index
 */
#define CATALOG_SCHEMA_SQL                                                                                                  \
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"                                           \
    "CREATE TABLE items(id INTEGER PRIMARY KEY, task_code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, dept TEXT NOT NULL,"    \
    " icon TEXT NOT NULL, promise_day INTEGER NOT NULL, promise_unit INTEGER NOT NULL, fee_cent INTEGER NOT NULL,"          \
    " here INTEGER NOT NULL, ways INTEGER NOT NULL, name_en TEXT NOT NULL, dept_en TEXT NOT NULL, needs INTEGER NOT NULL, " \
    "body TEXT NOT NULL);"                                                                                                  \
    "CREATE INDEX items_here ON items(id) WHERE here = 1;"                                                                  \
    "CREATE INDEX items_needs ON items(needs) WHERE needs > 1;"                                                             \
    "CREATE INDEX items_dept ON items(dept, dept_en, here);"                                                                \
    "CREATE TABLE themes(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, icon TEXT NOT NULL, items INTEGER NOT NULL,"    \
    " here INTEGER NOT NULL, name_en TEXT NOT NULL);"                                                                       \
    "CREATE TABLE listing(theme INTEGER, rank INTEGER, item INTEGER NOT NULL, PRIMARY KEY(theme, rank)) WITHOUT ROWID;"     \
    "CREATE TABLE queues(rank INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_en TEXT NOT NULL,"     \
    " about TEXT NOT NULL, about_en TEXT NOT NULL, place TEXT NOT NULL, place_en TEXT NOT NULL, icon TEXT NOT NULL,"        \
    " letter TEXT NOT NULL, recall INTEGER NOT NULL, open INTEGER NOT NULL, priority INTEGER NOT NULL, needs INTEGER NOT "  \
    "NULL);"                                                                                                                \
    "CREATE TABLE queue_hours(queue TEXT PRIMARY KEY, hours TEXT NOT NULL, closures TEXT NOT NULL) WITHOUT ROWID;"          \
    "CREATE TABLE queue_appointments(queue TEXT PRIMARY KEY, per_hour INTEGER NOT NULL, days_ahead INTEGER NOT NULL)"       \
    " WITHOUT ROWID;"                                                                                                       \
    "CREATE TABLE staff(id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, card BLOB NOT NULL UNIQUE,"            \
    " salt BLOB NOT NULL, pin BLOB NOT NULL, rounds INTEGER NOT NULL, valid_until INTEGER NOT NULL) WITHOUT ROWID;"         \
    "CREATE TABLE staff_cards(salt BLOB NOT NULL, rounds INTEGER NOT NULL);"                                                \
    "CREATE TABLE places(rank INTEGER PRIMARY KEY, near TEXT NOT NULL, window INTEGER NOT NULL, name TEXT NOT NULL,"        \
    " name_en TEXT NOT NULL, note TEXT NOT NULL, note_en TEXT NOT NULL);"                                                   \
    "CREATE TABLE calendar(day INTEGER PRIMARY KEY, off INTEGER NOT NULL);"                                                 \
    "CREATE TABLE search(id INTEGER PRIMARY KEY, packed BLOB NOT NULL);"

/* items.ways: the four ways as bits. */
enum { WAY_ON_THE_SPOT = 1, WAY_ONLINE = 2, WAY_NEARBY = 4, WAY_ONE_VISIT = 8 };

#endif
