/* SPDX-License-Identifier: Apache-2.0
 *
 * What was added to a case at terminals, as `hallctl case open` shows it behind the application: whatever came, with what it
 * is marked, and whether it was the applicant's own card.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/line.h"
#include "base/text.h"
#include "tools/hall/store/sealed.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/case_open.h"

#define SUPPLEMENTS_MAX 16 /* one is asked for; more are what came besides */

struct supplement {
    struct sealed record;
    struct opening_answer answer;
    struct json *doc;
    const struct json *words;
};
struct case_supplements {
    struct supplement list[SUPPLEMENTS_MAX];
    int n;
    bool more;
};

static int keep(void *ctx, const struct store_found *f)
{
    struct case_supplements *all = ctx;

    if (all->n == SUPPLEMENTS_MAX) {
        all->more = true;
        return 1;
    }
    sealed_keep(&all->list[all->n++].record, f);
    return 0;
}

int case_supplements_read(struct store *s, const struct case_options *o, const uint8_t application[16],
                          struct case_supplements **ret, struct err *e)
{
    struct case_supplements *all = calloc(1, sizeof *all);
    int rc = all ? store_find_supplements(s, o->office_n, o->number, keep, all, e)
                 : err_set(e, ERR_NOMEM, "case %s", o->number);

    for (int i = 0; rc >= 0 && i < all->n; i++)
        rc = sealed_compare(&all->list[i].record, s, o->office_n, application, e);
    if (rc < 0) {
        case_supplements_free(all);
        return rc;
    }
    *ret = all;
    return 0;
}

void case_supplements_free(struct case_supplements *all)
{
    if (!all)
        return;
    for (int i = 0; i < all->n; i++) {
        sealed_finish(&all->list[i].record);
        json_free(all->list[i].doc);
    }
    free(all);
}

/* --- opening --- */

static int audit(struct store *s, const struct case_options *o, const struct supplement *one, struct err *e)
{
    const char *refused = one->answer.outcome == OPENING_OPENED ? "" : opening_word(one->answer.outcome);
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    rc = case_opened_audit(s, o->office_n, hallctl_who(), "case-open-supplement", o->number, refused, o->staff, o->post,
                           o->reason, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

static int open_one(struct store *s, const struct case_options *o, struct supplement *one, struct opening_request *r,
                    struct err *e)
{
    const struct buf *header = &one->record.header, *body = &one->record.body;

    if (!body->len || header->len > sizeof r->header || body->len > sizeof r->body) {
        one->answer.outcome = OPENING_UNREADABLE;
        return audit(s, o, one, e);
    }
    memcpy(r->header, header->data, r->header_len = header->len);
    memcpy(r->body, body->data, r->body_len = body->len);
    int rc = case_opener_ask(o, r, &one->answer, &one->doc, &one->words, e);
    return rc == 0 ? audit(s, o, one, e) : rc;
}

int case_supplements_open(struct store *s, const struct case_options *o, struct case_supplements *all, struct err *e)
{
    struct opening_request *r = calloc(1, sizeof *r);
    int rc = r ? 0 : err_set(e, ERR_NOMEM, "case %s", o->number);

    for (int i = 0; rc == 0 && i < all->n; i++)
        rc = open_one(s, o, &all->list[i], r, e);
    free(r);
    return rc;
}

/* --- showing --- */

static const char *mark(const struct supplement *one)
{
    return one->record.state == STORE_GOOD      ? ""
           : one->record.state == STORE_UNASKED ? ", not asked for"
                                                : ", of another office";
}

void case_supplements_say(const struct case_supplements *all, struct buf *out)
{
    char at[CLOCK_RFC3339_LEN + 1];

    for (int i = 0; i < all->n; i++) {
        const struct supplement *one = &all->list[i];

        clock_format_rfc3339(one->record.received, at);
        buf_addf(out, "supplement of %s at %s%s%s", at, one->record.terminal, mark(one),
                 one->record.same ? "" : ", by a card that is not known to be the applicant's");
        if (one->words)
            buf_addf(out, " (opening %" PRId64 ")\n", one->answer.seq);
        else
            buf_addf(out, ": not opened: %s\n", opening_what(one->answer.outcome));
        const char *words = one->words ? json_str(json_member(one->words, "words")) : NULL;
        if (words)
            buf_addf(out, "  %s\n", words);
        if (one->words && !one->record.same)
            case_add_members(out, "  by", json_member(one->words, "applicant"));
    }
    if (all->more)
        buf_addf(out, "more supplements came: hallctl records\n");
}

static void put_one(const struct supplement *one, struct jsonw *w)
{
    char at[CLOCK_RFC3339_LEN + 1];
    struct buf text;

    clock_format_rfc3339(one->record.received, at);
    buf_init(&text, LINE_MAX_BYTES);
    jsonw_obj(w, NULL);
    jsonw_str(w, "at", at);
    jsonw_str(w, "terminal", one->record.terminal);
    jsonw_str(w, "state", store_state_word(one->record.state));
    jsonw_bool(w, "applicant", one->record.same);
    jsonw_str(w, "outcome", opening_word(one->answer.outcome));
    if (one->words && json_dump(one->words, &text) == 0) {
        jsonw_int(w, "opening", one->answer.seq);
        jsonw_raw(w, "supplement", (const char *)text.data, text.len);
    }
    jsonw_end(w);
    buf_finish(&text);
}

void case_supplements_put(const struct case_supplements *all, struct jsonw *w)
{
    jsonw_arr(w, "supplements");
    for (int i = 0; i < all->n; i++)
        put_one(&all->list[i], w);
    jsonw_end(w);
}
