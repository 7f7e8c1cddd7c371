/* SPDX-License-Identifier: Apache-2.0
 *
 * What must hold. Everything that may still be on its way is asked again for up to 20 s of real time; nothing here asserts
 * how long it took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/text.h"
#include "model/record.h"
#include "tools/scenario/disk_log.h"
#include "tools/scenario/helper.h"
#include "tools/scenario/play.h"

#define POLL_MS 40
#define POLL_COMMAND_MS 250 /* a question that starts a program */

/* A check answers 0 when it holds; else a negative code and in e what was seen instead. */
typedef int check_fn(struct play *p, const struct step *st, struct err *e);

/* --- the screen --- */

static int check_screen(struct play *p, const struct step *st, struct err *e)
{
    struct json *doc;
    const struct json *nodes;
    int rc = play_nodes(p, &doc, &nodes, e);
    const char *screen;

    if (rc < 0)
        return rc;
    screen = node_str(json_member(doc, "view"), "screen");
    if (strcmp(screen, st->words[1]))
        rc = err_set(e, ERR_NOTFOUND, "the screen is %s", screen);
    json_free(doc);
    return rc;
}

static bool on_screen(const struct json *nodes, const char *text)
{
    for (size_t i = 0; i < json_len(nodes); i++)
        if (strstr(node_str(json_at(nodes, i), "label"), text) || strstr(node_str(json_at(nodes, i), "value"), text))
            return true;
    return false;
}

static int check_text(struct play *p, const struct step *st, struct err *e)
{
    bool absent = !strcmp(st->words[0], "no");
    const char *text = st->words[absent ? 2 : 1];
    struct json *doc;
    const struct json *nodes;
    int rc = play_nodes(p, &doc, &nodes, e);

    if (rc < 0)
        return rc;
    if (on_screen(nodes, text) == absent)
        rc = err_set(e, ERR_NOTFOUND, "\"%s\" %s on the screen %s", text, absent ? "stands" : "does not stand",
                     node_str(json_member(doc, "view"), "screen"));
    json_free(doc);
    return rc;
}

static int node_state(const struct json *node, const struct step *st, struct err *e)
{
    const char *state = st->words[2];
    bool holds;

    if (!strcmp(state, "="))
        holds = st->n > 3 && !strcmp(node_str(node, "value"), st->words[3]);
    else if (!strcmp(state, "disabled"))
        holds = !node_flag(node, "enabled");
    else
        holds = node_flag(node, state);
    return holds
               ? 0
               : err_set(e, ERR_NOTFOUND, "it is %s, %s, value \"%s\"", node_flag(node, "enabled") ? "enabled" : "disabled",
                         node_flag(node, "checked") ? "checked" : "not checked", node_str(node, "value"));
}

static int check_node(struct play *p, const struct step *st, struct err *e)
{
    struct json *doc;
    const struct json *nodes;
    int rc = play_nodes(p, &doc, &nodes, e), found = 0;

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(nodes); i++)
        if (!strcmp(node_str(json_at(nodes, i), "id"), st->words[1] + 1)) {
            found = 1;
            rc = node_state(json_at(nodes, i), st, e);
        }
    json_free(doc);
    return found ? rc : err_set(e, ERR_NOTFOUND, "there is no node %s", st->words[1]);
}

static int check_spoken(struct play *p, const struct step *st, struct err *e)
{
    struct json *doc;
    const struct json *spoken;
    int rc = stand_control(p->stand, PROGRAM_KIOSK, "spoken", &doc, e);

    if (rc < 0)
        return rc;
    spoken = json_member(doc, "spoken");
    rc = err_set(e, ERR_NOTFOUND, "it was not said");
    for (size_t i = 0; i < json_len(spoken); i++)
        if (strstr(json_str(json_at(spoken, i)), st->words[1]))
            rc = 0;
    json_free(doc);
    return rc;
}

/* --- paper --- */

int expect_papers(struct play *p, struct json **ret_doc, struct err *e)
{
    struct buf out;
    int rc = stand_desk(p->stand, "paper", &out, e);

    if (rc >= 0)
        rc = json_parse(out.data, out.len, STAND_OUTPUT_MAX, ret_doc, e);
    buf_finish(&out);
    return err_wrap(e, rc, "ask the desk for its paper");
}

