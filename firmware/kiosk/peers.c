/* SPDX-License-Identifier: Apache-2.0
 *
 * Who talks to kiosk over its socket: kioskctl (status, devices, selftest, record) and kiosk-sync, whose lines are signed by
 * the hall or harmless:
 *     state up|down TRUSTED   whether the hall answers, for what is offered; whether the clock agrees with the hall's
 *     incoming                something may lie in incoming/: it is verified there
 *     ack JSON                what the hall holds (wire/ack.h): signed
 *     lease JSON, leased      a block of ticket numbers (wire/lease.h): signed; and: these were all
 *     queues AGE JSON         how the queues stand (wire/news.h): signed; the age can only make it older
 */
#include "kiosk/kiosk.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "model/level.h"
#include "wire/ack.h"

/* kiosk-sync says a few lines a minute, kioskctl a few in all; a recording is read as fast as it comes. */
#define PEER_LINES_PER_S 32
#define PEER_BYTES_PER_S (256 * 1024)
#define PEER_QUEUE_MAX (2 * 1024 * 1024)

void kiosk_tell_sync(struct kiosk *k)
{
    if (k->sync && k->journal)
        line_sendf(k->sync, "journal %llu", (unsigned long long)journal_last(k->journal));
}

/* "catalogue VERSION WHOLE NEEDS WARNINGS": the version in use, the one to fetch whole (0: none, -1: whichever the hall
 * has), the level of one that this software is too old for (0: none), words with commas or "-". */
void kiosk_tell_catalogue(struct kiosk *k)
{
    const char *journal = kiosk_journal_warning(k);
    char words[512];
    size_t len;

    snprintf(words, sizeof words, "%s%s%s%s%s%s%s%s%s%s", *journal ? "," : "", journal,
             k->health.news_old ? ",head-expired" : "", k->found.head_older ? ",head-older" : "",
             k->catalogue_refused ? ",catalogue-refused" : "", k->catalogue_damaged ? ",catalogue-damaged" : "",
             k->found.needs ? ",software-too-old" : "", k->found.whole > 0 ? ",patch-unusable" : "",
             k->health.printer[DEVICE_RECEIPT] == PRINTER_LOW ? ",receipt-paper-low" : "",
             k->health.printer[DEVICE_TICKET] == PRINTER_LOW ? ",ticket-paper-low" : "");
    for (int i = KIOSK_END_ROOT; i < KIOSK_ENDS; i++) /* of its certificate kiosk-sync speaks itself */
        if (k->ends[i].state != KIOSK_END_FINE && (len = strlen(words)) < sizeof words)
            snprintf(words + len, sizeof words - len, ",%s-%s", kiosk_end_name((enum kiosk_end_of)i),
                     k->ends[i].state == KIOSK_END_OVER ? "ended" : "near-end");
    if (k->sync)
        line_sendf(k->sync, "catalogue %d %lld %d %s", k->catalog ? catalog_version(k->catalog) : 0,
                   (long long)k->found.whole, k->found.needs, words[0] ? words + 1 : "-");
}

uint64_t kiosk_acked(const struct kiosk *k)
{
    return k->journal ? journal_acked(k->journal) : 0;
}

static void count_unsent(struct kiosk *k)
{
    uint64_t last = k->journal ? journal_last(k->journal) : 0, acked = kiosk_acked(k);

    k->health.unsent = last > acked ? (int)(last - acked) : 0;
    kiosk_health_changed(k);
}

static void on_sync_state(struct kiosk *k, bool up, bool trusted)
{
    k->health.hall = up;
    kiosk_clock_trusted(k, trusted);
    count_unsent(k);
}

static int take_ack(struct kiosk *k, const char *json, struct err *e)
{
    struct ack a;
    int rc = ack_decode(json, strlen(json), &a, e);

    if (rc >= 0)
        rc = ack_verify(&k->hall_keys, k->terminal.terminal, k->terminal.epoch, &a, e);
    return rc < 0 ? rc : kiosk_acknowledged(k, a.seq, a.hash, e);
}

