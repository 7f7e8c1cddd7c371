/* SPDX-License-Identifier: Apache-2.0
 *
 * See ask_appointment.h.
 */
#include "wire/ask_appointment.h"

#include "wire/ask_parts.h"
#include "wire/record.h"

/* --- the wish --- */

void ask_wish_put(struct jsonw *w, const struct appointment_wish *wish)
{
    bool books = wish->verb == APPOINTMENT_BOOK || wish->verb == APPOINTMENT_MOVE;

    jsonw_str(w, "do", appointment_verb_word(wish->verb));
    if (books)
        jsonw_hex(w, "id", wish->id, sizeof wish->id);
    if (wish->queue[0])
        jsonw_str(w, "queue", wish->queue);
    if (books)
        jsonw_int(w, "from", wish->from);
    if (wish->which[0])
        jsonw_str(w, "which", wish->which);
}

static int opt_text(const struct json *o, const char *key, size_t max, char *out, struct err *e)
{
    const char *text = "";
    int rc = json_opt_str(o, key, 1, max, &text, e);

    if (rc == 0)
        text_copy(out, max + 1, text);
    return rc;
}

int ask_wish_get(const struct json *o, struct appointment_wish *ret, struct err *e)
{
    struct appointment_wish w = {.verb = APPOINTMENT_FREE};
    const char *word = "";
    size_t n;
    int rc = json_get_str(o, "do", 1, 16, &word, e);

    if (rc == 0 && !appointment_verb_by_word(word, &w.verb))
        rc = err_set(e, ERR_INVALID, "do is an unknown word");
    if (rc == 0 && json_has(o, "id"))
        rc = ask_get_hex(o, "id", sizeof w.id, sizeof w.id, w.id, &n, e);
    if (rc == 0)
        rc = opt_text(o, "queue", QUEUE_ID_MAX, w.queue, e);
    if (rc == 0)
        rc = json_opt_int(o, "from", 0, ASK_TIME_MAX, &w.from, e);
    if (rc == 0)
        rc = opt_text(o, "which", APPOINTMENT_NUMBER_MAX, w.which, e);
    if (rc == 0 && !appointment_wish_valid(&w))
        rc = err_set(e, ERR_INVALID, "it does not say what %s needs, or says more", word);
    if (rc == 0)
        *ret = w;
    return rc;
}

/* --- the answer --- */

static void put_refusal(struct jsonw *w, const char *key, enum appointment_refusal r)
{
    if (r != APPOINTMENT_MAY)
        jsonw_str(w, key, appointment_refusal_word(r));
}

static void put_day(struct jsonw *w, const struct appointment_day *d)
{
    char text[DATE_LEN + 1];

    date_format(date_of_days(d->day), text);
    jsonw_obj(w, NULL);
    jsonw_str(w, "day", text);
    jsonw_arr(w, "hours");
    for (int i = 0; i < d->n; i++) {
        jsonw_obj(w, NULL);
        jsonw_int(w, "from", d->hours[i].from);
        jsonw_int(w, "left", d->hours[i].left);
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_end(w);
}

static void put_one(struct jsonw *w, const struct appointment *a)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "number", a->number);
    jsonw_str(w, "code", a->code);
    jsonw_str(w, "queue", a->queue);
    jsonw_int(w, "from", a->from);
    jsonw_str(w, "state", appointment_state_word(a->state));
    put_refusal(w, "arrive", a->arrive);
    jsonw_end(w);
}