static int check_printed(struct play *p, const struct step *st, struct err *e)
{
    struct json *jobs;
    int rc = expect_papers(p, &jobs, e), cut = 0;

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(jobs); i++)
        cut += node_flag(json_at(jobs, i), "cut");
    json_free(jobs);
    return cut == atoi(st->words[1]) ? 0 : err_set(e, ERR_NOTFOUND, "%d papers came out", cut);
}

static bool paper_holds(const struct json *job, bool qr, const char *text)
{
    const struct json *codes = json_member(job, "qr");

    if (!qr)
        return strstr(node_str(job, "text"), text) != NULL;
    for (size_t i = 0; i < json_len(codes); i++)
        if (!strcmp(json_str(json_at(codes, i)), text))
            return true;
    return false;
}

static int count_on_paper(const struct json *jobs, const char *text)
{
    int n = 0;

    for (size_t i = 0; i < json_len(jobs); i++)
        for (const char *at = node_str(json_at(jobs, i), "text"); (at = strstr(at, text)); at += strlen(text))
            n++;
    return n;
}

static int check_paper(struct play *p, const struct step *st, struct err *e)
{
    bool qr = !strcmp(st->words[1], "qr"), once = !strcmp(st->words[1], "once");
    struct json *jobs;
    int rc = expect_papers(p, &jobs, e);

    if (rc < 0)
        return rc;
    rc = err_set(e, ERR_NOTFOUND, once ? "it is not once on %zu papers" : "no paper of %zu holds it", json_len(jobs));
    if (once && count_on_paper(jobs, st->words[2]) == 1)
        rc = 0;
    for (size_t i = 0; !once && i < json_len(jobs); i++)
        if (paper_holds(json_at(jobs, i), qr, st->words[2]))
            rc = 0;
    json_free(jobs);
    return rc;
}

/* --- the hall --- */

/* What `hallctl WHAT --json` lists. */
static int hall_list(struct play *p, const char *what, struct json **ret_doc, struct err *e)
{
    return stand_json(p->stand, ret_doc, e, "hallctl", what, "--data", stand_path(p->stand, "hall"), "--json", NULL);
}

static int hall_records(struct play *p, struct json **ret_doc, struct err *e)
{
    return hall_list(p, "records", ret_doc, e);
}

static int verify_journal(struct play *p, struct err *e)
{
    struct buf out;
    int rc = stand_command(p->stand, &out, e, "kioskctl", "journal", "verify", "--data", stand_path(p->stand, "term"), NULL);

    buf_finish(&out);
    return rc;
}

static size_t count_of(const struct json *records, const char *terminal)
{
    size_t n = 0;

    for (size_t i = 0; i < json_len(records); i++)
        n += !strcmp(node_str(json_at(records, i), "terminal"), terminal);
    return n;
}

/* What the hall has of the terminal and what its journal has: as much, or it is an error. */
static int both_lists(struct play *p, struct json **ret_records, struct json **ret_list, struct err *e)
{
    struct json *records = NULL, *list = NULL;
    int rc = hall_records(p, &records, e);

    if (rc >= 0)
        rc = expect_journal_list(p, &list, e);
    size_t n = count_of(records, stand_terminal(p->stand));
    if (rc >= 0 && n != json_len(list))
        rc = err_set(e, ERR_NOTFOUND, "the hall has %zu records, the journal %zu", n, json_len(list));
    if (rc < 0) {
        json_free(records);
        json_free(list);
        return rc;
    }
    *ret_records = records;
    *ret_list = list;
    return 0;
}

/* Verified last: while records are on their way there is nothing to verify yet. */
static int check_chain(struct play *p, const struct step *st, struct err *e)
{
    struct json *records, *list;
    int rc = both_lists(p, &records, &list, e);

    if (rc < 0)
        return rc;
    json_free(records);
    json_free(list);
    return verify_journal(p, e);
}

static int count_hall(const struct json *records, const char *kind)
{
    int n = 0;

    for (size_t i = 0; i < json_len(records); i++)
        n += !kind || !strcmp(node_str(json_at(records, i), "kind"), kind);
    return n;
}

