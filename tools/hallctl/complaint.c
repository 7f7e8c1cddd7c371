/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl complaint: what residents asked, suggested, complained of and reported at terminals: read, assigned, answered.
 */
#include "tools/hallctl/complaint.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char usage[] =
    "hallctl complaint list   --data DIR --office N [--stage STAGE] [--json]\n"
    "hallctl complaint show   NUMBER --data DIR [--json]\n"
    "hallctl complaint open   NUMBER --data DIR --staff NAME --post POST --reason REASON [--socket PATH] [--json]\n"
    "hallctl complaint assign NUMBER --data DIR --staff NAME --post POST --to NAME --to-post POST [--json]\n"
    "hallctl complaint answer NUMBER --data DIR --staff NAME --post POST --reason ANSWER [--json]\n"
    "hallctl complaint refuse NUMBER --data DIR --staff NAME --post POST --why WHY --reason WHO-DOES-IT [--json]\n"
    "hallctl complaint close  NUMBER --data DIR --staff NAME --post POST [--json]\n"
    "What residents said at terminals: questions, suggestions, complaints, reports. NUMBER has 12 digits; it is no secret, "
    "and\n"
    "not the code by which the person alone reads the answer.\n"
    "list: those that are owed an answer, with the last day of it; --stage new, assigned, answered, refused or closed.\n"
    "show: what was done to one. open: what was said, and the name or phone left with it; asks hall-open, which writes "
    "down\n"
    "  who read it and why before anything is shown.\n"
    "  --socket PATH  of hall-open; default /run/tongban-open/open.sock\n"
    "assign: who looks into it; he alone answers. answer: ANSWER is what the person reads, one line, at any terminal; it "
    "must\n"
    "  have been opened before. refuse: it is not taken up: WHY is not-ours, said-before, in-court or nothing-said, and "
    "the\n"
    "  person reads what --reason says. close: nothing is left to do; the answer stays readable.\n"
    "Where an office has accounts, their roles decide who may: of a report nobody at a window has a hand in it.\n"
    "What may not be is refused with a reason, changes nothing, and goes into the audit log.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 no such number or hall, 4 refused.\n";

#define WHO "--data --staff --post"

static const struct {
    const char *word;
    bool number;
    const char *needed, *taken;
    int (*run)(struct store *, const struct published *, const struct complaint_options *);
} verbs[] = {
    {"list", false, "--data --office", "--stage --json", complaint_list},
    {"show", true, "--data", "--json", complaint_show},
    {"open", true, WHO " --reason", "--socket --json", complaint_open},
    {"assign", true, WHO " --to --to-post", "--json", complaint_act},
    {"answer", true, WHO " --reason", "--json", complaint_act},
    {"refuse", true, WHO " --why --reason", "--json", complaint_act},
    {"close", true, WHO, "--json", complaint_act},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* -1: go on; else the exit code; as all below. */
static int check_texts(const struct complaint_options *o)
{
    int code = hallctl_line(COMPLAINT_COMMAND, "--staff", o->staff, CASE_NAME_MAX);

    code = code < 0 ? hallctl_line(COMPLAINT_COMMAND, "--post", o->post, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(COMPLAINT_COMMAND, "--to", o->to, CASE_NAME_MAX) : code;
    code = code < 0 ? hallctl_line(COMPLAINT_COMMAND, "--to-post", o->to_post, CASE_NAME_MAX) : code;
    return code < 0 ? hallctl_line(COMPLAINT_COMMAND, "--reason", o->reason, COMPLAINT_WORDS_MAX) : code;
}

static int check_number(struct complaint_options *o, bool wanted)
{
    struct speak_number n;

    if (!o->number)
        return wanted ? options_wrong(COMPLAINT_COMMAND, "which: a number is missing") : -1;
    if (!wanted)
        return options_wrong(COMPLAINT_COMMAND, "\"%s\" is one word too many", o->number);
    if (strlen(o->number) == SPEAK_CODE_LEN && speak_code_parse(o->number, NULL))
        return options_wrong(COMPLAINT_COMMAND,
                             "that is somebody's code, which nobody else should know: give the number, its"
                             " first 12 digits");
    if (!speak_number_parse(o->number, &n))
        return options_wrong(COMPLAINT_COMMAND, "\"%s\" is no number of 12 digits", o->number);
    o->office_n = n.office;
    return -1;
}

static int check(struct complaint_options *o, const struct option_word *options, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(COMPLAINT_COMMAND, options, verbs[verb].needed, verbs[verb].taken);

    if (code < 0 && o->office)
        code = options_number(COMPLAINT_COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    o->stage_n = COMPLAINT_STAGES;
    if (code < 0 && o->stage && !complaint_stage_by_word(o->stage, &o->stage_n))
        code = options_wrong(COMPLAINT_COMMAND, "--stage: there is no stage \"%s\"", o->stage);
    if (code < 0 && o->why && !complaint_why_by_word(o->why, &o->why_n))
        code = options_wrong(COMPLAINT_COMMAND, "--why is not-ours, said-before, in-court or nothing-said");
    complaint_event_by_word(o->verb, &o->kind); /* of those that add an event */
    code = code < 0 ? check_texts(o) : code;
    return code < 0 ? check_number(o, verbs[verb].number) : code;
}

static int run(const struct complaint_options *o, size_t verb)
{
    struct store *s = NULL;
    struct published p = {0};
    struct err e = {0};
    int rc = store_open(o->data, &s, &e);

    if (rc == 0)
        rc = published_open(o->data, &p, &e);
    int code = rc < 0 ? hallctl_fail(&e) : verbs[verb].run(s, &p, o);
    published_close(&p);
    store_close(s);
    return code;
}

int hallctl_complaint(int argc, char **argv)
{
    struct complaint_options o = {0};
    const char *words[2] = {NULL, NULL};
    const struct option_word options[] = {
        {"--data", &o.data, NULL},     {"--office", &o.office, NULL},   {"--stage", &o.stage, NULL},
        {"--staff", &o.staff, NULL},   {"--post", &o.post, NULL},       {"--reason", &o.reason, NULL},
        {"--to", &o.to, NULL},         {"--to-post", &o.to_post, NULL}, {"--why", &o.why, NULL},
        {"--socket", &o.socket, NULL}, {"--json", NULL, &o.json},       {0}};
    int n, code = options_read(COMPLAINT_COMMAND, argc, argv, usage, options, words, 2, &n);

    if (code >= 0)
        return code;
    o.verb = words[0];
    o.number = words[1];
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return hallctl_which(COMPLAINT_COMMAND, verbs, sizeof *verbs, N_VERBS);
    code = check(&o, options, verb);
    return code < 0 ? run(&o, verb) : code;
}
