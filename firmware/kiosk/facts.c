/* SPDX-License-Identifier: Apache-2.0
 *
 * See facts.h.
 */
#include "kiosk/facts.h"

#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "drivers/usb/kind.h"
#include "drivers/usb/printer_class.h"
#include "kiosk/outside.h"
#include "model/level.h"

/* --- the terminal, for the technician's page --- */

static int last_fault(void *ctx, const struct record_header *h)
{
    struct staff_facts *f = ctx;
    int known = 0;

    for (int i = 0; i < DEVICE_ROLES; i++) {
        if (!f->fault[i].at && !strcmp(h->role, device_word((enum device_role)i))) {
            f->fault[i].at = h->at;
            text_copy(f->fault[i].what, sizeof f->fault[i].what, h->what);
        }
        known += f->fault[i].at != 0;
    }
    return known == DEVICE_ROLES;
}

static void disk_facts(const struct facts *t, struct staff_facts *f)
{
    struct statvfs disk;

    if (statvfs(t->data, &disk))
        return;
    f->free_mb = (int64_t)(disk.f_bavail * (disk.f_frsize / 1024) / 1024);
    f->total_mb = (int64_t)(disk.f_blocks * (disk.f_frsize / 1024) / 1024);
}

static void journal_facts(const struct facts *t, struct staff_facts *f)
{
    struct err e = {0};

    struct journal *j = records_journal(t->records);
    uint64_t acked = records_acked(t->records);

    if (!j)
        return;
    f->last = journal_last(j);
    f->oldest_ms = acked < f->last ? journal_at(j, acked + 1) : 0;
    if (journal_newest(j, RECORD_DEVICE_FAULT, last_fault, f, &e) < 0)
        log_warn("kiosk", "%s", e.text);
}

static void roll_facts(struct staff_facts *f, int role, const struct printer_facts *of)
{
    f->roll[role].at = of->roll.at;
    f->roll[role].papers = of->roll.papers;
    f->roll[role].mm = of->roll.used_mm;
    f->roll[role].whole_mm = of->roll_mm;
    f->roll[role].since = of->since;
    f->roll[role].metres = of->fed_m;
    f->roll[role].cuts = of->cuts;
    f->roll[role].dots = of->dots;
}

static void printer_facts(const struct facts *t, struct staff_facts *f)
{
    for (int i = 0; i < PRINTER_ROLES; i++) {
        struct printer_facts of;

        printers_facts(devices_printers(t->devices), i, &of);
        f->left_mm[i] = of.left_mm;
        f->stuck[i] = !strcmp(of.fault, "power-cycle");
        f->asks_width[i] = of.asks_width;
        roll_facts(f, i, &of);
    }
    text_copy(f->stranger, sizeof f->stranger, printers_stranger(devices_printers(t->devices)));
}

static void counts(const struct facts *t, struct staff_facts *f)
{
    const struct device_counts *c = devices_counts(t->devices);

    for (int r = 0; r < PRINTER_ROLES; r++) {
        f->count[r].done = c->printed[r][PRINTER_DONE];
        f->count[r].not_done = c->printed[r][PRINTER_NOT_PRINTED];
        f->count[r].unknown = c->printed[r][PRINTER_OUTCOME_UNKNOWN];
    }
    f->count[DEVICE_READER].done = c->cards_read;
    f->cards = c->cards;
    f->cards_since = c->cards_since;
    f->count[DEVICE_READER].not_done = c->cards_failed;
    f->count[DEVICE_READER].unknown = c->cards_unknown;
    for (int i = 0; i < DEVICE_ROLES; i++)
        f->count[i].unplugged = c->unplugged[i];
}

void facts_of_terminal(const struct facts *t, struct staff_facts *f)
{
    struct catalogue_state c;

    catalogue_state(t->catalogue, &c);
    *f = (struct staff_facts){.acked = records_acked(t->records), .sync = t->sync, .up_ms = clock_mono_ms()};
    f->chain = audit_state(t->audit);
    f->checked = audit_records(t->audit);
    f->head_expires_ms = authority_head_expires(t->authority);
    f->catalogue = catalogue_version(t->catalogue);
    f->level = level_now();
    f->needs = c.needs;
    text_copy(f->version, sizeof f->version, version_text());
    text_copy(f->terminal, sizeof f->terminal, t->terminal->terminal);
    text_copy(f->sam, sizeof f->sam, idcard_sam_id(devices_reader(t->devices)));
    for (int i = 0; i < STAFF_ENDS; i++) {
        const struct authority_end *end = authority_end(t->authority, (enum staff_end)i);

        f->ends[i].ms = end->ms;
        f->ends[i].near = end->state == AUTHORITY_NEAR;
        f->ends[i].over = end->state == AUTHORITY_OVER;
    }
    disk_facts(t, f);
    journal_facts(t, f);
    printer_facts(t, f);
    counts(t, f);
    f->unprinted = t->roll->unprinted;
    system_update_facts(t->update, &f->system);
    logs_desk_facts(t->logs, &f->logs);
    f->uplink = *t->uplink;
}

