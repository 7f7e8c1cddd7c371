/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl queue: what the windows do: call numbers, say what became of them, pause a queue, see who waits. A running hall
 * notices within a second and tells its terminals.
 */
#include "tools/hallctl/queue.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/calling/queue_words.h"
#include "tools/hall/store/store_queue.h"

#define NUMBER_GIVEN_MAX (2 * TICKET_NUMBER_MAX) /* bytes, with blanks */

static const char usage[] =
    "hallctl queue list     --data DIR --office N [--at TIME] [--json]\n"
    "hallctl queue board    --data DIR --office N [--json]\n"
    "hallctl queue open     --data DIR --office N --window W --queue ID[,ID…] --staff NAME [--json]\n"
    "hallctl queue next     --data DIR --office N --window W --staff NAME [--json]\n"
    "hallctl queue call     --data DIR --office N --window W --staff NAME --queue ID --number NUMBER [--json]\n"
    "hallctl queue call     --data DIR --office N --queue ID [--number NUMBER] [--at TIME] [--json]\n"
    "hallctl queue recall   --data DIR --office N --window W --staff NAME [--json]\n"
    "hallctl queue serve    --data DIR --office N --window W --staff NAME [--json]\n"
    "hallctl queue absent   --data DIR --office N --window W --staff NAME [--json]\n"
    "hallctl queue back     --data DIR --office N --queue ID --number NUMBER --staff NAME [--json]\n"
    "hallctl queue transfer --data DIR --office N --window W --staff NAME --to ID [--json]\n"
    "hallctl queue done     --data DIR --office N --window W --staff NAME [--json]\n"
    "hallctl queue check-in --data DIR --office N --queue ID --number NUMBER --staff NAME [--card CODE] [--json]\n"
    "hallctl queue pause    --data DIR --office N --queue ID --until TIME (--reason TEXT | --reason-word WORD) [--json]\n"
    "hallctl queue resume   --data DIR --office N --queue ID [--json]\n"
    "hallctl queue close    --data DIR --office N --queue ID (--reason TEXT | --reason-word WORD) [--json]\n"
    "hallctl queue close    --data DIR --office N --window W --staff NAME [--json]\n"
    "hallctl queue hook     --data DIR --office N --url URL\n"
    "A window opens for queues each day, calls next, and says what became of that number (done, absent, transfer) before "
    "it\n"
    "calls again: nobody is called by two windows, and `next` given twice calls one person.\n"
    "list: who waits, how long one who comes now will, and between which minutes that lies on four days of five.\n"
    "board: what the hall's display shows; writes the files for display and voice anew (DIR/feeds/N).\n"
    "next: whose turn it is in the window's queues: who came back in time, who was sent on, priority queues, all others;\n"
    "  few in a row past one who was there already. call: this number; without --window it was called by mouth.\n"
    "recall: called once more. serve: the person is here. absent: nobody came.\n"
    "back: who was absent is here: next, if no more numbers were called since than the queue allows, else behind all.\n"
    "transfer: sent on to another queue, with the same number. done: the errand at this window is over.\n"
    "check-in: who waits shows a green-channel card (hallctl green): the number is called with the priority numbers, once a "
    "card\n"
    "  and day. --card is what its code says; without it one line of standard input, as a scanner types it.\n"
    "pause: terminals give no numbers of this queue and say until when and why. close: of a queue, for today; who waits is\n"
    "  called all the same. Of a window: it serves no more today.\n"
    "hook: sends each call to URL (POST, an object of call.jsonl), one at a time, until it is ended. What was not answered\n"
    "  with 2xx is sent again with the same Idempotency-Key; what was is never sent again, also after a restart.\n"
    "  --reason TEXT       what residents read, at most 20 Chinese characters\n"
    "  --reason-word WORD  the same in a word: lunch system meeting staff full\n"
    "  --at TIME           when it was, for calls that are entered later; default now\n"
    "  --until TIME        2026-01-05T11:00:00+08:00, which is still to come\n"
    "A number counts for its day: at midnight who still waits is ended, and a new number is to be taken.\n"
    "Exit: 0 done, 1 failed, 2 wrong arguments, 3 nobody waits, no such number, queue or office, no hall in DIR, 4 refused\n"
    "(with --json the reason is \"refused\").\n";

