/* SPDX-License-Identifier: Apache-2.0
 *
 * The drivers' side of kiosk: events of reader and printers become inputs of the session, faults become records.
 */
#include "kiosk/kiosk.h"

#include "base/fs.h"
#include "base/text.h"

static void on_reader_state(void *ctx, enum reader_health s)
{
    struct kiosk *k = ctx;
    struct idcard_facts facts;

    idcard_facts(k->idcard, &facts);
    kiosk_note(k, s == READER_READY ? RECORD_DEVICE_RECOVERY : RECORD_DEVICE_FAULT, device_word(DEVICE_READER),
               s == READER_FAULT ? card_fault_word(facts.fault) : reader_word(s));
    k->counts.unplugged[DEVICE_READER] += s == READER_ABSENT;
    k->health.reader = s;
    kiosk_health_changed(k);
}

static void on_card_seen(void *ctx)
{
    kiosk_feed(ctx, &(struct input){.kind = INPUT_CARD_SEEN});
}

static void on_card_read(void *ctx, const struct identity *card)
{
    ((struct kiosk *)ctx)->counts.cards_read++;
    if (!kiosk_staff_card(ctx, card))
        kiosk_feed(ctx, &(struct input){.kind = INPUT_CARD_READ, .identity = card});
}

static void on_card_failed(void *ctx, enum card_fault why)
{
    ((struct kiosk *)ctx)->counts.cards_failed++;
    kiosk_feed(ctx, &(struct input){.kind = INPUT_CARD_FAILED, .card_fault = why});
}

static void on_card_unknown(void *ctx)
{
    ((struct kiosk *)ctx)->counts.cards_unknown++;
    kiosk_feed(ctx, &(struct input){.kind = INPUT_CARD_UNKNOWN});
}

static void on_card_lies(void *ctx)
{
    kiosk_feed(ctx, &(struct input){.kind = INPUT_CARD_LIES});
}

static void on_card_lifted(void *ctx)
{
    kiosk_feed(ctx, &(struct input){.kind = INPUT_CARD_LIFTED});
}

static void on_printer_state(void *ctx, int role, enum printer_health s)
{
    struct kiosk *k = ctx;
    bool works = s == PRINTER_READY || s == PRINTER_LOW;
    struct printer_facts f;

    printers_facts(k->printers, role, &f);
    kiosk_note(k, works ? RECORD_DEVICE_RECOVERY : RECORD_DEVICE_FAULT, device_word((enum device_role)role),
               s == PRINTER_FAULT && *f.fault ? f.fault : printer_word(s));
    k->counts.unplugged[role] += s == PRINTER_ABSENT;
    k->health.printer[role] = s;
    kiosk_health_changed(k);
    kiosk_tell_catalogue(k);
}

static void on_print_progress(void *ctx, int role, int percent, bool held)
{
    struct kiosk *k = ctx;
    struct input in = {.kind = INPUT_PRINT, .print = PRINT_RUNNING, .progress = percent, .held = held};

    in.role = (enum device_role)role;
    in.printer = k->health.printer[role];
    kiosk_feed(k, &in);
}

static void on_print_outcome(void *ctx, int role, const char *job, enum printer_outcome outcome, enum printer_health why)
{
    struct kiosk *k = ctx;
    struct input in = {.kind = INPUT_PRINT, .progress = 100, .printer = why};

    in.role = (enum device_role)role;
    in.print = outcome == PRINTER_DONE ? PRINT_DONE : outcome == PRINTER_NOT_PRINTED ? PRINT_NOT : PRINT_UNKNOWN;
    text_copy(in.job, sizeof in.job, job);
    k->counts.printed[role][outcome]++;
    kiosk_feed(k, &in);
}

static void on_ticket(void *ctx, int role, const char *job, enum printer_ticket ticket)
{
    static const enum slip slips[] = {
        [PRINTER_TICKET_OUT] = SLIP_OUT, [PRINTER_TICKET_TAKEN] = SLIP_TAKEN, [PRINTER_TICKET_RETRACTED] = SLIP_BACK};
    struct input in = {.kind = INPUT_SLIP, .slip = slips[ticket]};

    in.role = (enum device_role)role;
    text_copy(in.job, sizeof in.job, job);
    kiosk_feed(ctx, &in);
}

int kiosk_open_devices(struct kiosk *k, struct err *e)
{
    static const struct idcard_events card = {.state = on_reader_state,
                                              .seen = on_card_seen,
                                              .read = on_card_read,
                                              .failed = on_card_failed,
                                              .unknown = on_card_unknown,
                                              .lies = on_card_lies,
                                              .lifted = on_card_lifted};
    static const struct printers_events print = {
        .state = on_printer_state, .progress = on_print_progress, .outcome = on_print_outcome, .ticket = on_ticket};
    struct bind_config config;
    char profiles[KIOSK_PATH_MAX];
    int rc = fs_join(profiles, sizeof profiles, k->opt.assets, "printers");

    if (rc >= 0)
        rc = bind_read(k->opt.data, &config, e);
    if (rc >= 0 && !(k->usb = usb_create(k->loop, e)))
        rc = -ERR_IO;
    if (rc >= 0 && !(k->idcard = idcard_create(k->loop, k->usb, &card, k)))
        rc = err_set(e, ERR_NOMEM, "the reader");
    if (rc >= 0)
        idcard_bind(k->idcard, &config);
    if (rc >= 0 && !(k->printers = printers_create(k->loop, k->usb, profiles, &config, k->opt.data, &print, k, e)))
        rc = -ERR_INVALID;
    return err_wrap(e, rc, "open the devices");
}
