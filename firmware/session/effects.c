/* SPDX-License-Identifier: Apache-2.0
 *
 * Adding an effect to the running step. A step that asks for more than EFFECTS_MAX is a fault of this folder: it ends the
 * program instead of dropping a record.
 */
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/internal.h"

static struct effect *push(struct session *s, enum effect_kind kind)
{
    must(s->effects, "an effect outside a step");
    must(s->effects->n < EFFECTS_MAX, "a step has more effects than there is room for");
    struct effect *f = &s->effects->list[s->effects->n++];
    f->kind = kind;
    return f;
}

struct effect_record *effects_record(struct session *s, enum record_kind kind, const char *what)
{
    must((unsigned)kind < RECORD_KINDS, "a record of no kind");
    must(strlen(what) < RECORD_TEXT_MAX, "a word that does not fit its record");
    struct effect *f = push(s, EFFECT_RECORD);
    f->record.header.kind = kind;
    f->record.visit_scoped = s->view.visit;
    text_copy(f->record.header.what, sizeof f->record.header.what, what);
    return &f->record;
}

void effects_timer(struct session *s, enum timer_id timer, int ms)
{
    must((unsigned)timer < TIMER_COUNT, "a timer there is none of");
    must(ms >= 0, "a timer that runs out before it starts");
    unsigned bit = 1u << timer;
    struct effect *f = NULL;
    for (int i = 0; i < s->effects->n && !f; i++)
        if (s->effects->list[i].kind == EFFECT_TIMER && s->effects->list[i].timer == timer)
            f = &s->effects->list[i];
    if (!f && !ms && !(s->armed & bit))
        return;
    if (!f)
        f = push(s, EFFECT_TIMER);
    f->timer = timer;
    f->ms = ms;
    s->armed = ms ? s->armed | bit : s->armed & ~bit;
}

/* A card lying on the reader is watched until it is taken away, so that it can be said that it was forgotten. */
void effects_poll(struct session *s, bool on)
{
    s->card.poll_wanted = on;
    if (on == s->card.poll || (!on && s->card.present))
        return;
    s->card.poll = on;
    push(s, EFFECT_CARD_POLL)->on = on;
}

void effects_browse(struct session *s, int theme, int page)
{
    must(theme >= -1 && page >= 0, "a page of the list there is none of");
    struct effect *f = push(s, EFFECT_BROWSE);
    f->theme = theme;
    f->page = page;
    f->by_dept = s->view.browse.by_dept;
}

void effects_compose(struct session *s, enum compose_op op, int index)
{
    must(op == COMPOSE_START || (op == COMPOSE_READ ? s->entry.composing->ink.n > 0 : s->entry.composing->letters[0] != 0),
         "nothing is to be composed");
    must(s->entry.target.text, "what is composed goes nowhere");
    struct effect *f = NULL;

    for (int i = 0; i < s->effects->n && !f; i++) /* in one step only the last question counts */
        if (s->effects->list[i].kind == EFFECT_COMPOSE)
            f = &s->effects->list[i];
    if (!f)
        f = push(s, EFFECT_COMPOSE);
    f->compose = (struct effect_compose){
        op, s->entry.composing->scheme, index, ++s->entry.serial, s->entry.composing->letters, &s->entry.composing->ink};
}

void effects_region(struct session *s, const char *code)
{
    must(strlen(code) <= 6, "a division with too long a code");
    text_copy(push(s, EFFECT_REGION)->code, sizeof((struct effect *)0)->code, code);
}

void effects_case_here(struct session *s)
{
    push(s, EFFECT_CASE_HERE)->ask.number = s->view.cases.one ? s->view.cases.one->number : s->cases.typed->number;
}