#define AT_WINDOW "--data --office --window --staff"

static const struct {
    const char *word, *needed, *taken; /* options, as options_fit() has them */
    int (*run)(struct store *, const struct queue_options *);
} verbs[] = {
    {"list", "--data --office", "--at --json", queue_verb_list},
    {"board", "--data --office", "--json", queue_verb_board},
    {"open", AT_WINDOW " --queue", "--json", queue_verb_open},
    {"next", AT_WINDOW, "--json", queue_verb_act},
    {"call", "--data --office --queue", "--window --staff --number --at --json", queue_verb_act},
    {"recall", AT_WINDOW, "--json", queue_verb_act},
    {"serve", AT_WINDOW, "--json", queue_verb_act},
    {"absent", AT_WINDOW, "--json", queue_verb_act},
    {"back", "--data --office --queue --number --staff", "--json", queue_verb_act},
    {"transfer", AT_WINDOW " --to", "--json", queue_verb_act},
    {"done", AT_WINDOW, "--json", queue_verb_act},
    {"check-in", "--data --office --queue --number --staff", "--card --json", queue_verb_check_in},
    {"pause", "--data --office --queue --until", "--reason --reason-word --json", queue_verb_pause},
    {"resume", "--data --office --queue", "--json", queue_verb_pause},
    {"close", "--data --office", "--queue --reason --reason-word --window --staff --json", queue_verb_close},
    {"hook", "--data --office --url", "", queue_verb_hook},
};
#define N_VERBS (sizeof verbs / sizeof *verbs)

/* -1: go on; else the exit code; as all below. Of what options_fit() cannot say. */
static int check_pairs(const struct queue_options *o)
{
    bool closes = strcmp(o->verb, "close") == 0;

    if (closes && !o->queue == !o->window)
        return options_wrong(QUEUE_COMMAND, "close a queue (--queue) or a window (--window)");
    if (closes && o->window && (o->reason || o->reason_word))
        return options_wrong(QUEUE_COMMAND, "a window closes without a reason");
    if ((closes || strcmp(o->verb, "call") == 0) && !o->window != !o->staff)
        return options_wrong(QUEUE_COMMAND, "--window and --staff belong together");
    if (strcmp(o->verb, "call") == 0 && o->window && (!o->number || o->at))
        return options_wrong(QUEUE_COMMAND, "a window calls a --number, now; whoever is next: hallctl queue next");
    if ((strcmp(o->verb, "pause") == 0 || (closes && o->queue)) && !o->reason == !o->reason_word)
        return options_wrong(QUEUE_COMMAND, "--reason is missing, or --reason-word: one of them is read by residents");
    return -1;
}

/* Until when is said on every terminal: a time that is over would pause nothing. */
static int check_until(struct queue_options *o)
{
    int code = o->until ? options_time(QUEUE_COMMAND, "--until", o->until, &o->until_ms) : -1;

    if (code < 0 && o->until && o->until_ms <= clock_wall_ms())
        code = options_wrong(QUEUE_COMMAND, "--until %s is over already", o->until);
    return code;
}

static int check_reason(struct queue_options *o)
{
    if (o->reason_word && !(o->reason = queue_words_reason(o->reason_word)))
        return options_wrong(QUEUE_COMMAND, "--reason-word is one of: %s", queue_words_reasons());
    if (o->reason && strlen(o->reason) > QUEUE_REASON_MAX)
        return options_wrong(QUEUE_COMMAND, "--reason is read by residents: at most 60 bytes, 20 Chinese characters");
    return hallctl_line(QUEUE_COMMAND, "--reason", o->reason, QUEUE_REASON_MAX);
}

