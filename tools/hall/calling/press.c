/* SPDX-License-Identifier: Apache-2.0
 *
 * See press.h.
 */
#include "tools/hall/calling/press.h"

#include <stdio.h>
#include <string.h>

#include "tools/hall/store/store_queue.h"

static int audit(struct store *s, const struct press *p, const char *subject, struct err *e)
{
    char action[40], words[CALL_STAFF_MAX + 40] = "called by mouth";
    const struct call *c = &p->call;

    snprintf(action, sizeof action, "queue-%s", p->verb);
    if (c->staff[0] && c->window)
        snprintf(words, sizeof words, "window %d, %s", c->window, c->staff);
    else if (c->staff[0])
        snprintf(words, sizeof words, "%s", c->staff);
    return store_audit(s, c->office, p->by, action, subject, words, e);
}

int press_event(struct store *s, const struct press *p, struct call_answer *ret, struct err *e)
{
    char subject[QUEUE_ID_MAX + TICKET_NUMBER_MAX + 2];
    int rc = call_do(s, &p->call, ret, e);

    if (rc < 0 || ret->refusal != QUEUE_MAY)
        return rc;
    snprintf(subject, sizeof subject, "%s %s", ret->ticket.queue, ret->ticket.number);
    return audit(s, p, subject, e);
}

int press_open(struct store *s, const struct press *p, const char *queues, struct err *e)
{
    char id[QUEUE_ID_MAX + 1];
    int rc = 0;

    for (const char *q = queues; rc == 0 && *q; q += strspn(q, " ")) {
        size_t n = strcspn(q, " ");
        snprintf(id, sizeof id, "%.*s", (int)n, q);
        rc = queue_need_known(s, id, e);
        q += n;
    }
    if (rc == 0)
        rc = call_open(s, p->call.office, p->call.window, queues, p->call.staff, p->call.at, e);
    return rc == 0 ? audit(s, p, queues, e) : rc;
}

int press_close(struct store *s, const struct press *p, enum queue_refusal *ret, struct err *e)
{
    int rc = call_close(s, p->call.office, p->call.window, p->call.at, ret, e);

    return rc == 0 && *ret == QUEUE_MAY ? audit(s, p, "window", e) : rc;
}
