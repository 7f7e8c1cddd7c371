/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_supplement.h.
 */
#include "tools/hall/store/store_supplement.h"

#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_index.h"

/* Dated by the terminal, as far as the hall believes it, and never before the case's last event. */
static void fill(struct case_event *ev, const struct case_file *f, const struct sender *who, const struct store_record *r)
{
    int64_t last = f->state.last;

    case_event_init(ev, CASE_EVENT_SUPPLIED);
    ev->at = sender_taken_at(who, r->at, r->clock_trusted, last);
    ev->at = ev->at < last ? last : ev->at;
    ev->entered = who->received < ev->at ? ev->at : who->received;
    text_copy(ev->terminal, sizeof ev->terminal, who->terminal);
    memcpy(ev->supplement, r->id, sizeof ev->supplement);
}

int supplement_take(struct store *s, const struct sender *who, const struct store_record *r,
                    const struct workday_calendar *calendar, enum case_refusal *ret_why, struct err *e)
{
    struct case_event ev;
    struct case_file f;
    int rc = index_want(s, who->office, r->id, r->number, e);

    if (rc == 0)
        rc = case_file_read(s, who->office, r->number, NULL, NULL, &f, e);
    if (rc == -ERR_NOTFOUND) { /* its application is not here yet, or never was */
        *ret_why = CASE_REFUSAL_NOT_RECEIVED;
        *e = (struct err){0};
        return 0;
    }
    if (rc < 0)
        return rc;
    fill(&ev, &f, who, r);
    *ret_why = case_judge(&f.state, &ev, ev.entered);
    return *ret_why == CASE_MAY ? case_file_add(s, &f, &ev, calendar, e) : 0;
}
