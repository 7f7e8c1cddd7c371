/* SPDX-License-Identifier: Apache-2.0
 *
 * The submission receipt and the queue ticket, block by block, in the order they are read: what it is and what it is not,
 * the number, what was handed in, until when, the three papers that are easily mixed up, whom to ask.
 */
#include "model/receipt.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/must.h"
#include "base/text.h"
#include "model/number.h"
#include "model/receipt_parts.h"
#include "model/strings.h"

#define LABEL 8           /* 事　项 and a wide space, in half-width columns */
#define LABEL_MATERIAL 16 /* seven wide characters and a gap */
#define LABEL_THREE 16
#define VALUE_COLUMNS 40
#define EXTRA_LINES 12 /* above the plain receipt: 250 mm are not passed */

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

#define FILL(out, id, ...) str_fill(out, sizeof(out), LANGUAGE_ZH_CN, id, STR_ARGS(__VA_ARGS__))

static void head(struct paper *p, const struct receipt_facts *f)
{
    char grouped[24];

    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, f->place->zone);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, text(STR_paper_receipt_title));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_receipt_is));
    paper_rule(p, false);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(f->item->n_joined ? STR_paper_bundle_number : STR_paper_number));
    case_number_group(f->number, grouped);
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, grouped);
    paper_rule(p, true);
}

/* The day an application is done by; where there is no date to print, its limit. */
static const char *until(const struct item_limit *limit, struct date promised, char out[120])
{
    char date[60], days[12];

    if (promised.year) {
        receipt_date(promised, date);
        return str_fill(out, 120, LANGUAGE_ZH_CN, STR_paper_part_until, STR_ARGS(date));
    }
    snprintf(days, sizeof days, "%d", limit->day);
    return limit->day <= 0
               ? text(STR_paper_limit_at_once)
               : str_fill(out, 120, LANGUAGE_ZH_CN,
                          limit->unit == DAY_WORKING ? STR_paper_limit_only_working : STR_paper_limit_only_calendar,
                          STR_ARGS(days));
}

/* Of a bundle: each member with its own number, whose it is, and until when. */
static void members(struct paper *p, const struct receipt_facts *f)
{
    for (size_t i = 0; i < f->item->n_joined; i++) {
        const struct item *m = f->item->joined[i];
        char n[24], number[CASE_NUMBER_LEN + 1], grouped[24], words[120], line[600];

        snprintf(n, sizeof n, "%zu", i + 1);
        must(case_number_part(f->number, (int)i + 1, number), "an application without its number");
        case_number_group(number, grouped);
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, FILL(line, STR_paper_part, n, m->task_name));
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, grouped);
        paper_text(p, PAPER_NORMAL, PAPER_LEFT, false,
                   FILL(line, STR_paper_part_dept, m->dept_name, until(&m->promise, f->parts[i], words)));
    }
    if (f->item->n_joined)
        paper_rule(p, true);
}

static void facts(struct paper *p, const struct receipt_facts *f)
{
    char at[40], where[128];

    receipt_time(f->submitted_ms, false, at);
    receipt_place(f->place, where);
    paper_row(p, LABEL, text(STR_paper_item), f->item->task_name, false);
    paper_row(p, LABEL, text(STR_paper_applicant), f->masked_name, false);
    paper_row(p, LABEL, text(STR_paper_id), f->masked_id, false);
    paper_row(p, LABEL, text(STR_paper_handed_in), at, false);
    paper_row(p, LABEL, text(STR_paper_where), where, false);
    paper_rule(p, true);
}

/* Handed in already, or still to come; what is not asked of this applicant stands in neither list. */
static bool listed(const struct receipt_facts *f, size_t i, bool wanted)
{
    const struct item_material *m = &f->item->materials[i];

    if (!wanted)
        return f->demand->materials[i] == DEMANDED_YES;
    return m->from_card || m->state == MATERIAL_HAVE || f->demand->materials[i] == DEMANDED_HELD;
}

