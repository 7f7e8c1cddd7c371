/* SPDX-License-Identifier: Apache-2.0
 *
 * See duty_wire.h.
 */
#include "tools/hall/staff/duty_wire.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "tools/hall/staff/ask_wire.h"
#include "tools/hall/staff/member.h"

#define SINCE_MAX (INT64_C(1) << 52)

static int take_number(const struct json *j, const char *name, int64_t min, int64_t max, int *ret, struct err *e)
{
    int64_t n = 0;
    int rc = json_get_int(j, name, min, max, &n, e);

    *ret = (int)n;
    return rc;
}

static int read_duty(const struct json *j, struct duty_ask *d, struct err *e)
{
    int64_t minutes = 0;
    int rc = json_known(j, "id terminal what since seen words minutes", e);

    if (rc == 0)
        rc = member_id(j, d->id, e);
    if (rc == 0)
        rc = member_line(j, "terminal", 1, TERMINAL_ID_MAX, d->terminal, e);
    if (rc == 0)
        rc = member_line(j, "what", 1, DUTY_WHAT_MAX, d->what, e);
    if (rc == 0)
        rc = json_get_int(j, "since", 1, SINCE_MAX, &d->since, e);
    if (rc == 0)
        rc = member_line(j, "seen", 0, ACCOUNT_ID_MAX, d->seen, e);
    if (rc == 0)
        rc = member_line(j, "words", 1, DUTY_WORDS_MAX, d->words, e);
    if (rc == 0)
        rc = json_opt_int(j, "minutes", 0, DUTY_BY_MAX, &minutes, e);
    d->minutes = (int)minutes;
    return rc;
}

int duty_ask_decode(const void *data, size_t len, struct duty_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    *ret = (struct duty_ask){.since = 0};
    if (rc == 0)
        rc = read_duty(j, ret, e);
    json_free(j);
    return rc;
}

static int read_shift(const struct json *j, struct shift *s, struct err *e)
{
    int rc = json_known(j, "id staff zone days from to place way", e);

    if (rc == 0)
        rc = member_id(j, s->id, e);
    if (rc == 0)
        rc = member_line(j, "staff", 1, ACCOUNT_ID_MAX, s->staff, e);
    if (rc == 0)
        rc = member_line(j, "zone", 0, ZONE_NAME_LEN, s->zone, e);
    if (rc == 0)
        rc = take_number(j, "days", 1, 127, &s->days, e);
    if (rc == 0)
        rc = take_number(j, "from", 0, 23, &s->from, e);
    if (rc == 0)
        rc = take_number(j, "to", 1, 24, &s->to, e);
    if (rc == 0)
        rc = take_number(j, "place", 1, SHIFT_PLACE_MAX, &s->place, e);
    if (rc == 0)
        rc = member_line(j, "way", 1, SHIFT_WAY_MAX, s->way, e);
    return rc == 0 && !shift_valid(s) ? err_set(e, ERR_INVALID, "no row of a duty list") : rc;
}

int shift_ask_decode(const void *data, size_t len, struct shift_ask *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    ret->shift = (struct shift){.days = 0};
    if (rc == 0 && ret->drops)
        rc = json_known(j, "id", e);
    if (rc == 0)
        rc = ret->drops ? member_id(j, ret->shift.id, e) : read_shift(j, &ret->shift, e);
    json_free(j);
    return rc;
}
