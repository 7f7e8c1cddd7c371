/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl case` share: case.c has the command and its arguments, case_act.c what changes a case,
 * case_show.c what tells of one, case_paper.c its papers. What it shares with the staff's pages is tools/hall/cases.
 */
#ifndef HALLCTL_CASE_H
#define HALLCTL_CASE_H

#include "model/strings.h"
#include "tools/hall/cases/published.h"
#include "tools/hall/store/store_case.h"
#include "tools/hallctl/hallctl.h"

#define CASE_COMMAND "hallctl case"

struct case_options {
    const char *verb, *number_given;
    const char *data, *office, *stage, *bundle, *staff, *post, *at, *version, *reason, *law, *procedure, *days, *unit,
        *result, *to, *to_post, *language, *events, *catalogue, *out, *socket, *openings, *name, *id, *root;
    const char *paper, *paper_code; /* words behind the verb */
    bool json;
    /* what was read of them */
    enum case_event_kind kind; /* of a verb that adds an event */
    char number[CASE_NUMBER_LEN + 1], bundle_number[CASE_NUMBER_LEN + 1];
    int office_n;            /* of the number too */
    enum case_stage stage_n; /* CASE_STAGES: all */
    enum case_procedure procedure_n;
    enum case_result result_n;
    enum day_unit unit_n;
    enum language language_n;
    int64_t days_n, version_n, at_ms; /* version 0: whichever */
};

/* published_open(); without a catalogue stderr says what that means. */
int case_published(const char *data, struct published *ret, struct err *e);

/* --- verbs; each prints its answer. The exit code --- */
int case_act(struct store *s, const struct published *p, const struct case_options *o);
/* Takes in one, or all that nobody has. */
int case_receive(struct store *s, const struct published *p, const struct case_options *o);
int case_recount(struct store *s, const struct published *p, const struct case_options *o);
int case_list(struct store *s, const struct published *p, const struct case_options *o);
int case_cards(struct store *s, const struct published *p, const struct case_options *o);
int case_overdue(struct store *s, const struct published *p, const struct case_options *o); /* case_page.c */
int case_show(struct store *s, const struct published *p, const struct case_options *o);
int case_tell_licences(struct store *s, const struct published *p, const struct case_options *o); /* licence_case.c */
int case_explain(struct store *s, const struct published *p, const struct case_options *o);

int case_open(struct store *s, const struct published *p, const struct case_options *o); /* case_open.c */
int case_openings(struct store *s, const struct published *p, const struct case_options *o);
int case_paper(struct store *s, const struct published *p, const struct case_options *o); /* case_paper.c */

/* case_recompute.c. Without a hall: `s` and `p` are NULL. */
int case_recompute(struct store *s, const struct published *p, const struct case_options *o);
/* case_paper.c. Likewise. */
int case_verify_paper(struct store *s, const struct published *p, const struct case_options *o);
int case_verify_page(struct store *s, const struct published *p, const struct case_options *o);

/* --- what the telling files share (case_show.c) --- */

/* Appends its line for people. */
void case_say_deadline(struct buf *out, const struct deadline *d, struct date today, enum language l);
/* Prints where it stands. */
void case_say_head(const struct case_file *f);

#endif
