/* SPDX-License-Identifier: Apache-2.0
 *
 * Findings about catalogue files, told while they are found: one line each for people, or one JSON object at the end. Lint,
 * build and import speak through it.
 */
#ifndef HALLCTL_REPORT_H
#define HALLCTL_REPORT_H

#include <stdio.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/progress.h"
#include "catalog/item_check.h"

/* Where and what: `file` stands on the line for people when there is one, else `item`. All may be NULL but `code`. */
struct finding {
    enum item_severity severity;
    const char *file, *item; /* path of a file; task_code */
    const char *path;        /* of the field inside the item: "handle_flow[1].post" */
    const char *code;        /* a stable word for the kind of defect: "credit-code-check" */
};
struct report {
    FILE *out;
    bool json;
    struct buf list;
    struct jsonw w;
    int errors, warnings;
    struct progress *progress; /* whose line gives way to a finding's; NULL: none */
};

void report_open(struct report *r, FILE *out, bool json);
void report_say(struct report *r, const struct finding *f, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* With --json: the list of all findings, a JSON array; to be written by jsonw_raw(). Valid until report_close(). */
const char *report_list(struct report *r);
void report_close(struct report *r);

#endif
