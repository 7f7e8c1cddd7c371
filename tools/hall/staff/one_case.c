/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/case/NUMBER: all that is told of one case: where it stands, its limits with what they follow from, what happened,
 * what may be done now and what not and why, who else could go on with it, and what was handed in together with it.
 */
#include <string.h>

#include "base/text.h"
#include "tools/hall/cases/case_json.h"
#include "tools/hall/cases/case_licences.h"
#include "tools/hall/cases/deed.h"
#include "tools/hall/rules/case_wire.h"
#include "tools/hall/staff/case_view.h"
#include "tools/hall/staff/open_case.h"
#include "tools/hall/store/store_bundle.h"
#include "tools/hall/store/store_case_row.h"
#include "tools/hall/store/store_opened.h"

#define ITEM_NAME_MAX 400

static void take(struct ask *a, const void *body, size_t len)
{
    struct case_number n;

    if (!case_number_parse(exchange_tail(a->exchange), &n)) {
        ask_refuse(a, 404, "no-case");
        return;
    }
    case_number_format(&n, a->number);
    a->office = n.office;
}

static void put_event(void *ctx, const struct case_event *ev)
{
    struct ask *a = ctx;
    struct buf one;

    buf_init(&one, CASE_BYTES_MAX);
    if (case_event_encode(ev, &one) == 0)
        jsonw_raw(&a->w, NULL, buf_str(&one), one.len);
    buf_finish(&one);
}

static void put_limits(struct ask *a, const struct case_view *v)
{
    jsonw_arr(&a->w, "deadlines");
    for (int i = 0; i < v->all.n; i++) {
        jsonw_obj(&a->w, NULL);
        case_json_deadline(&a->w, &v->all.list[i], date_of_ms(a->now));
        jsonw_end(&a->w);
    }
    jsonw_end(&a->w);
    case_view_put_strip(&a->w, &v->strip);
}

/* {"accept":"","decide":"stage", …}: "" may be done, else the word of what is in the way. */
static int put_may(struct ask *a, struct store *s, const struct case_view *v, struct err *e)
{
    int rc = 0;

    jsonw_obj(&a->w, "may");
    for (enum case_event_kind k = 0; rc == 0 && k < CASE_EVENTS; k++) {
        enum case_refusal why = CASE_MAY;

        rc = deed_may(s, &a->published, &v->file, &a->me, k, &why, e);
        jsonw_str(&a->w, case_event_word(k), why == CASE_MAY ? "" : case_refusal_word(why));
    }
    jsonw_end(&a->w);
    return rc;
}

static int put_other(void *ctx, const struct account *other)
{
    struct ask *a = ctx;

    if (other->office != a->me.office || account_judge(other, CASE_EVENT_DELIVER) != CASE_MAY)
        return 0;
    jsonw_obj(&a->w, NULL);
    jsonw_str(&a->w, "name", other->name);
    jsonw_str(&a->w, "post", other->post);
    jsonw_end(&a->w);
    return 0;
}

static void put_material(void *ctx, const char *name)
{
    struct ask *a = ctx;

    jsonw_str(&a->w, NULL, name);
}

/* What could stand in for paper; the card, and what is paper anyhow, are no question. */
static void put_licence(void *ctx, const struct case_licence *l)
{
    struct ask *a = ctx;

    if (!l->material->licence_kind || l->material->from_card)
        return;
    jsonw_obj(&a->w, NULL);
    case_licence_put(&a->w, l);
    jsonw_end(&a->w);
}

static int put_licences(struct ask *a, struct store *s, const struct case_view *v, struct err *e)
{
    struct case_licences *known = NULL;
    int rc = case_licences_read(s, &v->file, NULL, &known, e);

    jsonw_arr(&a->w, "licences");
    if (rc == 0)
        case_licences_each(known, &a->published, &v->file, date_of_ms(a->now), put_licence, a);
    jsonw_end(&a->w);
    case_licences_free(known);
    return rc;
}

/* --- what was handed in together (一件事) --- */

static int put_sibling(void *ctx, const struct case_row *r)
{
    struct ask *a = ctx;
    char name[ITEM_NAME_MAX];

    published_name(&a->published, r->item, name, sizeof name);
    jsonw_obj(&a->w, NULL);
    jsonw_str(&a->w, "number", r->number);
    jsonw_str(&a->w, "item", name);
    jsonw_str(&a->w, "stage", case_stage_word(r->stage));
    jsonw_str(&a->w, "staff", r->staff);
    jsonw_end(&a->w);
    return 0;
}

/* Nothing of a case that was handed in alone. */
static int put_bundle(struct ask *a, struct store *s, struct err *e)
{
    struct case_bundle b;
    char name[ITEM_NAME_MAX];
    int rc = bundle_of_case(s, a->office, a->number, &b, e);

    if (rc < 0 || !b.number[0])
        return rc;
    published_name(&a->published, b.item, name, sizeof name);
    jsonw_obj(&a->w, "bundle");
    jsonw_str(&a->w, "item", name);
    jsonw_int(&a->w, "parts", b.parts);
    jsonw_arr(&a->w, "cases");
    rc = case_each_of_bundle(s, a->office, b.number, put_sibling, a, e);
    jsonw_end(&a->w);
    jsonw_end(&a->w);
    return rc;
}

/* Those that were only read so far are in `v`; what is told beside them is read here. */
static int answer(struct ask *a, struct store *s, struct case_view *v, const struct case_opened *kept, struct err *e)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    case_view_put(a, &a->w, v, kept->name);
    jsonw_str(&a->w, "notice", kept->notice);
    jsonw_str(&a->w, "result", case_result_word(v->state.result));
    jsonw_hex(&a->w, "chain", v->file.hash, sizeof v->file.hash);
    put_limits(a, v);
    jsonw_arr(&a->w, "materials");
    published_materials(&a->published, v->file.item, put_material, a);
    jsonw_end(&a->w);
    int rc = put_licences(a, s, v, e);
    rc = rc == 0 ? put_bundle(a, s, e) : rc;
    if (rc < 0)
        return rc;
    jsonw_arr(&a->w, "events");
    rc = case_file_read(s, a->office, a->number, put_event, a, &v->file, e);
    jsonw_end(&a->w);
    if (rc == 0)
        rc = put_may(a, s, v, e);
    if (rc == 0)
        rc = open_case_put_openings(&a->w, s, a->office, a->number, e);
    if (rc < 0)
        return rc;
    jsonw_arr(&a->w, "others");
    rc = account_each(s, put_other, a, e);
    jsonw_end(&a->w);
    return rc;
}

static int one_read(struct ask *a, struct store *s, struct err *e)
{
    struct case_view v;
    struct case_opened kept;
    struct err why = {0};
    int rc = a->office == a->me.office ? case_view_read(a, s, a->office, a->number, NULL, NULL, &v, &why) : -ERR_NOTFOUND;

    if (rc == -ERR_NOTFOUND) { /* another office's is none here */
        ask_refuse(a, 404, "no-case");
        return 0;
    }
    *e = why;
    if (rc == 0)
        rc = case_opened_read(s, a->office, a->number, &kept, e);
    return rc == 0 ? answer(a, s, &v, &kept, e) : rc;
}

const struct api api_one_case = {.take = take, .read = one_read};
