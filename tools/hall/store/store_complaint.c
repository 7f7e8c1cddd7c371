/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_complaint.h.
 */
#include "tools/hall/store/store_complaint.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_notice.h"

#define COLUMNS "office, number, id, terminal, received, said, kind, version, stage, staff, post"

int complaint_put(struct store *s, const struct sender *who, const struct store_record *r, const char *number,
                  enum speak_kind kind, struct err *e)
{
    return sql_do(store_sql(s), e,
                  "INSERT INTO complaint (" COLUMNS ") VALUES ($1,$2,$3,$4,$5,$6,$7,0,0,'','')"
                  " ON CONFLICT (office, number) DO NOTHING",
                  "itbtiit", (int64_t)who->office, number, r->id, sizeof r->id, who->terminal, who->received,
                  sender_taken_at(who, r->at, r->clock_trusted, 0), speak_word(kind));
}

/* --- reading --- */

static int take_row(struct sql_rows *r, struct complaint_file *f, struct err *e)
{
    *f = (struct complaint_file){.office = (int)sql_int(r, 0), .received = sql_int(r, 4), .said = sql_int(r, 5)};
    text_copy(f->number, sizeof f->number, sql_text(r, 1));
    text_copy(f->terminal, sizeof f->terminal, sql_text(r, 3));
    f->state.seq = sql_int(r, 7);
    f->state.stage = (enum complaint_stage)sql_int(r, 8);
    text_copy(f->state.staff, sizeof f->state.staff, sql_text(r, 9));
    text_copy(f->state.post, sizeof f->state.post, sql_text(r, 10));
    if (sql_copy(r, 2, f->record, sizeof f->record) || !speak_by_word(sql_text(r, 6), &f->kind) ||
        (unsigned)f->state.stage >= COMPLAINT_STAGES)
        return err_set(e, ERR_INVALID, "the row of %s does not read", f->number);
    return 0;
}

static int read_row(struct store *s, int office, const char *number, struct complaint_file *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e, "SELECT " COLUMNS " FROM complaint WHERE office=$1 AND number=$2", "it",
                        (int64_t)office, number);

    if (rc == 0)
        rc = sql_next(r, e);
    if (rc == 1)
        rc = take_row(r, ret, e);
    else if (rc == 0)
        rc = err_set(e, ERR_NOTFOUND, "nothing with the number %s was delivered", number);
    sql_done(r);
    return rc;
}

static int take_event(struct sql_rows *r, struct complaint_event *ev, struct err *e)
{
    *ev = (struct complaint_event){.seq = sql_int(r, 0), .at = sql_int(r, 1)};
    text_copy(ev->staff, sizeof ev->staff, sql_text(r, 3));
    text_copy(ev->post, sizeof ev->post, sql_text(r, 4));
    text_copy(ev->to_staff, sizeof ev->to_staff, sql_text(r, 5));
    text_copy(ev->to_post, sizeof ev->to_post, sql_text(r, 6));
    text_copy(ev->words, sizeof ev->words, sql_text(r, 8));
    if (!complaint_event_by_word(sql_text(r, 2), &ev->kind) ||
        (sql_text(r, 7)[0] && !complaint_why_by_word(sql_text(r, 7), &ev->why)))
        return err_set(e, ERR_INVALID, "event %lld does not read", (long long)ev->seq);
    return 0;
}

static int read_events(struct store *s, complaint_event_fn *fn, void *ctx, struct complaint_file *f, struct err *e)
{
    struct complaint_event ev;
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT seq, at, kind, staff, post, to_staff, to_post, why, words FROM complaint_event"
                        " WHERE office=$1 AND number=$2 ORDER BY seq",
                        "it", (int64_t)f->office, f->number);

    f->state = (struct complaint_state){.stage = COMPLAINT_NEW};
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = take_event(r, &ev, e);
        if (rc < 0)
            break;
        complaint_apply(&f->state, &ev);
        if (fn)
            fn(ctx, &ev);
    }
    sql_done(r);
    return err_wrap(e, rc, "what was done to %s", f->number);
}

int complaint_file_read(struct store *s, int office, const char *number, complaint_event_fn *fn, void *ctx,
                        struct complaint_file *ret, struct err *e)
{
    int rc = read_row(s, office, number, ret, e);

    return rc == 0 ? read_events(s, fn, ctx, ret, e) : rc;
}

/* --- writing --- */