/* --- status --- */

static void put_catalogue(struct jsonw *w, const struct facts *t, const struct health *h)
{
    int64_t expires_ms = authority_head_expires(t->authority);
    char expires[CLOCK_RFC3339_LEN + 1] = "";
    struct catalogue_state c;

    catalogue_state(t->catalogue, &c);
    if (expires_ms)
        clock_format_rfc3339(expires_ms, expires);
    jsonw_int(w, "catalogue", catalogue_version(t->catalogue));
    jsonw_bool(w, "catalogue_installing", c.installing);
    jsonw_int(w, "catalogue_waiting", c.waiting); /* for the visit's end */
    jsonw_bool(w, "catalogue_refused", c.refused);
    jsonw_int(w, "level", level_now());
    jsonw_int(w, "catalogue_needs", c.needs); /* 0: none that this software is too old for */
    jsonw_str(w, "head_expires", expires);
    jsonw_bool(w, "head_expired", h->news_old);
}

/* ROLE_KEY */
static void put_word(struct jsonw *w, const char *role, const char *key, const char *word)
{
    char name[40];

    snprintf(name, sizeof name, "%s_%s", role, key);
    jsonw_str(w, name, word);
}

/* ROLE_fault, ROLE_confirm, ROLE_left_mm (-1: more than can be told), and what became of its papers. */
static void put_paper_facts(struct jsonw *w, const struct facts *t, int role, const char *name)
{
    struct printer_facts f;
    char key[40];

    printers_facts(devices_printers(t->devices), role, &f);
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

void facts_status(const struct facts *t, const struct view *v, struct buf *out)
{
    char disk[OUTSIDE_WORD];
    const struct health *h = &v->health;
    const struct idcard *reader = devices_reader(t->devices);
    const char *warning = records_warning(t->records);
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "version", version_text());
    jsonw_str(&w, "terminal", t->terminal->terminal);
    jsonw_str(&w, "screen", screen_name(v->screen));
    put_catalogue(&w, t, h);
    jsonw_int(&w, "last_record", (int64_t)records_last(t->records));
    jsonw_int(&w, "acknowledged", (int64_t)records_acked(t->records));
    jsonw_bool(&w, "hall", h->hall);
    jsonw_bool(&w, "hall_certificate_refused", authority_hall_refused(t->authority));
    jsonw_bool(&w, "storage", h->storage);
    outside_word(disk);
    jsonw_str(&w, "disk", disk);
    jsonw_str(&w, "journal", *warning ? warning : "whole");
    jsonw_bool(&w, "journal_rests", records_journal(t->records) && journal_rests(records_journal(t->records)));
    jsonw_bool(&w, "clock_sure", records_clock_sure(t->records));
    jsonw_bool(&w, "applications", !h->no_applications);
    authority_put(t->authority, &w);
    jsonw_bool(&w, "in_service", !v->out.on);
    jsonw_str(&w, "out_reason", v->out.on ? outage_word(v->out.reason) : "");
    jsonw_bool(&w, "technician", staff_desk_signed_in(t->staff));
    jsonw_bool(&w, "leased", queue_desk_leased(t->queues));
    jsonw_str(&w, "reader_state", reader_word(h->reader));
    for (int r = 0; r < PRINTER_ROLES; r++)
        put_word(&w, device_word((enum device_role)r), "state", printer_word(h->printer[r]));
    jsonw_str(&w, "reader", idcard_transport(reader));
    jsonw_str(&w, "sam", idcard_sam_id(reader));
    for (int r = 0; r < PRINTER_ROLES; r++)
        jsonw_str(&w, device_word((enum device_role)r), printers_profile(devices_printers(t->devices), r));
    for (int r = 0; r < PRINTER_ROLES; r++)
        put_paper_facts(&w, t, r, device_word((enum device_role)r));
    jsonw_end(&w);
}

/* --- the guided test: journal, clock, disk, network --- */