int ask_appointments_encode(const struct my_appointments *m, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_int(&w, "at", m->at);
    put_refusal(&w, "refused", m->refused);
    if (m->done[0])
        jsonw_str(&w, "done", m->done);
    jsonw_arr(&w, "days");
    for (int i = 0; i < m->n_days; i++)
        put_day(&w, &m->days[i]);
    jsonw_end(&w);
    jsonw_arr(&w, "list");
    for (int i = 0; i < m->n; i++)
        put_one(&w, &m->list[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) && out->len <= ASK_ANSWER_MAX ? 0 : -ERR_TOOLONG;
}

static int get_refusal(const struct json *o, const char *key, enum appointment_refusal *ret, struct err *e)
{
    const char *word = "";
    int rc = json_opt_str(o, key, 1, 32, &word, e);

    *ret = APPOINTMENT_MAY;
    if (rc == 0 && word[0] && !appointment_refusal_by_word(word, ret))
        rc = err_set(e, ERR_INVALID, "%s is an unknown word", key);
    return rc;
}

static int get_number(const struct json *o, const char *key, char *out, struct err *e)
{
    int rc = ask_get_text(o, key, 1, APPOINTMENT_NUMBER_MAX, out, e);

    return rc == 0 && !appointment_number_valid(out) ? err_set(e, ERR_INVALID, "%s is no number of an appointment", key)
                                                     : rc;
}

static int get_hour(const struct json *o, struct appointment_hour *h, struct err *e)
{
    int64_t left = 0;
    int rc = json_known(o, "from left", e);

    if (rc == 0)
        rc = json_get_int(o, "from", 0, ASK_TIME_MAX, &h->from, e);
    if (rc == 0)
        rc = json_get_int(o, "left", 0, APPOINTMENT_PLACES_MAX, &left, e);
    h->until = h->from + APPOINTMENT_HOUR_MS;
    h->left = (int)left;
    return rc;
}

static int get_day(const struct json *o, struct appointment_day *d, struct err *e)
{
    const struct json *hours = NULL;
    const char *text = "";
    struct date day;
    int rc = json_known(o, "day hours", e);

    if (rc == 0)
        rc = json_get_str(o, "day", DATE_LEN, DATE_LEN, &text, e);
    if (rc == 0 && !record_day_parse(text, &day))
        rc = err_set(e, ERR_INVALID, "day is no day");
    if (rc == 0)
        rc = json_get_arr(o, "hours", APPOINTMENT_HOURS_MAX, &hours, e);
    if (rc < 0)
        return rc;
    d->day = date_to_days(day);
    d->n = (int)json_len(hours);
    for (int i = 0; rc == 0 && i < d->n; i++)
        rc = get_hour(json_at(hours, (size_t)i), &d->hours[i], e);
    return rc == 0 && !d->n ? err_set(e, ERR_INVALID, "a day without hours") : rc;
}

static int get_one(const struct json *o, struct appointment *a, struct err *e)
{
    const char *state = "";
    int rc = json_known(o, "number code queue from state arrive", e);

    if (rc == 0)
        rc = get_number(o, "number", a->number, e);
    if (rc == 0)
        rc = ask_get_text(o, "code", APPOINTMENT_CODE_LEN, APPOINTMENT_CODE_LEN, a->code, e);
    if (rc == 0 && strspn(a->code, "0123456789") != APPOINTMENT_CODE_LEN)
        rc = err_set(e, ERR_INVALID, "code is none");
    if (rc == 0)
        rc = ask_get_text(o, "queue", 1, QUEUE_ID_MAX, a->queue, e);
    if (rc == 0 && !queue_id_valid(a->queue))
        rc = err_set(e, ERR_INVALID, "queue is no id of one");
    if (rc == 0)
        rc = json_get_int(o, "from", 0, ASK_TIME_MAX, &a->from, e);
    if (rc == 0)
        rc = json_get_str(o, "state", 1, 16, &state, e);
    if (rc == 0 && !appointment_state_by_word(state, &a->state))
        rc = err_set(e, ERR_INVALID, "state is an unknown word");
    a->until = a->from + APPOINTMENT_HOUR_MS;
    return rc == 0 ? get_refusal(o, "arrive", &a->arrive, e) : rc;
}

static int get_lists(const struct json *o, struct my_appointments *m, struct err *e)
{
    const struct json *days = NULL, *list = NULL;
    int rc = json_get_arr(o, "days", APPOINTMENT_DAYS_MAX, &days, e);

    if (rc == 0)
        rc = json_get_arr(o, "list", MY_APPOINTMENTS_MAX, &list, e);
    m->n_days = rc == 0 ? (int)json_len(days) : 0;
    m->n = rc == 0 ? (int)json_len(list) : 0;
    for (int i = 0; rc == 0 && i < m->n_days; i++)
        rc = get_day(json_at(days, (size_t)i), &m->days[i], e);
    for (int i = 0; rc == 0 && i < m->n; i++)
        rc = get_one(json_at(list, (size_t)i), &m->list[i], e);
    return rc;
}

static int get_answer(const struct json *o, struct my_appointments *m, struct err *e)
{
    int rc = json_known(o, "v at refused done days list", e);

    if (rc == 0)
        rc = get_refusal(o, "refused", &m->refused, e);
    if (rc == 0 && json_has(o, "done"))
        rc = get_number(o, "done", m->done, e);
    return rc == 0 ? get_lists(o, m, e) : rc;
}

int ask_appointments_decode(const void *data, size_t len, struct my_appointments *ret, enum ask_reason *ret_why,
                            struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, ASK_ANSWER_MAX, &doc, e);

    memset(ret, 0, sizeof *ret);
    *ret_why = ASK_ANSWERED;
    if (rc == 0)
        rc = ask_get_version(doc, e);
    if (rc == 0)
        rc = json_get_int(doc, "at", 0, ASK_TIME_MAX, &ret->at, e);
    if (rc == 0)
        rc = json_has(doc, "reason") ? ask_get_reason(doc, ret_why, e) : get_answer(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "an answer");
}
