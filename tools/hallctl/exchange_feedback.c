/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl exchange feedback, errors: what the data centre found wrong, onto the cases. A file is taken whole or not at all;
 * what was taken before is known by its own id, so that the same file may come twice.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "tools/hall/exchange/feedback.h"
#include "tools/hallctl/exchange.h"

#define TRIES 3
#define ROW_MAX (64 * 1024)

struct taken {
    int kept, known, other; /* other: of no case here */
};

static int take_one(struct store *s, const struct feedback *f, struct taken *t, struct err *e)
{
    const struct exchange_error x = {.office = f->office,
                                     .number = f->number,
                                     .guid = f->guid,
                                     .seq = f->seq,
                                     .table = f->table,
                                     .batch = f->batch,
                                     .type = f->type,
                                     .remark = f->remark,
                                     .found = f->found};
    int rc = f->of_case ? exchange_error_put(s, &x, e) : -ERR_NOTFOUND;

    if (rc == -ERR_NOTFOUND) {
        fprintf(stderr, "hallctl: of no case here: %s, row %s: %s\n", f->table, f->row_guid, f->type);
        t->other++;
        return 0;
    }
    t->kept += rc == 1;
    t->known += rc == 0;
    return rc < 0 ? rc : 0;
}

static int take_file(struct store *s, const struct buf *text, struct taken *t, struct err *e)
{
    static struct feedback f;
    struct feedback_reader r;
    int rc = feedback_reader_init(&r, buf_str(text), text->len, e);

    while (rc == 0 && (rc = feedback_next(&r, &f, e)) == 1)
        rc = take_one(s, &f, t, e);
    feedback_reader_finish(&r);
    return rc;
}

static int try_once(struct store *s, const struct exchange_options *o, const struct buf *text, struct taken *t,
                    struct err *e)
{
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    *t = (struct taken){0};
    rc = take_file(s, text, t, e);
    if (rc == 0)
        rc = store_audit(s, 0, hallctl_who(), "exchange-feedback", o->file, "", e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

int exchange_feedback(struct store *s, const struct exchange_options *o)
{
    struct hallctl_object answer;
    struct taken t = {0};
    struct buf text;
    struct err e = {0};
    int rc = fs_read_given(o->file, CSV_BYTES_MAX, &text, &e), again = -ERR_RETRY;

    for (int i = 0; rc == 0 && again == -ERR_RETRY && i < TRIES; i++) {
        e = (struct err){0};
        again = try_once(s, o, &text, &t, &e);
    }
    buf_finish(&text);
    rc = rc < 0 ? rc : again;
    if (rc < 0) {
        err_wrap(&e, rc, "%s: nothing was taken", o->file);
        return hallctl_fail(&e);
    }
    if (!o->json) {
        printf("%d put onto cases, %d known before, %d of no case here\n", t.kept, t.known, t.other);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "kept", t.kept);
    jsonw_int(&answer.w, "known", t.known);
    jsonw_int(&answer.w, "other", t.other);
    hallctl_object_print(&answer);
    return EXIT_OK;
}

/* --- what is there --- */

static void put_line(struct buf *out, const struct exchange_error *x)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(x->received, at);
    buf_addf(out, "event %" PRId64 ", %s%s%s, found %s, received %s: %s%s%s", x->seq, x->table,
             x->batch[0] ? ", batch " : "", x->batch, x->found[0] ? x->found : "-", at, x->type, x->remark[0] ? ": " : "",
             x->remark);
}

static void put_json(struct buf *out, const struct exchange_error *x)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "office", x->office);
    jsonw_str(&w, "number", x->number);
    jsonw_int(&w, "seq", x->seq);
    jsonw_str(&w, "table", x->table);
    jsonw_str(&w, "batch", x->batch);
    jsonw_str(&w, "type", x->type);
    jsonw_str(&w, "remark", x->remark);
    jsonw_str(&w, "found", x->found);
    jsonw_int(&w, "received", x->received);
    jsonw_end(&w);
}

static int list_one(void *ctx, const struct exchange_error *x)
{
    struct hallctl_list *l = ctx;
    struct buf out;

    buf_init(&out, ROW_MAX);
    if (l->json) {
        put_json(&out, x);
    } else {
        buf_addf(&out, "%s  ", x->number);
        put_line(&out, x);
    }
    hallctl_row(l, &out);
    return 0;
}

int exchange_errors(struct store *s, const struct exchange_options *o)
{
    struct hallctl_list l = {.json = o->json};
    struct err e = {0};

    if (o->json)
        fputs("[", stdout);
    int rc = exchange_each_error(s, o->office_n, NULL, list_one, &l, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    if (o->json)
        fputs("\n]\n", stdout);
    return EXIT_OK;
}

static int say_one(void *ctx, const struct exchange_error *x)
{
    struct buf out;

    buf_init(&out, ROW_MAX);
    put_line(&out, x);
    printf("exchange error: %s\n", buf_str(&out));
    buf_finish(&out);
    return 0;
}

int exchange_say_errors(struct store *s, int office, const char *number, struct err *e)
{
    return exchange_each_error(s, office, number, say_one, NULL, e);
}