/* Ids and the URL. --queue of open is a list. */
static int check_names(struct queue_options *o)
{
    char id[QUEUE_ID_MAX + 2];
    bool list = strcmp(o->verb, "open") == 0;

    if (o->url && strncmp(o->url, "http://", 7) != 0 && strncmp(o->url, "https://", 8) != 0)
        return options_wrong(QUEUE_COMMAND, "--url begins with https:// or http://");
    if (o->to && !queue_id_valid(o->to))
        return options_wrong(QUEUE_COMMAND, "--to is the id of a queue, a-z 0-9 _ and -");
    for (const char *p = o->queue; p;) {
        size_t n = list ? strcspn(p, ",") : strlen(p);
        snprintf(id, sizeof id, "%.*s", (int)n, p);
        if (n > QUEUE_ID_MAX || !queue_id_valid(id))
            return options_wrong(QUEUE_COMMAND, "--queue is the id of a queue, a-z 0-9 _ and -");
        p = p[n] ? p + n + 1 : NULL;
    }
    if (list && (size_t)snprintf(o->queues, sizeof o->queues, "%s", o->queue) >= sizeof o->queues)
        return options_wrong(QUEUE_COMMAND, "--queue: a window serves fewer queues");
    for (char *p = o->queues; *p; p++)
        *p = *p == ',' ? ' ' : *p;
    return -1;
}

static int check(struct queue_options *o, const struct option_word *options, size_t verb)
{
    int64_t office = 0, window = 0;
    int code = options_fit(QUEUE_COMMAND, options, verbs[verb].needed, verbs[verb].taken);

    if (code < 0)
        code = options_number(QUEUE_COMMAND, "--office", o->office, 0, 9999, &office);
    if (code < 0 && o->window)
        code = options_number(QUEUE_COMMAND, "--window", o->window, 1, QUEUE_WINDOW_MAX, &window);
    o->office_n = (int)office;
    o->window_n = (int)window;
    o->at_ms = clock_wall_ms();
    if (code < 0 && o->staff && (strlen(o->staff) > CALL_STAFF_MAX || !text_is_line(o->staff)))
        code = options_wrong(QUEUE_COMMAND, "--staff is one line of at most %d bytes", CALL_STAFF_MAX);
    if (code < 0 && o->number && (strlen(o->number) > NUMBER_GIVEN_MAX || !text_is_line(o->number)))
        code = options_wrong(QUEUE_COMMAND, "--number is the one on the paper, like \"A 032\"");
    code = code < 0 ? check_names(o) : code;
    if (code < 0 && o->at)
        code = options_time(QUEUE_COMMAND, "--at", o->at, &o->at_ms);
    code = code < 0 ? check_until(o) : code;
    code = code < 0 ? check_pairs(o) : code;
    return code < 0 ? check_reason(o) : code;
}

int hallctl_queue(int argc, char **argv)
{
    struct queue_options o = {0};
    struct store *s = NULL;
    struct err e = {0};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--office", &o.office, NULL},
                                          {"--queue", &o.queue, NULL},
                                          {"--number", &o.number, NULL},
                                          {"--at", &o.at, NULL},
                                          {"--until", &o.until, NULL},
                                          {"--reason", &o.reason, NULL},
                                          {"--reason-word", &o.reason_word, NULL},
                                          {"--window", &o.window, NULL},
                                          {"--staff", &o.staff, NULL},
                                          {"--to", &o.to, NULL},
                                          {"--url", &o.url, NULL},
                                          {"--card", &o.card, NULL},
                                          {"--json", NULL, &o.json},
                                          {0}};
    int n, code = options_read(QUEUE_COMMAND, argc, argv, usage, options, &o.verb, 1, &n);
    if (code >= 0)
        return code;
    size_t verb = hallctl_verb(verbs, sizeof *verbs, N_VERBS, o.verb);
    if (verb == N_VERBS)
        return hallctl_which(QUEUE_COMMAND, verbs, sizeof *verbs, N_VERBS);
    code = check(&o, options, verb);
    if (code >= 0)
        return code;
    if (store_open(o.data, &s, &e) < 0)
        return hallctl_fail(&e);
    if (verbs[verb].run == queue_verb_hook) { /* it goes by files, for days: it only had to be a hall */
        store_close(s);
        s = NULL;
    }
    code = verbs[verb].run(s, &o);
    store_close(s);
    return code;
}
