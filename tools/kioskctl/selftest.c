/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl selftest: leads a technician through the test of a terminal, and leaves a readiness report. kiosk does the steps.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/line.h"
#include "base/text.h"
#include "tools/kioskctl/kioskctl.h"

#define LINES_MAX 16
#define ANSWER_MS 15000
#define PRINT_MS 120000
#define CHAIN_MS 600000
#define CARD_S 30
#define DISK_FREE_MB_MIN 200

#define COMMAND "kioskctl selftest"

static const char help[] =
    "kioskctl selftest [--yes] [--no-card] [--json] [--run DIR] [--data DIR]\n\n"
    "Tests the running terminal while nobody is served: prints and cuts a page on each printer, asks for any\n"
    "card (only that it was read, and its kind, are looked at), checks journal, clock, disk and network. Leaves\n"
    "readiness.txt and readiness.json in the data folder. --yes asks nothing: papers count as seen when the\n"
    "printer confirmed them. --no-card leaves the card out; the report says so.\n"
    "Exit: 0 ready, 1 not ready, 3 kiosk does not answer, is busy, or the report could not be written.\n";

enum verdict { PASS, FAIL, LEFT_OUT };
static const char *const verdicts[] = {"pass", "FAIL", "left out"};

struct report {
    struct {
        const char *what;
        enum verdict verdict;
        char said[160];
    } lines[LINES_MAX];
    int n;
    char terminal[64], version[64], at[CLOCK_RFC3339_LEN + 1];
    char receipt[64], ticket[64]; /* firmware of the printers, as they say; "": they do not */
};

struct test {
    const char *run, *data;
    bool yes, no_card, json;
    struct report report;
};

static void add(struct test *t, const char *what, enum verdict verdict, const char *said)
{
    struct report *r = &t->report;

    if (r->n == LINES_MAX)
        return;
    r->lines[r->n].what = what;
    r->lines[r->n].verdict = verdict;
    text_copy(r->lines[r->n].said, sizeof r->lines[r->n].said, said);
    if (!t->json) {
        printf("%-9s %s%s%s\n", verdicts[verdict], what, *said ? ": " : "", said);
        fflush(stdout);
    }
    r->n++;
}

static const char *member(const struct json *o, const char *key)
{
    const struct json *v = json_member(o, key);

    return json_is_str(v) ? json_str(v) : "";
}

/* *ret_doc is owned. -ERR_BUSY: somebody is at the terminal. */
static int ask(const struct test *t, const char *step, const char *option, int timeout_ms, struct json **ret_doc,
               struct err *e)
{
    struct peer_line request = {.kind = PEER_SELFTEST};
    static char answer[LINE_MAX_BYTES];

    text_copy(request.step, sizeof request.step, step);
    text_copy(request.option, sizeof request.option, option);
    int rc = kioskctl_ask(t->run, &request, timeout_ms, answer, sizeof answer, e);

    if (rc >= 0)
        rc = err_wrap(e, json_parse(answer, strlen(answer), sizeof answer, ret_doc, e), "understand kiosk's answer");
    if (rc >= 0 && *member(*ret_doc, "busy")) {
        rc = err_set(e, ERR_BUSY, "%s; try again when the terminal is idle", member(*ret_doc, "busy"));
        json_free(*ret_doc);
    }
    return rc;
}

/* Enter or y: yes. */
static bool confirmed(const struct test *t, const char *question)
{
    char line[16];

    if (t->yes)
        return true;
    fprintf(stderr, "%s [Y/n] ", question);
    if (!fgets(line, sizeof line, stdin))
        return false;
    return line[0] == '\n' || line[0] == 'y' || line[0] == 'Y';
}

/* --- the steps --- */

static int print_page(struct test *t, const char *what, const char *role, const char *question, struct err *e)
{
    struct json *doc;
    char said[160];
    int rc = ask(t, "print", role, PRINT_MS, &doc, e);

    if (rc < 0)
        return rc;
    bool done = !strcmp(member(doc, "outcome"), "done"), seen = done && confirmed(t, question);
    snprintf(said, sizeof said, "%s%s%s%s", member(doc, "outcome"), *member(doc, "why") ? ", " : "", member(doc, "why"),
             done && !seen ? ", but it was not seen, or not whole" : "");
    add(t, what, seen ? PASS : FAIL, said);
    json_free(doc);
    return 0;
}

