/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads the catalogue for screens: lists straight from the tables, items parsed once each and kept until they are released.
 * Opening and the translation of SQLite's codes: catalog_db.c.
 */
#include "catalog/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "catalog/catalog_db.h"
#include "catalog/internal.h"
#include "catalog/item_members.h"
#include "catalog/schema.h"
#include "model/level.h"

#define CALENDAR_DAYS_MAX 4000
struct kept {
    struct kept *next;
    struct item_file *file[LANGUAGE_COUNT];
    struct kept *members[ITEM_MEMBERS_MAX]; /* of a bundle, made for it alone */
    char icon[24];
};

void catalog_doubt(struct catalog *c)
{
    if (c->trouble == CATALOG_WELL)
        c->trouble = CATALOG_DOUBTED;
}

/* The bytes were well when they were signed for. */
void catalog_note_error(struct catalog *c)
{
    int code = sqlite3_errcode(c->db) & 0xff;

    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_IOERR || code == SQLITE_CANTOPEN)
        c->trouble = CATALOG_DAMAGED;
    else if (code != SQLITE_NOMEM)
        catalog_doubt(c);
}

sqlite3_stmt *catalog_prepare(struct catalog *c, const char *sql)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) != SQLITE_OK) {
        log_error("catalog", "prepare: %s", sqlite3_errmsg(c->db));
        catalog_note_error(c);
    }
    return st;
}

bool catalog_next(struct catalog *c, sqlite3_stmt *st)
{
    int rc = st ? sqlite3_step(st) : SQLITE_DONE;

    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        log_error("catalog", "read: %s", sqlite3_errmsg(c->db));
        catalog_note_error(c);
    }
    return rc == SQLITE_ROW;
}

const char *catalog_column(sqlite3_stmt *st, int i)
{
    const char *text = (const char *)sqlite3_column_text(st, i);

    return text ? text : "";
}

static int load_calendar(struct catalog *c, struct err *e)
{
    sqlite3_stmt *st = NULL;
    size_t n = 0;
    int rc = catalog_db_meta(c->db, "first_year", &c->calendar.first_year, e);

    if (rc == 0)
        rc = catalog_db_meta(c->db, "last_year", &c->calendar.last_year, e);
    if (rc < 0)
        return rc;
    c->days = calloc(CALENDAR_DAYS_MAX, sizeof *c->days);
    if (!c->days)
        return err_set(e, ERR_NOMEM, "read the calendar");
    if (sqlite3_prepare_v2(c->db, "SELECT day, off FROM calendar ORDER BY day", -1, &st, NULL) != SQLITE_OK)
        return catalog_db_err(c->db, e, "read the calendar");
    while (n < CALENDAR_DAYS_MAX && sqlite3_step(st) == SQLITE_ROW) {
        int day = sqlite3_column_int(st, 0);

        c->days[n].date = (struct date){day / 10000, day / 100 % 100, day % 100};
        c->days[n++].off = sqlite3_column_int(st, 1);
    }
    sqlite3_finalize(st);
    c->calendar.exceptions = c->days;
    c->calendar.n = n;
    return 0;
}

static int check_level(struct catalog *c, struct err *e)
{
    int rc = catalog_db_meta(c->db, "needs", &c->needs, e);

    return rc == 0 && c->needs > level_now() ? level_refuse(c->needs, e) : rc;
}

/* What cannot be done with this software is not counted among what can be done here. */
static int leave_out_newer(struct catalog *c, struct err *e)
{
    sqlite3_stmt *st = NULL;

    if (sqlite3_prepare_v2(c->db, "SELECT count(*) FROM items WHERE here = 1 AND needs > 1 AND needs > ?", -1, &st, NULL))
        return catalog_db_err(c->db, e, "count the items");
    sqlite3_bind_int(st, 1, level_now());
    if (sqlite3_step(st) == SQLITE_ROW)
        c->here -= sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return 0;
}

int catalog_open(const char *path, struct catalog **ret, struct err *e)
{
    struct catalog *c = calloc(1, sizeof *c);
    int rc;

    if (!c)
        return err_set(e, ERR_NOMEM, "open catalogue");
    rc = catalog_db_open(path, &c->db, e);
    if (rc == 0)
        rc = catalog_db_meta(c->db, "version", &c->version, e);
    if (rc == 0)
        rc = check_level(c, e);
    if (rc == 0)
        rc = catalog_db_meta(c->db, "here", &c->here, e);
    if (rc == 0)
        rc = catalog_db_meta(c->db, "items", &c->all, e);
    if (rc == 0)
        rc = load_calendar(c, e);
    if (rc == 0)
        rc = leave_out_newer(c, e);
    if (rc < 0) {
        catalog_close(c);
        return err_wrap(e, rc, "catalogue %s", path);
    }
    *ret = c;
    return 0;
}

