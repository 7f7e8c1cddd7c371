/* SPDX-License-Identifier: Apache-2.0
 *
 * Printers on a desk in virtual time: what they told, what came out of them. Included by one file of a test program.
 */
#ifndef TESTS_PRINTER_DESK_H
#define TESTS_PRINTER_DESK_H

#include "drivers/printer/printer.h"
#include "drivers/virtual/printer.h"
#include "printer/fake_usb.h"
#include "printer/papers.h"
#include "test.h"

#define PROFILES "assets/printers"

struct desk {
    struct loop *loop;
    struct usb *usb;
    struct printers *printers;
    struct virtual_device *models[2];
    struct usb_device *devices[2];
    enum printer_health states[PRINTER_ROLES];
    int n_states, n_outcomes, percent, cuts;
    bool held, was_held;
    int papers, clipped, n_qr; /* cut or torn; of them those that ran off the edge; of the last one */
    char job[5], text[8192];
    enum printer_outcome outcome;
    enum printer_health why;
    int tickets[3]; /* by enum printer_ticket */
    char ticket_job[5];
};

static void on_state(void *ctx, int role, enum printer_health s)
{
    struct desk *d = ctx;

    d->states[role] = s;
    d->n_states++;
}

static void on_progress(void *ctx, int role, int percent, bool held)
{
    struct desk *d = ctx;

    d->percent = percent;
    d->held = held;
    d->was_held |= held;
}

static void on_outcome(void *ctx, int role, const char *job, enum printer_outcome outcome, enum printer_health why)
{
    struct desk *d = ctx;

    d->n_outcomes++;
    d->outcome = outcome;
    d->why = why;
    snprintf(d->job, sizeof d->job, "%s", job);
}

static void on_paper(void *ctx, const struct virtual_paper *p)
{
    struct desk *d = ctx;

    d->cuts += p->cut;
    d->papers++;
    d->clipped += p->clipped;
    d->n_qr = p->n_qr;
    snprintf(d->text, sizeof d->text, "%s", p->text);
}

static void on_ticket(void *ctx, int role, const char *job, enum printer_ticket ticket)
{
    struct desk *d = ctx;

    d->tickets[ticket]++;
    snprintf(d->ticket_job, sizeof d->ticket_job, "%s", job);
}

static const struct printers_events events = {
    .state = on_state, .progress = on_progress, .outcome = on_outcome, .ticket = on_ticket};

static const char *memory; /* folder for what is remembered; NULL: nothing is */

/* Lets `ms` of virtual time pass, or less when `until` becomes true. */
static void pass(struct desk *d, int ms, const int *until)
{
    for (int t = 0; t < ms && !(until && *until); t += 5) {
        loop_step(d->loop, 0);
        clock_advance(5);
    }
}

static void plug(struct desk *d, int i, const char *profile, const char *port)
{
    struct err e = {0};

    d->models[i] = virtual_printer_create(profile, &e);
    virtual_printer_on_job(d->models[i], on_paper, d);
    d->devices[i] = fake_plug(d->usb, d->models[i], port);
}

static void open_desk(struct desk *d, const struct bind_config *config, const char *first, const char *second)
{
    struct err e = {0};

    memset(d, 0, sizeof *d);
    d->states[0] = d->states[1] = PRINTER_ABSENT;
    d->loop = loop_create();
    d->usb = usb_create(d->loop, &e);
    if (first)
        plug(d, 0, first, "1-2");
    if (second)
        plug(d, 1, second, "1-10");
    d->printers = printers_create(d->loop, d->usb, PROFILES, config, memory, &events, d, &e);
    CHECK_STR(e.text, "");
    pass(d, 1000, NULL);
}

static void close_desk(struct desk *d)
{
    printers_destroy(d->printers);
    usb_destroy(d->usb);
    loop_destroy(d->loop);
    for (int i = 0; i < 2; i++)
        if (d->models[i])
            d->models[i]->ops->destroy(d->models[i]);
}

static void say(struct desk *d, int i, const char *words)
{
    struct buf reply;

    buf_init(&reply, 1024);
    CHECK_INT(d->models[i]->ops->command(d->models[i], words, &reply), 0);
    buf_finish(&reply);
}

static void print(struct desk *d, int role, const char *job)
{
    struct item item = papers_item();
    struct receipt_facts f = papers_facts(&item);
    struct paper *p = receipt_compose(&f);
    struct err e = {0};

    d->n_outcomes = 0;
    CHECK_INT(printers_print(d->printers, role, p, job, &e), 0);
    CHECK_STR(e.text, "");
    paper_destroy(p);
}

static void finish(struct desk *d)
{
    pass(d, 200000, &d->n_outcomes);
    CHECK_INT(d->n_outcomes, 1);
}

#endif
