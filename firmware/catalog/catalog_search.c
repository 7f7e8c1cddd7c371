/* SPDX-License-Identifier: Apache-2.0
 *
 * Search for the screens: by the index beside the catalogue, mapped; where there is none or it is damaged, by the table in
 * the catalogue, read in with the first query. Both find the same.
 */
#include <string.h>
#include <sys/mman.h>

#include "base/log.h"
#include "base/mapped.h"
#include "catalog/catalog_db.h"
#include "catalog/internal.h"
#include "model/level.h"

void catalog_release_search(struct catalog *c)
{
    search_close(c->search);
    c->search = NULL;
    index_file_close(&c->index);
    if (c->table)
        munmap(c->table, c->table_size);
    c->table = NULL;
}

/* --- opening --- */

/* Anonymous pages and not the heap: what is given back is gone, and nobody overwrites megabytes of names. */
static int read_table(struct catalog *c, sqlite3_blob *blob, size_t len, struct err *e)
{
    c->table_size = len + 1;
    c->table = mmap(NULL, c->table_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (c->table == MAP_FAILED) {
        c->table = NULL;
        return err_set(e, ERR_NOMEM, "read the search table");
    }
    if (sqlite3_blob_read(blob, c->table, (int)len, 0)) {
        catalog_note_error(c);
        return catalog_db_err(c->db, e, "read the search table");
    }
    return search_open(c->table, len, &c->search, e);
}

struct opening_index {
    struct catalog *c;
    int rc;
    struct err e;
};

static void open_mapped(void *ctx)
{
    struct opening_index *o = ctx;
    struct index_file *f = &o->c->index;

    o->rc = search_open_index(f->table, f->table_len, f->index, f->index_len, &o->c->search, &o->e);
}

static void give_index_up(struct catalog *c, const char *why)
{
    log_error("catalog", "the search index is given up: %s", why);
    catalog_release_search(c);
    c->no_index = true;
    catalog_doubt(c); /* it is looked at, and made anew */
}

/* Whether there is one that opens. */
static bool open_index(struct catalog *c, size_t table_len)
{
    struct opening_index o = {.c = c};
    const char *db = sqlite3_db_filename(c->db, "main");

    if (c->no_index || !db || index_file_open(db, table_len, &c->index, NULL) < 0)
        return false;
    if (!mapped_try(open_mapped, &o))
        o.rc = err_set(&o.e, ERR_IO, "its file cannot be read");
    if (o.rc < 0)
        give_index_up(c, o.e.text);
    return o.rc == 0;
}

/* The table is the hall's: what only newer software can do counts there as done here. */
static void search_without_newer(struct catalog *c)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT id FROM items WHERE needs > 1 AND needs > ?");

    sqlite3_bind_int(st, 1, level_now());
    while (catalog_next(c, st))
        search_not_here(c->search, (uint32_t)sqlite3_column_int64(st, 0) - 1);
    sqlite3_finalize(st);
}

static int open_either(struct catalog *c, struct err *e)
{
    sqlite3_blob *blob = NULL;
    size_t len;
    int rc = 0;

    if (sqlite3_blob_open(c->db, "main", "search", "packed", 1, 0, &blob)) {
        catalog_note_error(c);
        return catalog_db_err(c->db, e, "open the search table");
    }
    len = (size_t)sqlite3_blob_bytes(blob);
    if (!open_index(c, len))
        rc = read_table(c, blob, len, e);
    sqlite3_blob_close(blob);
    return rc;
}

static bool open_search(struct catalog *c)
{
    struct err e = {0};
    int rc;

    if (c->search)
        return true;
    rc = open_either(c, &e);
    if (rc == 0) {
        search_without_newer(c);
        return true;
    }
    if (rc != -ERR_NOMEM)
        catalog_doubt(c);
    log_error("catalog", "no search: %s", e.text);
    catalog_release_search(c);
    return false;
}

/* --- a query --- */

struct asked {
    struct search *search;
    const struct search_query *q;
    enum search_filter filter;
    int offset, n, count;
    uint32_t places[SEARCH_PAGE_MAX];
    struct item_row *rows;
    struct search_answer answer;
};

static void run(void *ctx)
{
    struct asked *a = ctx;

    search_run(a->search, a->q, &a->answer);
    if (!a->answer.total[SEARCH_ALL] && a->q->text[0])
        search_near(a->search, a->q, &a->answer);
    a->count = search_rows(a->search, a->filter, a->offset, a->places, a->n);
}

static void mark_matches(void *ctx)
{
    struct asked *a = ctx;
    size_t from, to;

    for (int i = 0; i < a->count; i++)
        if (search_place(a->search, a->places[i], a->rows[i].name, &from, &to)) {
            a->rows[i].match_from = (int)from;
            a->rows[i].match_to = (int)to;
        } else {
            search_also(a->search, a->places[i], a->rows[i].also, sizeof a->rows[i].also);
        }
}

/* Rows that cannot be read are left out. */
static void read_rows(struct catalog *c, struct asked *a)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT " CATALOG_ROW_COLUMNS " FROM items i WHERE id = ?");
    int found = 0;

    for (int i = 0; i < a->count; i++) {
        sqlite3_bind_int64(st, 1, (int64_t)a->places[i] + 1);
        if (catalog_next(c, st)) {
            catalog_fill_row(st, &a->rows[found]);
            a->places[found++] = a->places[i];
        }
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    a->count = found;
}

static bool ask(struct catalog *c, struct asked *a)
{
    a->search = c->search;
    if (!mapped_try(run, a) || search_damaged(c->search))
        return false;
    read_rows(c, a);
    return mapped_try(mark_matches, a) && !search_damaged(c->search);
}

int catalog_search(struct catalog *c, const struct search_query *q, enum search_filter filter, int offset,
                   struct item_row *rows, int n, struct search_answer *ret)
{
    const struct asked asked = {
        .q = q, .filter = filter, .offset = offset, .rows = rows, .n = n < SEARCH_PAGE_MAX ? n : SEARCH_PAGE_MAX};
    struct asked a = asked;
    bool good = open_search(c) && ask(c, &a);

    if (!good && c->search && c->index.map) {
        give_index_up(c, search_damaged(c->search) ? "what stands in it cannot be" : "its file cannot be read");
        a = asked;
        good = open_search(c) && ask(c, &a);
    }
    *ret = good ? a.answer : (struct search_answer){0};
    return good ? a.count : 0;
}
