/* SPDX-License-Identifier: Apache-2.0
 *
 * The little that all handlers need.
 */
#include "tools/hall/terminals/hall.h"

struct registry_entry *hall_terminal(struct hall *h, const struct exchange *x)
{
    const struct who *w = exchange_who(x);
    return w->kind == WHO_TERMINAL ? registry_find(h->registry, w->id) : NULL;
}

void hall_alert(struct hall *h, int office, const char *terminal, const char *what, const char *detail)
{
    alerts_tell(h->alerts, office, terminal, what, detail);
}

void hall_answer_failure(struct exchange *x, int rc)
{
    if (rc == -ERR_NOSPACE)
        server_answer_error(x, 503, "the hall's disk is full");
    else if (rc == -ERR_BUSY)
        server_answer_error(x, 503, "the hall is busy");
    else if (rc == -ERR_UNREACHABLE)
        server_answer_error(x, 503, "the hall's database cannot be reached");
    else
        server_answer_error(x, 500, "the hall could not store it");
}