static void material(struct paper *p, const struct item_material *m, enum demanded demanded)
{
    char label[400], days[12], value[100];

    snprintf(label, sizeof label, " %s", m->name);
    snprintf(days, sizeof days, "%d", m->defer_day);
    if (m->from_card)
        paper_row(p, LABEL_MATERIAL, label, text(STR_paper_material_from_card), false);
    else if (m->state == MATERIAL_HAVE)
        paper_row(p, LABEL_MATERIAL, label, text(STR_paper_material_have), false);
    else if (demanded == DEMANDED_HELD)
        paper_row(p, LABEL_MATERIAL, label, text(STR_paper_material_held), false);
    else if (m->state == MATERIAL_LATER)
        paper_row(p, LABEL_MATERIAL, label, FILL(value, STR_paper_material_later, days), false);
    else
        paper_row(p, LABEL_MATERIAL, label, text(STR_paper_material_bring), false);
}

static int wide_of(const char *s)
{
    return paper_columns(s, strlen(s));
}

static int lines_of(const char *s, int columns)
{
    return (wide_of(s) + columns - 1) / columns;
}

/* How often to come and to which office, or that it is not needed, and what was chosen instead. */
static const char *visits_text(const struct receipt_facts *f, char out[600])
{
    const struct demand *d = f->demand;
    const struct demand_place place = demand_place(f->item, d);
    char n[12];

    snprintf(n, sizeof n, "%d", d->most);
    if (place.name)
        return str_fill(out, 600, LANGUAGE_ZH_CN, STR_paper_visits_chosen, STR_ARGS(n, place.name, place.address));
    if (place.address)
        return str_fill(out, 600, LANGUAGE_ZH_CN, STR_paper_visits_window, STR_ARGS(n, place.address));
    if (d->most > 0)
        return str_fill(out, 600, LANGUAGE_ZH_CN, STR_paper_visits_count, STR_ARGS(n));
    if (d->choice < 0)
        return text(STR_paper_visits_none);
    return str_fill(out, 600, LANGUAGE_ZH_CN, STR_paper_visits_none_way,
                    STR_ARGS(f->item->form.fields[d->field].choices[d->choice].label));
}

static int visit_lines(const struct receipt_facts *f)
{
    char out[600];
    const char *hours = demand_place(f->item, f->demand).hours;

    return lines_of(visits_text(f, out), VALUE_COLUMNS) + (hours ? lines_of(hours, VALUE_COLUMNS) : 0);
}

/* Whether the list of materials may be printed whole: the paper must stay within 250 mm. */
static bool materials_fit(const struct receipt_facts *f)
{
    int lines = lines_of(f->item->task_name, VALUE_COLUMNS) + lines_of(f->item->dept_name, VALUE_COLUMNS);

    lines += visit_lines(f);
    for (size_t i = 0; i < f->item->n_joined; i++)
        lines += 4;
    lines += (f->copy > 1 ? 4 : 0) + (f->provisional ? 1 : 0) + (f->clock_unsure ? 2 : 0);
    for (size_t i = 0; i < f->item->n_materials; i++)
        if (listed(f, i, true) || listed(f, i, false))
            lines += wide_of(f->item->materials[i].name) + 1 < LABEL_MATERIAL
                         ? 1
                         : lines_of(f->item->materials[i].name, VALUE_COLUMNS) + 1;
    return lines <= EXTRA_LINES;
}

static void material_list(struct paper *p, const struct receipt_facts *f, bool wanted, enum str_id title)
{
    bool whole = materials_fit(f);
    int n = 0;
    char count[12], words[60];

    for (size_t i = 0; i < f->item->n_materials; i++)
        n += listed(f, i, wanted);
    if (!n)
        return;
    if (!whole) {
        snprintf(count, sizeof count, "%d", n);
        paper_row(p, LABEL_MATERIAL, text(title), FILL(words, STR_paper_materials_count, count), false);
        return;
    }
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(title));
    for (size_t i = 0; i < f->item->n_materials; i++)
        if (listed(f, i, wanted))
            material(p, &f->item->materials[i], f->demand->materials[i]);
}

static void visits(struct paper *p, const struct receipt_facts *f)
{
    const char *hours = demand_place(f->item, f->demand).hours;
    char out[600];

    paper_row(p, LABEL, text(STR_paper_visits), visits_text(f, out), false);
    if (hours)
        paper_row(p, LABEL, text(STR_paper_hours), hours, false);
}

static void materials(struct paper *p, const struct receipt_facts *f)
{
    material_list(p, f, true, STR_paper_materials_have);
    material_list(p, f, false, STR_paper_materials_due);
    visits(p, f);
    paper_rule(p, true);
}