static int check_hall_records(struct play *p, const struct step *st, struct err *e)
{
    struct json *records;
    int rc = hall_records(p, &records, e), n;

    if (rc < 0)
        return rc;
    n = count_hall(records, st->n > 3 ? st->words[3] : NULL);
    json_free(records);
    return n == atoi(st->words[2]) ? 0 : err_set(e, ERR_NOTFOUND, "the hall has %d", n);
}

/* Opens the hall's last application with staff's key and a reason. */
static int open_last(struct play *p, struct err *e)
{
    char number[RECORD_TEXT_MAX] = "";
    struct json *records;
    int rc = hall_records(p, &records, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(records); i++)
        if (!strcmp(node_str(json_at(records, i), "kind"), "application"))
            text_copy(number, sizeof number, node_str(json_at(records, i), "number"));
    json_free(records);
    if (!number[0])
        return err_set(e, ERR_NOTFOUND, "the hall has no application");
    json_free(p->opened);
    p->opened = NULL;
    return stand_json(p->stand, &p->opened, e, "hallctl", "open", number, "--data", stand_path(p->stand, "hall"), "--keys",
                      stand_path(p->stand, "keys"), "--reason", "scenario", "--json", NULL);
}

/* PATH = "VALUE" in the application that was opened. */
static int opened_field(struct play *p, const struct step *st, struct err *e)
{
    const struct json *at = json_member(p->opened, "application");
    char path[200], *save = NULL;

    snprintf(path, sizeof path, "%s", st->words[2]);
    for (char *key = strtok_r(path, ".", &save); key && at; key = strtok_r(NULL, ".", &save))
        at = json_member(at, key);
    if (!at && !strcmp(st->words[4], "none"))
        return 0;
    if (!json_str(at))
        return err_set(e, ERR_NOTFOUND, "the application has no text %s", st->words[2]);
    return strcmp(json_str(at), st->words[4]) ? err_set(e, ERR_NOTFOUND, "it is \"%s\"", json_str(at)) : 0;
}

/* Fields asked for one after the other are read from what was opened for the first of them; what is not there is looked for
 * anew. */
static int check_hall_field(struct play *p, const struct step *st, struct err *e)
{
    int rc;

    if (st->n != 5 || strcmp(st->words[3], "="))
        return err_set(e, ERR_INVALID, "expect hall field PATH = \"VALUE\"");
    if (p->opened && opened_field(p, st, e) == 0)
        return 0;
    *e = (struct err){0};
    rc = open_last(p, e);
    return rc < 0 ? rc : opened_field(p, st, e);
}

/* `hallctl alerts` names what staff must look at, in these words where they are given. */
static int check_hall_alert(struct play *p, const struct step *st, struct err *e)
{
    struct json *alerts;
    int rc = hall_list(p, "alerts", &alerts, e);

    if (rc < 0)
        return rc;
    rc = err_set(e, ERR_NOTFOUND, "the hall has %zu other alerts", json_len(alerts));
    for (size_t i = 0; i < json_len(alerts); i++)
        if (!strcmp(node_str(json_at(alerts, i), "what"), st->words[2]) &&
            (st->n < 4 || strstr(node_str(json_at(alerts, i), "detail"), st->words[3])))
            rc = 0;
    json_free(alerts);
    return rc;
}

/* A member of one of the records of its kind, as text; "none": one has no such member. Not of the last: a reader that fell
 * silent on a busy machine is a fault of its own, after the one that is looked for. */
static int check_hall_record(struct play *p, const struct step *st, struct err *e)
{
    struct json *records;
    int rc = st->n == 6 ? hall_records(p, &records, e) : err_set(e, ERR_INVALID, "expect hall record KIND MEMBER = VALUE");

    if (rc < 0)
        return rc;
    rc = err_set(e, ERR_NOTFOUND, "the hall has none of that kind");
    for (size_t i = 0; rc < 0 && i < json_len(records); i++) {
        const struct json *member = json_member(json_member(json_at(records, i), "header"), st->words[3]);
        char value[128] = "none";

        if (strcmp(node_str(json_at(records, i), "kind"), st->words[2]) != 0)
            continue;
        if (json_is_int(member))
            snprintf(value, sizeof value, "%lld", (long long)json_int(member));
        else if (json_is_str(member))
            text_copy(value, sizeof value, json_str(member));
        rc = strcmp(value, st->words[5]) ? err_set(e, ERR_NOTFOUND, "it is \"%s\"", value) : 0;
    }
    json_free(records);
    return rc;
}

