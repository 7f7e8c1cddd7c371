/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl complaint` share: complaint.c has the command and its arguments, complaint_act.c what is done,
 * complaint_show.c what is told.
 */
#ifndef HALLCTL_COMPLAINT_H
#define HALLCTL_COMPLAINT_H

#include "tools/hall/cases/published.h"
#include "tools/hall/store/store_complaint.h"
#include "tools/hallctl/hallctl.h"

#define COMPLAINT_COMMAND "hallctl complaint"

struct complaint_options {
    const char *verb, *number, *data, *office, *stage, *staff, *post, *reason, *to, *to_post, *why, *socket;
    bool json;
    int office_n;
    enum complaint_stage stage_n; /* COMPLAINT_STAGES: those that are owed an answer */
    enum complaint_event_kind kind;
    enum complaint_why why_n;
};

/* Each returns the exit code. */
int complaint_list(struct store *s, const struct published *p, const struct complaint_options *o);
int complaint_show(struct store *s, const struct published *p, const struct complaint_options *o);
int complaint_open(struct store *s, const struct published *p, const struct complaint_options *o);
int complaint_act(struct store *s, const struct published *p, const struct complaint_options *o);

/* Says why not, and what to do; the exit code. */
int complaint_say_refused(const struct complaint_options *o, enum complaint_refusal why);

#endif
