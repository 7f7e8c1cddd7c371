/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of a unit share: unit.c (life, and what a job wants), unit_idle.c (between jobs: asking, probing, the
 * ticket at the output), unit_ruler.c (how wide it prints). Nobody else includes it.
 */
#ifndef DRIVERS_PRINTER_UNIT_PARTS_H
#define DRIVERS_PRINTER_UNIT_PARTS_H

#include "drivers/printer/idle.h"
#include "drivers/printer/job.h"
#include "drivers/printer/link.h"
#include "drivers/printer/presenter.h"
#include "drivers/printer/reply_wire.h"
#include "drivers/printer/unit.h"

struct unit {
    struct loop *loop;
    struct usb_device *device;
    struct link *link;
    struct profile profile; /* its own: with the width that was told */
    const struct unit_events *events;
    void *ctx;
    struct known *memory;
    struct known_printer *known;

    bool identified; /* it was asked what it understands */
    enum device_id_kind kind;
    const char *language;
    struct reply_parser parser;
    struct printer_status status;
    bool gone;
    enum printer_health reported;
    const char *reported_fault;
    struct printer_senses reported_senses;
    bool was_open; /* its cover was, and no paper has been seen since */
    bool watched;  /* its sensors are looked at */
    int roll_mm;   /* how long a whole roll is; 0: nobody says */
    struct idle idle;
    struct loop_timer *idle_timer;
    char ids[REPLY_IDS][REPLY_TEXT_MAX + 1];
    struct presenter presenter;

    struct job *job;
    bool waiting; /* the job begins when what was asked before it is answered */
    struct loop_timer *job_timer;
    char job_id[5];
    int job_mm, job_wide;
    bool ruling;         /* the job is its ruler */
    int ruler_of;        /* the role whose ruler may be printed; -1: none */
    struct script *next; /* asked for while the ruler is being printed */
    bool next_stopped;
    char next_id[5];
};

/* unit.c */
void unit_report(struct unit *u);
void unit_begin_job(struct unit *u); /* the one in wait */
int unit_render(struct unit *u, const struct paper *paper, const char job[5], bool cut_first, struct script **ret,
                struct err *e);
bool unit_make_way(struct unit *u); /* a ticket at the output goes back; true when there was one */
void unit_begin_script(struct unit *u, struct script *script, const char job[5]);

/* unit_idle.c */
void unit_idle_timer(void *ctx);
void unit_idle_begin(struct unit *u); /* reads away what is stale, then asks */
void unit_idle_rest(struct unit *u);
void unit_idle_replied(struct unit *u, const struct reply *r);
enum profile_marker unit_marker(const struct unit *u); /* what confirms its papers, as far as is known */
bool unit_shows_ticket(const struct unit *u);          /* it knows whether a ticket stands at its output */

/* unit_ruler.c */
bool unit_to_rule(const struct unit *u); /* its ruler is due */
void unit_rule(struct unit *u);
void unit_ruler_over(struct unit *u); /* what waited behind it begins */

#endif