/* Did a terminal ask for this file of the public folder? */
static int check_hall_sent(struct play *p, const struct step *st, struct err *e)
{
    bool unsent = !strcmp(st->words[1], "unsent"), asked;
    char line[STAND_PATH_MAX];
    struct buf log;
    int rc = fs_read(stand_path(p->stand, "logs/hall.log"), STAND_OUTPUT_MAX, &log, e);

    if (rc < 0)
        return rc;
    snprintf(line, sizeof line, " fetches %s\n", st->words[2]);
    asked = strstr(buf_str(&log), line) != NULL;
    buf_finish(&log);
    return asked != unsent ? 0 : err_set(e, ERR_NOTFOUND, "it was%s asked for", asked ? "" : " not");
}

/* What `hallctl terminals` says of the terminal; "none": nothing. */
static int check_hall_terminal(struct play *p, const struct step *st, struct err *e)
{
    struct json *list;
    const struct json *member;
    const char *value;
    int rc = st->n == 5 ? hall_list(p, "terminals", &list, e)
                        : err_set(e, ERR_INVALID, "expect hall terminal MEMBER = VALUE");

    if (rc < 0)
        return rc;
    member = json_member(json_at(list, 0), st->words[2]);
    value = json_is_str(member) ? json_str(member) : !json_is_bool(member) ? "none" : json_bool(member) ? "yes" : "no";
    rc = strcmp(value, st->words[4]) ? err_set(e, ERR_NOTFOUND, "it is \"%s\"", value) : 0;
    json_free(list);
    return rc;
}

static int check_hall(struct play *p, const struct step *st, struct err *e)
{
    if (st->n > 2 && !strcmp(st->words[1], "records"))
        return check_hall_records(p, st, e);
    if (st->n > 2 && !strcmp(st->words[1], "field"))
        return check_hall_field(p, st, e);
    if (st->n > 2 && !strcmp(st->words[1], "record"))
        return check_hall_record(p, st, e);
    if (st->n > 2 && !strcmp(st->words[1], "terminal"))
        return check_hall_terminal(p, st, e);
    if (st->n > 2 && (!strcmp(st->words[1], "opens") || !strcmp(st->words[1], "no")))
        return expect_staff(p, st, e);
    if (st->n == 3 && !strcmp(st->words[1], "act"))
        return expect_act(p, st, e);
    if (st->n == 3 && !strcmp(st->words[1], "off"))
        return expect_halt(p, st, e);
    if (st->n > 2 && !strcmp(st->words[1], "alert"))
        return check_hall_alert(p, st, e);
    if (st->n > 2 && (!strcmp(st->words[1], "sent") || !strcmp(st->words[1], "unsent")))
        return check_hall_sent(p, st, e);
    return err_set(
        e, ERR_INVALID,
        "expect hall records N [KIND], hall record KIND MEMBER = VALUE, hall field PATH = \"VALUE\", hall alert WHAT, or "
        "hall sent|unsent FILE");
}

/* A member of the object that a command printed, whatever its exit code: a bad status exits 1. */
static int check_member(const struct step *st, int rc, struct buf *out, struct err *e)
{
    char number[24] = "";
    const struct json *v;
    struct json *doc;
    const char *is;

    bool answered = json_parse(out->data, out->len, STAND_OUTPUT_MAX, &doc, rc < 0 ? NULL : e) == 0;
    buf_finish(out);
    if (!answered)
        return rc < 0 ? rc : -ERR_INVALID;
    rc = 0;
    v = json_member(doc, st->words[1]);
    if (json_is_int(v))
        snprintf(number, sizeof number, "%lld", (long long)json_int(v));
    is = json_is_bool(v) ? json_bool(v) ? "true" : "false" : json_is_str(v) ? json_str(v) : number;
    bool after = st->n == 4 && !strcmp(st->words[2], "after"); /* of times as RFC 3339 writes them, or their beginnings */
    if (st->n != 4 || (!after && strcmp(st->words[2], "=")))
        rc = err_set(e, ERR_INVALID, "expect %s KEY = VALUE, or KEY after TIME", st->words[0]);
    else if (after ? strcmp(is, st->words[3]) <= 0 : strcmp(is, st->words[3]))
        rc = err_set(e, ERR_NOTFOUND, "it is \"%s\"", is);
    json_free(doc);
    return rc;
}

