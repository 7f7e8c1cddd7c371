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
        manifest_signature_put(&w, &l->by);
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

    if (rc == 0)
        rc = json_get_str(doc, "request", 2 * LEASE_ID_LEN, 2 * LEASE_ID_LEN, &id, e);
    if (rc == 0 && hex_decode(id, strlen(id), l->id, sizeof l->id, &n))
        rc = err_set(e, ERR_INVALID, "\"request\" is not hexadecimal");
    if (rc == 0)
        rc = json_get_str(doc, "queue", 1, QUEUE_ID_MAX, &queue, e);
    if (rc == 0 && !queue_id_valid(queue))
        rc = err_set(e, ERR_INVALID, "\"queue\" may hold a-z, 0-9, _ and - only");
    if (rc == 0)
        rc = json_get_str(doc, "day", DATE_LEN, DATE_LEN, &day, e);
    if (rc == 0 && !record_day_parse(day, &l->day))
        rc = err_set(e, ERR_INVALID, "\"day\" is no date");
    if (rc == 0)
        text_copy(l->queue, sizeof l->queue, queue);
    return rc;
}

static int read_block(const struct json *doc, struct ticket_block *b, struct err *e)
{
    int64_t first = 0, count = 0;
    int rc = json_get_int(doc, "first", 1, TICKET_FIRST_MAX, &first, e);

    if (rc == 0)
        rc = json_get_int(doc, "count", 1, TICKET_BLOCK, &count, e);
    *b = (struct ticket_block){(int)first, (int)count};
    return rc;
}

static int decode(const void *data, size_t len, bool answer, struct lease *ret, struct err *e)
{
    struct lease l = {.block = {0, 0}};
    struct json *doc = NULL;
    int rc = json_parse(data, len, LEASE_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = json_known(doc, answer ? "v request queue day first count key sig" : "v request queue day", e);
    if (rc == 0)
        rc = read_request(doc, &l, e);
    if (rc == 0 && answer)
        rc = read_block(doc, &l.block, e);
    if (rc == 0 && answer)
        rc = manifest_signature_get(doc, &l.by, e);
    json_free(doc);
    if (rc == 0)
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

static int add_text(struct buf *out, const char *text)
{
    buf_add_be32(out, (uint32_t)strlen(text));
    return buf_adds(out, text);
}

int lease_message(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct lease *l, struct buf *out)
{
    add_text(out, terminal);
    buf_add(out, epoch, EPOCH_LEN);
    buf_add(out, l->id, LEASE_ID_LEN);
    add_text(out, l->queue);
    buf_add_be32(out, (uint32_t)(l->day.year * 10000 + l->day.month * 100 + l->day.day));
    buf_add_be32(out, (uint32_t)l->block.first);
    return buf_add_be32(out, (uint32_t)l->block.count);
}

int lease_verify(const struct manifest_role *hall, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                 const struct lease *l, struct err *e)
{
    struct buf message;

    buf_init(&message, LEASE_BYTES_MAX);
    int rc = lease_message(terminal, epoch, l, &message);
    if (rc)
        err_set(e, (enum err_code) - rc, "the terminal's name is too long");
    else
        rc = manifest_verify_one(hall, LEASE_PREFIX, message.data, message.len, &l->by, e);
    buf_finish(&message);
    return err_wrap(e, rc, "leased numbers of %s", l->queue);
}

bool lease_same(const struct lease *a, const struct lease *b)
{
    return !memcmp(a->id, b->id, LEASE_ID_LEN) && !strcmp(a->queue, b->queue) && !date_compare(a->day, b->day);
}