/* The promised limit in words, where there is no date to print. */
static void limit_only(struct paper *p, const struct item_limit *limit)
{
    char days[12], words[100];

    snprintf(days, sizeof days, "%d", limit->day);
    if (limit->day <= 0)
        paper_row(p, LABEL, text(STR_paper_limit), text(STR_paper_limit_at_once), false);
    else if (limit->unit == DAY_WORKING)
        paper_row(p, LABEL, text(STR_paper_limit), FILL(words, STR_paper_limit_only_working, days), false);
    else
        paper_row(p, LABEL, text(STR_paper_limit), FILL(words, STR_paper_limit_only_calendar, days), false);
}

static void latest(struct paper *p, const struct receipt_facts *f)
{
    const struct item_limit *limit = &f->item->promise;
    char date[60], days[12], words[100];
    const char *weekday = text((enum str_id)(STR_paper_weekday_0 + date_weekday(f->promised)));

    receipt_date(f->promised, date);
    snprintf(days, sizeof days, "%d", limit->day);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_latest));
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, date);
    if (limit->day <= 0)
        text_copy(words, sizeof words, weekday);
    else if (limit->unit == DAY_WORKING)
        FILL(words, STR_paper_limit_working, weekday, days);
    else
        FILL(words, STR_paper_limit_calendar, weekday, days);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, words);
}

static void accepted(struct paper *p, const struct receipt_facts *f)
{
    char date[60], words[120];

    if (!f->accepted.year)
        return;
    receipt_date(f->accepted, date);
    paper_row(p, LABEL, text(STR_paper_accept), FILL(words, STR_paper_accept_by, date), false);
}

static void provisional(struct paper *p, const struct receipt_facts *f)
{
    char year[12], words[100];

    snprintf(year, sizeof year, "%d", f->provisional_year);
    if (f->provisional)
        paper_note(p, 6, text(STR_paper_provisional),
                   f->provisional_year ? FILL(words, STR_paper_provisional_why, year) : text(STR_paper_provisional_clock));
}

static void until_when(struct paper *p, const struct receipt_facts *f)
{
    if (f->promised.year)
        latest(p, f);
    else
        limit_only(p, &f->item->promise);
}

static void who_and_when(struct paper *p, const struct receipt_facts *f)
{
    paper_row(p, LABEL, text(f->item->n_joined ? STR_paper_lead : STR_paper_department), f->item->dept_name, false);
    if (f->item->link_way && *f->item->link_way)
        paper_row(p, LABEL, text(STR_paper_phone), f->item->link_way, false);
    accepted(p, f);
    if (!f->item->n_joined) /* else each says its own day above */
        until_when(p, f);
    provisional(p, f);
    if (f->clock_unsure)
        paper_note(p, 6, text(STR_paper_clock_unsure), text(STR_paper_clock_unsure_why));
}

static void three_papers(struct paper *p, bool crowded)
{
    paper_space(p, crowded ? 4 : 16);
    paper_frame(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, true, text(STR_paper_three));
    paper_row(p, LABEL_THREE, text(STR_paper_three_receipt), text(STR_paper_three_receipt_is), true);
    paper_row(p, LABEL_THREE, text(STR_paper_three_acceptance), text(STR_paper_three_acceptance_is), false);
    paper_row(p, LABEL_THREE, text(STR_paper_three_supplement), text(STR_paper_three_supplement_is), false);
    paper_frame(p, false);
    paper_space(p, crowded ? 8 : 24);
}

static void foot(struct paper *p, const struct receipt_facts *f)
{
    receipt_ask(p, f->place);
    receipt_printed(p, f->place, f->copy, f->printed_ms);
    paper_cut(p);
}

/* Capitals, digits, spaces and - alone (ISO/IEC 18004, 7.4.5): the code stays small, its dots large, and a phone that reads
 * it shows the words as they are. */
static void put_capitals(char out[80], const char *const *parts, size_t n)
{
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        for (const char *c = parts[i]; *c && used < 79; c++)
            out[used++] = (char)toupper((unsigned char)*c);
        if (i + 1 < n && used < 79)
            out[used++] = ' ';
    }
    out[used] = '\0';
}

void receipt_qr_text(const char *number, const char *terminal, char out[80])
{
    char groups[24];

    case_number_group(number, groups);
    put_capitals(out, (const char *const[]){groups, terminal}, 2);
}

