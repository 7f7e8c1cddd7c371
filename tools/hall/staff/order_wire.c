/* SPDX-License-Identifier: Apache-2.0
 *
 * What terminals are to do, out of a page's words (ask_wire.h).
 */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"
#include "tools/hall/staff/ask_wire.h"
#include "tools/hall/staff/member.h"

static int take_terminals(const struct json *j, struct order_ask *o, struct err *e)
{
    const struct json *list = NULL;
    int rc = json_get_arr(j, "terminals", ORDER_TERMINALS_MAX, &list, e);

    for (size_t i = 0; rc == 0 && i < json_len(list); i++) {
        const char *id = json_str(json_at(list, i));

        if (!id || !terminal_id_valid(id) || !text_copy(o->terminals[i], sizeof *o->terminals, id))
            rc = err_set(e, ERR_INVALID, "a terminal is called otherwise");
        for (size_t k = 0; rc == 0 && k < i; k++)
            if (strcmp(o->terminals[k], id) == 0)
                rc = err_set(e, ERR_INVALID, "a terminal is named twice");
        o->n = i + 1;
    }
    return rc == 0 && !o->n ? err_set(e, ERR_INVALID, "no terminal is named") : rc;
}

static int take_kind(const struct json *j, struct order_ask *o, struct err *e)
{
    const char *act = NULL, *reason = "";
    int64_t hours = 0;
    int rc = json_get_str(j, "act", 1, 20, &act, e);

    if (rc == 0)
        rc = json_opt_str(j, "reason", 0, 20, &reason, e);
    if (rc == 0)
        rc = json_opt_int(j, "hours", 0, ORDER_HOURS_MAX, &hours, e);
    if (rc == 0 && !act_by_word(act, &o->kind))
        rc = err_set(e, ERR_INVALID, "there is no such act");
    if (rc < 0)
        return rc;
    o->hours = (int)hours;
    o->reason = outage_by_word(reason);
    bool out = o->kind == ACT_OUT, says = o->kind == ACT_MESSAGE;
    if (out ? strcmp(outage_word(o->reason), reason) != 0 : *reason != '\0')
        return err_set(e, ERR_INVALID, "the reason is not known");
    if (!out)
        o->reason = 0;
    return hours && !out && !says ? err_set(e, ERR_INVALID, "hours are of a pause or a message") : 0;
}

/* A message with words has an end; one without takes the last one away. */
static int check(const struct order_ask *o, struct err *e)
{
    bool words = o->zh[0] || o->en[0];

    if (!o->why[0])
        return err_set(e, ERR_INVALID, "why is missing");
    if (o->kind != ACT_MESSAGE)
        return words ? err_set(e, ERR_INVALID, "only a message has words") : 0;
    return words && (!o->zh[0] || !o->hours) ? err_set(e, ERR_INVALID, "a message has Chinese words, and an end") : 0;
}

static int read_order(const struct json *j, struct order_ask *o, struct err *e)
{
    int rc = json_known(j, "id terminals act reason hours zh en why", e);

    if (rc == 0)
        rc = member_id(j, o->id, e);
    if (rc == 0)
        rc = take_terminals(j, o, e);
    if (rc == 0)
        rc = take_kind(j, o, e);
    if (rc == 0)
        rc = member_line(j, "zh", 0, ACT_MESSAGE_MAX, o->zh, e);
    if (rc == 0)
        rc = member_line(j, "en", 0, ACT_MESSAGE_MAX, o->en, e);
    if (rc == 0)
        rc = member_line(j, "why", 0, ORDER_WHY_MAX, o->why, e);
    return rc == 0 ? check(o, e) : rc;
}

int order_ask_decode(const void *data, size_t len, struct order_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct order_ask){.n = 0};
    if (rc == 0)
        rc = read_order(j, ret, e);
    json_free(j);
    return rc;
}

static int read_withdraw(const struct json *j, struct order_ask *o, struct err *e)
{
    int rc = json_known(j, "id why", e);

    if (rc == 0)
        rc = member_id(j, o->id, e);
    if (rc == 0)
        rc = member_line(j, "why", 0, ORDER_WHY_MAX, o->why, e);
    return rc == 0 && !o->why[0] ? err_set(e, ERR_INVALID, "why is missing") : rc;
}

int withdraw_ask_decode(const void *data, size_t len, struct order_ask *ret, struct err *e)
{
    struct order_ask o = {.n = 0};
    struct json *j = NULL;
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);

    if (rc == 0)
        rc = read_withdraw(j, &o, e);
    if (rc == 0)
        *ret = o;
    json_free(j);
    return rc;
}
