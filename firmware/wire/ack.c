/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's word as JSON and as signed bytes.
 */
#include "wire/ack.h"

#include <stdio.h>
#include <string.h>

void ack_put(struct jsonw *w, const char *seq, const struct ack *a)
{
    jsonw_int(w, seq, (int64_t)a->seq);
    jsonw_hex(w, "hash", a->hash, HASH_LEN);
    manifest_signature_put(w, &a->by);
}

int ack_encode(const struct ack *a, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    ack_put(&w, "stored", a);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

int ack_get(const struct json *obj, const char *seq, struct ack *ret, struct err *e)
{
    struct ack a = {.seq = 0};
    char known[40];
    const char *hash = NULL;
    int64_t n = 0;
    size_t len;

    snprintf(known, sizeof known, "%s hash key sig", seq);
    int rc = json_known(obj, known, e);
    if (rc == 0)
        rc = json_get_int(obj, seq, 0, INT64_MAX, &n, e);
    if (rc == 0)
        rc = json_get_str(obj, "hash", 2 * HASH_LEN, 2 * HASH_LEN, &hash, e);
    if (rc == 0 && hex_decode(hash, 2 * HASH_LEN, a.hash, HASH_LEN, &len) < 0)
        rc = err_set(e, ERR_INVALID, "\"hash\" is not hexadecimal");
    if (rc == 0)
        rc = manifest_signature_get(obj, &a.by, e);
    if (rc < 0)
        return rc;
    a.seq = (uint64_t)n;
    *ret = a;
    return 0;
}

int ack_decode(const void *data, size_t len, struct ack *ret, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, ACK_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = ack_get(doc, "stored", ret, e);
    json_free(doc);
    return err_wrap(e, rc, "the hall's word");
}

int ack_message(const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct ack *a, struct buf *out)
{
    struct chain_head place = {.seq = a->seq};

    memcpy(place.hash, a->hash, HASH_LEN);
    return chain_head_message(terminal, epoch, &place, out);
}

int ack_verify(const struct manifest_role *hall, const char *terminal, const uint8_t epoch[EPOCH_LEN], const struct ack *a,
               struct err *e)
{
    struct buf message;
    int rc;

    buf_init(&message, ACK_BYTES_MAX);
    rc = ack_message(terminal, epoch, a, &message);
    if (rc < 0)
        err_set(e, ERR_TOOLONG, "the terminal's name is too long");
    else
        rc = manifest_verify_one(hall, ACK_PREFIX, message.data, message.len, &a->by, e);
    buf_finish(&message);
    return err_wrap(e, rc, "the hall's word for record %llu", (unsigned long long)a->seq);
}