void facts_for_selftest(const struct facts *t, const struct health *h, struct buf *out)
{
    struct printers *printers = devices_printers(t->devices);
    struct jsonw w;
    struct printer_facts receipt, ticket;
    struct staff_facts f;

    facts_of_terminal(t, &f);
    printers_facts(printers, DEVICE_RECEIPT, &receipt);
    printers_facts(printers, DEVICE_TICKET, &ticket);
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "version", f.version);
    jsonw_str(&w, "terminal", f.terminal);
    jsonw_int(&w, "catalogue", f.catalogue);
    jsonw_bool(&w, "head_expired", h->news_old);
    jsonw_bool(&w, "journal_good", f.chain == CHAIN_GOOD);
    jsonw_int(&w, "journal_checked", (int64_t)f.checked);
    jsonw_bool(&w, "journal_writable", h->storage);
    jsonw_str(&w, "journal", records_warning(t->records));
    jsonw_bool(&w, "clock_sure", records_clock_sure(t->records));
    jsonw_int(&w, "disk_free_mb", f.free_mb);
    jsonw_int(&w, "disk_total_mb", f.total_mb);
    jsonw_bool(&w, "sync_runs", f.sync);
    jsonw_bool(&w, "hall", h->hall);
    jsonw_bool(&w, "hall_certificate_refused", authority_hall_refused(t->authority));
    authority_put(t->authority, &w);
    jsonw_str(&w, "receipt_firmware", receipt.firmware);
    jsonw_str(&w, "ticket_firmware", ticket.firmware);
    jsonw_int(&w, "unsent", (int64_t)(f.last > f.acked ? f.last - f.acked : 0));
    jsonw_end(&w);
}

/* --- devices: what is attached, what it is used for and why, what went wrong last, how often --- */

struct report {
    const struct facts *t;
    const struct staff_facts *facts;
    struct jsonw w;
};

static void put_fault(struct report *l, enum device_role which)
{
    char at[CLOCK_RFC3339_LEN + 1] = "";

    if (l->facts->fault[which].at)
        clock_format_rfc3339(l->facts->fault[which].at, at);
    jsonw_str(&l->w, "last_fault", l->facts->fault[which].what);
    jsonw_str(&l->w, "last_fault_at", at);
}

static void put_identity(struct jsonw *w, const struct usb_info *i)
{
    char text[16];

    jsonw_str(w, "port", i->port);
    jsonw_str(w, "kind", usb_kind(i));
    snprintf(text, sizeof text, "%04x", i->vendor);
    jsonw_str(w, "vendor", text);
    snprintf(text, sizeof text, "%04x", i->product);
    jsonw_str(w, "product", text);
    snprintf(text, sizeof text, "%x.%02x", i->release >> 8, i->release & 0xFF); /* binary-coded decimal */
    jsonw_str(w, "release", text);
    jsonw_str(w, "maker", i->maker);
    jsonw_str(w, "model", i->model);
    jsonw_str(w, "serial", i->serial);
}

static void put_reader(struct report *l, const struct usb_device *d)
{
    bool serves = idcard_device(devices_reader(l->t->devices)) == d;

    jsonw_str(&l->w, "role", serves ? device_word(DEVICE_READER) : "");
    jsonw_str(&l->w, "why", serves ? idcard_why(devices_reader(l->t->devices)) : "waits until the reader in use leaves");
    if (!serves)
        return;
    jsonw_str(&l->w, "state", reader_word(idcard_get_state(devices_reader(l->t->devices))));
    jsonw_str(&l->w, "driver", idcard_transport(devices_reader(l->t->devices)));
    jsonw_str(&l->w, "driver_why", "endpoints");
    jsonw_str(&l->w, "sam", idcard_sam_id(devices_reader(l->t->devices)));
    put_fault(l, DEVICE_READER);
}

/* Over restarts too, since then. */
static void put_counted(struct report *l, const struct printer_facts *f)
{
    char since[CLOCK_RFC3339_LEN + 1] = "";

    if (f->since)
        clock_format_rfc3339(f->since, since);
    jsonw_int(&l->w, "fed_m", f->fed_m);
    jsonw_int(&l->w, "cuts", f->cuts);
    jsonw_str(&l->w, "counted_since", since);
}

static void put_paper(struct report *l, int role)
{
    struct printer_facts f;

    printers_facts(devices_printers(l->t->devices), role, &f);
    jsonw_str(&l->w, "fault", f.fault);
    jsonw_str(&l->w, "confirmation", *f.confirm ? f.confirm : "not known yet");
    if (f.left_mm >= 0)
        jsonw_int(&l->w, "paper_left_mm", f.left_mm);
    put_counted(l, &f);
    jsonw_int(&l->w, "dots", f.dots);
    jsonw_bool(&l->w, "asks_width", f.asks_width);
    jsonw_str(&l->w, "firmware", f.firmware);
    jsonw_str(&l->w, "own_maker", f.maker);
    jsonw_str(&l->w, "own_model", f.model);
    jsonw_str(&l->w, "own_serial", f.serial);
    put_fault(l, (enum device_role)role);
}

