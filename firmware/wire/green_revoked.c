/* SPDX-License-Identifier: Apache-2.0
 *
 * See green_revoked.h.
 */
#include "wire/green_revoked.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "tongban-green-revoked-v1\n"
#define MINUTE_MAX INT64_C(99999999) /* of the year 2160 */

bool green_revoked_has(const struct green_revoked *r, const char *serial)
{
    for (int i = 0; i < r->n; i++)
        if (strcmp(r->serials[i], serial) == 0)
            return true;
    return false;
}

static int put_list(const struct green_revoked *r, struct buf *out)
{
    int rc = buf_addf(out, "TBR1 %04d %" PRId64 " %d\n", r->office, r->minute, r->n);

    for (int i = 0; rc == 0 && i < r->n; i++)
        rc = buf_addf(out, "%s\n", r->serials[i]);
    return rc;
}

int green_revoked_sign(const struct private_key *k, struct green_revoked *r, struct err *e)
{
    struct buf text;

    buf_init(&text, GREEN_REVOKED_BYTES_MAX);
    int rc = put_list(r, &text);
    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the list of revoked cards")
                : sign_message(k, PREFIX, text.data, text.len, r->sig, &r->sig_len, e);
    buf_finish(&text);
    return rc;
}

int green_revoked_verify(const struct manifest_role *hall, const struct green_revoked *r, struct err *e)
{
    struct buf text;
    bool good = false;

    buf_init(&text, GREEN_REVOKED_BYTES_MAX);
    put_list(r, &text);
    for (size_t i = 0; i < hall->n && buf_ok(&text) && !good; i++)
        good = verify_message(&hall->keys[i], PREFIX, text.data, text.len, r->sig, r->sig_len, NULL) == 0;
    buf_finish(&text);
    return good ? 0 : err_set(e, ERR_SIGNATURE, "no key of the hall's word has signed this list of revoked cards");
}

int green_revoked_encode(const struct green_revoked *r, struct buf *out)
{
    put_list(r, out);
    buf_add_hex(out, r->sig, r->sig_len);
    return buf_addc(out, '\n');
}

/* The next line without its end, up to `cap` - 1 bytes; NULL: there is none, or it is longer. */
static const char *next_line(const char **at, const char *end, char *out, size_t cap)
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    size_t n = stop ? (size_t)(stop - *at) : cap;

    if (n >= cap || memchr(*at, '\0', n))
        return NULL;
    memcpy(out, *at, n);
    out[n] = '\0';
    *at = stop + 1;
    return out;
}

static bool get_head(const char *line, struct green_revoked *r)
{
    char again[64];

    if (sscanf(line, "TBR1 %4d %9" SCNd64 " %4d", &r->office, &r->minute, &r->n) != 3 || r->office < 0 || r->minute < 0 ||
        r->minute > MINUTE_MAX || r->n < 0 || r->n > GREEN_REVOKED_MAX)
        return false;
    snprintf(again, sizeof again, "TBR1 %04d %" PRId64 " %d", r->office, r->minute, r->n);
    return strcmp(line, again) == 0; /* one spelling for each value */
}

static bool get_all(const char *at, const char *end, struct green_revoked *r)
{
    char line[2 * SIGNATURE_MAX + 2];
    bool good = next_line(&at, end, line, sizeof line) && get_head(line, r);

    for (int i = 0; good && i < r->n; i++) {
        good = next_line(&at, end, line, sizeof line) && green_serial_valid(line) &&
               (i == 0 || strcmp(r->serials[i - 1], line) < 0);
        if (good)
            memcpy(r->serials[i], line, sizeof r->serials[i]);
    }
    return good && next_line(&at, end, line, sizeof line) && strspn(line, "0123456789abcdef") == strlen(line) &&
           hex_decode(line, strlen(line), r->sig, sizeof r->sig, &r->sig_len) == 0 && r->sig_len > 0 && at == end;
}

int green_revoked_decode(const void *data, size_t len, struct green_revoked *ret, struct err *e)
{
    struct green_revoked *r = calloc(1, sizeof *r);
    int rc = 0;

    if (!r)
        return err_set(e, ERR_NOMEM, "the list of revoked cards");
    if (len < 1 || len > GREEN_REVOKED_BYTES_MAX || !get_all(data, (const char *)data + len, r))
        rc = err_set(e, ERR_INVALID, "this is not a list of revoked cards, or not all of it");
    else
        *ret = *r;
    free(r);
    return rc;
}
