/* SPDX-License-Identifier: Apache-2.0
 *
 * See papers.h.
 */
#include "session/papers.h"

#include "base/must.h"
#include "base/secret.h"
#include "model/appointment_slip.h"
#include "model/case_slip.h"
#include "model/speak_slip.h"
#include "session/internal.h"

/* Whom the card names, as it stands on paper; "" and "" without one. Wiped by who asked. */
struct masked {
    char name[IDENTITY_NAME_MAX + 1], id[sizeof((struct identity *)0)->number];
};

static void mask(const struct session *s, struct masked *m)
{
    const struct identity *who = s->identity;

    m->name[0] = m->id[0] = '\0';
    if (!s->view.identity)
        return;
    identity_mask_name(who->name[0] ? who->name : who->name_latin, m->name, sizeof m->name);
    identity_mask_number(who->number, m->id, sizeof m->id);
}

static struct paper *compose_receipt(const struct session *s)
{
    must(s->view.identity && s->guide.item, "a receipt of nothing");
    must(s->view.done.number[0], "a receipt without a case number");
    struct masked m;

    mask(s, &m);
    struct receipt_facts f = {
        .place = &s->config.place,
        .item = s->guide.item,
        .number = s->view.done.number,
        .masked_name = m.name,
        .masked_id = m.id,
        .submitted_ms = s->view.done.submitted_ms,
        .demand = &s->view.done.demand,
        .promised = s->view.done.promised,
        .parts = s->view.done.parts,
        .accepted = s->view.done.accepted,
        .provisional = s->view.done.provisional,
        .provisional_year = s->view.done.provisional_year,
        .clock_unsure = !s->view.health.clock_sure,
        .copy = s->jobs.copy[DEVICE_RECEIPT],
        .printed_ms = s->view.now_ms,
    };
    struct paper *p = receipt_compose(&f);
    secret_wipe(&m, sizeof m);
    return p;
}

static struct paper *compose_ticket(const struct session *s)
{
    must(s->view.ticket.number[0], "a ticket without a number");
    struct ticket_facts f = {
        .place = &s->config.place,
        .number = s->view.ticket.number,
        .qr = s->view.ticket.qr,
        .queue = &s->view.ticket.queue,
        .ahead = s->view.ticket.ahead,
        .minutes = s->view.ticket.minutes,
        .booked_ms = s->view.ticket.booked_ms,
        .taken_ms = s->view.ticket.taken_ms,
        .hours = &s->view.ticket.hours,
        .hours_today = s->view.ticket.hours_today,
        .printed_ms = s->view.now_ms,
        .copy = s->jobs.copy[DEVICE_TICKET],
    };
    return ticket_compose(&f);
}

/* A paper of a case the hall knows: its words are the hall's, Chinese as all papers are. */
static struct paper *compose_case(const struct session *s)
{
    must(s->view.cases.one, "a paper of no case");
    struct masked m;

    mask(s, &m);
    struct case_slip_facts f = {
        .place = &s->config.place,
        .one = s->view.cases.one,
        .masked_name = m.name,
        .masked_id = m.id,
        .at_ms = s->view.done.submitted_ms,
        .characters = s->view.done.characters,
        .clock_unsure = !s->view.health.clock_sure,
        .copy = s->jobs.copy[DEVICE_RECEIPT],
        .printed_ms = s->view.now_ms,
    };
    struct paper *p = s->view.done.paper == DONE_DECISION     ? case_slip_decision(&f)
                      : s->view.done.paper == DONE_SUPPLEMENT ? case_slip_supplement(&f)
                                                              : case_slip_receipt(&f);
    secret_wipe(&m, sizeof m);
    return p;
}

static struct paper *compose_spoken(const struct session *s)
{
    must(s->speak.typed->given[0], "a paper of no code");
    struct speak_slip_facts f = {
        .place = &s->config.place,
        .code = s->speak.typed->given,
        .kind = s->speak.typed->said.kind,
        .phone = s->view.speak.phone,
        .card = s->view.speak.named,
        .at_ms = s->view.done.submitted_ms,
        .due = s->view.done.promised,
        .provisional = s->view.done.provisional,
        .provisional_year = s->view.done.provisional_year,
        .copy = s->jobs.copy[DEVICE_RECEIPT],
        .printed_ms = s->view.now_ms,
    };
    return speak_slip_compose(&f);
}

static struct paper *compose_appointment(const struct session *s)
{
    must(s->view.booking.booked.number[0], "a paper of no appointment");
    must(s->view.booking.queue >= 0 && s->view.booking.queue < s->view.queue.n_queues, "an appointment in no queue");
    const struct appointment_slip_facts f = {
        .place = &s->config.place,
        .queue = &s->view.queue.queues[s->view.booking.queue].queue,
        .appointment = &s->view.booking.booked,
        .qr = s->view.done.qr,
        .copy = s->jobs.copy[DEVICE_RECEIPT],
        .printed_ms = s->view.now_ms,
    };
    return appointment_slip_compose(&f);
}

struct paper *papers_compose(const struct session *s, enum device_role role)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    if (role == DEVICE_TICKET)
        return compose_ticket(s);
    switch (s->view.done.paper) {
    case DONE_APPLICATION:
        return compose_receipt(s);
    case DONE_SPOKEN:
        return compose_spoken(s);
    case DONE_APPOINTMENT:
        return compose_appointment(s);
    case DONE_SUPPLEMENT:
    case DONE_RECEIPT:
    case DONE_DECISION:
    case DONE_PAPERS:
        break;
    }
    return compose_case(s);
}
