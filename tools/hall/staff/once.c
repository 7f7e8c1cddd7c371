/* SPDX-License-Identifier: Apache-2.0
 *
 * See once.h.
 */
#include "tools/hall/staff/once.h"

#include <string.h>

#include "base/clock.h"

void once_take(struct ask *a, const void *body, size_t len)
{
    const char *id = exchange_header(a->exchange, "X-Tongban-Id"), *path = exchange_path(a->exchange);
    size_t n = 0;

    if (!id)
        return;
    if (hex_decode(id, strlen(id), a->once.id, sizeof a->once.id, &n) < 0 || n != sizeof a->once.id) {
        ask_refuse(a, 400, "unreadable");
        return;
    }
    struct sha256 *h = sha256_begin();
    sha256_add(h, path, strlen(path) + 1);
    sha256_add(h, body, len);
    sha256_end(h, a->once.what);
    a->has_once = true;
}

int once_look(struct ask *a, struct store *s, struct err *e)
{
    char at[CLOCK_RFC3339_LEN + 1];
    struct err why = {0};
    struct sent before;

    if (!a->has_once || !a->me.id[0])
        return 0;
    int rc = sent_read(s, a->me.office, a->once.id, &before, &why);
    if (rc == -ERR_NOTFOUND)
        return 0;
    if (rc < 0) {
        *e = why;
        return rc;
    }
    if (memcmp(before.what, a->once.what, sizeof before.what) != 0) {
        ask_refuse(a, 422, "id-used");
        return 0;
    }
    clock_format_rfc3339(a->now, at);
    ask_answer(a, 200);
    jsonw_str(&a->w, "at", at);
    jsonw_bool(&a->w, "repeated", true);
    return 0;
}

int once_keep(struct ask *a, struct store *s, struct err *e)
{
    return a->has_once && a->me.id[0] && a->status == 200 ? sent_add(s, a->me.office, &a->once, a->now, e) : 0;
}
