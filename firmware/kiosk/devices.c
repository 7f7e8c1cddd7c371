/* SPDX-License-Identifier: Apache-2.0
 *
 * See devices.h.
 */
#include "kiosk/devices.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"
#include "drivers/idcard/cards.h"

#define PATH_BYTES 512

struct devices {
    const struct port *port;
    struct devices_events events;
    void *ctx;
    struct usb *usb;
    struct idcard *idcard;
    struct printers *printers;
    enum reader_health reader;
    enum printer_health printer[PRINTER_ROLES];
    struct device_counts counts;
    struct cards cards;
};

static void on_reader_state(void *ctx, enum reader_health s)
{
    struct devices *d = ctx;
    struct idcard_facts facts;

    idcard_facts(d->idcard, &facts);
    port_note(d->port, s == READER_READY ? RECORD_DEVICE_RECOVERY : RECORD_DEVICE_FAULT, device_word(DEVICE_READER),
              s == READER_FAULT ? card_fault_word(facts.fault) : reader_word(s));
    d->counts.unplugged[DEVICE_READER] += s == READER_ABSENT;
    d->reader = s;
    port_changed(d->port);
}

static void on_card_seen(void *ctx)
{
    port_feed_kind(((struct devices *)ctx)->port, INPUT_CARD_SEEN);
}

static void count_cards(struct devices *d)
{
    d->counts.cards = d->cards.read;
    d->counts.cards_since = d->cards.since;
}

static void on_card_read(void *ctx, const struct identity *card)
{
    must(card, "a card that was read is none");
    struct devices *d = ctx;

    d->counts.cards_read++;
    cards_read(&d->cards);
    count_cards(d);
    if (!d->events.card(d->ctx, card))
        port_feed(d->port, &(struct input){.kind = INPUT_CARD_READ, .identity = card});
}

static void on_card_failed(void *ctx, enum card_fault why)
{
    ((struct devices *)ctx)->counts.cards_failed++;
    port_feed(((struct devices *)ctx)->port, &(struct input){.kind = INPUT_CARD_FAILED, .card_fault = why});
}

static void on_card_unknown(void *ctx)
{
    ((struct devices *)ctx)->counts.cards_unknown++;
    port_feed_kind(((struct devices *)ctx)->port, INPUT_CARD_UNKNOWN);
}

static void on_card_lies(void *ctx)
{
    port_feed_kind(((struct devices *)ctx)->port, INPUT_CARD_LIES);
}

static void on_card_lifted(void *ctx)
{
    port_feed_kind(((struct devices *)ctx)->port, INPUT_CARD_LIFTED);
}

static void on_printer_state(void *ctx, int role, enum printer_health s)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    struct devices *d = ctx;
    bool works = s == PRINTER_READY || s == PRINTER_LOW;
    struct printer_facts f;

    printers_facts(d->printers, role, &f);
    port_note(d->port, works ? RECORD_DEVICE_RECOVERY : RECORD_DEVICE_FAULT, device_word((enum device_role)role),
              s == PRINTER_FAULT && *f.fault ? f.fault : printer_word(s));
    d->counts.unplugged[role] += s == PRINTER_ABSENT;
    d->printer[role] = s;
    port_changed(d->port);
}

static void on_printer_senses(void *ctx, int role)
{
    port_changed(((struct devices *)ctx)->port);
}

static void on_print_progress(void *ctx, int role, int percent, bool held)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    struct devices *d = ctx;
    struct input in = {.kind = INPUT_PRINT, .print = PRINT_RUNNING, .progress = percent, .held = held};

    in.role = (enum device_role)role;
    in.printer = d->printer[role];
    port_feed(d->port, &in);
}

static void on_print_outcome(void *ctx, int role, const char *job, enum printer_outcome outcome, enum printer_health why)
{
    must((unsigned)outcome <= PRINTER_OUTCOME_UNKNOWN, "an outcome there is none of");
    must(strlen(job) == 4, "an outcome of no job");
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    struct devices *d = ctx;
    struct input in = {.kind = INPUT_PRINT, .progress = 100, .printer = why};

    in.role = (enum device_role)role;
    in.print = outcome == PRINTER_DONE ? PRINT_DONE : outcome == PRINTER_NOT_PRINTED ? PRINT_NOT : PRINT_UNKNOWN;
    text_copy(in.job, sizeof in.job, job);
    d->counts.printed[role][outcome]++;
    port_feed(d->port, &in);
}

