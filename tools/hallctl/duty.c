/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl duty: which alerts are open, who sees to them, and who is on duty when. Whom an alert is told to, and by what, is
 * `hallctl feed send`'s.
 */
#include "tools/hallctl/duty.h"

#include <string.h>

static const char usage[] =
    "hallctl duty list  --data DIR --office N [--json]\n"
    "hallctl duty take  --data DIR --office N --terminal ID --what WORD --staff ID --words TEXT --minutes N [--from ID] "
    "[--json]\n"
    "hallctl duty leave --data DIR --office N --terminal ID --what WORD --staff ID --words TEXT [--json]\n"
    "hallctl duty done  --data DIR --office N --terminal ID --what WORD --staff ID --words TEXT [--from ID] [--json]\n"
    "hallctl duty plan  --data DIR --office N [--json]\n"
    "hallctl duty put   --data DIR --office N --staff ID --days 1-5 --hours 8-18 --place N --way TEXT [--zone-of TERMINAL] "
    "[--id ID]\n"
    "                   [--json]\n"
    "hallctl duty drop  --data DIR --office N --id ID [--json]\n"
    "Open alerts of an office (0: those of the whole hall), and who is on duty for them. An alert is told to the first on\n"
    "duty; who takes it says by when, and nobody else hears of it until then. Else the next is told after 15 minutes (now), "
    "60\n"
    "(soon) or 240 (desk), and the first again after the last. Messages go out by `hallctl feed send`, to be run each\n"
    "minute; it also looks what began and ended.\n"
    "list: the most urgent first, with whose each is, or who was told; NOT DELIVERED: whoever takes messages did not.\n"
    "take, leave, done: one that lasts ends when its terminal no longer says so; the others by `done`.\n"
    "  --terminal ID  - for what is no terminal's\n"
    "  --staff ID     who does so; --words TEXT for colleagues and the audit log\n"
    "  --minutes N    until when it is promised, at most 10080\n"
    "  --from ID      from a colleague who has it\n"
    "plan: the rows, when nobody is on duty, and zones that have rows and no terminal any more.\n"
    "put: a row of the list, each week the same; with --id in the place of an earlier one.\n"
    "  --days 1-5     1 is Monday; also 6,7 or 1-3,5\n"
    "  --hours 8-18   18-8: until the next morning; 0-24\n"
    "  --place N      1 is told first, to 9\n"
    "  --way TEXT     how, for who delivers it: a telephone on duty, a channel\n"
    "  --zone-of ID   only for the zone of this terminal\n"
    "Exit: 0, 1 failed, 2 wrong arguments, 3 no such alert, row or person, 4 refused: taken, ended, or it lasts.\n";

#define ONE "--data --office --terminal --what --staff --words"
static const struct {
    const char *word, *needed, *taken;
    int (*run)(struct store *, const struct duty_options *);
} verbs[] = {
    {"list", "--data --office", "--json", duty_verb_list},
    {"take", ONE " --minutes", "--from --json", duty_verb_act},
    {"leave", ONE, "--json", duty_verb_act},
    {"done", ONE, "--from --json", duty_verb_act},
    {"plan", "--data --office", "--json", duty_verb_plan},
    {"put", "--data --office --staff --days --hours --place --way", "--zone-of --id --json", duty_verb_put},
    {"drop", "--data --office --id", "--json", duty_verb_drop},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

static int check(struct duty_options *o, const struct option_word *options, size_t verb)
{
    int64_t office = 0;
    int code = options_fit(DUTY_COMMAND, options, verbs[verb].needed, verbs[verb].taken);

    if (code < 0)
        code = options_number(DUTY_COMMAND, "--office", o->office, 0, 9999, &office);
    o->office_n = (int)office;
    if (code < 0 && o->minutes)
        code = options_number(DUTY_COMMAND, "--minutes", o->minutes, 1, DUTY_BY_MAX, &o->minutes_n);
    if (code < 0 && o->place)
        code = options_number(DUTY_COMMAND, "--place", o->place, 1, SHIFT_PLACE_MAX, &o->place_n);
    if (code < 0)
        code = hallctl_line(DUTY_COMMAND, "--words", o->words, DUTY_WORDS_MAX);
    if (code < 0)
        code = hallctl_line(DUTY_COMMAND, "--way", o->way, SHIFT_WAY_MAX);
    return code < 0 ? duty_plan_check(o) : code;
}

int hallctl_duty(int argc, char **argv)
{
    struct duty_options o = {.verb = NULL};
    struct store *s = NULL;
    struct err e = {0};
    const struct option_word options[] = {{"--data", &o.data, NULL},       {"--office", &o.office, NULL},
                                          {"--staff", &o.staff, NULL},     {"--terminal", &o.terminal, NULL},
                                          {"--what", &o.what, NULL},       {"--words", &o.words, NULL},
                                          {"--minutes", &o.minutes, NULL}, {"--from", &o.from, NULL},
                                          {"--days", &o.days, NULL},       {"--hours", &o.hours, NULL},
                                          {"--place", &o.place, NULL},     {"--way", &o.way, NULL},
                                          {"--zone-of", &o.zone_of, NULL}, {"--id", &o.id, NULL},
                                          {"--json", NULL, &o.json},       {0}};
    int n, code = options_read(DUTY_COMMAND, argc, argv, usage, options, &o.verb, 1, &n);

    if (code >= 0)
        return code;
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return hallctl_which(DUTY_COMMAND, verbs, sizeof *verbs, N_VERBS);
    code = check(&o, options, verb);
    if (code >= 0)
        return code;
    code = store_open(o.data, &s, &e) < 0 ? hallctl_fail(&e) : verbs[verb].run(s, &o);
    store_close(s);
    return code;
}
