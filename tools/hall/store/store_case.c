/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases: events and rows.
 */
#include "tools/hall/store/store_case.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/rules/card.h"
#include "tools/hall/rules/case_wire.h"
#include "tools/hall/store/store_notice.h"

#define PAGE_ROWS 500
#define PAGE_CASES 200

/* --- reading --- */

/* Takes one stored event into the case: it must be the next of this very case, with the hash its chain has. */
static int take_event(struct case_file *f, const void *data, size_t len, const void *hash, size_t hash_len,
                      struct case_event *ev, struct err *e)
{
    int rc = case_event_decode(data, len, ev, e);

    case_chain_next(data, len, f->hash);
    if (rc < 0 || hash_len != SHA256_LEN || memcmp(hash, f->hash, SHA256_LEN) != 0 || ev->seq != f->state.seq + 1 ||
        strcmp(ev->number, f->number) != 0)
        return err_set(e, ERR_CHECKSUM,
                       "event %lld of case %s is not what was stored: the database was changed from outside; restore it from"
                       " the backup",
                       (long long)f->state.seq + 1, f->number);
    case_apply(&f->state, ev);
    return 0;
}

/* From that column on: id, applied, received, item, terminal. */
static int take_row(struct case_file *f, struct sql_rows *r, int column, struct err *e)
{
    int rc = sql_copy(r, column, f->record, sizeof f->record);

    f->applied = sql_int(r, column + 1);
    f->received = sql_int(r, column + 2);
    text_copy(f->item, sizeof f->item, sql_text(r, column + 3));
    text_copy(f->terminal, sizeof f->terminal, sql_text(r, column + 4));
    return rc < 0 ? err_set(e, ERR_INVALID, "the row of case %s", f->number) : 0;
}

static int read_row(struct store *s, struct case_file *f, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT id, applied, received, item, terminal FROM cases WHERE office=$1 AND number=$2", "it",
                        (int64_t)f->office, f->number);
    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1) {
        rc = take_row(f, r, 0, e);
    } else if (rc == 0) {
        rc = err_set(e, ERR_NOTFOUND, "no application with the number %s was delivered", f->number);
    }
    sql_done(r);
    return rc;
}

static int read_events(struct store *s, struct case_file *f, case_event_fn *fn, void *ctx, struct err *e)
{
    struct sql_rows *r = NULL;
    struct case_event ev;
    int rc = sql_select(store_sql(s), &r, e, "SELECT event, hash FROM case_event WHERE office=$1 AND number=$2 ORDER BY seq",
                        "it", (int64_t)f->office, f->number);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        size_t len, hash_len;
        const void *data = sql_bytes(r, 0, &len), *hash = sql_bytes(r, 1, &hash_len);
        rc = take_event(f, data, len, hash, hash_len, &ev, e);
        if (rc == 0 && fn)
            fn(ctx, &ev);
    }
    sql_done(r);
    return rc;
}

static void file_init(struct case_file *f, int office, const char *number)
{
    *f = (struct case_file){.office = office};
    text_copy(f->number, sizeof f->number, number);
    case_chain_begin(f->number, f->hash);
}

int case_file_read(struct store *s, int office, const char *number, case_event_fn *fn, void *ctx, struct case_file *ret,
                   struct err *e)
{
    file_init(ret, office, number);
    int rc = read_row(s, ret, e);
    return rc == 0 ? read_events(s, ret, fn, ctx, e) : rc;
}

/* --- reading all --- */

struct walk {
    struct case_file file; /* number "": none yet */
    int64_t due, until;    /* of that case; later ones are not read */
    case_event_fn *fn;
    case_file_fn *done;
    void *ctx;
    int cases;           /* of this page */
    bool alone, stopped; /* alone: that office's */
};

