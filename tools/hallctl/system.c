/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl system: updates of the terminals' systems: published, rolled out in stages, stopped, and watched.
 */
#include "tools/hallctl/system.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/hallctl/edition_doing.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl system"

static const char usage[] =
    "hallctl system publish  --data DIR --bundle FILE --office N --staff NAME [--reason TEXT] [--json]\n"
    "hallctl system approve  --data DIR --version V --office N --staff NAME --reason TEXT [--json]\n"
    "hallctl system rollout  --data DIR --version V --office N --staff NAME --reason TEXT [--terminals ID,ID…]\n"
    "    [--percent N] [--at TIME] [--stop-after N] [--json]\n"
    "hallctl system pause    --data DIR --version V --office N --staff NAME --reason TEXT [--json]\n"
    "hallctl system resume   --data DIR --version V --office N --staff NAME --reason TEXT [--stop-after N] [--json]\n"
    "hallctl system withdraw --data DIR --version V --office N --staff NAME --reason TEXT [--json]\n"
    "hallctl system retry    --data DIR --terminal ID --office N --staff NAME --reason TEXT [--json]\n"
    "hallctl system hours    --data DIR --office N --from 2:00 --to 5:00 --staff NAME [--reason TEXT] [--json]\n"
    "hallctl system status   --data DIR [--json]\n"
    "publish: takes in a bundle that `make bundle` made; its version is the one it bears, and its bytes never change "
    "again.\n"
    "  Another person approves it.\n"
    "rollout: orders a stage: first terminals that are named, then --percent 1, 10, 100 of all. Which ones a part of all "
    "has\n"
    "  follows from their names; 1 % of a few may be none. A stage begins when nine of ten terminals of the one before "
    "that\n"
    "  were heard of run it; until then, and until --at, it waits. Among the terminals each goes in the hours of its "
    "office.\n"
    "  --stop-after N  it stops by itself when it failed on so many terminals; default 1\n"
    "pause, resume, withdraw: terminals hear of it when they ask next, within 15 minutes; withdraw ends it for good. What "
    "is\n"
    "  installed already stays. A later version may begin when this one goes to all, or is withdrawn.\n"
    "retry: what failed on a terminal is tried there once more.\n"
    "hours: when terminals of an office may be updated; default 2:00 to 5:00. The whole day is --from 0:00 --to 23:59.\n"
    "status: versions, slots, how far each is, and why not further.\n"
    "Never all terminals of one place are updated at once, and another one has to be known to work. Where the hall has\n"
    "accounts, who does these needs the role publisher.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such version, terminal or hall, 4 refused: not at that point, one's "
    "own,\n"
    "  or other bytes under a version that is published.\n";

struct options {
    const char *bundle, *terminal, *from, *to;
    struct edition_words words;
};

#define BY "--data --office --staff"
static const struct {
    const char *word, *needed, *taken; /* options, as options_fit() has them */
} verbs[] = {
    {"publish", "--bundle " BY, "--reason --json"},
    {"approve", "--version --reason " BY, "--json"},
    {"rollout", "--version --reason " BY, "--terminals --percent --at --stop-after --json"},
    {"pause", "--version --reason " BY, "--json"},
    {"resume", "--version --reason " BY, "--stop-after --json"},
    {"withdraw", "--version --reason " BY, "--json"},
    {"retry", "--terminal --reason " BY, "--json"},
    {"hours", "--from --to " BY, "--reason --json"},
    {"status", "--data", "--json"},
};

/* -1: go on; else the exit code. */
static int check_verb(const char *verb, const struct option_word *options)
{
    for (size_t i = 0; verb && i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verb, verbs[i].word) == 0)
            return options_fit(COMMAND, options, verbs[i].needed, verbs[i].taken);
    return options_wrong(COMMAND, "which: publish, approve, rollout, pause, resume, withdraw, retry, hours or status");
}

static int read_time(const char *name, const char *text, int *ret_min)
{
    int h = 0, m = 0, end = 0;

    if (sscanf(text, "%2d:%2d%n", &h, &m, &end) != 2 || text[end] || h < 0 || h > 23 || m < 0 || m > 59)
        return options_wrong(COMMAND, "%s is a time of the day, like 2:00", name);
    *ret_min = 60 * h + m;
    return -1;
}

/* --- publish --- */

struct publishing {
    struct edition_doing doing; /* first */
    const char *bundle;
    struct system_release release;
};

static int enter(struct edition_doing *d, struct err *e)
{
    struct publishing *p = (struct publishing *)d;
    int64_t number;
    int rc = edition_enter_system(d->store, &p->release, &d->deed.by, e);

    if (rc == 0)
        rc = system_number(d->store, p->release.version, &number, e);
    return rc == 0 ? edition_read(d->store, EDITION_SYSTEM, number, &d->row, e) : rc;
}

static void say_published(const struct publishing *p)
{
    const struct system_release *r = &p->release;
    struct hallctl_object answer;

    if (!p->doing.words->json) {
        printf("system %s is published: %lld bytes, for %s, signed by %s; it %s\n", r->version, (long long)r->size,
               *r->board ? r->board : "a board it does not name", *r->signer ? r->signer : "somebody it does not name",
               edition_state_about(p->doing.row.edition.state));
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "done", "publish");
    jsonw_str(&answer.w, "version", r->version);
    jsonw_int(&answer.w, "size", r->size);
    jsonw_hex(&answer.w, "sha256", r->sha256, SHA256_LEN);
    jsonw_str(&answer.w, "board", r->board);
    jsonw_str(&answer.w, "signer", r->signer);
    jsonw_str(&answer.w, "replaces", r->replaces);
    jsonw_str(&answer.w, "state", edition_state_word(p->doing.row.edition.state));
    hallctl_object_print(&answer);
}

