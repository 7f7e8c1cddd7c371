/* SPDX-License-Identifier: Apache-2.0
 *
 * See tell_case.h.
 */
#include "tools/hall/terminals/tell_case.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "model/identity.h"
#include "tools/hall/papers/case_paper_code.h"
#include "tools/hall/rules/case_progress.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_opened.h"

struct gathered {
    struct case_progress progress;
    struct case_paper_facts paper; /* of what ended it, as it was then */
    bool ends;
};

static void gather(void *ctx, const struct case_event *ev)
{
    struct gathered *g = ctx;

    case_progress_add(&g->progress, ev);
    if (g->ends)
        return;
    case_apply(&g->paper.state, ev);
    if (ev->kind == CASE_EVENT_RECEIVE)
        g->paper.received = *ev;
    g->paper.kind = case_paper_is_of(PAPER_refusal, ev->kind) ? PAPER_refusal : PAPER_decision;
    g->ends = case_paper_is_of(g->paper.kind, ev->kind);
    if (g->ends)
        g->paper.event = *ev;
}

/* --- its paper --- */

static int sign(const struct tell_case *t, struct case_paper_claim *c, struct err *e)
{
    struct manifest_signature by;
    struct buf line;

    buf_init(&line, PAPER_CODE_MAX);
    int rc = case_paper_claim_message(c, &line) < 0 ? err_set(e, ERR_TOOLONG, "the code of the paper") : 0;
    if (rc == 0)
        rc = signer_sign(t->signer, PAPER_CODE_PREFIX, line.data, line.len, &by, e);
    if (rc == 0)
        memcpy(c->sig, by.sig, c->sig_len = by.sig_len);
    buf_finish(&line);
    return rc;
}

static int put_code(const struct tell_case *t, const struct case_paper_facts *f, const struct case_paper *p,
                    struct my_case *ret, struct err *e)
{
    struct case_paper_claim c = {.kind = p->kind, .seq = f->event.seq, .day = p->day};
    struct buf code;

    text_copy(c.number, sizeof c.number, f->event.number);
    c.result = p->kind == PAPER_decision ? f->state.result : CASE_RESULT_NONE;
    memcpy(c.check, p->check, sizeof c.check);
    int rc = sign(t, &c, e);
    buf_init(&code, sizeof ret->paper_code - 1);
    if (rc == 0 && case_paper_claim_encode(&c, &code) < 0)
        rc = err_set(e, ERR_TOOLONG, "the code of the paper");
    if (rc == 0) {
        text_copy(ret->paper_code, sizeof ret->paper_code, buf_str(&code));
        case_paper_check_text(c.check, ret->check_code);
    }
    buf_finish(&code);
    return rc;
}

/* Without it the case is told all the same. */
static void put_paper(const struct tell_case *t, struct case_paper_facts *f, const struct item *item, struct catalog *c,
                      struct my_case *ret)
{
    struct case_paper p;
    struct err e = {0};

    _Static_assert(sizeof ret->check_code >= PAPER_CHECK_TEXT, "a check code has room");
    f->name = f->id = f->supplied = "";
    f->item_name = item->task_name;
    f->agency = item->dept_name;
    f->phone = item->link_way ? item->link_way : "";
    f->address = item->transact_addr ? item->transact_addr : "";
    f->calendar = catalog_calendar(c);
    int rc = case_paper_compose(f, &p, &e);
    if (rc == 0)
        rc = put_code(t, f, &p, ret, &e);
    case_paper_finish(&p);
    if (rc < 0)
        log_warn("hall", "case %s is told without its paper: %s", ret->number, e.text);
}

/* --- what the catalogue says --- */

static void put_item(const struct item *item, const char *bundle, struct my_case *ret)
{
    if (snprintf(ret->item_name, sizeof ret->item_name, "%s%s", bundle, item->task_name) >= (int)sizeof ret->item_name)
        text_copy(ret->item_name, sizeof ret->item_name, item->task_name);
    text_copy(ret->dept_name, sizeof ret->dept_name, item->dept_name ? item->dept_name : "");
    if (item->link_way && strlen(item->link_way) < sizeof ret->phone) /* half a number is none */
        text_copy(ret->phone, sizeof ret->phone, item->link_way);
}

