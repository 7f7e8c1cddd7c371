/* SPDX-License-Identifier: Apache-2.0
 *
 * The item of a sample view in traditional characters, as a catalogue gives it to a page in them.
 */
#ifndef TESTS_UI_SAMPLE_HANT_H
#define TESTS_UI_SAMPLE_HANT_H

#include <stdlib.h>
#include <string.h>

#include "model/hant.h"
#include "session/view.h"

#define SAMPLE_HANT_ITEMS (1 + ITEM_MEMBERS_MAX)

static char sample_hant_pool[32 * 1024];
static size_t sample_hant_used;
static struct item sample_hant_items[SAMPLE_HANT_ITEMS];
static struct form_choice sample_hant_choices[FORM_FIELDS_MAX][FORM_CHOICES_MAX];

static const char *sample_hant(const char *zh)
{
    char *out = sample_hant_pool + sample_hant_used;

    if (!zh)
        return NULL;
    sample_hant_used += strlen(zh) + 1;
    if (sample_hant_used > sizeof sample_hant_pool)
        abort();
    return hant_text(out, strlen(zh) + 1, zh);
}

#define SAMPLE_HANT(x) ((x) = sample_hant(x))

static void sample_hant_form(struct form *f, struct form_choice choices[][FORM_CHOICES_MAX])
{
    SAMPLE_HANT(f->consent);
    for (size_t i = 0; i < f->n_groups; i++)
        SAMPLE_HANT(f->groups[i].title);
    for (size_t i = 0; i < f->n_rules; i++)
        SAMPLE_HANT(f->rules[i].message);
    for (size_t i = 0; i < f->n_fields; i++) {
        struct form_field *field = &f->fields[i];

        SAMPLE_HANT(field->label);
        SAMPLE_HANT(field->help);
        SAMPLE_HANT(field->example);
        for (size_t k = 0; k < field->n_choices; k++) {
            choices[i][k] = field->choices[k];
            SAMPLE_HANT(choices[i][k].label);
            SAMPLE_HANT(choices[i][k].address);
            SAMPLE_HANT(choices[i][k].hours);
        }
        field->choices = choices[i];
    }
}

static void sample_hant_item(struct item *item)
{
    SAMPLE_HANT(item->task_name);
    SAMPLE_HANT(item->dept_name);
    SAMPLE_HANT(item->task_type_name);
    SAMPLE_HANT(item->sub_items);
    SAMPLE_HANT(item->accept_condition);
    SAMPLE_HANT(item->transact_addr);
    SAMPLE_HANT(item->limit_scene_explain);
    SAMPLE_HANT(item->anticipate.explain);
    SAMPLE_HANT(item->promise.explain);
    for (size_t i = 0; i < item->n_laws; i++) {
        SAMPLE_HANT(item->laws[i].law);
        SAMPLE_HANT(item->laws[i].article);
        SAMPLE_HANT(item->laws[i].note);
    }
    for (size_t i = 0; i < item->n_steps; i++) {
        SAMPLE_HANT(item->steps[i].step);
        SAMPLE_HANT(item->steps[i].post);
    }
    for (size_t i = 0; i < item->n_materials; i++) {
        SAMPLE_HANT(item->materials[i].name);
        SAMPLE_HANT(item->materials[i].explain);
    }
    for (size_t i = 0; i < item->n_fees; i++) {
        SAMPLE_HANT(item->fees[i].name);
        SAMPLE_HANT(item->fees[i].by_law);
        SAMPLE_HANT(item->fees[i].pay_at);
    }
    for (size_t i = 0; i < item->n_results; i++)
        SAMPLE_HANT(item->results[i]);
    for (size_t i = 0; i < item->n_questions; i++) {
        SAMPLE_HANT(item->questions[i].q);
        SAMPLE_HANT(item->questions[i].a);
    }
}

/* For a view in that language. */
static void sample_in_language(struct view *v)
{
    struct item *item = sample_hant_items;

    if (v->settings.language != LANGUAGE_ZH_HANT || (!v->item.item && !v->cases.item))
        return;
    sample_hant_used = 0;
    *item = v->item.item ? *v->item.item : *v->cases.item;
    sample_hant_item(item);
    sample_hant_form(&item->form, sample_hant_choices);
    for (size_t i = 0; i < item->n_joined; i++) {
        sample_hant_items[1 + i] = *item->joined[i];
        sample_hant_item(&sample_hant_items[1 + i]);
        item->joined[i] = &sample_hant_items[1 + i];
    }
    if (v->item.item)
        v->item.item = item;
    if (v->cases.item)
        v->cases.item = item;
    SAMPLE_HANT(v->form.title);
    for (size_t i = 0; i < FORM_GROUPS_MAX; i++)
        SAMPLE_HANT(v->form.groups[i].title);
}

#endif