void ticket_qr_text(const char *number, const char *queue, const char *day, const char *terminal, char out[80])
{
    put_capitals(out, (const char *const[]){number, queue, day, terminal}, 4);
}

struct paper *receipt_compose(const struct receipt_facts *f)
{
    struct paper *p = paper_create();
    char qr[80];

    receipt_copy_band(p, f->copy);
    head(p, f);
    members(p, f);
    facts(p, f);
    materials(p, f);
    who_and_when(p, f);
    three_papers(p, !materials_fit(f));
    receipt_qr_text(f->number, f->place->terminal, qr);
    paper_qr(p, qr);
    foot(p, f);
    return receipt_whole(p);
}

/* How long, and by which moment's knowledge; nothing where nothing is known. */
static void ticket_wait(struct paper *p, const struct ticket_facts *f)
{
    char people[12], minutes[12], at[8], words[100];
    int of_day = clock_minute_of_day(f->taken_ms);

    if (f->ahead < 0)
        return;
    snprintf(people, sizeof people, "%d", f->ahead);
    snprintf(minutes, sizeof minutes, "%d", f->minutes);
    snprintf(at, sizeof at, "%d:%02d", of_day / 60 % 24, of_day % 60);
    paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, FILL(words, STR_paper_ticket_ahead, people));
    if (f->minutes > 0)
        paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, FILL(words, STR_paper_ticket_minutes, minutes, at));
    else
        paper_text(p, PAPER_NORMAL, PAPER_CENTER, false,
                   FILL(words, f->minutes == 0 ? STR_paper_ticket_now : STR_paper_ticket_as_of, at));
    paper_rule(p, true);
}

static void hours_row(struct paper *p, const struct day_hours *h, bool today)
{
    char spans[80], words[120];

    opening_hours_text(h, "-", text(STR_ui_hours_and), spans, sizeof spans);
    paper_row(p, LABEL, text(STR_paper_ticket_open),
              FILL(words, today ? STR_paper_ticket_open_today : STR_paper_ticket_open_working, spans), false);
}

/* Whoever has booked is called by the hour, not by how many wait. */
static void ticket_hour(struct paper *p, const struct ticket_facts *f)
{
    char at[16], words[100];
    int of_day = clock_minute_of_day(f->booked_ms);

    snprintf(at, sizeof at, "%d:%02d", of_day / 60 % 24, of_day % 60);
    paper_text(p, PAPER_DOUBLE, PAPER_CENTER, true, FILL(words, STR_paper_ticket_booked, at));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_ticket_booked_note));
    paper_rule(p, true);
}

static void ticket_facts(struct paper *p, const struct ticket_facts *f)
{
    char at[40], n[12], words[100];

    if (f->queue->place[0])
        paper_row(p, LABEL, text(STR_paper_ticket_go), FILL(words, STR_paper_ticket_go_to, f->queue->place), false);
    if (f->hours && f->hours->n)
        hours_row(p, f->hours, f->hours_today);
    snprintf(n, sizeof n, "%d", f->queue->recall);
    if (f->queue->recall > 0)
        paper_row(p, LABEL, text(STR_paper_ticket_missed), FILL(words, STR_paper_ticket_recall, n), false);
    receipt_time(f->taken_ms, false, at);
    paper_row(p, LABEL, text(STR_paper_ticket_taken), FILL(words, STR_paper_ticket_taken_at, at, f->place->device), false);
    if (f->copy < 2)
        return;
    snprintf(n, sizeof n, "%d", f->copy);
    receipt_time(f->printed_ms, true, at);
    paper_row(p, 13, FILL(words, STR_paper_copy, n), at, false);
}

struct paper *ticket_compose(const struct ticket_facts *f)
{
    struct paper *p = paper_create();
    char today[100];

    receipt_copy_band(p, f->copy);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, f->place->zone);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, f->queue->name);
    paper_text(p, PAPER_HUGE, PAPER_CENTER, true, f->number);
    paper_rule(p, false);
    if (f->booked_ms)
        ticket_hour(p, f);
    else
        ticket_wait(p, f);
    ticket_facts(p, f);
    paper_qr(p, f->qr);
    paper_rule(p, false);
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_ticket_bring));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, FILL(today, STR_paper_ticket_today, f->place->hotline));
    paper_cut(p);
    return receipt_whole(p);
}