static void on_ack(struct kiosk *k, const char *json)
{
    struct err e = {0};

    if (!k->journal || !k->hall_keys.n)
        return; /* it is asked for again when there are */
    if (take_ack(k, json, &e) < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    count_unsent(k);
    if (k->application_seq && k->application_seq <= kiosk_acked(k)) {
        struct input in = {.kind = INPUT_SENT};

        text_copy(in.number, sizeof in.number, k->application_number);
        k->application_seq = 0;
        kiosk_feed(k, &in);
    }
}

static void put_catalogue(struct jsonw *w, const struct kiosk *k)
{
    char expires[CLOCK_RFC3339_LEN + 1] = "";

    if (k->head_expires_ms)
        clock_format_rfc3339(k->head_expires_ms, expires);
    jsonw_int(w, "catalogue", k->catalog ? catalog_version(k->catalog) : 0);
    jsonw_bool(w, "catalogue_installing", k->install != NULL);
    jsonw_int(w, "catalogue_waiting", k->found.catalogue); /* for the visit's end */
    jsonw_bool(w, "catalogue_refused", k->catalogue_refused);
    jsonw_int(w, "level", level_now());
    jsonw_int(w, "catalogue_needs", k->found.needs); /* 0: none that this software is too old for */
    jsonw_str(w, "head_expires", expires);
    jsonw_bool(w, "head_expired", k->health.news_old);
}

/* ROLE_fault, ROLE_confirm, ROLE_left_mm (-1: more than can be told), and what became of its papers. */
static void put_printer(struct jsonw *w, const struct kiosk *k, int role, const char *name)
{
    struct printer_facts f;
    char key[40];

    printers_facts(k->printers, role, &f);
    const struct {
        const char *key, *text;
        int n;
    } facts[] = {{"fault", f.fault, 0},        {"confirm", f.confirm, 0},    {"left_mm", NULL, f.left_mm},
                 {"printed", NULL, f.printed}, {"unknown", NULL, f.unknown}, {"retracted", NULL, f.retracted}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        snprintf(key, sizeof key, "%s_%s", name, facts[i].key);
        if (facts[i].text)
            jsonw_str(w, key, facts[i].text);
        else
            jsonw_int(w, key, facts[i].n);
    }
}

static void send_status(struct kiosk *k, struct line *c)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, 4096);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "version", version_text());
    jsonw_str(&w, "terminal", k->terminal.terminal);
    jsonw_str(&w, "screen", screen_name(session_view(k->session)->screen));
    put_catalogue(&w, k);
    jsonw_int(&w, "last_record", k->journal ? (int64_t)journal_last(k->journal) : 0);
    jsonw_int(&w, "acknowledged", (int64_t)kiosk_acked(k));
    jsonw_bool(&w, "hall", k->health.hall);
    jsonw_bool(&w, "hall_certificate_refused", k->hall_untrusted);
    jsonw_bool(&w, "storage", k->health.storage);
    jsonw_str(&w, "journal", *kiosk_journal_warning(k) ? kiosk_journal_warning(k) : "whole");
    jsonw_bool(&w, "journal_rests", k->journal && journal_rests(k->journal));
    jsonw_bool(&w, "clock_sure", k->journal && journal_clock_trusted(k->journal));
    jsonw_bool(&w, "applications", !k->health.no_applications);
    kiosk_ends_put(k, &w);
    jsonw_bool(&w, "in_service", !session_view(k->session)->out.on);
    jsonw_str(&w, "out_reason", session_view(k->session)->out.on ? outage_word(session_view(k->session)->out.reason) : "");
    jsonw_bool(&w, "leased", kiosk_leases_there(k));
    jsonw_str(&w, "reader_state", reader_word(k->health.reader));
    jsonw_str(&w, "receipt_state", printer_word(k->health.printer[DEVICE_RECEIPT]));
    jsonw_str(&w, "ticket_state", printer_word(k->health.printer[DEVICE_TICKET]));
    jsonw_str(&w, "reader", idcard_transport(k->idcard));
    jsonw_str(&w, "sam", idcard_sam_id(k->idcard));
    jsonw_str(&w, "receipt", printers_profile(k->printers, DEVICE_RECEIPT));
    jsonw_str(&w, "ticket", printers_profile(k->printers, DEVICE_TICKET));
    for (int r = 0; r < PRINTER_ROLES; r++)
        put_printer(&w, k, r, device_word((enum device_role)r));
    jsonw_end(&w);
    line_send(c, buf_str(&b));
    buf_finish(&b);
}