static int read_card(struct test *t, struct err *e)
{
    struct json *doc;
    char seconds[12];

    if (t->no_card) {
        add(t, "card", LEFT_OUT, "as asked");
        return 0;
    }
    fprintf(stderr, "Lay any ID card on the reader, within %d seconds.\n", CARD_S);
    snprintf(seconds, sizeof seconds, "%d", CARD_S);
    int rc = ask(t, "card", seconds, (CARD_S + 10) * 1000, &doc, e);
    if (rc < 0)
        return rc;
    bool read = !strcmp(member(doc, "card"), "read");
    const char *said = read                                      ? member(doc, "kind")
                       : !strcmp(member(doc, "card"), "none")    ? "no card was laid on the reader"
                       : !strcmp(member(doc, "card"), "unknown") ? "it holds a record of an unknown kind"
                       : !strcmp(member(doc, "card"), "failed")  ? "it could not be read"
                                                                 : "no reader works";
    add(t, "card", read ? PASS : FAIL, said);
    if (read)
        fprintf(stderr, "Take the card away.\n");
    json_free(doc);
    return 0;
}

static bool flag(const struct json *doc, const char *key)
{
    const struct json *v = json_member(doc, key);

    return json_is_bool(v) && json_bool(v);
}

static long long number(const struct json *doc, const char *key)
{
    return (long long)json_int(json_member(doc, key));
}

/* What ends has a line of its own: the network is not to blame for it. */
static void ends(struct test *t, const struct json *doc)
{
    static const struct {
        const char *what, *ends, *state;
    } all[] = {{"certificate", "certificate_ends", "certificate_end"},
               {"root", "root_ends", "root_end"},
               {"sealing key", "sealing_key_ends", "sealing_key_end"}};
    char said[160];

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *state = member(doc, all[i].state), *when = member(doc, all[i].ends);
        bool over = !strcmp(state, "over"), near = !strcmp(state, "near");

        snprintf(said, sizeof said, "%s %.40s%s", over ? "ended" : "ends", *when ? when : "at an unknown time",
                 near   ? ", within 90 days: tell the administrator"
                 : over ? ": tell the administrator"
                        : "");
        add(t, all[i].what, over ? FAIL : PASS, said);
    }
}

static int facts(struct test *t, struct err *e)
{
    struct json *doc;
    char said[160];
    int rc = ask(t, "facts", "", CHAIN_MS, &doc, e);

    if (rc < 0)
        return rc;
    const char *lost = member(doc, "journal");
    snprintf(said, sizeof said, "%lld records in order%s", number(doc, "journal_checked"),
             flag(doc, "journal_writable") ? "" : ", but none can be written");
    if (*lost)
        snprintf(said, sizeof said, "%s: " KIOSKCTL_JOURNAL_REMEDY, lost);
    add(t, "journal", flag(doc, "journal_good") && flag(doc, "journal_writable") && !*lost ? PASS : FAIL, said);
    add(t, "clock", flag(doc, "clock_sure") ? PASS : FAIL,
        flag(doc, "clock_sure") ? "the hall has confirmed it" : "the hall has not confirmed it within a day");
    snprintf(said, sizeof said, "%lld of %lld MB free", number(doc, "disk_free_mb"), number(doc, "disk_total_mb"));
    add(t, "disk", number(doc, "disk_free_mb") >= DISK_FREE_MB_MIN ? PASS : FAIL, said);
    snprintf(said, sizeof said, "%s, %lld records wait",
             flag(doc, "hall")                       ? "the hall answers"
             : flag(doc, "hall_certificate_refused") ? "the hall's certificate is over or another's"
             : flag(doc, "sync_runs")                ? "the hall does not answer"
                                                     : "kiosk-sync does not run",
             number(doc, "unsent"));
    add(t, "network", flag(doc, "hall") ? PASS : FAIL, said);
    ends(t, doc);
    snprintf(said, sizeof said, "version %lld%s", number(doc, "catalogue"),
             flag(doc, "head_expired") ? ", the hall's word on it is too old" : "");
    text_copy(t->report.receipt, sizeof t->report.receipt, member(doc, "receipt_firmware"));
    text_copy(t->report.ticket, sizeof t->report.ticket, member(doc, "ticket_firmware"));
    add(t, "catalogue", number(doc, "catalogue") > 0 && !flag(doc, "head_expired") ? PASS : FAIL, said);
    json_free(doc);
    return 0;
}

/* --- the report --- */