static void free_kept(struct kept *k)
{
    if (!k)
        return;
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        item_file_free(k->file[l]);
    for (size_t i = 0; i < ITEM_MEMBERS_MAX; i++)
        free_kept(k->members[i]);
    free(k);
}

void catalog_release_items(struct catalog *c)
{
    catalog_release_search(c);
    c->no_index = false; /* it may have been made anew */
    while (c->items) {
        struct kept *k = c->items;

        c->items = k->next;
        free_kept(k);
    }
}

void catalog_close(struct catalog *c)
{
    if (!c)
        return;
    catalog_release_items(c);
    sqlite3_close(c->db);
    free(c->days);
    free(c);
}

sqlite3 *catalog_db_of(struct catalog *c)
{
    return c->db;
}

int catalog_version(const struct catalog *c)
{
    return c->version;
}

int catalog_needs(struct catalog *c, int *ret_newest, struct err *e)
{
    static const char sql[] = "SELECT max(needs) FROM (SELECT needs FROM items WHERE needs > 1 UNION ALL SELECT needs FROM "
                              "queues UNION ALL SELECT 1)";
    sqlite3_stmt *st = NULL;
    int rc = 0;

    if (!ret_newest)
        return c->needs;
    if (sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) || sqlite3_step(st) != SQLITE_ROW)
        rc = catalog_db_err(c->db, e, "ask for the levels");
    else
        *ret_newest = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    return rc < 0 ? rc : c->needs;
}

enum catalog_trouble catalog_trouble(struct catalog *c)
{
    enum catalog_trouble was = c->trouble;

    c->trouble = CATALOG_WELL;
    return was;
}

static void first_fault(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text)
{
    struct err *e = ctx;

    if (severity == ITEM_ERROR && e && !e->code)
        err_set(e, ERR_INVALID, "%s: %s", field, text);
}

/* A signature says who sent an item, not that a screen can show it. */
static int parse_item(const char *body, size_t len, enum language language, struct item_file **ret, struct err *e)
{
    struct err fault = {0};
    struct item_report report = {first_fault, &fault};
    int rc = item_file_read(body, len, language, ret, e);

    if (rc < 0)
        return rc;
    if (item_check(*ret, &report)) {
        item_file_free(*ret);
        *ret = NULL;
        return err_set(e, ERR_INVALID, "%s", fault.text);
    }
    item_fit_terminal(*ret);
    return 0;
}

typedef int parse_fn(const char *body, size_t len, enum language language, struct item_file **ret, struct err *e);

static int parse_outline(const char *body, size_t len, enum language language, struct item_file **ret, struct err *e)
{
    return item_file_outline(body, len, language, ret, e);
}

/* The item in each language; each knows the others. */
static int parse_languages(const char *body, size_t len, parse_fn *parse, struct kept *k, struct err *e)
{
    int rc = 0;

    for (int l = 0; rc == 0 && l < LANGUAGE_COUNT; l++) {
        item_file_free(k->file[l]);
        k->file[l] = NULL;
        rc = parse(body, len, l, &k->file[l], e);
    }
    for (int l = 0; rc == 0 && l < LANGUAGE_COUNT; l++) {
        k->file[l]->item.icon = k->icon;
        for (int other = 0; other < LANGUAGE_COUNT; other++)
            k->file[l]->item.in[other] = &k->file[other]->item;
    }
    return rc;
}

static struct kept *load_item(struct catalog *c, const char *task_code, bool member, struct err *e);

/* The members are read anew for each bundle, which changes them. */
static int join_members(struct catalog *c, struct kept *k, struct err *e)
{
    const struct item_texts *codes = &k->file[LANGUAGE_ZH_CN]->item.members;
    struct item_file *members[ITEM_MEMBERS_MAX];
    struct err fault = {0};
    struct item_report report = {first_fault, &fault};

    for (size_t i = 0; i < codes->n; i++) {
        k->members[i] = load_item(c, codes->at[i], true, e);
        if (!k->members[i])
            return -e->code;
    }
    for (int l = 0; l < LANGUAGE_COUNT; l++) {
        for (size_t i = 0; i < codes->n; i++)
            members[i] = k->members[i]->file[l];
        if (item_members_join(k->file[l], members, codes->n, &report))
            return err_set(e, ERR_INVALID, "%s", fault.text);
    }
    return 0;
}

