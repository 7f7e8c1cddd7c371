/* SPDX-License-Identifier: Apache-2.0
 *
 * See selftest.h.
 */
#include "kiosk/selftest.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/must.h"
#include "base/version.h"

#define ANSWER_MAX 4096
#define CARD_S_MAX 300

struct selftest {
    const char *terminal;
    const struct port *port;
    struct selftest_events events;
    void *ctx;
    struct line *tester, *facts_for; /* who waits for a step, and for the facts; NULL: nobody */
};

struct selftest *selftest_create(const char *terminal, const struct selftest_events *events, void *ctx,
                                 const struct port *port)
{
    struct selftest *s = calloc(1, sizeof *s);

    must(s, "out of memory");
    *s = (struct selftest){.terminal = terminal, .events = *events, .ctx = ctx, .port = port};
    return s;
}

void selftest_destroy(struct selftest *s)
{
    free(s);
}

/* --- answers --- */

static void say(struct line *c, const char *key, const char *value, const char *key2, const char *value2)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, ANSWER_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, key, value);
    if (key2)
        jsonw_str(&w, key2, value2);
    jsonw_end(&w);
    line_send(c, buf_str(&b));
    buf_finish(&b);
}

static const char *print_word(enum print_state print)
{
    return print == PRINT_DONE ? "done" : print == PRINT_NOT ? "not-printed" : "unknown";
}

static const char *why_word(const struct effect_tested *t)
{
    return t->print == PRINT_DONE ? "" : printer_word(t->why);
}

void selftest_told(struct selftest *s, const struct effect_tested *t)
{
    struct line *c = s->tester;

    s->tester = NULL;
    if (!c)
        return;
    switch (t->outcome) {
    case TESTED_FREE:
        say(c, "terminal", s->terminal, "version", version_text());
        break;
    case TESTED_PAPER:
        say(c, "outcome", print_word(t->print), "why", why_word(t));
        break;
    case TESTED_READ:
        say(c, "card", "read", "kind", identity_kind_word(t->kind));
        break;
    case TESTED_FAILED:
        say(c, "card", "failed", NULL, NULL);
        break;
    case TESTED_UNKNOWN:
        say(c, "card", "unknown", NULL, NULL);
        break;
    case TESTED_NO_CARD:
        say(c, "card", "none", NULL, NULL);
        break;
    case TESTED_NO_READER:
        say(c, "card", "no-reader", NULL, NULL);
        break;
    case TESTED_SERVING:
        say(c, "busy", "somebody is being served", NULL, NULL);
        break;
    case TESTED_IN_USE:
        say(c, "busy", "the screen is in use", NULL, NULL);
        break;
    case TESTED_GIVEN_WAY:
        say(c, "busy", "somebody has come to the terminal", NULL, NULL);
        break;
    }
}

void selftest_checked(struct selftest *s)
{
    struct line *c = s->facts_for;
    struct buf b;

    s->facts_for = NULL;
    if (!c)
        return;
    buf_init(&b, ANSWER_MAX);
    s->events.facts(s->ctx, &b);
    line_send(c, buf_str(&b));
    buf_finish(&b);
}

/* --- requests --- */

static bool is_free(struct line **slot, struct line *c)
{
    if (*slot) {
        say(c, "busy", "another test runs", NULL, NULL);
        return false;
    }
    *slot = c;
    return true;
}

static void step(struct selftest *s, struct line *c, enum selftest_step what, enum device_role role, int ms)
{
    if (is_free(&s->tester, c))
        port_feed(s->port, &(struct input){.kind = INPUT_SELFTEST, .test = {.step = what, .role = role, .ms = ms}});
}

static void print(struct selftest *s, struct line *c, enum device_role role)
{
    if (role < PRINTER_ROLES)
        step(s, c, SELFTEST_PRINT, role, 0);
    else
        say(c, "error", "print receipt, or print ticket", NULL, NULL);
}

bool selftest_runs(const struct selftest *s)
{
    return s->tester != NULL;
}

void selftest_request(struct selftest *s, struct line *asker, const char *what, const char *option)
{
    int seconds = atoi(option);

    if (!strcmp(what, "begin"))
        step(s, asker, SELFTEST_BEGIN, DEVICE_RECEIPT, 0);
    else if (!strcmp(what, "print"))
        print(s, asker, device_by_word(option));
    else if (!strcmp(what, "card"))
        step(s, asker, SELFTEST_CARD, DEVICE_RECEIPT, (seconds > 0 && seconds <= CARD_S_MAX ? seconds : CARD_S_MAX) * 1000);
    else if (strcmp(what, "facts"))
        say(asker, "error", "begin, print receipt, print ticket, card SECONDS or facts", NULL, NULL);
    else if (is_free(&s->facts_for, asker))
        s->events.check(s->ctx); /* beside whatever the screen shows */
}

void selftest_gone(struct selftest *s, const struct line *asker)
{
    if (s->facts_for == asker)
        s->facts_for = NULL;
    if (s->tester != asker)
        return;
    s->tester = NULL;
    port_feed(s->port, &(struct input){.kind = INPUT_SELFTEST, .test = {.step = SELFTEST_STOP}});
}