static void put_printer(struct report *l, const struct printer_about *a)
{
    jsonw_str(&l->w, "role", a->role < 0 ? "" : device_word(a->role));
    jsonw_str(&l->w, "why", a->role < 0 ? "no role is free for it" : a->why_role);
    jsonw_str(&l->w, "state", printer_word(a->state));
    jsonw_str(&l->w, "driver", a->profile);
    jsonw_str(&l->w, "driver_why", a->why_profile);
    if (a->role >= 0)
        put_paper(l, a->role);
}

/* Of the class of receipt printers, and ESC/POS would come out of it as rubbish. */
static void put_stranger(struct report *l, const struct printer_about *a)
{
    char text[80];

    snprintf(text, sizeof text, "a %s printer: it understands %s, not ESC/POS", a->prints_pages ? "page" : "label",
             a->language);
    jsonw_str(&l->w, "role", "");
    jsonw_str(&l->w, "ignored", text);
}

static void put_device(void *ctx, const struct usb_device *d)
{
    const struct usb_info *i = usb_info(d);
    struct report *l = ctx;
    struct printer_about about;
    struct usb_printer_pipes pipes;
    const char *why = "not a reader we know, not a printer";

    jsonw_obj(&l->w, NULL);
    put_identity(&l->w, i);
    if (idcard_suits(i)) {
        put_reader(l, d);
    } else if (printers_about(devices_printers(l->t->devices), d, &about)) {
        if (*about.language)
            put_stranger(l, &about);
        else
            put_printer(l, &about);
    } else {
        if (!usb_printer_choose(i, &pipes, &why) && usb_kind(i)[0] != 'p')
            why = "not a reader we know, not a printer";
        jsonw_str(&l->w, "role", "");
        jsonw_str(&l->w, "ignored", why);
    }
    jsonw_end(&l->w);
}

static void put_counts(struct jsonw *w, const struct printers *printers, const struct device_counts *c)
{
    struct printer_facts f;

    for (int r = 0; r < PRINTER_ROLES; r++) {
        jsonw_obj(w, device_word(r));
        jsonw_int(w, "done", c->printed[r][PRINTER_DONE]);
        jsonw_int(w, "not_printed", c->printed[r][PRINTER_NOT_PRINTED]);
        jsonw_int(w, "unknown", c->printed[r][PRINTER_OUTCOME_UNKNOWN]);
        printers_facts(printers, r, &f);
        jsonw_int(w, "retracted", f.retracted);
        jsonw_int(w, "unplugged", c->unplugged[r]);
        jsonw_end(w);
    }
    jsonw_obj(w, device_word(DEVICE_READER));
    jsonw_int(w, "read", c->cards_read);
    jsonw_int(w, "failed", c->cards_failed);
    jsonw_int(w, "unknown", c->cards_unknown);
    jsonw_int(w, "unplugged", c->unplugged[DEVICE_READER]);
    jsonw_end(w);
}

void facts_devices(const struct facts *t, struct buf *out)
{
    struct staff_facts facts;
    struct report l = {.t = t, .facts = &facts};

    facts_of_terminal(t, &facts);
    jsonw_init(&l.w, out);
    jsonw_obj(&l.w, NULL);
    jsonw_arr(&l.w, "devices");
    usb_each(devices_usb(t->devices), put_device, &l);
    jsonw_end(&l.w);
    jsonw_obj(&l.w, "since_start");
    put_counts(&l.w, devices_printers(t->devices), devices_counts(t->devices));
    jsonw_end(&l.w);
    jsonw_end(&l.w);
}

/* --- what the hall is warned of --- */

void facts_warnings(const struct facts *t, const struct health *h, struct buf *out)
{
    struct catalogue_state c;

    catalogue_state(t->catalogue, &c);
    const struct {
        bool on;
        const char *word;
    } list[] = {{*records_warning(t->records), records_warning(t->records)},
                {h->news_old, "head-expired"},
                {c.head_older, "head-older"},
                {c.refused, "catalogue-refused"},
                {c.damaged, "catalogue-damaged"},
                {c.needs, "software-too-old"},
                {c.whole > 0, "patch-unusable"},
                {h->printer[DEVICE_RECEIPT] == PRINTER_LOW, "receipt-paper-low"},
                {h->printer[DEVICE_TICKET] == PRINTER_LOW, "ticket-paper-low"}};
    size_t from = out->len;

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].on)
            buf_addf(out, "%s%s", out->len > from ? "," : "", list[i].word);
    for (int i = STAFF_END_ROOT; i < STAFF_ENDS; i++) { /* of its certificate kiosk-sync speaks itself */
        enum authority_state state = authority_end(t->authority, (enum staff_end)i)->state;

        if (state != AUTHORITY_FINE)
            buf_addf(out, "%s%s-%s", out->len > from ? "," : "", authority_end_word((enum staff_end)i),
                     state == AUTHORITY_OVER ? "ended" : "near-end");
    }
    if (out->len == from)
        buf_adds(out, "-");
}
