/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl slots: which of the two systems runs, what lies in the other slot, and what became of the last update.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/kioskctl/kioskctl.h"
#include "wire/system.h"

#define COMMAND "kioskctl slots"

static const char help[] =
    "kioskctl slots [--status FILE] [--json]\n\n"
    "Which system this terminal runs, which one the other slot holds and whether it may start, and what became of the\n"
    "last update. FILE is what the update last said, " SYSTEM_STATUS_FILE " where it is not given; only an\n"
    "image has it.\n"
    "Exit: 0 the last update is well or under way, 1 it was refused, failed or fell back, 3 there is nothing to read.\n";

/* What a technician makes of a state of system_state.def. */
static const char *words_of(enum system_state s)
{
    switch (s) {
    case SYSTEM_NONE:
        return "nothing was asked of it";
    case SYSTEM_DOWNLOADING:
        return "on its way here";
    case SYSTEM_HERE:
        return "here, waits for its hour";
    case SYSTEM_INSTALLING:
        return "being installed";
    case SYSTEM_INSTALLED:
        return "installed, starts next";
    case SYSTEM_RESTARTING:
        return "restarting into it";
    case SYSTEM_GOOD:
        return "runs well";
    case SYSTEM_UNHEALTHY:
        return "was not ready; the one before comes back";
    case SYSTEM_FELLBACK:
        return "was not ready; the one before runs again, and nothing tries it again by itself";
    case SYSTEM_FAILED:
        return "was not installed; what runs was not touched";
    case SYSTEM_REFUSED:
        return "refused; what runs was not touched";
    case SYSTEM_STATES:
        break;
    }
    return "not known";
}

static const char *may_start(const struct system_report *r)
{
    switch (system_report_other(r)) {
    case SYSTEM_OTHER_EMPTY:
        return "empty";
    case SYSTEM_OTHER_GOOD:
        return "ran well; starts where the other does not";
    case SYSTEM_OTHER_TRIAL:
        return "on trial: has not proved itself yet";
    case SYSTEM_OTHER_GIVEN_UP:
        return "given up: it starts only where nothing else does";
    }
    return "not known";
}

static int show_json(const struct system_report *r)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "slot", r->slot);
    jsonw_str(&w, "running", r->running);
    jsonw_str(&w, "other", r->other);
    jsonw_str(&w, "other_starts_left", r->left); /* "good": it is not counted */
    jsonw_str(&w, "update", r->version);
    jsonw_str(&w, "state", system_state_word(r->state));
    jsonw_str(&w, "why", r->why);
    jsonw_int(&w, "at", r->at_s);
    jsonw_end(&w);
    return kioskctl_print(&b, system_state_wrong(r->state) ? EXIT_BAD : EXIT_OK);
}

static int show(const struct system_report *r)
{
    char at[CLOCK_RFC3339_LEN + 1];
    const char *other = !strcmp(r->slot, "a") ? "b" : "a";

    printf("%s  %-20s runs now\n", r->slot[0] ? r->slot : "-", r->running);
    printf("%s  %-20s %s\n", other, r->other[0] ? r->other : "-", may_start(r));
    if (r->state == SYSTEM_NONE) {
        puts("no update was tried since this system was installed");
        return EXIT_OK;
    }
    clock_format_rfc3339(r->at_s * 1000, at);
    printf("update %s: %s%s%s (since %s)\n", r->version, words_of(r->state), r->why[0] ? ": " : "", r->why, at);
    if (r->state == SYSTEM_FELLBACK)
        puts("The hall may have it tried again: hallctl system retry");
    return system_state_wrong(r->state) ? EXIT_BAD : EXIT_OK;
}

int kioskctl_slots(int argc, char **argv)
{
    const char *status = SYSTEM_STATUS_FILE;
    bool json = false;
    const struct option_word options[] = {{"--status", &status, NULL}, {"--json", NULL, &json}, {NULL, NULL, NULL}};
    struct system_report r;
    struct err e = {0};
    int count;

    int code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &count);
    if (code >= 0)
        return code;
    int rc = system_status_read(status, &r, &e);
    if (rc == -ERR_NOTFOUND)
        err_set(&e, ERR_NOTFOUND,
                "%s is not there: this machine does not run an image of ours, or it has not judged its start yet", status);
    if (rc < 0)
        return kioskctl_fail(&e, EXIT_CANNOT);
    return json ? show_json(&r) : show(&r);
}
