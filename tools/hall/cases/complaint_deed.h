/* SPDX-License-Identifier: Apache-2.0
 *
 * What staff do to what somebody said (rules/complaint.h), alike for hallctl complaint and the staff's pages: read in the
 * caller's transaction, judged, added, and written into the audit log, also where it is refused. In an office without
 * accounts anybody may who has the hall's machine; else roles decide.
 */
#ifndef HALL_COMPLAINT_DEED_H
#define HALL_COMPLAINT_DEED_H

#include "tools/hall/store/store_complaint.h"

struct complaint_deed {
    int office;
    const char *number;
    enum complaint_event_kind kind;
    const char *staff, *post, *to_staff, *to_post, *words; /* NULL: not said */
    enum complaint_why why;
    const char *by; /* of the audit log */
    /* what came of it */
    struct complaint_file file; /* as it stands then */
    enum complaint_refusal refusal;
};
/* -ERR_NOTFOUND: nothing with this number has come; -ERR_RETRY: somebody was faster, the whole transaction again. */
int complaint_do(struct store *s, struct complaint_deed *d, struct err *e);
/* May it be done now, by whom it is? All but the words is judged. */
int complaint_may(struct store *s, const struct complaint_file *f, const struct account *by, enum complaint_event_kind kind,
                  enum complaint_refusal *ret, struct err *e);
/* May this member of staff read it? True, too, in an office without accounts. */
int complaint_judge_reader(struct store *s, const struct complaint_file *f, const char *staff, enum complaint_refusal *ret,
                           struct err *e);

#endif
