/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /api/edition/43/approve, rollout, pause, resume, withdraw: {"reason",…edition_wire.h…}. 200 with how it stands;
 * 409 where it is at another point by now, or a colleague was faster; 422 for all else, by rules/edition_refusal.def. What
 * is due follows within seconds (terminals/offer.c).
 */
#include <stdio.h>
#include <stdlib.h>

#include "tools/hall/staff/edition_view.h"
#include "tools/hall/staff/edition_wire.h"

static void take(struct ask *a, const void *body, size_t len)
{
    struct err e = {0};

    a->edition = calloc(1, sizeof *a->edition);
    if (!a->edition)
        ask_refuse(a, 503, "busy");
    else if (!edition_path_decode(exchange_tail(a->exchange), a->edition))
        ask_refuse(a, 404, "no-verb");
    else if (edition_say_decode(body, len, a->edition, &e) < 0)
        ask_refuse(a, 400, "unreadable");
    else
        ask_keeps(a, a->edition->reason);
}

static void refuse(struct ask *a, enum edition_refusal why)
{
    int status = why == EDITION_NO_EDITION_REFUSED ? 404 : why == EDITION_STATE_REFUSED ? 409 : 422;
    char reason[40];

    snprintf(reason, sizeof reason, "edition-%s", edition_refusal_word(why));
    ask_refuse(a, status, reason);
}

static int act(struct ask *a, struct store *s, struct err *e)
{
    const struct edition_say *say = a->edition;
    const struct edition_deed d = {
        .data = a->desk->data,
        .act = say->act,
        .version = say->version,
        .by = {.id = a->me.id, .name = a->me.name, .office = a->me.office, .why = say->reason, .now = a->now},
        .next = say->percent,
        .at = say->at,
        .chosen = say->terminals[0] ? say->terminals : NULL,
        .stop_after = say->stop_after};
    enum edition_refusal why;
    struct edition_row r;
    int64_t offered;
    int rc = edition_do(s, &d, &why, &r, e);

    if (rc == 0 && why != EDITION_MAY) {
        refuse(a, why);
        return 0;
    }
    if (rc == 0)
        rc = edition_files_offered(a->desk->data, &offered, e);
    if (rc < 0)
        return rc;
    ask_answer(a, 200);
    edition_put_at(&a->w, "at", a->now);
    jsonw_obj(&a->w, "edition");
    rc = edition_put_view(a, s, &a->w, &r, offered, e);
    jsonw_end(&a->w);
    return rc;
}

static void ended(struct ask *a)
{
    free(a->edition);
}

const struct api api_edition_act = {.take = take, .write = act, .ended = ended};