static int publish(struct edition_doing *d, struct err *e)
{
    struct publishing *p = (struct publishing *)d;
    int held = -1, rc = edition_doing_may(d, e);

    if (rc == 0)
        rc = edition_files_hold(d->words->data, EDITION_SYSTEM, &held, e);
    if (rc == 0)
        rc = system_take(d->store, d->words->data, p->bundle, &p->release, e);
    if (rc == 0)
        rc = edition_doing_change(d, enter, e);
    if (held >= 0)
        close(held);
    if (rc == 0)
        say_published(p);
    return rc;
}

/* --- one terminal, one office --- */

struct again {
    struct edition_doing doing; /* first */
    const char *terminal;
};

static void say_done(const char *verb, bool json)
{
    struct hallctl_object answer;

    if (!json)
        return;
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "done", verb);
    hallctl_object_print(&answer);
}

static int try_again(struct edition_doing *d, struct err *e)
{
    return edition_again(d->store, ((struct again *)d)->terminal, &d->deed.by, e);
}

static int retry(struct edition_doing *d, struct err *e)
{
    int rc = edition_doing_change(d, try_again, e);

    if (rc == 0)
        say_done("retry", d->words->json);
    return rc;
}

struct hours {
    struct edition_doing doing; /* first */
    int from_min, to_min;
};

static int keep_hours(struct edition_doing *d, struct err *e)
{
    const struct hours *h = (struct hours *)d;
    const struct edition_by *by = &d->deed.by;
    char what[60];
    int rc = system_set_hours(d->store, by->office, h->from_min, h->to_min, e);

    snprintf(what, sizeof what, "office %04d %d:%02d-%d:%02d", by->office, h->from_min / 60, h->from_min % 60,
             h->to_min / 60, h->to_min % 60);
    return rc < 0 ? rc : store_audit(d->store, by->office, by->name, "system-hours", what, by->why, e);
}

static int hours(struct edition_doing *d, struct err *e)
{
    static struct hallctl_offices all;
    int office = d->deed.by.office, rc = hallctl_all_offices(d->store, &all, e);
    bool there = false;

    for (int i = 0; rc >= 0 && i < all.n; i++)
        there |= all.list[i] == office;
    if (rc >= 0 && !there)
        return err_set(e, ERR_NOTFOUND, "no terminal stands in office %d", office);
    rc = rc < 0 ? rc : edition_doing_change(d, keep_hours, e);
    if (rc == 0)
        say_done("hours", d->words->json);
    return rc;
}

static int set_hours(const struct options *o)
{
    struct hours h = {.doing = {.words = &o->words}};
    int code = read_time("--from", o->from, &h.from_min);

    if (code < 0)
        code = read_time("--to", o->to, &h.to_min);
    if (code < 0 && h.from_min == h.to_min)
        code = options_wrong(COMMAND,
                             "from %s to %s is no time at all: nothing would ever be installed; the whole day is "
                             "--from 0:00 --to 23:59",
                             o->from, o->to);
    return code < 0 ? edition_doing_run(&h.doing, hours) : code;
}

static int show(const struct options *o)
{
    struct store *s = NULL;
    struct err e = {0};
    int rc = store_open(o->words.data, &s, &e);

    if (rc == 0)
        rc = system_status(s, o->words.json, &e);
    store_close(s);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

static int run(struct options *o)
{
    const char *verb = o->words.verb;
    struct publishing p = {.doing = {.words = &o->words}, .bundle = o->bundle};
    struct again a = {.doing = {.words = &o->words}, .terminal = o->terminal};

    if (strcmp(verb, "publish") == 0)
        return edition_doing_run(&p.doing, publish);
    if (strcmp(verb, "retry") == 0)
        return edition_doing_run(&a.doing, retry);
    if (strcmp(verb, "hours") == 0)
        return set_hours(o);
    return strcmp(verb, "status") == 0 ? show(o) : edition_doing_act(&o->words);
}

int hallctl_system(int argc, char **argv)
{
    struct options o = {.words = {.command = COMMAND, .kind = EDITION_SYSTEM}};
    struct edition_words *w = &o.words;
    const struct option_word options[] = {{"--data", &w->data, NULL},
                                          {"--bundle", &o.bundle, NULL},
                                          {"--version", &w->version, NULL},
                                          {"--office", &w->office, NULL},
                                          {"--staff", &w->staff, NULL},
                                          {"--reason", &w->reason, NULL},
                                          {"--terminals", &w->terminals, NULL},
                                          {"--terminal", &o.terminal, NULL},
                                          {"--percent", &w->percent, NULL},
                                          {"--at", &w->at, NULL},
                                          {"--stop-after", &w->stop_after, NULL},
                                          {"--from", &o.from, NULL},
                                          {"--to", &o.to, NULL},
                                          {"--json", NULL, &w->json},
                                          {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, &w->verb, 1, &n);

    if (code < 0)
        code = check_verb(w->verb, options);
    return code < 0 ? run(&o) : code;
}
