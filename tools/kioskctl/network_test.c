/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl network --test: has the running kiosk test the way to the hall, waits, and says what was found at each step. It
 * is kiosk-sync that goes the way: nobody else on a terminal has a network, root included.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/line.h"
#include "base/text.h"
#include "model/uplink_report.h"
#include "tools/kioskctl/kioskctl.h"

#define ANSWER_MS 5000
#define LOOK_MS 300
#define LOOKS 1000 /* five minutes: kiosk gives up long before */
#define SENTENCE_BYTES 400

/* kiosk answers in words that may be newer than this command: what is not known here is passed over. */
static void read_steps(const struct json *steps, struct uplink_report *ret)
{
    for (size_t i = 0; json_at(steps, i); i++) {
        const struct json *step = json_at(steps, i);
        const char *word = json_str(json_member(step, "finding")), *what = json_str(json_member(step, "what"));
        struct uplink_found f = {.n = json_int(json_member(step, "n"))};

        f.finding = uplink_finding_by_word(word ? word : "");
        if (what && uplink_what_ok(what))
            text_copy(f.what, sizeof f.what, what);
        uplink_report_take(ret, &f);
    }
}

/* 1: it is over; 0: it goes on. */
static int ask(const char *run, const char *option, char *answer, size_t cap, struct uplink_report *ret, struct err *e)
{
    struct peer_line request = {.kind = PEER_NETWORK};
    struct json *doc = NULL;

    text_copy(request.option, sizeof request.option, option);
    int rc = kioskctl_ask(run, &request, ANSWER_MS, answer, cap, e);
    if (rc == 0)
        rc = err_wrap(e, json_parse(answer, strlen(answer), cap, &doc, e), "understand kiosk's answer");
    const char *state = rc == 0 ? json_str(json_member(doc, "state")) : NULL;
    if (rc == 0 && !state)
        rc = err_set(e, ERR_INVALID, "kiosk knows no test of the network");
    if (rc == 0 && !strcmp(state, "nobody"))
        rc = err_set(e, ERR_GONE, "kiosk-sync does not run: nothing can be tested");
    if (rc == 0 && !strcmp(state, "broke-off"))
        rc = err_set(e, ERR_GONE, "kiosk-sync said nothing more");
    if (rc == 0) {
        *ret = (struct uplink_report){.state = strcmp(state, "testing") ? UPLINK_TESTED : UPLINK_TESTING};
        read_steps(json_member(doc, "steps"), ret);
        rc = ret->state == UPLINK_TESTED;
    }
    json_free(doc);
    return rc;
}

static void print_steps(const struct uplink_report *r)
{
    static const char *const marks[] = {
        [UPLINK_IS_OPEN] = "", [UPLINK_IS_GOOD] = "good", [UPLINK_IS_PLAIN] = "-", [UPLINK_IS_BAD] = "BAD"};
    char text[SENTENCE_BYTES];

    for (int i = 0; i < UPLINK_STEPS; i++)
        printf("%-5s %-20s %s\n", marks[uplink_grade(r->of[i].finding)], uplink_step_name((enum uplink_step)i, LANGUAGE_EN),
               uplink_found_says(&r->of[i], LANGUAGE_EN, text, sizeof text));
}

static void print_verdict(const struct uplink_report *r)
{
    enum uplink_step at = uplink_report_breaks(r);
    char text[SENTENCE_BYTES];

    if (at == UPLINK_STEPS) {
        printf("\n%s\n", str(LANGUAGE_EN, STR_network_through));
        return;
    }
    str_fill(text, sizeof text, LANGUAGE_EN, uplink_report_through(r) ? STR_network_through_but : STR_network_stops,
             STR_ARGS(uplink_step_name(at, LANGUAGE_EN)));
    printf("\n%s %s\n", text, uplink_found_remedy(&r->of[at], LANGUAGE_EN));
}

int kioskctl_network_test(const char *run, bool json)
{
    static char answer[LINE_MAX_BYTES];
    struct uplink_report r;
    struct err e = {0};

    if (!json)
        fputs("Testing. A step that gets no answer takes half a minute …\n", stderr);
    int rc = ask(run, "test", answer, sizeof answer, &r, &e);
    for (int n = 0; rc == 0 && n < LOOKS; n++) {
        poll(NULL, 0, LOOK_MS);
        rc = ask(run, "look", answer, sizeof answer, &r, &e);
    }
    if (rc == 0)
        rc = err_set(&e, ERR_TIMEOUT, "the test does not end");
    if (rc < 0)
        return kioskctl_fail(&e, EXIT_CANNOT);
    if (json) {
        puts(answer);
    } else {
        print_steps(&r);
        print_verdict(&r);
    }
    return uplink_report_breaks(&r) == UPLINK_STEPS ? EXIT_OK : EXIT_BAD;
}
