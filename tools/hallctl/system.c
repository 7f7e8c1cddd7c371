/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl system: updates of the terminals' systems: published, rolled out in stages, stopped, and watched.
 */
#include "tools/hallctl/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl system"

static const char usage[] =
    "hallctl system publish  --data DIR --bundle FILE [--json]\n"
    "hallctl system rollout  --data DIR --version V [--terminals ID,ID…] [--percent N] [--stop-after N] --reason TEXT "
    "[--json]\n"
    "hallctl system pause    --data DIR --reason TEXT [--json]\n"
    "hallctl system resume   --data DIR --reason TEXT [--json]\n"
    "hallctl system withdraw --data DIR --reason TEXT [--json]\n"
    "hallctl system retry    --data DIR --terminal ID --reason TEXT [--json]\n"
    "hallctl system hours    --data DIR --office N --from 2:00 --to 5:00 [--json]\n"
    "hallctl system status   --data DIR [--json]\n"
    "publish: takes in a bundle that `make bundle` made; its version is the one it bears, and its bytes never change "
    "again.\n"
    "rollout: begins, or goes on to the next stage: first terminals that are named, then --percent 1, 10, 100 of all. "
    "Which\n"
    "  ones a part of all has follows from their names; 1 % of a few may be none. Without either: those named before.\n"
    "  --stop-after N  it stops by itself when it failed on so many terminals; default 1\n"
    "pause, resume, withdraw: terminals hear of it when they ask next, within 15 minutes; withdraw ends it for good. What "
    "is\n"
    "  installed already stays.\n"
    "retry: what failed on a terminal is tried there once more.\n"
    "hours: when terminals of an office may be updated; default 2:00 to 5:00.\n"
    "status: versions, slots, how far each is, and why not further.\n"
    "Never all terminals of one place are updated at once, and another one has to be known to work.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such version, terminal or hall, 4 refused: other bytes under a version "
    "that is published.\n";

struct options {
    const char *verb, *data, *bundle, *version, *terminals, *terminal, *percent, *stop_after, *reason, *office, *from, *to;
    bool json;
    int64_t percent_n, stop_n, office_n;
    int from_min, to_min;
    struct system_release release;
};

static const struct {
    const char *word, *needed, *taken; /* options, as options_fit() has them */
} verbs[] = {
    {"publish", "--data --bundle", "--json"},
    {"rollout", "--data --version --reason", "--terminals --percent --stop-after --json"},
    {"pause", "--data --reason", "--json"},
    {"resume", "--data --reason", "--json"},
    {"withdraw", "--data --reason", "--json"},
    {"retry", "--data --terminal --reason", "--json"},
    {"hours", "--data --office --from --to", "--json"},
    {"status", "--data", "--json"},
};

/* -1: go on; else the exit code. */
static int check_verb(const struct options *o, const struct option_word *options)
{
    for (size_t i = 0; o->verb && i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(o->verb, verbs[i].word) == 0)
            return options_fit(COMMAND, options, verbs[i].needed, verbs[i].taken);
    return options_wrong(COMMAND, "which: publish, rollout, pause, resume, withdraw, retry, hours or status");
}

static int read_time(const char *name, const char *text, int *ret_min)
{
    int h = 0, m = 0, end = 0;

    if (sscanf(text, "%2d:%2d%n", &h, &m, &end) != 2 || text[end] || h < 0 || h > 23 || m < 0 || m > 59)
        return options_wrong(COMMAND, "%s is a time of the day, like 2:00", name);
    *ret_min = 60 * h + m;
    return -1;
}

/* -1: go on; else the exit code. */
static int check(struct options *o, const struct option_word *options)
{
    int code = check_verb(o, options);

    o->percent_n = -1; /* as it was */
    o->stop_n = -1;
    if (code < 0 && o->percent)
        code = options_number(COMMAND, "--percent", o->percent, 0, 100, &o->percent_n);
    if (code < 0 && o->stop_after)
        code = options_number(COMMAND, "--stop-after", o->stop_after, 1, 100000, &o->stop_n);
    if (code < 0 && o->office)
        code = options_number(COMMAND, "--office", o->office, 0, 9999, &o->office_n);
    if (code < 0 && o->from)
        code = read_time("--from", o->from, &o->from_min);
    if (code < 0 && o->to)
        code = read_time("--to", o->to, &o->to_min);
    return code < 0 ? hallctl_line(COMMAND, "--reason", o->reason, HALLCTL_REASON_MAX) : code;
}

/* --- what changes something --- */

static int choose_all(struct store *s, const struct options *o, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1];
    int rc = 0;

    for (const char *at = o->terminals; rc == 0 && at && *at;) {
        size_t n = strcspn(at, ",");

        if (n == 0 || n > TERMINAL_ID_MAX)
            return err_set(e, ERR_NOTFOUND, "a terminal of that name");
        snprintf(id, sizeof id, "%.*s", (int)n, at);
        rc = system_choose(s, o->version, id, e);
        at += n + (at[n] == ',');
    }
    return rc;
}

/* A further stage keeps what it does not name; another version begins anew. */
static int roll_out(struct store *s, const struct options *o, struct err *e)
{
    struct system_release release;
    struct rollout r;
    int rc = system_release(s, o->version, &release, e);

    if (rc == 0)
        rc = system_rollout(s, &r, NULL, 0, e);
    if (rc == 0 && strcmp(r.version, o->version) != 0)
        r = (struct rollout){.state = ROLLOUT_NONE, .percent = 0, .stop_after = 1};
    if (rc == 0)
        rc = choose_all(s, o, e);
    r.state = ROLLOUT_RUNS;
    text_copy(r.version, sizeof r.version, o->version);
    if (o->percent_n >= 0)
        r.percent = (int)o->percent_n;
    if (o->stop_n >= 0)
        r.stop_after = (int)o->stop_n;
    return rc == 0 ? system_set_rollout(s, &r, o->reason, e) : rc;
}