/* What `kioskctl status --json` says. */
static int check_status(struct play *p, const struct step *st, struct err *e)
{
    struct buf out;
    int rc = stand_command(p->stand, &out, e, "kioskctl", "status", "--json", "--run", stand_path(p->stand, "run"), NULL);

    return check_member(st, rc, &out, e);
}

/* What `kioskctl note --json` says. */
static int check_note(struct play *p, const struct step *st, struct err *e)
{
    struct buf out;
    int rc = stand_command(p->stand, &out, e, "kioskctl", "note", "--json", "--device", stand_path(p->stand, "term/note"),
                           NULL);

    return check_member(st, rc, &out, e);
}

static int check_nothing_lost(struct play *p, const struct step *st, struct err *e)
{
    struct json *records, *list;
    int rc = both_lists(p, &records, &list, e);

    if (rc < 0)
        return rc;
    rc = expect_nothing_lost(p, list, records, e);
    json_free(records);
    json_free(list);
    return rc < 0 ? rc : verify_journal(p, e);
}

/* --- kiosk's children --- */

static int check_ended(struct play *p, const struct step *st, struct err *e)
{
    return helper_pid(p->stand, st->words[1]) ? err_set(e, ERR_EXISTS, "%s still runs", st->words[1]) : 0;
}

static int check_running(struct play *p, const struct step *st, struct err *e)
{
    return helper_pid(p->stand, st->words[1]) ? 0 : err_set(e, ERR_NOTFOUND, "%s does not run", st->words[1]);
}

/* --- choosing --- */

static const struct {
    const char *word;
    int least;
    check_fn *check;
    int again_ms; /* asks again after so long until it holds; 0: never */
} checks[] = {
    {"screen", 2, check_screen, POLL_MS},
    {"text", 2, check_text, POLL_MS},
    {"no", 3, check_text, POLL_MS},
    {"node", 3, check_node, POLL_MS},
    {"spoken", 2, check_spoken, 0},
    {"printed", 2, check_printed, POLL_MS},
    {"paper", 3, check_paper, POLL_MS},
    {"slip", 2, expect_slip, POLL_MS},
    {"journal", 2, expect_journal, POLL_COMMAND_MS},
    {"earlier-body", 2, expect_earlier_body, POLL_COMMAND_MS},
    {"chain", 2, check_chain, POLL_COMMAND_MS},
    {"hall", 3, check_hall, POLL_COMMAND_MS},
    {"case", 4, expect_case, POLL_COMMAND_MS},
    {"complaint", 4, expect_complaint, POLL_COMMAND_MS},
    {"status", 4, check_status, POLL_COMMAND_MS},
    {"note", 4, check_note, POLL_COMMAND_MS},
    {"device", 5, expect_device, POLL_MS},
    {"captured", 4, expect_captured, 0},
    {"report", 2, expect_report, 0},
    {"page", 2, expect_traditional, POLL_MS},
    {"system", 2, expect_system, POLL_COMMAND_MS},
    {"untouched", 2, expect_untouched, 0},
    {"nothing", 2, check_nothing_lost, POLL_COMMAND_MS},
    {"disk", 4, expect_disk, 0},
    {"memory", 3, expect_memory, 0},
    {"ended", 2, check_ended, POLL_MS},
    {"running", 2, check_running, POLL_MS},
};

int expect_step(struct play *p, const struct step *st, struct err *e)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        int rc = -ERR_NOTFOUND;

        if (strcmp(checks[i].word, st->words[0]))
            continue;
        if (st->n < checks[i].least)
            return err_set(e, ERR_INVALID, "expect %s needs more words", st->words[0]);
        for (int waited = 0; rc < 0 && waited < STAND_PATIENCE_MS; waited += checks[i].again_ms) {
            if (waited)
                usleep((useconds_t)checks[i].again_ms * 1000);
            *e = (struct err){0};
            rc = checks[i].check(p, st, e);
            if (!checks[i].again_ms || (p->stand->page && p->stand->page->cut)) /* without power nothing comes any more */
                break;
        }
        return rc;
    }
    return err_set(e, ERR_INVALID, "nothing is known to expect of \"%s\"", st->words[0]);
}