void effects_ask(struct session *s, enum question_kind kind)
{
    struct effect *f = push(s, EFFECT_ASK);
    bool nobodys = s->booking.wish.verb == APPOINTMENT_FREE;

    f->ask = (struct effect_ask){.kind = kind, .serial = s->cases.serial, .phone = ""};
    switch (kind) {
    case QUESTION_CASES:
        must(s->view.identity, "the cases of nobody are asked for");
        f->ask.number = s->identity->number;
        break;
    case QUESTION_CASE:
        f->ask.number = s->cases.typed->number;
        f->ask.phone = s->cases.typed->phone;
        break;
    case QUESTION_SPOKEN:
        f->ask.number = s->speak.typed->asked;
        break;
    case QUESTION_LICENCES:
        must(s->view.identity && s->fields.item, "the licences of nobody are asked for");
        f->ask.serial = s->licences.serial;
        f->ask.number = s->identity->number;
        f->ask.item = s->fields.item->task_code;
        break;
    case QUESTION_APPOINTMENT:
        must(nobodys || s->view.identity, "the appointments of nobody are asked for");
        f->ask.serial = s->booking.serial;
        f->ask.number = nobodys ? "" : s->identity->number;
        f->ask.wish = &s->booking.wish;
        f->ask.count = s->booking.count;
        break;
    }
}

void effects_search(struct session *s)
{
    struct effect *f = push(s, EFFECT_SEARCH);
    f->search.text = s->searching.text;
    f->search.kind = s->view.search.kind;
    f->search.first = s->view.search.first;
    f->search.here = s->view.health.reader == READER_READY && s->view.health.storage && !s->view.health.no_applications;
    f->search.english = !language_is_chinese(s->view.settings.language);
}

void effects_item(struct session *s, const char *task_code)
{
    must(strlen(task_code) <= ITEM_CODE_MAX, "an item with too long a code");
    text_copy(push(s, EFFECT_ITEM)->task_code, sizeof((struct effect *)0)->task_code, task_code);
}

void effects_print(struct session *s, enum device_role role, struct paper *paper, const char *job)
{
    must(paper, "nothing is to be printed");
    must(role < PRINTER_ROLES, "a paper for no printer");
    must(strlen(job) == 4, "a job without a marker");
    struct effect *f = push(s, EFFECT_PRINT);
    f->role = role;
    f->paper = paper;
    text_copy(f->job, sizeof f->job, job);
}

void effects_print_stop(struct session *s, enum device_role role)
{
    must(role < PRINTER_ROLES, "a paper of no printer");
    must(s->jobs.of[role].running, "a job is stopped that does not run");
    struct effect *f = push(s, EFFECT_PRINT_STOP);
    f->role = role;
    text_copy(f->job, sizeof f->job, s->jobs.of[role].token);
    s->jobs.of[role].stopped = true;
}

void effects_once(struct session *s, enum effect_kind kind)
{
    must(kind == EFFECT_HOME || kind == EFFECT_WIPE, "an effect without its members");
    for (int i = 0; i < s->effects->n; i++)
        if (s->effects->list[i].kind == kind)
            return;
    push(s, kind);
}

void effects_roll(struct session *s, enum staff_errand errand, enum device_role role)
{
    must(role < PRINTER_ROLES, "a roll for no printer");
    effects_staff(s, errand);
    s->effects->list[s->effects->n - 1].role = role;
}

void effects_first(struct session *s, enum first_errand errand)
{
    must(s->view.first.on, "an errand of the first boot on an open terminal");
    push(s, EFFECT_FIRST)->first = errand;
}

void effects_tested(struct session *s, const struct effect_tested *t)
{
    push(s, EFFECT_SELFTEST)->tested = *t;
}

void effects_staff(struct session *s, enum staff_errand errand)
{
    must(errand != STAFF_CHECK_PIN || s->view.staff.digits == STAFF_DIGITS, "half a PIN is compared");
    must(errand == STAFF_OVER || s->view.staff.on, "an errand of nobody");
    struct effect *f = push(s, EFFECT_STAFF);
    f->errand = errand;
    f->pin = s->staff.pin;
}
