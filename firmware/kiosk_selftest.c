/* SPDX-License-Identifier: Apache-2.0
 *
 * The guided test: kioskctl leads through it, one request and one answer a step; kiosk, which owns the devices, does the
 * step. Only while nobody is served. Of a card nothing is said but that it was read and of what kind it is.
 *
 *     selftest begin              selftest print receipt|ticket        selftest card SECONDS        selftest facts
 */
#include "firmware/kiosk.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "model/test_page.h"

#define ANSWER_MAX 4096
#define CARD_S_MAX 300
#define PRINT_MS 60000

enum step { STEP_PRINT, STEP_CARD, STEP_CHAIN };

struct kiosk_selftest {
    struct line *asker;
    enum step step;
    int role;
    char job[5];
    bool card_seen; /* its lifting is not the session's either */
    struct loop_timer *timer;
    struct kiosk *kiosk;
};

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

static void end_step(struct kiosk *k)
{
    if (!k->selftest)
        return;
    loop_timer_remove(k->selftest->timer);
    free(k->selftest);
    k->selftest = NULL;
}

static void answer(struct kiosk *k, const char *key, const char *value, const char *key2, const char *value2)
{
    if (k->selftest->asker)
        say(k->selftest->asker, key, value, key2, value2);
    end_step(k);
}

/* --- a page --- */

static void job_record(struct kiosk *k, const struct kiosk_selftest *t, enum record_kind kind, const char *what)
{
    struct effect_record r = {.kind = kind, .copy = 1, .role = t->role == PRINTER_TICKET ? ROLE_TICKET : ROLE_RECEIPT};
    struct input done = {.kind = INPUT_RECORDED};
    struct err e = {0};

    text_copy(r.job, sizeof r.job, t->job);
    text_copy(r.what, sizeof r.what, what);
    if (kiosk_record(k, &r, &done, &e) < 0)
        kiosk_storage_failed(k, &e);
}

/* No job of the session begins so. */
static void make_job(char job[5])
{
    int64_t n = clock_mono_ms();

    job[0] = '~';
    for (int i = 3; i > 0; i--, n /= 10)
        job[i] = (char)('0' + n % 10);
    job[4] = '\0';
}

/* Out of paper, and nobody loads any. */
static void too_long(void *ctx)
{
    const struct kiosk_selftest *t = ctx;

    printers_stop(t->kiosk->printers, t->role);
}

static void print_page(struct kiosk *k, struct kiosk_selftest *t, const char *role)
{
    struct place place = session_view(k->session)->place ? *session_view(k->session)->place : (struct place){0};
    struct err e = {0};

    t->role = !strcmp(role, "ticket") ? PRINTER_TICKET : PRINTER_RECEIPT;
    make_job(t->job);
    t->timer = loop_add_timer(k->loop, too_long, t);
    loop_timer_start(t->timer, PRINT_MS);
    job_record(k, t, RECORD_PRINT_START, "test");
    struct paper *page = test_page_compose(&place, t->role == PRINTER_TICKET, clock_wall_ms());
    int rc = printers_print(k->printers, t->role, page, t->job, &e);
    paper_destroy(page);
    if (rc >= 0)
        return;
    job_record(k, t, RECORD_PRINT_NOT, "not started");
    answer(k, "outcome", "not-printed", "why", e.text);
}

bool kiosk_selftest_printed(struct kiosk *k, int role, const char *job, enum printer_outcome outcome, const char *why)
{
    static const char *const words[] = {"done", "not-printed", "unknown"};
    static const enum record_kind kinds[] = {RECORD_PRINT_DONE, RECORD_PRINT_NOT, RECORD_PRINT_UNKNOWN};
    struct kiosk_selftest *t = k->selftest;

    if (!t || t->step != STEP_PRINT || role != t->role || strcmp(job, t->job))
        return false;
    job_record(k, t, kinds[outcome], why);
    answer(k, "outcome", words[outcome], "why", outcome == PRINTER_DONE ? "" : why);
    return true;
}

/* --- a card --- */

bool kiosk_selftest_card(struct kiosk *k, enum selftest_card what, const struct identity *card)
{
    struct kiosk_selftest *t = k->selftest;

    if (k->selftest_card_lies) { /* the one of the last step */
        k->selftest_card_lies = what != SELFTEST_CARD_LIFTED;
        return true;
    }
    if (!t || t->step != STEP_CARD)
        return false;
    switch (what) {
    case SELFTEST_CARD_SEEN:
        t->card_seen = true;
        return true;
    case SELFTEST_CARD_READ:
    case SELFTEST_CARD_FAILED:
    case SELFTEST_CARD_UNKNOWN:
        k->selftest_card_lies = true;
        answer(k, "card",
               card                           ? "read"
               : what == SELFTEST_CARD_FAILED ? "failed"
                                              : "unknown",
               "kind", card ? identity_kind_word(card->kind) : "");
        return true;
    case SELFTEST_CARD_LIFTED:
        return t->card_seen;
    }
    return false;
}