static int set_state(struct store *s, const struct options *o, enum rollout_state state, struct err *e)
{
    struct rollout r;
    int rc = system_rollout(s, &r, NULL, 0, e);

    if (rc == 0 && r.state == ROLLOUT_NONE)
        rc = err_set(e, ERR_NOTFOUND, "nothing is rolled out");
    if (rc == 0 && r.state == ROLLOUT_IS_WITHDRAWN)
        rc = err_set(e, ERR_STATE, "%s was withdrawn: publish another version", r.version);
    r.state = state;
    return rc == 0 ? system_set_rollout(s, &r, o->reason, e) : rc;
}

struct named {
    const char *id; /* NULL: any */
    int office;
};

static int find_named(void *ctx, const struct system_terminal *t)
{
    struct named *n = ctx;

    if (n->id && strcmp(t->id, n->id) != 0)
        return 0;
    n->office = t->office;
    return 1;
}

static int retry(struct store *s, const struct options *o, struct err *e)
{
    struct named n = {.id = o->terminal, .office = -1};
    struct rollout r = {.state = ROLLOUT_NONE};
    int rc = system_each(s, &r, -1, find_named, &n, e);

    if (rc == 0 && n.office < 0)
        rc = err_set(e, ERR_NOTFOUND, "terminal %s", o->terminal);
    return rc == 0 ? system_retry(s, n.office, o->terminal, e) : rc;
}

static int set_hours(struct store *s, const struct options *o, struct err *e)
{
    struct named n = {.id = NULL, .office = -1};
    struct rollout r = {.state = ROLLOUT_NONE};
    int rc = system_each(s, &r, (int)o->office_n, find_named, &n, e);

    if (rc == 0 && n.office < 0)
        rc = err_set(e, ERR_NOTFOUND, "no terminal stands in office %d", (int)o->office_n);
    return rc == 0 ? system_set_hours(s, (int)o->office_n, o->from_min, o->to_min, e) : rc;
}

static int act(struct store *s, const struct options *o, struct err *e)
{
    if (strcmp(o->verb, "publish") == 0)
        return system_publish(s, &o->release, e);
    if (strcmp(o->verb, "rollout") == 0)
        return roll_out(s, o, e);
    if (strcmp(o->verb, "pause") == 0)
        return set_state(s, o, ROLLOUT_IS_PAUSED, e);
    if (strcmp(o->verb, "resume") == 0)
        return set_state(s, o, ROLLOUT_RUNS, e);
    if (strcmp(o->verb, "withdraw") == 0)
        return set_state(s, o, ROLLOUT_IS_WITHDRAWN, e);
    return strcmp(o->verb, "retry") == 0 ? retry(s, o, e) : set_hours(s, o, e);
}

static void say(const struct options *o)
{
    struct hallctl_object answer;

    if (!o->json) {
        if (o->release.size)
            printf("system %s is published: %lld bytes\n", o->release.version, (long long)o->release.size);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "done", o->verb);
    if (o->release.size) {
        jsonw_str(&answer.w, "version", o->release.version);
        jsonw_int(&answer.w, "size", o->release.size);
        jsonw_hex(&answer.w, "sha256", o->release.sha256, SHA256_LEN);
    }
    hallctl_object_print(&answer);
}

static int change(struct store *s, struct options *o, struct err *e)
{
    char action[32];
    const char *subject = o->version ? o->version : o->terminal ? o->terminal : o->release.version;
    int rc = strcmp(o->verb, "publish") == 0 ? system_take(o->data, o->bundle, &o->release, e) : 0;

    if (rc == 0)
        rc = store_begin(s, e);
    if (rc < 0)
        return rc;
    snprintf(action, sizeof action, "system-%s", o->verb);
    rc = act(s, o, e);
    if (rc == 0)
        rc = store_audit(s, (int)o->office_n, hallctl_who(), action, subject, o->reason ? o->reason : "", e);
    if (rc < 0)
        store_rollback(s);
    else
        rc = store_commit(s, e);
    if (rc == 0)
        say(o);
    return rc;
}

int hallctl_system(int argc, char **argv)
{
    struct options o = {.office_n = 0};
    struct store *s = NULL;
    struct err e = {0};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--bundle", &o.bundle, NULL},
                                          {"--version", &o.version, NULL},
                                          {"--terminals", &o.terminals, NULL},
                                          {"--terminal", &o.terminal, NULL},
                                          {"--percent", &o.percent, NULL},
                                          {"--stop-after", &o.stop_after, NULL},
                                          {"--reason", &o.reason, NULL},
                                          {"--office", &o.office, NULL},
                                          {"--from", &o.from, NULL},
                                          {"--to", &o.to, NULL},
                                          {"--json", NULL, &o.json},
                                          {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, &o.verb, 1, &n);

    if (code < 0)
        code = check(&o, options);
    if (code >= 0)
        return code;
    int rc = store_open(o.data, &s, &e);
    if (rc == 0)
        rc = strcmp(o.verb, "status") == 0 ? system_status(s, o.json, &e) : change(s, &o, &e);
    store_close(s);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
