/* SPDX-License-Identifier: Apache-2.0
 *
 * Leases as JSON. Request and answer share all members but the block.
 */
#include "wire/lease.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "wire/record.h"

static int encode(const struct lease *l, bool answer, struct buf *out)
{
    char day[DATE_LEN + 1];
    struct jsonw w;

    date_format(l->day, day);
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_hex(&w, "request", l->id, sizeof l->id);
    jsonw_str(&w, "queue", l->queue);
    jsonw_str(&w, "day", day);
    if (answer) {
        jsonw_int(&w, "first", l->block.first);
        jsonw_int(&w, "count", l->block.count);
    }
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int lease_request_encode(const struct lease *l, struct buf *out)
{
    return encode(l, false, out);
}

int lease_answer_encode(const struct lease *l, struct buf *out)
{
    return encode(l, true, out);
}

static int read_request(const struct json *doc, struct lease *l, struct err *e)
{
    const char *id = NULL, *queue = NULL, *day = NULL;
    int64_t v = 0;
    size_t n = 0;
    int rc = json_get_int(doc, "v", 1, 1, &v, e);

    if (!rc)
        rc = json_get_str(doc, "request", 2 * LEASE_ID_LEN, 2 * LEASE_ID_LEN, &id, e);
    if (!rc && hex_decode(id, strlen(id), l->id, sizeof l->id, &n))
        rc = err_set(e, ERR_INVALID, "\"request\" is not hexadecimal");
    if (!rc)
        rc = json_get_str(doc, "queue", 1, QUEUE_ID_MAX, &queue, e);
    if (!rc && !queue_id_valid(queue))
        rc = err_set(e, ERR_INVALID, "\"queue\" may hold a-z, 0-9, _ and - only");
    if (!rc)
        rc = json_get_str(doc, "day", DATE_LEN, DATE_LEN, &day, e);
    if (!rc && !record_day_parse(day, &l->day))
        rc = err_set(e, ERR_INVALID, "\"day\" is no date");
    if (!rc)
        text_copy(l->queue, sizeof l->queue, queue);
    return rc;
}

static int read_block(const struct json *doc, struct ticket_block *b, struct err *e)
{
    int64_t first = 0, count = 0;
    int rc = json_get_int(doc, "first", 1, TICKET_FIRST_MAX, &first, e);

    if (!rc)
        rc = json_get_int(doc, "count", 1, TICKET_BLOCK, &count, e);
    *b = (struct ticket_block){(int)first, (int)count};
    return rc;
}

static int decode(const void *data, size_t len, bool answer, struct lease *ret, struct err *e)
{
    struct lease l = {.block = {0, 0}};
    struct json *doc = NULL;
    int rc = json_parse(data, len, LEASE_BYTES_MAX, &doc, e);

    if (!rc)
        rc = json_known(doc, answer ? "v request queue day first count" : "v request queue day", e);
    if (!rc)
        rc = read_request(doc, &l, e);
    if (!rc && answer)
        rc = read_block(doc, &l.block, e);
    json_free(doc);
    if (!rc)
        *ret = l;
    return err_wrap(e, rc, answer ? "a leased block" : "a request for a block");
}

int lease_request_decode(const void *data, size_t len, struct lease *ret, struct err *e)
{
    return decode(data, len, false, ret, e);
}

int lease_answer_decode(const void *data, size_t len, struct lease *ret, struct err *e)
{
    return decode(data, len, true, ret, e);
}

bool lease_same(const struct lease *a, const struct lease *b)
{
    return !memcmp(a->id, b->id, LEASE_ID_LEN) && !strcmp(a->queue, b->queue) && !date_compare(a->day, b->day);
}