static void on_sync(struct kiosk *k, struct line *c)
{
    k->sync = c;
    k->incoming = true; /* it may have come while nobody listened */
    kiosk_tell_sync(k);
    kiosk_tell_catalogue(k);
    kiosk_leases_renew(k);
}

static void on_sync_line(struct kiosk *k, const char *text)
{
    char state[8];
    int trusted, refused, at = 0;
    long long age, ends;

    if (sscanf(text, "state %7s %d", state, &trusted) == 2)
        on_sync_state(k, !strcmp(state, "up"), trusted == 1);
    else if (sscanf(text, "certificate %lld %d", &ends, &refused) == 2)
        kiosk_ends_certificate(k, ends, refused == 1);
    else if (!strcmp(text, "incoming"))
        k->incoming = true;
    else if (!strncmp(text, "ack ", 4))
        on_ack(k, text + 4);
    else if (!strncmp(text, "lease ", 6))
        kiosk_lease_said(k, text + 6);
    else if (!strcmp(text, "leased"))
        kiosk_leases_ask(k);
    else if (sscanf(text, "queues %lld %n", &age, &at) == 1 && at)
        kiosk_queues_said(k, age, text + at);
}

static void on_peer_gone(struct kiosk *k, struct line *c)
{
    if (k->sync == c) {
        k->sync = NULL;
        on_sync_state(k, false, k->journal && journal_clock_trusted(k->journal));
    }
    kiosk_selftest_gone(k, c);
    kiosk_capture_gone(k, c);
    line_destroy(c);
}

static void on_peer_line(void *ctx, struct line *c, char *text)
{
    struct kiosk *k = ctx;

    if (!text)
        on_peer_gone(k, c);
    else if (!strcmp(text, "hello sync"))
        on_sync(k, c);
    else if (!strcmp(text, "status"))
        send_status(k, c);
    else if (!strcmp(text, "devices"))
        kiosk_send_devices(k, c);
    else if (!strncmp(text, "record ", 7))
        kiosk_capture(k, c, text + 7);
    else if (!strncmp(text, "width ", 6))
        kiosk_width(k, c, text + 6);
    else if (!strncmp(text, "selftest ", 9))
        kiosk_selftest(k, c, text + 9);
    else if (k->sync == c)
        on_sync_line(k, text);
}

/* The socket is 0660 in a folder of 0750: kiosk's own user, root, and the group of kiosk-sync and kioskctl. All the same
 * each of them is bounded: whoever floods it is slowed down, and the screen goes on. */
int kiosk_open_socket(struct kiosk *k, struct err *e)
{
    const struct line_bounds bounds = {
        .lines_per_s = PEER_LINES_PER_S, .bytes_per_s = PEER_BYTES_PER_S, .queue_max = PEER_QUEUE_MAX};
    char path[KIOSK_PATH_MAX];
    int rc = fs_mkdirs(k->opt.run, 0750, e);

    if (rc >= 0)
        rc = fs_join(path, sizeof path, k->opt.run, "kiosk.sock");
    if (rc >= 0)
        rc = line_serve(k->loop, path, &bounds, on_peer_line, k, &k->server, e);
    return rc;
}