/* Whole cases of a page, each event a row; what a page is of stands between. */
#define WALK(cases, order)                                                                                                  \
    "SELECT c.office, c.number, c.id, c.applied, c.received, c.item, c.terminal, v.event, v.hash, coalesce(v.seq, 0), "     \
    "c.due"                                                                                                                 \
    " FROM (SELECT office, number, id, applied, received, item, terminal, due FROM cases WHERE " cases ") c"                \
    " LEFT JOIN case_event v ON v.office = c.office AND v.number = c.number ORDER BY " order ", v.seq"

static void end_file(struct walk *w)
{
    if (w->cases > 0 && !w->stopped)
        w->stopped = w->done(w->ctx, &w->file) != 0;
}

static int begin_file(struct walk *w, struct sql_rows *r, int office, const char *number, struct err *e)
{
    int64_t due = sql_int(r, 10);

    end_file(w);
    if (w->stopped || due > w->until) {
        w->stopped = true;
        return 0;
    }
    file_init(&w->file, office, number);
    w->due = due;
    w->cases++;
    return take_row(&w->file, r, 2, e);
}

static int walk_row(struct walk *w, struct sql_rows *r, struct err *e)
{
    struct case_event ev;
    size_t len, hash_len;
    int office = (int)sql_int(r, 0), rc = 0;
    const char *number = sql_text(r, 1);

    if (w->cases == 0 || office != w->file.office || strcmp(number, w->file.number) != 0)
        rc = begin_file(w, r, office, number, e);
    const void *data = sql_bytes(r, 7, &len), *hash = sql_bytes(r, 8, &hash_len);
    if (rc < 0 || w->stopped || sql_int(r, 9) == 0) /* nobody has taken it in */
        return rc;
    rc = take_event(&w->file, data, len, hash, hash_len, &ev, e);
    if (rc == 0 && w->fn)
        w->fn(w->ctx, &ev);
    return rc;
}

/* Takes the rows of a page, of which `rc` says whether they are there, and lets go of them. */
static int walk_page(struct walk *w, struct sql_rows *r, int rc, struct err *e)
{
    w->cases = 0;
    while (rc == 0 && !w->stopped && (rc = sql_next(r, e)) == 1)
        rc = walk_row(w, r, e);
    sql_done(r);
    if (rc == 0)
        end_file(w);
    return rc;
}

/* The next ones by office and number, or of that office alone. */
static int page_of_all(struct walk *w, struct store *s, int64_t before, struct err *e)
{
    struct sql_rows *r = NULL;
    char number[CASE_NUMBER_LEN + 1];
    const char *sql = w->alone
                          ? WALK("office=$1 AND number > $2 AND applied < $3 ORDER BY number LIMIT $4", "c.office, c.number")
                          : WALK("(office, number) > ($1,$2) AND applied < $3 ORDER BY office, number LIMIT $4",
                                 "c.office, c.number");

    text_copy(number, sizeof number, w->file.number);
    int rc = sql_select(store_sql(s), &r, e, sql, "itii", (int64_t)w->file.office, number, before, (int64_t)PAGE_CASES);
    return walk_page(w, r, rc, e);
}

static int walk_all(struct walk *w, struct store *s, int64_t before, struct err *e)
{
    int rc;

    do
        rc = page_of_all(w, s, before, e);
    while (rc == 0 && !w->stopped && w->cases == PAGE_CASES);
    return err_wrap(e, rc, "read the cases");
}

int case_each_file(struct store *s, int64_t before, case_event_fn *fn, case_file_fn *done, void *ctx, struct err *e)
{
    struct walk w = {.file.office = -1, .until = INT64_MAX, .fn = fn, .done = done, .ctx = ctx};

    return walk_all(&w, s, before, e);
}

int case_each_file_of(struct store *s, int office, const char *after, int64_t before, case_event_fn *fn, case_file_fn *done,
                      void *ctx, struct err *e)
{
    struct walk w = {.file.office = office, .alone = true, .until = INT64_MAX, .fn = fn, .done = done, .ctx = ctx};

    text_copy(w.file.number, sizeof w.file.number, after);
    return walk_all(&w, s, before, e);
}