static void no_card(void *ctx)
{
    struct kiosk_selftest *t = ctx;

    answer(t->kiosk, "card", "none", NULL, NULL);
}

static void await_card(struct kiosk *k, struct kiosk_selftest *t, const char *seconds)
{
    int s = atoi(seconds);

    if (idcard_get_state(k->idcard) != IDCARD_READY) {
        answer(k, "card", "no-reader", NULL, NULL);
        return;
    }
    t->timer = loop_add_timer(k->loop, no_card, t);
    loop_timer_start(t->timer, (s > 0 && s <= CARD_S_MAX ? s : CARD_S_MAX) * 1000);
    idcard_poll(k->idcard, true);
}

/* --- journal, clock, disk, network --- */

static void send_facts(struct kiosk *k, struct line *c)
{
    struct printer_facts receipt, ticket;
    struct staff_facts f;
    struct jsonw w;
    struct buf b;

    kiosk_staff_facts(k, &f);
    printers_facts(k->printers, PRINTER_RECEIPT, &receipt);
    printers_facts(k->printers, PRINTER_TICKET, &ticket);
    buf_init(&b, ANSWER_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "version", f.version);
    jsonw_str(&w, "terminal", f.terminal);
    jsonw_int(&w, "catalogue", f.catalogue);
    jsonw_bool(&w, "head_expired", k->health.news_old);
    jsonw_bool(&w, "journal_good", f.chain == CHAIN_GOOD);
    jsonw_int(&w, "journal_checked", (int64_t)f.checked);
    jsonw_bool(&w, "journal_writable", k->health.storage);
    jsonw_bool(&w, "clock_sure", k->health.clock_sure);
    jsonw_int(&w, "disk_free_mb", f.free_mb);
    jsonw_int(&w, "disk_total_mb", f.total_mb);
    jsonw_bool(&w, "sync_runs", f.sync);
    jsonw_bool(&w, "hall", k->health.hall);
    jsonw_str(&w, "receipt_firmware", receipt.firmware);
    jsonw_str(&w, "ticket_firmware", ticket.firmware);
    jsonw_int(&w, "unsent", (int64_t)(f.last > f.acked ? f.last - f.acked : 0));
    jsonw_end(&w);
    line_send(c, buf_str(&b));
    buf_finish(&b);
}

void kiosk_selftest_chain(struct kiosk *k)
{
    if (!k->selftest || k->selftest->step != STEP_CHAIN)
        return;
    if (k->selftest->asker)
        send_facts(k, k->selftest->asker);
    end_step(k);
}

/* --- requests --- */

/* Idle or out of service: nobody may find his paper among test pages, or lose his card to them. */
static bool nobody_is_served(const struct kiosk *k)
{
    enum screen s = session_view(k->session)->screen;

    return !session_view(k->session)->visit && !k->staff && (s == SCREEN_IDLE || s == SCREEN_OUT_OF_SERVICE);
}

static bool begin(struct kiosk *k, struct line *c, enum step step)
{
    if (!nobody_is_served(k) || k->selftest) {
        say(c, "busy",
            k->selftest                       ? "another test runs"
            : session_view(k->session)->visit ? "somebody is being served"
                                              : "the screen is in use",
            NULL, NULL);
        return false;
    }
    k->selftest = calloc(1, sizeof *k->selftest);
    if (!k->selftest)
        abort();
    *k->selftest = (struct kiosk_selftest){.asker = c, .step = step, .kiosk = k};
    return true;
}

void kiosk_selftest(struct kiosk *k, struct line *c, const char *words)
{
    if (!strcmp(words, "begin")) {
        if (!nobody_is_served(k))
            say(c, "busy", "somebody is being served", NULL, NULL);
        else
            say(c, "terminal", k->terminal.terminal, "version", version_text());
    } else if (!strcmp(words, "print receipt") || !strcmp(words, "print ticket")) {
        if (begin(k, c, STEP_PRINT))
            print_page(k, k->selftest, words + 6);
    } else if (!strncmp(words, "card ", 5)) {
        if (begin(k, c, STEP_CARD))
            await_card(k, k->selftest, words + 5);
    } else if (!strcmp(words, "facts")) {
        if (begin(k, c, STEP_CHAIN))
            kiosk_staff_check_chain(k);
    } else {
        say(c, "error", "begin, print receipt, print ticket, card SECONDS or facts", NULL, NULL);
    }
}

void kiosk_selftest_gone(struct kiosk *k, const struct line *c)
{
    if (!k->selftest || k->selftest->asker != c)
        return;
    k->selftest->asker = NULL;
    if (k->selftest->step == STEP_CARD)
        end_step(k); /* a page that is being printed still gets its outcome */
}

void kiosk_selftest_close(struct kiosk *k)
{
    end_step(k);
}