static int put_row(struct store *s, const struct complaint_file *f, struct err *e)
{
    int rc = sql_do(store_sql(s), e,
                    "UPDATE complaint SET version=$1, stage=$2, staff=$3, post=$4 WHERE office=$5 AND number=$6", "iittit",
                    f->state.seq, (int64_t)f->state.stage, f->state.staff, f->state.post, (int64_t)f->office, f->number);

    return rc < 0 ? rc : 0;
}

static int tell(struct store *s, const struct complaint_file *f, const struct complaint_event *ev, bool reachable,
                struct err *e)
{
    enum notice_kind kind = notice_of_complaint(ev->kind);
    char about[NOTICE_ABOUT_MAX + 1];

    if (kind == NOTICES || (notice_to(kind) == NOTICE_TO_APPLICANT && !reachable))
        return 0;
    snprintf(about, sizeof about, "event %lld", (long long)ev->seq);
    int rc = store_notice_add(s, f->office, f->number, kind, about, ev->at, e);
    return rc < 0 ? rc : 0;
}

int complaint_file_add(struct store *s, struct complaint_file *f, struct complaint_event *ev, bool reachable, struct err *e)
{
    ev->seq = f->state.seq + 1;
    int rc = sql_do(store_sql(s), e,
                    "INSERT INTO complaint_event (office, number, seq, at, kind, staff, post, to_staff, to_post, why, words)"
                    " VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (office, number, seq) DO NOTHING",
                    "itiittttttt", (int64_t)f->office, f->number, ev->seq, ev->at, complaint_event_word(ev->kind), ev->staff,
                    ev->post, ev->to_staff, ev->to_post, complaint_why_word(ev->why), ev->words);

    if (rc == 0)
        rc = err_set(e, ERR_RETRY, "somebody else did something to %s at the same moment", f->number);
    if (rc < 0)
        return rc;
    complaint_apply(&f->state, ev);
    rc = put_row(s, f, e);
    return rc < 0 ? rc : tell(s, f, ev, reachable, e);
}

/* --- lists --- */

int complaint_each(struct store *s, int office, enum complaint_stage stage, const char *after, complaint_file_fn *fn,
                   void *ctx, struct err *e)
{
    struct complaint_file f;
    struct sql_rows *r = NULL;
    bool owed = stage == COMPLAINT_STAGES;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT " COLUMNS
                        " FROM complaint WHERE office=$1 AND stage>=$2 AND stage<=$3 AND number>$4 ORDER BY number",
                        "iiit", (int64_t)office, owed ? (int64_t)COMPLAINT_NEW : (int64_t)stage,
                        owed ? (int64_t)COMPLAINT_ASSIGNED : (int64_t)stage, after);

    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        rc = take_row(r, &f, e);
        if (rc == 0 && fn(ctx, &f) != 0)
            break;
    }
    sql_done(r);
    return err_wrap(e, rc, "list what was said");
}

/* --- all of them --- */

#define PAGE 64

struct page {
    int office[PAGE], n;
    char number[PAGE][SPEAK_NUMBER_LEN + 1];
};

/* The next that staff have had a hand in. */
static int read_page(struct store *s, int office, const char *number, struct page *p, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT office, number FROM complaint_event WHERE seq=1 AND (office, number) > ($1,$2)"
                        " ORDER BY office, number LIMIT $3",
                        "iti", (int64_t)office, number, (int64_t)PAGE);

    p->n = 0;
    while (rc == 0 && (rc = sql_next(r, e)) == 1) {
        p->office[p->n] = (int)sql_int(r, 0);
        text_copy(p->number[p->n++], sizeof p->number[0], sql_text(r, 1));
        rc = 0;
    }
    sql_done(r);
    return rc;
}

int complaint_rebuild(struct store *s, struct err *e)
{
    struct page p = {.n = PAGE, .office = {[PAGE - 1] = -1}};
    struct complaint_file f;
    int rc = 0;

    while (rc == 0 && p.n == PAGE) {
        rc = read_page(s, p.office[PAGE - 1], p.number[PAGE - 1], &p, e);
        for (int i = 0; rc == 0 && i < p.n; i++) {
            rc = complaint_file_read(s, p.office[i], p.number[i], NULL, NULL, &f, e);
            if (rc == 0)
                rc = put_row(s, &f, e);
        }
    }
    return err_wrap(e, rc, "derive from what was done to what was said");
}
