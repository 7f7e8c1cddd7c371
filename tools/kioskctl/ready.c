/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl ready: is this start a good one? Asked by the unit that a boot loader's counting waits for (board/README.md), so
 * it judges the system and not the day: that the paper is out is no reason to go back to the version before.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/line.h"
#include "tools/kioskctl/kioskctl.h"

#define COMMAND "kioskctl ready"
#define ANSWER_MS 2000
#define LOOK_MS 500
#define WAIT_MAX_S 3600
#define SEEN_MAX 256

static const char help[] =
    "kioskctl ready [--json] [--wait SECONDS] [--seen FILE [--trial]] [--run DIR]\n\n"
    "Whether this start of the machine is a good one: kiosk answers, shows a screen, writes its journal and has a "
    "catalogue.\n"
    "  --wait SECONDS  asks again for so long until it is (default 0)\n"
    "  --seen FILE     keeps there which of reader, receipt and ticket printer are attached\n"
    "  --trial         this version has not proved itself: what FILE names must be attached again, and FILE stays\n"
    "  --run DIR       kiosk's socket (default " KIOSKCTL_RUN ")\n"
    "Exit: 0 it is good, 1 it is not, 2 wrong arguments, 3 FILE could not be written.\n";

static const struct {
    const char *name, *member;
} devices[] = {{"reader", "reader_state"}, {"receipt", "receipt_state"}, {"ticket", "ticket_state"}};
#define N_DEVICES (sizeof devices / sizeof *devices)

struct verdict {
    char why[512]; /* "": it is good */
    bool attached[N_DEVICES];
};

static const char *text_of(const struct json *doc, const char *member)
{
    const struct json *v = json_member(doc, member);

    return json_is_str(v) ? json_str(v) : "";
}

static bool is_true(const struct json *doc, const char *member)
{
    const struct json *v = json_member(doc, member);

    return json_is_bool(v) && json_bool(v);
}

/* A device that is there and out of order was found by this system's drivers all the same. */
static void judge(const struct json *doc, const char *wanted, struct verdict *ret)
{
    const struct json *catalogue = json_member(doc, "catalogue");

    *ret->why = '\0';
    for (size_t i = 0; i < N_DEVICES; i++) {
        const char *state = text_of(doc, devices[i].member);

        ret->attached[i] = *state && strcmp(state, "absent");
    }
    if (!*text_of(doc, "screen"))
        snprintf(ret->why, sizeof ret->why, "it shows no screen");
    else if (!is_true(doc, "storage"))
        snprintf(ret->why, sizeof ret->why, "its journal takes no records");
    else if (!json_is_int(catalogue) || json_int(catalogue) <= 0)
        snprintf(ret->why, sizeof ret->why, "it has no catalogue");
    for (size_t i = 0; !*ret->why && wanted && i < N_DEVICES; i++)
        if (strstr(wanted, devices[i].name) && !ret->attached[i])
            snprintf(ret->why, sizeof ret->why, "the %s that the version before had found is not found", devices[i].name);
}

static void look(const char *run, const char *wanted, struct verdict *ret)
{
    static char answer[LINE_MAX_BYTES];
    struct json *doc = NULL;
    struct err e = {0};
    int rc = kioskctl_ask(run, &(struct peer_line){.kind = PEER_STATUS}, ANSWER_MS, answer, sizeof answer, &e);

    if (rc == 0)
        rc = err_wrap(&e, json_parse(answer, strlen(answer), sizeof answer, &doc, &e), "understand kiosk's answer");
    if (rc)
        snprintf(ret->why, sizeof ret->why, "%s", e.text);
    else
        judge(doc, wanted, ret);
    json_free(doc);
}

static int keep(const char *file, const struct verdict *v, struct err *e)
{
    struct buf b;

    buf_init(&b, SEEN_MAX);
    for (size_t i = 0; i < N_DEVICES; i++)
        if (v->attached[i])
            buf_addf(&b, "%s\n", devices[i].name);
    int rc = fs_write_atomic(file, b.data, b.len, 0644, e);
    buf_finish(&b);
    return rc;
}

static int say(const struct verdict *v, bool json)
{
    struct jsonw w;
    struct buf b;
    int code = *v->why ? EXIT_BAD : EXIT_OK;

    if (!json) {
        printf(*v->why ? "not ready: %s\n" : "ready\n", v->why);
        return code;
    }
    buf_init(&b, 4096);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_bool(&w, "ready", !*v->why);
    jsonw_str(&w, "why", v->why);
    jsonw_end(&w);
    return kioskctl_print(&b, code);
}

int kioskctl_ready(int argc, char **argv)
{
    const char *run = KIOSKCTL_RUN, *wait = NULL, *seen = NULL;
    bool json = false, trial = false;
    const struct option_word options[] = {{"--json", NULL, &json}, {"--wait", &wait, NULL},   {"--seen", &seen, NULL},
                                          {"--run", &run, NULL},   {"--trial", NULL, &trial}, {0}};
    struct verdict v = {0};
    struct buf wanted = {0};
    struct err e = {0};
    int64_t seconds = 0;
    int n, code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &n);

    if (code < 0 && trial && !seen)
        code = options_wrong(COMMAND, "--trial needs --seen");
    if (code < 0 && wait)
        code = options_number(COMMAND, "--wait", wait, 0, WAIT_MAX_S, &seconds);
    if (code >= 0)
        return code;
    bool compare = trial && fs_read(seen, SEEN_MAX, &wanted, NULL) >= 0; /* none: nothing was ever found */
    int64_t until = clock_mono_ms() + seconds * 1000;
    look(run, compare ? buf_str(&wanted) : NULL, &v);
    while (*v.why && clock_mono_ms() < until) {
        poll(NULL, 0, LOOK_MS);
        look(run, compare ? buf_str(&wanted) : NULL, &v);
    }
    if (compare)
        buf_finish(&wanted);
    code = say(&v, json);
    if (code == EXIT_OK && seen && !trial && keep(seen, &v, &e) < 0)
        return kioskctl_fail(&e, EXIT_CANNOT);
    return code;
}
