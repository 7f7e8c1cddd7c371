/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiles a linted source into the SQLite file terminals read. Everything goes in by one fixed order, so that equal sources
 * give equal bytes; the finished file is opened once as a terminal opens it.
 */
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/progress.h"
#include "catalog/schema.h"
#include "tools/hallctl/catalog.h"
#include "tools/hallctl/catalog_search.h"

struct builder {
    struct catalog_source *s;
    sqlite3 *db;
    struct err *e;
};

static int fail(struct builder *b, const char *what)
{
    int code = sqlite3_errcode(b->db) & 0xff;

    return err_set(b->e, code == SQLITE_FULL ? ERR_NOSPACE : ERR_IO, "%s: %s", what, sqlite3_errmsg(b->db));
}

static int run(struct builder *b, const char *sql)
{
    return sqlite3_exec(b->db, sql, NULL, NULL, NULL) ? fail(b, "write the catalogue") : 0;
}

/* Binds by type letters: i whole number, s text, b bytes and their length (int); runs the statement once. */
static int insert(struct builder *b, sqlite3_stmt *st, const char *types, ...)
{
    va_list args;
    int rc;

    va_start(args, types);
    for (int i = 0; types[i]; i++) {
        if (types[i] == 'i')
            sqlite3_bind_int64(st, i + 1, va_arg(args, int64_t));
        else if (types[i] == 'b') {
            const void *bytes = va_arg(args, const void *);
            sqlite3_bind_blob(st, i + 1, bytes, va_arg(args, int), SQLITE_TRANSIENT);
        } else
            sqlite3_bind_text(st, i + 1, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
    }
    va_end(args);
    rc = sqlite3_step(st) == SQLITE_DONE ? 0 : fail(b, "insert");
    sqlite3_reset(st);
    return rc;
}

static int prepare(struct builder *b, const char *sql, sqlite3_stmt **ret)
{
    return sqlite3_prepare_v2(b->db, sql, -1, ret, NULL) ? fail(b, "prepare") : 0;
}

static bool is_here(const struct source_item *item)
{
    return item->file->item.is_service_terminals;
}

/* The icon of the first theme. */
static const char *icon_of(const struct catalog_source *s, const struct item_file *f)
{
    for (size_t t = 0; t < s->n_themes; t++)
        if (f->item.themes.n && strcmp(s->themes[t].name, f->item.themes.at[0]) == 0)
            return s->themes[t].icon;
    return "doc";
}

static int write_item(struct builder *b, sqlite3_stmt *st, size_t at)
{
    const struct source_item *si = &b->s->items[at];
    const struct item *i = &si->file->item;
    int64_t fee = 0, ways = (i->on_the_spot ? WAY_ON_THE_SPOT : 0) | (i->online ? WAY_ONLINE : 0) |
                            (i->nearby ? WAY_NEARBY : 0) | (i->one_visit ? WAY_ONE_VISIT : 0);

    for (size_t k = 0; k < i->n_fees; k++)
        fee += i->fees[k].amount_cent;
    if (i->look_up)
        fee = -1;
    return insert(b, st, "issssiiiiissis", (int64_t)at + 1, i->task_code, i->task_name, i->dept_name,
                  icon_of(b->s, si->file), (int64_t)i->promise.day, (int64_t)(i->promise.unit == DAY_CALENDAR), fee,
                  (int64_t)is_here(si), ways, si->name_en, si->dept_en, (int64_t)si->needs, si->text);
}

static int write_items(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(b, "INSERT INTO items VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", &st);

    struct progress p;

    progress_begin(&p, "items written");
    for (size_t i = 0; rc == 0 && i < b->s->n_items; i++) {
        rc = write_item(b, st, i);
        progress_step(&p, (int64_t)i, (int64_t)b->s->n_items);
    }
    progress_end(&p);
    sqlite3_finalize(st);
    return rc;
}

static bool has_theme(const struct item_file *f, const char *name)
{
    for (size_t k = 0; k < f->item.themes.n; k++)
        if (strcmp(f->item.themes.at[k], name) == 0)
            return true;
    return false;
}

/* Those to be done here first; counts both kinds into the theme. */
static int write_listing(struct builder *b, sqlite3_stmt *st, size_t theme)
{
    struct item_theme *t = &b->s->themes[theme];
    int64_t rank = 0;
    int rc = 0;

    for (int here = 1; here >= 0; here--) {
        for (size_t i = 0; rc == 0 && i < b->s->n_items; i++)
            if (is_here(&b->s->items[i]) == here && has_theme(b->s->items[i].file, t->name))
                rc = insert(b, st, "iii", (int64_t)theme + 1, rank++, (int64_t)i + 1);
        if (here)
            t->here = (int)rank;
    }
    t->items = (int)rank;
    return rc;
}

/* A theme that no item names is not shown. */
static int write_themes(struct builder *b)
{
    sqlite3_stmt *themes = NULL, *listing = NULL;
    int rc = prepare(b, "INSERT INTO themes VALUES(?,?,?,?,?,?)", &themes);

    if (rc == 0)
        rc = prepare(b, "INSERT INTO listing VALUES(?,?,?)", &listing);
    for (size_t i = 0; rc == 0 && i < b->s->n_themes; i++) {
        const struct item_theme *t = &b->s->themes[i];

        rc = write_listing(b, listing, i);
        if (rc == 0 && t->items)
            rc = insert(b, themes, "issiis", (int64_t)i + 1, t->name, t->icon, (int64_t)t->items, (int64_t)t->here,
                        t->name_en);
    }
    sqlite3_finalize(themes);
    sqlite3_finalize(listing);
    return rc;
}

static int write_queues(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(b, "INSERT INTO queues VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", &st);

    for (size_t i = 0; rc == 0 && i < b->s->n_queues; i++) {
        const struct queue *q = &b->s->queues[i];
        const char letter[2] = {q->letter, '\0'};

        rc = insert(b, st, "isssssssssiiii", (int64_t)i + 1, q->id, q->name, q->name_en, q->about, q->about_en, q->place,
                    q->place_en, q->icon, letter, (int64_t)q->recall, (int64_t)q->open, (int64_t)q->priority,
                    (int64_t)b->s->queue_needs[i]);
    }
    sqlite3_finalize(st);
    return rc;
}

static int write_hours(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(b, "INSERT INTO queue_hours VALUES(?,?,?)", &st);

    for (size_t i = 0; rc == 0 && i < b->s->n_queues; i++) {
        const struct source_hours *h = &b->s->hours[i];

        if (h->hours)
            rc = insert(b, st, "sss", b->s->queues[i].id, h->hours, h->closures ? h->closures : "[]");
    }
    sqlite3_finalize(st);
    return rc;
}

static int write_appointments(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(b, "INSERT INTO queue_appointments VALUES(?,?,?)", &st);

    for (size_t i = 0; rc == 0 && i < b->s->n_queues; i++) {
        const struct queue *q = &b->s->queues[i];

        if (q->per_hour)
            rc = insert(b, st, "sii", q->id, (int64_t)q->per_hour, (int64_t)q->days_ahead);
    }
    sqlite3_finalize(st);
    return rc;
}

static int write_person(struct builder *b, sqlite3_stmt *st, const struct staff *p)
{
    int64_t day = (int64_t)p->valid_until.year * 10000 + p->valid_until.month * 100 + p->valid_until.day;

    return insert(b, st, "sssbbbii", p->id, p->name, p->role, p->card, (int)sizeof p->card, p->salt, (int)sizeof p->salt,
                  p->pin, (int)sizeof p->pin, (int64_t)p->rounds, day);
}

static int write_staff(struct builder *b)
{
    const struct staff_list *l = &b->s->staff;
    sqlite3_stmt *st = NULL, *cards = NULL;
    int rc = prepare(b, "INSERT INTO staff VALUES(?,?,?,?,?,?,?,?)", &st);

    if (rc == 0)
        rc = prepare(b, "INSERT INTO staff_cards VALUES(?,?)", &cards);
    if (rc == 0 && l->n)
        rc = insert(b, cards, "bi", l->salt, (int)sizeof l->salt, (int64_t)l->rounds);
    for (size_t i = 0; rc == 0 && i < l->n; i++)
        rc = write_person(b, st, &l->list[i]);
    sqlite3_finalize(st);
    sqlite3_finalize(cards);
    return rc;
}

static int write_places(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(b, "INSERT INTO places VALUES(?,?,?,?,?,?,?)", &st);

    for (size_t i = 0; rc == 0 && i < b->s->places.n; i++) {
        const struct source_place *p = &b->s->places.list[i];

        rc = insert(b, st, "isissss", (int64_t)i + 1, p->near, (int64_t)p->place.window, p->place.name, p->place.name_en,
                    p->place.note, p->place.note_en);
    }
    sqlite3_finalize(st);
    return rc;
}

static int write_calendar(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    int rc = prepare(b, "INSERT INTO calendar VALUES(?,?)", &st);

    for (size_t i = 0; rc == 0 && i < b->s->calendar.n; i++) {
        struct date d = b->s->days[i].date;

        rc = insert(b, st, "ii", (int64_t)d.year * 10000 + d.month * 100 + d.day, (int64_t)b->s->days[i].off);
    }
    sqlite3_finalize(st);
    return rc;
}

static int write_search(struct builder *b)
{
    sqlite3_stmt *st = NULL;
    struct buf packed;
    int rc;

    buf_init(&packed, CATALOG_SEARCH_MAX);
    rc = catalog_search_pack(b->s, &packed, b->e);
    if (rc == 0)
        rc = prepare(b, "INSERT INTO search VALUES(1,?)", &st);
    if (rc == 0) {
        sqlite3_bind_blob64(st, 1, packed.data, packed.len, SQLITE_STATIC);
        rc = sqlite3_step(st) == SQLITE_DONE ? 0 : fail(b, "insert");
    }
    sqlite3_finalize(st);
    buf_finish(&packed);
    return rc;
}

/* The day of the build; SOURCE_DATE_EPOCH (reproducible-builds.org) stands in for the clock. */
static int64_t build_day(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    struct date d = date_of_ms(epoch ? strtoll(epoch, NULL, 10) * 1000 : clock_wall_ms());

    return (int64_t)d.year * 10000 + d.month * 100 + d.day;
}

static int write_meta(struct builder *b, int version)
{
    sqlite3_stmt *st = NULL;
    int64_t here = 0;
    int rc = prepare(b, "INSERT INTO meta VALUES(?,?)", &st);

    for (size_t i = 0; i < b->s->n_items; i++)
        here += is_here(&b->s->items[i]);
    if (rc == 0)
        rc = insert(b, st, "si", "version", (int64_t)version);
    if (rc == 0)
        rc = insert(b, st, "si", "needs", (int64_t)b->s->needs);
    if (rc == 0)
        rc = insert(b, st, "si", "built", build_day());
    if (rc == 0)
        rc = insert(b, st, "si", "here", here);
    if (rc == 0)
        rc = insert(b, st, "si", "items", (int64_t)b->s->n_items);
    if (rc == 0)
        rc = insert(b, st, "si", "first_year", (int64_t)b->s->calendar.first_year);
    if (rc == 0)
        rc = insert(b, st, "si", "last_year", (int64_t)b->s->calendar.last_year);
    sqlite3_finalize(st);
    return rc;
}

static int write_all(struct builder *b, int version)
{
    char pragmas[200];
    int rc;

    /* large pages: each names its neighbours, and those names are what changes when an item grows; a patch is a third */
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA page_size=32768; PRAGMA encoding='UTF-8'; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
             "PRAGMA application_id=%d; PRAGMA user_version=%d",
             CATALOG_APPLICATION_ID, CATALOG_SCHEMA_VERSION);
    rc = run(b, pragmas);
    if (rc == 0)
        rc = run(b, "BEGIN;" CATALOG_SCHEMA_SQL);
    if (rc == 0)
        rc = write_items(b);
    if (rc == 0)
        rc = write_themes(b);
    if (rc == 0)
        rc = write_queues(b);
    if (rc == 0)
        rc = write_hours(b);
    if (rc == 0)
        rc = write_appointments(b);
    if (rc == 0)
        rc = write_staff(b);
    if (rc == 0)
        rc = write_places(b);
    if (rc == 0)
        rc = write_calendar(b);
    if (rc == 0)
        rc = write_search(b);
    if (rc == 0)
        rc = write_meta(b, version);
    return rc == 0 ? run(b, "COMMIT; VACUUM") : rc;
}

