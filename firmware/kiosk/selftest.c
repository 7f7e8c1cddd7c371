/* SPDX-License-Identifier: Apache-2.0
 *
 * The guided test: kioskctl leads through it, one request and one answer a step. A page or a card is a step of the session
 * (session/state_selftest.c), which begins it only while nobody is served and gives way to a resident; this file turns words
 * into its inputs and its effects into words. Of a card nothing is said but that it was read and of what kind it is.
 *
 *     selftest begin              selftest print receipt|ticket        selftest card SECONDS        selftest facts
 */
#include "kiosk/kiosk.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/version.h"

#define ANSWER_MAX 4096
#define CARD_S_MAX 300

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

void kiosk_selftest_told(struct kiosk *k, const struct effect_tested *t)
{
    struct line *c = k->tester;

    k->tester = NULL;
    if (!c)
        return;
    switch (t->outcome) {
    case TESTED_FREE:
        say(c, "terminal", k->terminal.terminal, "version", version_text());
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

/* --- journal, clock, disk, network --- */

static void put_facts(struct kiosk *k, struct jsonw *w)
{
    struct printer_facts receipt, ticket;
    struct staff_facts f;

    kiosk_staff_facts(k, &f);
    printers_facts(k->printers, DEVICE_RECEIPT, &receipt);
    printers_facts(k->printers, DEVICE_TICKET, &ticket);
    jsonw_str(w, "version", f.version);
    jsonw_str(w, "terminal", f.terminal);
    jsonw_int(w, "catalogue", f.catalogue);
    jsonw_bool(w, "head_expired", k->health.news_old);
    jsonw_bool(w, "journal_good", f.chain == CHAIN_GOOD);
    jsonw_int(w, "journal_checked", (int64_t)f.checked);
    jsonw_bool(w, "journal_writable", k->health.storage);
    jsonw_str(w, "journal", kiosk_journal_warning(k));
    jsonw_bool(w, "clock_sure", k->journal && journal_clock_trusted(k->journal));
    jsonw_int(w, "disk_free_mb", f.free_mb);
    jsonw_int(w, "disk_total_mb", f.total_mb);
    jsonw_bool(w, "sync_runs", f.sync);
    jsonw_bool(w, "hall", k->health.hall);
    jsonw_bool(w, "hall_certificate_refused", k->hall_untrusted);
    kiosk_ends_put(k, w);
    jsonw_str(w, "receipt_firmware", receipt.firmware);
    jsonw_str(w, "ticket_firmware", ticket.firmware);
    jsonw_int(w, "unsent", (int64_t)(f.last > f.acked ? f.last - f.acked : 0));
}

void kiosk_selftest_chain(struct kiosk *k)
{
    struct line *c = k->facts_for;
    struct jsonw w;
    struct buf b;

    k->facts_for = NULL;
    if (!c)
        return;
    buf_init(&b, ANSWER_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    put_facts(k, &w);
    jsonw_end(&w);
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

static void step(struct kiosk *k, struct line *c, enum selftest_step what, enum device_role role, int ms)
{
    if (is_free(&k->tester, c))
        kiosk_feed(k, &(struct input){.kind = INPUT_SELFTEST, .test = {.step = what, .role = role, .ms = ms}});
}

void kiosk_selftest(struct kiosk *k, struct line *c, const char *words)
{
    int s = !strncmp(words, "card ", 5) ? atoi(words + 5) : 0;

    if (!strcmp(words, "begin"))
        step(k, c, SELFTEST_BEGIN, DEVICE_RECEIPT, 0);
    else if (!strcmp(words, "print receipt"))
        step(k, c, SELFTEST_PRINT, DEVICE_RECEIPT, 0);
    else if (!strcmp(words, "print ticket"))
        step(k, c, SELFTEST_PRINT, DEVICE_TICKET, 0);
    else if (!strncmp(words, "card ", 5))
        step(k, c, SELFTEST_CARD, DEVICE_RECEIPT, (s > 0 && s <= CARD_S_MAX ? s : CARD_S_MAX) * 1000);
    else if (strcmp(words, "facts"))
        say(c, "error", "begin, print receipt, print ticket, card SECONDS or facts", NULL, NULL);
    else if (is_free(&k->facts_for, c))
        kiosk_staff_check_chain(k); /* beside whatever the screen shows */
}

void kiosk_selftest_gone(struct kiosk *k, const struct line *c)
{
    if (k->facts_for == c)
        k->facts_for = NULL;
    if (k->tester != c)
        return;
    k->tester = NULL;
    kiosk_feed(k, &(struct input){.kind = INPUT_SELFTEST, .test = {.step = SELFTEST_STOP}});
}