/* What a later version wrote, or what this one cannot make out all the same, has an outline. */
static int parse_body(struct catalog *c, const char *body, size_t len, int needs, bool member, struct kept *k, struct err *e)
{
    struct err why = {0};
    int rc;

    if (needs <= level_now()) {
        rc = parse_languages(body, len, parse_item, k, &why);
        if (rc == 0 && !member && item_is_bundle(k->file[LANGUAGE_ZH_CN]))
            rc = join_members(c, k, &why);
        if (rc == 0 || rc == -ERR_NOMEM)
            return rc;
        log_error("catalog", "an item of catalogue %d makes no sense here: %s", c->version, why.text);
        catalog_doubt(c);
    }
    rc = parse_languages(body, len, parse_outline, k, e);
    if (rc < 0)
        catalog_doubt(c);
    return rc;
}

/* `member`: of a bundle; one that is a bundle itself is left as it is, and does not fit there. */
static struct kept *load_item(struct catalog *c, const char *task_code, bool member, struct err *e)
{
    struct kept *k = calloc(1, sizeof *k);
    sqlite3_stmt *st = catalog_prepare(c, "SELECT body, icon, needs FROM items WHERE task_code = ?");
    int rc;

    sqlite3_bind_text(st, 1, task_code, -1, SQLITE_STATIC);
    if (!k)
        rc = err_set(e, ERR_NOMEM, "read it");
    else if (!catalog_next(c, st))
        rc = err_set(e, ERR_NOTFOUND, "it is not in it");
    else
        rc = parse_body(c, catalog_column(st, 0), (size_t)sqlite3_column_bytes(st, 0), sqlite3_column_int(st, 2), member, k,
                        e);
    if (rc == 0)
        text_copy(k->icon, sizeof k->icon, catalog_column(st, 1));
    sqlite3_finalize(st);
    if (rc == 0)
        return k;
    err_wrap(e, rc, "item %s of catalogue %d", task_code, c->version);
    if (k)
        free_kept(k);
    return NULL;
}

const struct item *catalog_item(struct catalog *c, const char *task_code, struct err *e)
{
    struct kept *k;

    for (k = c->items; k; k = k->next)
        if (strcmp(k->file[LANGUAGE_ZH_CN]->item.task_code, task_code) == 0)
            return &k->file[LANGUAGE_ZH_CN]->item;
    k = load_item(c, task_code, false, e);
    if (!k)
        return NULL;
    k->next = c->items;
    c->items = k;
    return &k->file[LANGUAGE_ZH_CN]->item;
}

void catalog_fill_row(sqlite3_stmt *st, struct item_row *row)
{
    int ways = sqlite3_column_int(st, 8);

    *row = (struct item_row){
        .promise_day = sqlite3_column_int(st, 4),
        .promise_unit = sqlite3_column_int(st, 5) ? DAY_CALENDAR : DAY_WORKING,
        .fee_cent = (long)sqlite3_column_int64(st, 6),
        .terminal = sqlite3_column_int(st, 7),
        .on_the_spot = ways & WAY_ON_THE_SPOT,
        .online = ways & WAY_ONLINE,
        .nearby = ways & WAY_NEARBY,
        .one_visit = ways & WAY_ONE_VISIT,
        .newer = sqlite3_column_int(st, 11) > level_now(),
    };
    text_copy(row->task_code, sizeof row->task_code, catalog_column(st, 0));
    text_copy(row->name, sizeof row->name, catalog_column(st, 1));
    text_copy(row->dept_name, sizeof row->dept_name, catalog_column(st, 2));
    text_copy(row->icon, sizeof row->icon, catalog_column(st, 3));
    text_copy(row->name_en, sizeof row->name_en, catalog_column(st, 9));
    text_copy(row->dept_name_en, sizeof row->dept_name_en, catalog_column(st, 10));
}