/* SQLite would begin at the first of all if an end stood beside the place to begin at (see case_each_page()): the end is
 * looked for here. */
int case_due_page(struct store *s, int office, int64_t until, struct case_place *at, case_file_fn *fn, void *ctx,
                  struct err *e)
{
    struct walk w = {.file.office = office, .until = until, .done = fn, .ctx = ctx};
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        WALK("office=$1 AND (due, number) > ($2,$3) ORDER BY due, number LIMIT $4", "c.due, c.number"),
                        "iiti", (int64_t)office, at->due > 0 ? at->due : 1, at->number, (int64_t)PAGE_CASES);

    rc = walk_page(&w, r, rc, e);
    if (rc < 0)
        return err_wrap(e, rc, "read the cases that are due");
    at->due = w.due;
    text_copy(at->number, sizeof at->number, w.file.number);
    return w.stopped || w.cases < PAGE_CASES ? 0 : 1;
}

/* --- writing --- */

/* Where it stands, from its state. */
static int put_row(struct store *s, const struct case_file *f, const struct workday_calendar *calendar, struct err *e)
{
    const struct case_state *state = &f->state;
    int rc = sql_do(store_sql(s), e,
                    "UPDATE cases SET version=$1, stage=$2, staff=$3, post=$4, due=$5 WHERE office=$6 AND number=$7",
                    "iittiit", state->seq, (int64_t)state->stage, state->staff, state->post, card_first(state, calendar),
                    (int64_t)f->office, f->number);
    if (rc == 0)
        rc = err_set(e, ERR_STATE, "case %s has events and no application: restore the database from the backup", f->number);
    return rc < 0 ? rc : 0;
}

static int tell(struct store *s, const struct case_file *f, const struct case_event *ev, struct err *e)
{
    char about[NOTICE_ABOUT_MAX + 1];
    enum notice_kind kind = notice_of_event(ev, about);
    int rc = kind == NOTICES ? 0 : store_notice_add(s, f->office, f->number, kind, about, ev->entered, e);
    return rc < 0 ? rc : 0;
}

int case_file_add(struct store *s, struct case_file *f, struct case_event *ev, const struct workday_calendar *calendar,
                  struct err *e)
{
    struct buf bytes;
    uint8_t hash[SHA256_LEN];

    text_copy(ev->number, sizeof ev->number, f->number);
    ev->seq = f->state.seq + 1;
    buf_init(&bytes, CASE_BYTES_MAX);
    int rc = case_event_encode(ev, &bytes);
    if (rc < 0)
        err_set(e, (enum err_code) - rc, "the event is too long");
    memcpy(hash, f->hash, sizeof hash);
    if (rc == 0) {
        case_chain_next(bytes.data, bytes.len, hash);
        rc = sql_do(store_sql(s), e,
                    "INSERT INTO case_event (office, number, seq, at, event, hash) VALUES ($1,$2,$3,$4,$5,$6)"
                    " ON CONFLICT (office, number, seq) DO NOTHING",
                    "itiibb", (int64_t)f->office, f->number, ev->seq, ev->at, bytes.data, bytes.len, hash, sizeof hash);
    }
    buf_finish(&bytes);
    if (rc == 0)
        rc = err_set(e, ERR_RETRY, "somebody else did something to case %s at the same moment", f->number);
    if (rc < 0)
        return rc;
    memcpy(f->hash, hash, sizeof hash);
    case_apply(&f->state, ev);
    rc = put_row(s, f, calendar, e);
    return rc < 0 ? rc : tell(s, f, ev, e);
}

int case_heard(struct store *s, const struct case_file *f, int64_t *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT (SELECT coalesce(max(at), 0) FROM chain), (SELECT coalesce(max(at), 0) FROM health)", "");
    if (rc == 0)
        rc = sql_next(r, e);
    *ret = f ? f->received : 0;
    for (int i = 0; rc == 1 && i < 2; i++)
        *ret = sql_int(r, i) > *ret ? sql_int(r, i) : *ret;
    sql_done(r);
    return rc < 0 ? rc : 0;
}

