/* SPDX-License-Identifier: Apache-2.0
 *
 * What hallctl appointment says: hours that are left, who comes, what was done or why not.
 */
#include <inttypes.h>
#include <stdio.h>

#include "tools/hall/rules/slot.h"
#include "tools/hallctl/appointment.h"

static void say_hour(int64_t ms, char out[40])
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    struct date d = date_of_ms(ms);
    int minute = clock_minute_of_day(ms);

    snprintf(out, 40, "%04d-%02d-%02d %s %02d:%02d", d.year, d.month, d.day, days[date_weekday(d)], minute / 60,
             minute % 60);
}

static void put_appointment(struct jsonw *w, const struct appointment *a)
{
    jsonw_str(w, "number", a->number);
    jsonw_str(w, "code", a->code);
    jsonw_str(w, "queue", a->queue);
    jsonw_int(w, "from", a->from);
    jsonw_int(w, "until", a->until);
    jsonw_str(w, "state", appointment_state_word(a->state));
}

int appointment_say_refused(const struct appointment_deed *d)
{
    enum appointment_refusal why = d->answer.refused;
    struct hallctl_object o;

    fprintf(stderr, "hallctl: %s: not done: %s. Nothing was changed. %s\n", d->options->verb, appointment_refusal_what(why),
            appointment_refusal_remedy(why));
    if (d->options->json) {
        hallctl_object_open(&o);
        jsonw_str(&o.w, "refused", appointment_refusal_word(why));
        jsonw_str(&o.w, "words", appointment_refusal_what(why));
        jsonw_str(&o.w, "remedy", appointment_refusal_remedy(why));
        hallctl_object_print(&o);
    }
    return why == APPOINTMENT_REFUSED_UNKNOWN || why == APPOINTMENT_REFUSED_NO_TICKET ? EXIT_NOT_FOUND : EXIT_REFUSED;
}

int appointment_say_done(const struct appointment_deed *d)
{
    const struct appointment *a = &d->found;
    struct hallctl_object o;
    char when[40];

    if (d->options->json) {
        hallctl_object_open(&o);
        put_appointment(&o.w, a);
        hallctl_object_print(&o);
        return EXIT_OK;
    }
    say_hour(a->from, when);
    if (a->state == APPOINTMENT_BOOKED)
        printf("%s, code %s: %s, %s. To tell: from an hour before, with the card or number and code\n", a->number, a->code,
               a->queue, when);
    else
        printf("%s %s\n", a->number, appointment_state_word(a->state));
    return EXIT_OK;
}

/* --- free, list --- */

static void show_day(struct hallctl_list *l, const struct appointment_day *d)
{
    for (int i = 0; i < d->n; i++) {
        const struct appointment_hour *h = &d->hours[i];
        struct buf row;
        struct jsonw w;
        char when[40];

        buf_init(&row, 1024);
        say_hour(h->from, when);
        if (!l->json) {
            buf_addf(&row, "%s  %s", when, h->left ? "" : "full");
            if (h->left)
                buf_addf(&row, "%d left", h->left);
        } else {
            jsonw_init(&w, &row);
            jsonw_obj(&w, NULL);
            jsonw_int(&w, "from", h->from);
            jsonw_int(&w, "until", h->until);
            jsonw_int(&w, "left", h->left);
            jsonw_end(&w);
        }
        hallctl_row(l, &row);
    }
}

int appointment_show_free(struct appointment_deed *d)
{
    const struct appointment_options *o = d->options;
    struct hallctl_list l = {.json = o->json};
    const struct appointment_asked asked = {
        .office = o->office_n, .now = o->now, .wish = &d->wish, .offer = d->offered ? &d->offer : NULL};
    struct err e = {0};

    if (!d->offered) {
        err_set(&e, ERR_NOTFOUND, "the published catalogue offers no appointments of a queue %s", o->queue);
        return hallctl_fail(&e);
    }
    if (appointment_tell(d->store, &asked, &d->answer, &e) < 0)
        return hallctl_fail(&e);
    if (l.json)
        fputs("[", stdout);
    for (int i = 0; i < d->answer.n_days; i++)
        show_day(&l, &d->answer.days[i]);
    if (l.json)
        fputs("\n]\n", stdout);
    else if (!l.n)
        puts("no hours in the days ahead");
    return EXIT_OK;
}

static int show_row(void *ctx, const struct appointment_row *r)
{
    struct hallctl_list *l = ctx;
    struct buf row;
    struct jsonw w;
    char when[40];

    buf_init(&row, 1024);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "number", r->appointment.number);
        jsonw_str(&w, "queue", r->appointment.queue);
        jsonw_int(&w, "from", r->appointment.from);
        jsonw_str(&w, "state", appointment_state_word(r->appointment.state));
        if (r->ticket[0])
            jsonw_str(&w, "ticket", r->ticket);
        jsonw_end(&w);
    } else {
        say_hour(r->appointment.from, when);
        buf_addf(&row, "%s  %-12s %-16s %s", when, r->appointment.queue, r->appointment.number,
                 appointment_state_word(r->appointment.state));
        if (r->ticket[0])
            buf_addf(&row, ", has %s", r->ticket);
    }
    hallctl_row(l, &row);
    return 0;
}

int appointment_show_list(struct appointment_deed *d)
{
    struct hallctl_list l = {.json = d->options->json};
    struct err e = {0};

    if (l.json)
        fputs("[", stdout);
    if (appointment_each(d->store, d->options->office_n, d->options->day_n, show_row, &l, &e) < 0)
        return hallctl_fail(&e);
    if (l.json)
        fputs("\n]\n", stdout);
    else if (!l.n)
        puts("nobody has booked that day");
    return EXIT_OK;
}