int catalog_hot(struct catalog *c, struct item_row *rows, int n, int *ret_here, int *ret_all)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT " CATALOG_ROW_COLUMNS
                                          " FROM items i WHERE here = 1 AND needs <= ? ORDER BY id LIMIT ?");
    int count = 0;

    sqlite3_bind_int(st, 1, level_now());
    sqlite3_bind_int(st, 2, n);
    while (count < n && catalog_next(c, st))
        catalog_fill_row(st, &rows[count++]);
    sqlite3_finalize(st);
    *ret_here = c->here;
    *ret_all = c->all;
    return count;
}

static int fill_groups(struct catalog *c, sqlite3_stmt *st, struct item_theme *groups, int n)
{
    int count = 0;

    while (count < n && catalog_next(c, st)) {
        struct item_theme *t = &groups[count++];

        text_copy(t->name, sizeof t->name, catalog_column(st, 0));
        text_copy(t->icon, sizeof t->icon, catalog_column(st, 1));
        text_copy(t->name_en, sizeof t->name_en, catalog_column(st, 4));
        t->items = sqlite3_column_int(st, 2);
        t->here = sqlite3_column_int(st, 3);
    }
    sqlite3_finalize(st);
    return count;
}

int catalog_themes(struct catalog *c, struct item_theme *themes, int n)
{
    sqlite3_stmt *st = catalog_prepare(
        c, "SELECT name, icon, items, here - (SELECT count(*) FROM items i CROSS JOIN listing l WHERE "
           "i.needs > 1 AND i.needs > ? AND i.here = 1 AND l.theme = themes.id AND l.item = i.id),"
           " name_en FROM themes ORDER BY id");

    sqlite3_bind_int(st, 1, level_now());
    return fill_groups(c, st, themes, n);
}

int catalog_depts(struct catalog *c, struct item_theme *depts, int n)
{
    sqlite3_stmt *st = catalog_prepare(
        c, "SELECT dept, 'hall', count(*), sum(here) - (SELECT count(*) FROM items i WHERE i.needs > 1 "
           "AND i.needs > ? AND i.here = 1 AND i.dept = items.dept), max(dept_en) FROM items "
           "WHERE dept <> '' GROUP BY dept ORDER BY sum(here) DESC, count(*) DESC, dept");

    sqlite3_bind_int(st, 1, level_now());
    return fill_groups(c, st, depts, n);
}

int catalog_dept_rows(struct catalog *c, const char *dept, int offset, struct item_row *rows, int n, int *ret_total)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT count(*) FROM items WHERE dept = ?");
    int count = 0;

    sqlite3_bind_text(st, 1, dept, -1, SQLITE_STATIC);
    *ret_total = catalog_next(c, st) ? sqlite3_column_int(st, 0) : 0;
    sqlite3_finalize(st);
    st = catalog_prepare(c, "SELECT " CATALOG_ROW_COLUMNS
                            " FROM items i WHERE i.dept = ? ORDER BY i.here DESC, i.id LIMIT ? OFFSET ?");
    sqlite3_bind_text(st, 1, dept, -1, SQLITE_STATIC);
    sqlite3_bind_int(st, 2, n);
    sqlite3_bind_int(st, 3, offset);
    while (count < n && catalog_next(c, st))
        catalog_fill_row(st, &rows[count++]);
    sqlite3_finalize(st);
    return count;
}

static int find_theme(struct catalog *c, const char *name, int *ret_total)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT id, items FROM themes WHERE name = ?");
    int id = -1;

    sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
    if (catalog_next(c, st)) {
        id = sqlite3_column_int(st, 0);
        *ret_total = sqlite3_column_int(st, 1);
    }
    sqlite3_finalize(st);
    return id;
}

int catalog_rows(struct catalog *c, const char *theme, int offset, struct item_row *rows, int n, int *ret_total)
{
    int count = 0, id;
    sqlite3_stmt *st;

    *ret_total = 0;
    id = find_theme(c, theme, ret_total);
    if (id < 0)
        return 0;
    st = catalog_prepare(c, "SELECT " CATALOG_ROW_COLUMNS " FROM listing l JOIN items i ON i.id = l.item "
                            "WHERE l.theme = ? AND l.rank >= ? ORDER BY l.rank LIMIT ?");
    sqlite3_bind_int(st, 1, id);
    sqlite3_bind_int(st, 2, offset);
    sqlite3_bind_int(st, 3, n);
    while (count < n && catalog_next(c, st))
        catalog_fill_row(st, &rows[count++]);
    sqlite3_finalize(st);
    return count;
}

const struct workday_calendar *catalog_calendar(struct catalog *c)
{
    return &c->calendar;
}