/* --- all of them --- */

struct rebuild {
    struct store *store;
    const struct workday_calendar *calendar;
    struct case_file file; /* number "": none yet */
    int64_t seq;           /* of the last event that was read */
    int cases;
};

static int end_case(struct rebuild *b, struct err *e)
{
    if (!b->file.number[0])
        return 0;
    b->cases++;
    return put_row(b->store, &b->file, b->calendar, e);
}

static int rebuild_row(struct rebuild *b, struct sql_rows *r, struct err *e)
{
    struct case_event ev;
    size_t len, hash_len;
    int office = (int)sql_int(r, 0), rc = 0;
    const char *number = sql_text(r, 1);

    if (office != b->file.office || strcmp(number, b->file.number) != 0) {
        rc = end_case(b, e);
        file_init(&b->file, office, number);
    }
    const void *data = sql_bytes(r, 3, &len), *hash = sql_bytes(r, 4, &hash_len);
    b->seq = sql_int(r, 2);
    return rc == 0 ? take_event(&b->file, data, len, hash, hash_len, &ev, e) : rc;
}

/* The rows of a page, or a negative code. */
static int rebuild_page(struct rebuild *b, struct err *e)
{
    struct sql_rows *r = NULL;
    char number[CASE_NUMBER_LEN + 1];
    int n = 0;

    text_copy(number, sizeof number, b->file.number);
    int rc = sql_select(store_sql(b->store), &r, e,
                        "SELECT office, number, seq, event, hash FROM case_event WHERE (office, number, seq) > ($1,$2,$3)"
                        " ORDER BY office, number, seq LIMIT $4",
                        "itii", (int64_t)b->file.office, number, b->seq, (int64_t)PAGE_ROWS);
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = rebuild_row(b, r, e);
        n++;
    }
    sql_done(r);
    return rc < 0 ? rc : n;
}

int case_rebuild(struct store *s, const struct workday_calendar *calendar, struct err *e)
{
    struct rebuild b = {.store = s, .calendar = calendar, .file.office = -1};
    int n;

    do
        n = rebuild_page(&b, e);
    while (n == PAGE_ROWS);
    int rc = n < 0 ? n : end_case(&b, e);
    return rc < 0 ? err_wrap(e, rc, "derive from the events of cases") : b.cases;
}

/* --- days anew --- */

struct recount {
    struct store *store;
    const struct workday_calendar *calendar;
    int cases, rc;
    struct err *e;
};

static int recount_file(void *ctx, const struct case_file *f)
{
    struct recount *r = ctx;

    if (f->state.seq == 0)
        return 0;
    r->rc = put_row(r->store, f, r->calendar, r->e);
    r->cases += r->rc == 0;
    return r->rc < 0;
}

/* Whole cases, read and written while nobody else writes. */
static int recount_page(struct recount *r, struct walk *w)
{
    int rc = store_begin(r->store, r->e);

    if (rc < 0)
        return rc;
    rc = page_of_all(w, r->store, INT64_MAX, r->e);
    if (rc == 0)
        rc = r->rc;
    if (rc == 0)
        return store_commit(r->store, r->e);
    store_rollback(r->store);
    return rc;
}

int case_recount_days(struct store *s, const struct workday_calendar *calendar, struct err *e)
{
    struct recount r = {.store = s, .calendar = calendar, .e = e};
    struct walk w = {.file.office = -1, .until = INT64_MAX, .done = recount_file, .ctx = &r};
    int rc;

    do
        rc = recount_page(&r, &w);
    while (rc == 0 && w.cases == PAGE_CASES);
    return rc < 0 ? err_wrap(e, rc, "count the days of cases anew") : r.cases;
}