static bool ready(const struct report *r)
{
    for (int i = 0; i < r->n; i++)
        if (r->lines[i].verdict == FAIL)
            return false;
    return true;
}

static void write_json(const struct report *r, struct buf *b)
{
    struct jsonw w;

    jsonw_init(&w, b);
    jsonw_obj(&w, NULL);
    jsonw_bool(&w, "ready", ready(r));
    jsonw_str(&w, "at", r->at);
    jsonw_str(&w, "terminal", r->terminal);
    jsonw_str(&w, "version", r->version);
    jsonw_str(&w, "receipt_firmware", r->receipt);
    jsonw_str(&w, "ticket_firmware", r->ticket);
    jsonw_arr(&w, "lines");
    for (int i = 0; i < r->n; i++) {
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "what", r->lines[i].what);
        jsonw_str(&w, "verdict", r->lines[i].verdict == FAIL ? "fail" : verdicts[r->lines[i].verdict]);
        jsonw_str(&w, "said", r->lines[i].said);
        jsonw_end(&w);
    }
    jsonw_end(&w);
    jsonw_end(&w);
}

static const char *told(const char *firmware)
{
    return *firmware ? firmware : "not told";
}

static void write_text(const struct report *r, struct buf *b)
{
    buf_addf(
        b,
        "%s\n\nterminal  %s\ndate      %s\nsoftware  %s\nreceipt printer's firmware  %s\nticket printer's firmware   %s\n\n",
        ready(r) ? "READY" : "NOT READY", r->terminal, r->at, r->version, told(r->receipt), told(r->ticket));
    for (int i = 0; i < r->n; i++)
        buf_addf(b, "%-9s %-18s %s\n", verdicts[r->lines[i].verdict], r->lines[i].what, r->lines[i].said);
}

static int save(const struct test *t, const char *name, void (*write)(const struct report *, struct buf *), struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];
    struct buf b;
    int rc = fs_join(path, sizeof path, t->data, name);

    if (rc < 0)
        return err_set(e, ERR_TOOLONG, "the path is too long");
    buf_init(&b, JSON_SIZE_MAX);
    write(&t->report, &b);
    rc = fs_write_atomic(path, b.data, b.len, 0644, e);
    if (rc >= 0)
        fprintf(stderr, "report: %s\n", path);
    buf_finish(&b);
    return err_wrap(e, rc, "save the report");
}

static int run(struct test *t, struct err *e)
{
    struct json *doc;
    int rc = ask(t, "begin", "", ANSWER_MS, &doc, e);

    if (rc < 0)
        return rc;
    text_copy(t->report.terminal, sizeof t->report.terminal, member(doc, "terminal"));
    text_copy(t->report.version, sizeof t->report.version, member(doc, "version"));
    clock_format_rfc3339(clock_wall_ms(), t->report.at);
    json_free(doc);
    rc = print_page(t, "receipt printer", "receipt", "Did the receipt printer print a whole test page, and cut it?", e);
    if (rc >= 0)
        rc = print_page(t, "ticket printer", "ticket", "Did the ticket printer print a whole test page, and cut it?", e);
    if (rc >= 0)
        rc = read_card(t, e);
    if (rc >= 0)
        rc = facts(t, e);
    if (rc >= 0)
        rc = save(t, "readiness.json", write_json, e);
    return rc >= 0 ? save(t, "readiness.txt", write_text, e) : rc;
}

int kioskctl_selftest(int argc, char **argv)
{
    struct test t = {.run = KIOSKCTL_RUN, .data = KIOSKCTL_DATA};
    const struct option_word options[] = {{"--json", NULL, &t.json}, {"--yes", NULL, &t.yes},
                                          {"--run", &t.run, NULL},   {"--no-card", NULL, &t.no_card},
                                          {"--data", &t.data, NULL}, {NULL, NULL, NULL}};
    struct err e = {0};
    struct buf b;
    int n;

    int code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &n);
    if (code >= 0)
        return code;
    int rc = access(t.data, W_OK) ? err_errno(&e, "the report's folder %s", t.data) : run(&t, &e);
    if (rc < 0)
        return kioskctl_fail(&e, EXIT_CANNOT);
    code = ready(&t.report) ? EXIT_OK : EXIT_BAD;
    if (t.json) {
        buf_init(&b, JSON_SIZE_MAX);
        write_json(&t.report, &b);
        return kioskctl_print(&b, code);
    }
    puts(code == EXIT_OK ? "ready" : "not ready");
    return code;
}
