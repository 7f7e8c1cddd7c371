/* SPDX-License-Identifier: Apache-2.0
 *
 * News as JSON.
 */
#include "wire/news.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define PEOPLE_MAX 100000
#define MINUTES_MAX (24 * 60)
#define OFFICE_MAX 9999
#define TIME_MAX_MS INT64_C(253402300799999)

/* --- writing --- */

static void put_queue(struct jsonw *w, const struct queue_now *q)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "id", q->id);
    if (q->waiting >= 0)
        jsonw_int(w, "waiting", q->waiting);
    if (q->minutes >= 0)
        jsonw_int(w, "minutes", q->minutes);
    if (q->paused_until) {
        jsonw_int(w, "paused_until", q->paused_until);
        jsonw_str(w, "reason", q->reason);
    }
    jsonw_end(w);
}

int news_queues_encode(const struct news_queues *q, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "office", q->office);
    jsonw_int(&w, "at", q->at_ms);
    jsonw_int(&w, "version", q->now.version);
    jsonw_arr(&w, "list");
    for (int i = 0; i < q->now.n; i++)
        put_queue(&w, &q->now.list[i]);
    jsonw_end(&w);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static void put_word(struct jsonw *w, const char *key, const struct news_word *word)
{
    jsonw_obj(w, key);
    jsonw_str(w, "state", word->state);
    manifest_signature_put(w, &word->by);
    jsonw_end(w);
}

int news_word_encode(const struct news_word *word, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    put_word(&w, NULL, word);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int news_encode(const struct news *n, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "catalogue", n->catalogue);
    jsonw_int(&w, "spread_ms", n->spread_ms);
    if (n->has_queues)
        put_word(&w, "queues", &n->queues);
    if (n->has_halts)
        put_word(&w, "halts", &n->halts);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

/* --- reading --- */

static int read_numbers(const struct json *o, struct queue_now *q, struct err *e)
{
    int64_t waiting = -1, minutes = -1;
    int rc = json_opt_int(o, "waiting", 0, PEOPLE_MAX, &waiting, e);

    if (rc == 0)
        rc = json_opt_int(o, "minutes", 0, MINUTES_MAX, &minutes, e);
    if (rc == 0)
        rc = json_opt_int(o, "paused_until", 1, TIME_MAX_MS, &q->paused_until, e);
    q->waiting = (int)waiting;
    q->minutes = (int)minutes;
    return rc;
}

static int read_queue(const struct json *o, struct queue_now *q, struct err *e)
{
    const char *id = NULL, *reason = "";
    int rc = json_known(o, "id waiting minutes paused_until reason", e);

    if (rc == 0)
        rc = json_get_str(o, "id", 1, QUEUE_ID_MAX, &id, e);
    if (rc == 0 && !queue_id_valid(id))
        rc = err_set(e, ERR_INVALID, "a queue's id may hold a-z, 0-9, _ and - only");
    if (rc == 0)
        rc = read_numbers(o, q, e);
    if (rc == 0)
        rc = json_opt_str(o, "reason", 0, QUEUE_REASON_MAX, &reason, e);
    if (rc == 0 && *reason && !q->paused_until)
        rc = err_set(e, ERR_INVALID, "a queue that is not paused has no reason for it");
    if (rc == 0) {
        text_copy(q->id, sizeof q->id, id);
        text_copy(q->reason, sizeof q->reason, reason);
    }
    return rc;
}

static int read_queues(const struct json *o, struct news_queues *ret, struct err *e)
{
    struct news_queues q = {.office = 0};
    const struct json *list = NULL;
    int64_t office = 0;
    int rc = json_known(o, "office at version list", e);

    if (rc == 0)
        rc = json_get_int(o, "office", 0, OFFICE_MAX, &office, e);
    if (rc == 0)
        rc = json_get_int(o, "at", 0, TIME_MAX_MS, &q.at_ms, e);
    if (rc == 0)
        rc = json_get_int(o, "version", 0, INT64_MAX, &q.now.version, e);
    if (rc == 0)
        rc = json_get_arr(o, "list", QUEUES_NOW_MAX, &list, e);
    for (size_t i = 0; rc == 0 && i < json_len(list); i++)
        rc = read_queue(json_at(list, i), &q.now.list[q.now.n++], e);
    q.office = (int)office;
    if (rc == 0)
        *ret = q;
    return rc;
}

int news_queues_decode(const void *data, size_t len, struct news_queues *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, NEWS_QUEUES_MAX, &doc, e);

    if (rc == 0)
        rc = read_queues(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "the queues");
}

static int read_word(const struct json *o, struct news_word *ret, struct err *e)
{
    const char *state = NULL;
    int rc = json_known(o, "state key sig", e);

    if (rc == 0)
        rc = json_get_str(o, "state", 1, NEWS_QUEUES_MAX, &state, e);
    if (rc == 0)
        rc = manifest_signature_get(o, &ret->by, e);
    if (rc == 0)
        text_copy(ret->state, sizeof ret->state, state);
    return rc;
}

int news_word_decode(const void *data, size_t len, struct news_word *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, NEWS_WORD_MAX, &doc, e);

    if (rc == 0)
        rc = read_word(doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "the hall's word");
}

int news_word_verify(const struct manifest_role *hall, const struct news_word *w, struct err *e)
{
    int rc = manifest_verify_one(hall, NEWS_QUEUES_PREFIX, w->state, strlen(w->state), &w->by, e);

    return err_wrap(e, rc, "the hall's word for the queues");
}

int news_decode(const void *data, size_t len, struct news *ret, struct err *e)
{
    struct news n = {.catalogue = 0};
    const struct json *queues = NULL, *halts = NULL;
    struct json *doc = NULL;
    int rc = json_parse(data, len, NEWS_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, "catalogue spread_ms queues halts", e);
    if (rc == 0)
        rc = json_get_int(doc, "catalogue", 0, INT32_MAX, &n.catalogue, e);
    if (rc == 0)
        rc = json_get_int(doc, "spread_ms", 0, NEWS_SPREAD_MAX_MS, &n.spread_ms, e);
    if (rc == 0)
        rc = json_opt_obj(doc, "queues", &queues, e);
    if (rc == 0)
        rc = json_opt_obj(doc, "halts", &halts, e);
    n.has_queues = queues != NULL;
    n.has_halts = halts != NULL;
    if (rc == 0 && queues)
        rc = read_word(queues, &n.queues, e);
    if (rc == 0 && halts)
        rc = read_word(halts, &n.halts, e);
    json_free(doc);
    if (rc == 0)
        *ret = n;
    return err_wrap(e, rc, "the hall's news");
}