/* What stands before the name of a case that was handed in with others: "BUNDLE 1/3 ". Terminals of any version show it.
 */
static void name_bundle(const struct case_bundle *b, struct catalog *c, char *out, size_t cap)
{
    const struct item *bundle = c && b->number[0] ? catalog_item(c, b->item, NULL) : NULL;

    out[0] = '\0';
    if (bundle && snprintf(out, cap, "%s %d/%d ", bundle->task_name, b->part, b->parts) >= (int)cap)
        out[0] = '\0';
}

static void tell(const struct tell_case *t, const struct case_file *f, const struct case_bundle *b, struct gathered *g,
                 struct catalog *c, struct my_case *ret)
{
    char bundle[120];

    name_bundle(b, c, bundle, sizeof bundle);

    const struct case_state state = f->state.stage == CASE_NEW ? deadline_untaken(f->applied) : f->state;
    const struct item *item = c && f->item[0] ? catalog_item(c, f->item, NULL) : NULL;

    case_progress_tell(&g->progress, &state, c ? catalog_calendar(c) : NULL, date_of_ms(t->now), t->language, ret);
    ret->handed_in_ms = f->applied;
    ret->can_supplement = ret->stage == MY_CASE_ASKED && f->office == t->office;
    if (item)
        put_item(item, bundle, ret);
    if (item && item->dept_name && g->ends)
        put_paper(t, &g->paper, item, c, ret);
}

/* --- who opened it --- */

/* What does not fit ends in "…", behind a whole character. */
static void cut(char *out, size_t cap, const char *text)
{
    size_t n = strlen(text);

    if (n < cap) {
        memcpy(out, text, n + 1);
        return;
    }
    n = cap - sizeof "…";
    while (n && ((unsigned char)text[n] & 0xc0) == 0x80)
        n--;
    memcpy(out, text, n);
    strcpy(out + n, "…");
}

static int tell_openings(struct store *s, int office, struct my_case *ret, struct err *e)
{
    struct case_opening list[MY_CASE_OPENED_MAX];
    int64_t n = 0;
    int rc = case_opened_count(s, office, ret->number, &n, e);

    if (rc == 0)
        rc = case_opening_newest(s, office, ret->number, list, MY_CASE_OPENED_MAX, e);
    if (rc < 0)
        return rc;
    ret->openings = (int)(n < 1000000 ? n : 1000000);
    ret->n_opened = rc;
    for (int i = 0; i < ret->n_opened; i++) {
        struct my_case_opened *o = &ret->opened[i];

        o->at = list[i].at;
        text_copy(o->post, sizeof o->post, list[i].post);
        if (list[i].staff[0])
            identity_mask_name(list[i].staff, o->who, sizeof o->who);
        cut(o->why, sizeof o->why, list[i].reason);
    }
    return 0;
}

int tell_case(const struct tell_case *t, struct store *s, int office, const char *number, struct my_case *ret, struct err *e)
{
    struct gathered g = {.ends = false};
    struct case_bundle bundle;
    struct case_file f;
    int rc = case_file_read(s, office, number, gather, &g, &f, e);

    *ret = (struct my_case){.stage = MY_CASE_NEW};
    text_copy(ret->number, sizeof ret->number, number);
    if (rc == 0)
        rc = tell_openings(s, office, ret, e);
    if (rc == 0)
        rc = bundle_of_case(s, office, number, &bundle, e);
    if (rc < 0)
        return rc;
    text_copy(ret->item, sizeof ret->item, f.item);
    struct catalog *c = book_open(t->book);
    tell(t, &f, &bundle, &g, c, ret);
    book_close(t->book);
    return 0;
}