static void on_ticket(void *ctx, int role, const char *job, enum printer_ticket ticket)
{
    must(role >= 0 && role < PRINTER_ROLES, "a printer of no role");
    static const enum slip slips[] = {
        [PRINTER_TICKET_OUT] = SLIP_OUT, [PRINTER_TICKET_TAKEN] = SLIP_TAKEN, [PRINTER_TICKET_RETRACTED] = SLIP_BACK};
    struct input in = {.kind = INPUT_SLIP, .slip = slips[ticket]};

    in.role = (enum device_role)role;
    text_copy(in.job, sizeof in.job, job);
    port_feed(((struct devices *)ctx)->port, &in);
}

static int open_all(struct devices *d, struct loop *l, const char *data, const char *assets, struct err *e)
{
    static const struct idcard_events card = {.state = on_reader_state,
                                              .seen = on_card_seen,
                                              .read = on_card_read,
                                              .failed = on_card_failed,
                                              .unknown = on_card_unknown,
                                              .lies = on_card_lies,
                                              .lifted = on_card_lifted};
    static const struct printers_events print = {.state = on_printer_state,
                                                 .senses = on_printer_senses,
                                                 .progress = on_print_progress,
                                                 .outcome = on_print_outcome,
                                                 .ticket = on_ticket};
    struct bind_config config;
    char profiles[PATH_BYTES];
    int rc = fs_join(profiles, sizeof profiles, assets, "printers");

    if (rc == 0)
        rc = bind_read(data, &config, e);
    if (rc == 0 && !(d->usb = usb_create(l, e)))
        rc = -ERR_IO;
    if (rc == 0 && !(d->idcard = idcard_create(l, d->usb, &card, d)))
        rc = err_set(e, ERR_NOMEM, "the reader");
    if (rc == 0)
        idcard_bind(d->idcard, &config);
    if (rc == 0 && !(d->printers = printers_create(l, d->usb, profiles, &config, data, &print, d, e)))
        rc = -ERR_INVALID;
    return err_wrap(e, rc, "open the devices");
}

int devices_create(struct loop *l, const char *data, const char *assets, const struct devices_events *events, void *ctx,
                   const struct port *port, struct devices **ret, struct err *e)
{
    struct devices *d = calloc(1, sizeof *d);

    must(d, "out of memory");
    *d = (struct devices){.port = port, .events = *events, .ctx = ctx, .reader = READER_ABSENT};
    for (int r = 0; r < PRINTER_ROLES; r++)
        d->printer[r] = PRINTER_ABSENT;
    cards_open(&d->cards, data);
    count_cards(d);
    *ret = d;
    return open_all(d, l, data, assets, e);
}

void devices_destroy(struct devices *d)
{
    if (!d)
        return;
    cards_close(&d->cards);
    idcard_destroy(d->idcard);
    printers_destroy(d->printers);
    usb_destroy(d->usb);
    free(d);
}

void devices_health(const struct devices *d, struct health *h)
{
    h->reader = d ? d->reader : READER_ABSENT;
    for (int r = 0; r < PRINTER_ROLES; r++) {
        struct printer_facts f = {.senses = {.told = false}};

        h->printer[r] = d ? d->printer[r] : PRINTER_ABSENT;
        if (d && d->printers)
            printers_facts(d->printers, r, &f);
        h->senses[r] = f.senses;
    }
}

void devices_poll(struct devices *d, bool on)
{
    idcard_poll(d->idcard, on);
}

void devices_print(struct devices *d, struct effect *f, bool refused)
{
    must(f->kind == EFFECT_PRINT && f->paper, "nothing is to be printed");
    must(f->role < PRINTER_ROLES && strlen(f->job) == 4, "a paper for no printer, or without a marker");
    struct input in = {.kind = INPUT_PRINT, .role = f->role, .print = PRINT_NOT, .printer = PRINTER_FAULT};
    struct err e = {0};
    int rc = refused ? -ERR_STATE : printers_print(d->printers, (int)f->role, f->paper, f->job, &e);

    paper_destroy(f->paper);
    f->paper = NULL;
    if (rc == 0)
        return;
    if (!refused)
        log_warn("kiosk", "print: %s", e.text);
    text_copy(in.job, sizeof in.job, f->job);
    port_feed(d->port, &in);
}

void devices_stop(struct devices *d, enum device_role role)
{
    must(role < PRINTER_ROLES, "a printer of no role");
    printers_stop(d->printers, (int)role);
}

void devices_cut_first(struct devices *d, const char *role)
{
    printers_cut_first(d->printers, device_by_word(role) == DEVICE_TICKET ? DEVICE_TICKET : DEVICE_RECEIPT);
}

struct usb *devices_usb(const struct devices *d)
{
    return d->usb;
}

const struct idcard *devices_reader(const struct devices *d)
{
    return d->idcard;
}

struct printers *devices_printers(const struct devices *d)
{
    return d->printers;
}

const struct device_counts *devices_counts(const struct devices *d)
{
    return &d->counts;
}
