/* SPDX-License-Identifier: Apache-2.0
 *
 * Batches: the same limits are checked on the way out and in, so a terminal cannot make what the hall must refuse.
 */
#include "wire/batch.h"

#include <string.h>

#include "base/json.h"

static const uint8_t magic[4] = {'T', 'B', 'B', '1'};

static int check_shape(const struct batch *b, struct err *e)
{
    if (b->n == 0 || b->n > BATCH_RECORDS_MAX)
        return err_set(e, ERR_RANGE, "a batch has 1 to %d records, this one %zu", BATCH_RECORDS_MAX, b->n);
    if (b->first == 0 || b->first > INT64_MAX - BATCH_RECORDS_MAX)
        return err_set(e, ERR_RANGE, "the first seq is out of range");
    if (b->head.seq != b->first + b->n - 1)
        return err_set(e, ERR_INVALID, "the signed head is not that of the last record");
    if (b->head.signature_len == 0 || b->head.signature_len > SIGNATURE_MAX)
        return err_set(e, ERR_RANGE, "the signature's length is out of range");
    for (size_t i = 0; i < b->n; i++)
        if (b->records[i].header_len == 0 || b->records[i].header_len > RECORD_HEADER_MAX ||
            b->records[i].body_len > RECORD_BODY_MAX)
            return err_set(e, ERR_RANGE, "a header or body is longer than allowed");
    return 0;
}

static void put_record(struct buf *out, const struct batch_record *r)
{
    buf_add_be32(out, (uint32_t)r->header_len);
    buf_add(out, r->header, r->header_len);
    buf_add_be32(out, (uint32_t)r->body_len);
    buf_add(out, r->body, r->body_len);
    buf_add(out, r->body_hash, HASH_LEN);
}

int batch_encode(const struct batch *b, struct buf *out, struct err *e)
{
    size_t start = out->len;

    int rc = check_shape(b, e);
    if (rc)
        return err_wrap(e, rc, "write a batch");
    buf_add(out, magic, sizeof magic);
    buf_add(out, b->epoch, EPOCH_LEN);
    buf_add_be64(out, b->first);
    buf_add_be16(out, (uint16_t)b->n);
    for (size_t i = 0; i < b->n; i++)
        put_record(out, &b->records[i]);
    buf_add_be64(out, b->head.seq);
    buf_add(out, b->head.hash, HASH_LEN);
    buf_add_be16(out, (uint16_t)b->head.signature_len);
    buf_add(out, b->head.signature, b->head.signature_len);
    if (!buf_ok(out) || out->len - start > BATCH_BYTES_MAX)
        return err_set(e, ERR_TOOLONG, "write a batch: more than %d bytes", BATCH_BYTES_MAX);
    return 0;
}

/* --- reading ---------------------------------------------------------------------------------------------------------- */

struct reader {
    const uint8_t *p;
    size_t left;
};

/* The next n bytes, NULL when there are fewer. */
static const uint8_t *take(struct reader *r, size_t n)
{
    const uint8_t *p = r->p;

    if (r->left < n)
        return NULL;
    r->p += n;
    r->left -= n;
    return p;
}

/* be32 length ‖ bytes. */
static bool take_bytes(struct reader *r, size_t max, const uint8_t **ret, size_t *ret_len)
{
    const uint8_t *p = take(r, 4);

    if (!p || be32(p) > max)
        return false;
    *ret_len = be32(p);
    *ret = take(r, *ret_len);
    return *ret != NULL;
}

static bool take_record(struct reader *r, struct batch_record *ret)
{
    const uint8_t *hash;

    if (!take_bytes(r, RECORD_HEADER_MAX, &ret->header, &ret->header_len) ||
        !take_bytes(r, RECORD_BODY_MAX, &ret->body, &ret->body_len) || !(hash = take(r, HASH_LEN)))
        return false;
    memcpy(ret->body_hash, hash, HASH_LEN);
    return true;
}

static bool take_start(struct reader *r, struct batch *ret)
{
    const uint8_t *p = take(r, sizeof magic + EPOCH_LEN + 8 + 2);

    if (!p || memcmp(p, magic, sizeof magic))
        return false;
    memcpy(ret->epoch, p + 4, EPOCH_LEN);
    ret->first = be64(p + 4 + EPOCH_LEN);
    ret->n = be16(p + 12 + EPOCH_LEN);
    return ret->n <= BATCH_RECORDS_MAX;
}

static bool take_head(struct reader *r, struct chain_head *ret)
{
    const uint8_t *p = take(r, 8 + HASH_LEN + 2), *sig;

    if (!p)
        return false;
    ret->seq = be64(p);
    memcpy(ret->hash, p + 8, HASH_LEN);
    ret->signature_len = be16(p + 8 + HASH_LEN);
    if (ret->signature_len > SIGNATURE_MAX || !(sig = take(r, ret->signature_len)))
        return false;
    memcpy(ret->signature, sig, ret->signature_len);
    return true;
}

int batch_decode(const void *data, size_t len, struct batch *ret, struct err *e)
{
    struct reader r = {data, len};
    struct batch b = {.n = 0};

    if (len > BATCH_BYTES_MAX)
        return err_set(e, ERR_TOOLONG, "read a batch: more than %d bytes", BATCH_BYTES_MAX);
    if (!take_start(&r, &b))
        return err_set(e, ERR_INVALID, "read a batch: its first bytes are not those of a batch");
    for (size_t i = 0; i < b.n; i++)
        if (!take_record(&r, &b.records[i]))
            return err_set(e, ERR_INVALID, "read a batch: record %zu of %zu is cut off or too long", i + 1, b.n);
    if (!take_head(&r, &b.head) || r.left)
        return err_set(e, ERR_INVALID, "read a batch: its end is cut off, too long or followed by something");
    int rc = check_shape(&b, e);
    if (rc)
        return err_wrap(e, rc, "read a batch");
    *ret = b;
    return 0;
}

/* --- the answer ------------------------------------------------------------------------------------------------------- */

int batch_answer_encode(const struct batch_answer *a, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    ack_put(&w, a->kind == BATCH_FORK ? "fork" : "stored", &a->ack);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static int answer_of_json(bool conflict, const struct json *doc, struct batch_answer *ret, struct err *e)
{
    bool fork = json_has(doc, "fork");

    if (fork && !conflict)
        return err_set(e, ERR_PROTOCOL, "a fork reported with status 200");
    ret->kind = fork ? BATCH_FORK : conflict ? BATCH_RESEND : BATCH_STORED;
    return ack_get(doc, fork ? "fork" : "stored", &ret->ack, e);
}

int batch_answer_decode(int http_status, const void *data, size_t len, struct batch_answer *ret, struct err *e)
{
    struct json *doc = NULL;

    if (http_status != 200 && http_status != 409)
        return err_set(e, ERR_REFUSED, "the hall did not take the batch: HTTP status %d", http_status);
    int rc = json_parse(data, len, JSON_SIZE_MAX, &doc, e);
    if (rc == 0)
        rc = answer_of_json(http_status == 409, doc, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "read the hall's answer to a batch");
}