static int write_file(struct catalog_source *s, const char *path, int version, struct err *e)
{
    struct builder b = {.s = s, .e = e};
    int rc;

    if (sqlite3_open_v2(path, &b.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL))
        rc = b.db ? fail(&b, path) : err_set(e, ERR_NOMEM, "open %s", path);
    else
        rc = write_all(&b, version);
    if (sqlite3_close(b.db) && rc == 0)
        rc = err_set(e, ERR_IO, "close %s", path);
    return rc;
}

static int check_item(struct catalog *c, const char *task_code, struct err *e)
{
    const struct item *item = catalog_item(c, task_code, e);

    return !item ? -e->code : item->newer ? err_set(e, ERR_INVALID, "item %s cannot be read back whole", task_code) : 0;
}

/* Reads back every item as the terminal will. */
static int check_file(const struct catalog_source *s, const char *path, struct err *e)
{
    struct catalog *c = NULL;
    struct progress p;
    int rc = catalog_open(path, &c, e);

    if (rc < 0)
        return rc;
    progress_begin(&p, "items read back");
    for (size_t i = 0; rc == 0 && i < s->n_items; i++) {
        progress_step(&p, (int64_t)i, (int64_t)s->n_items);
        rc = check_item(c, s->items[i].file->item.task_code, e);
        catalog_release_items(c);
    }
    progress_end(&p);
    catalog_close(c);
    return rc;
}

static int make_durable(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC), rc = 0;

    if (fd < 0 || fsync(fd) < 0)
        rc = err_errno(e, "fsync %s", path);
    if (fd >= 0)
        close(fd);
    return rc;
}

int catalog_build(struct catalog_source *s, const char *out, int version, struct err *e)
{
    char tmp[PATH_MAX];
    int rc;

    if (snprintf(tmp, sizeof tmp, "%s.tmp", out) >= (int)sizeof tmp)
        return err_set(e, ERR_TOOLONG, "the path %s", out);
    unlink(tmp);
    rc = write_file(s, tmp, version, e);
    if (rc == 0)
        rc = check_file(s, tmp, e);
    if (rc == 0)
        rc = make_durable(tmp, e);
    if (rc == 0 && rename(tmp, out) < 0)
        rc = err_errno(e, "rename %s", tmp);
    if (rc < 0)
        unlink(tmp);
    return err_wrap(e, rc, "build %s", out);
}
