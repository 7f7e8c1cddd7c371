/* SPDX-License-Identifier: Apache-2.0
 *
 * The application as JSON, in the order a clerk reads it.
 */
#include "model/application.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/demand.h"

static const char *kind_word(enum identity_kind kind)
{
    switch (kind) {
    case IDENTITY_RESIDENT:
        return "resident";
    case IDENTITY_HMT:
        return "hmt-resident";
    case IDENTITY_FOREIGN_2017:
        return "foreigner-2017";
    case IDENTITY_FOREIGN_2023:
        return "foreigner-2023";
    }
    return "";
}

static void put_text(struct jsonw *w, const char *key, const char *text)
{
    if (text[0])
        jsonw_str(w, key, text);
}

static void put_date(struct jsonw *w, const char *key, struct date d)
{
    char text[DATE_LEN + 1];
    if (!d.year)
        return;
    date_format(d, text);
    jsonw_str(w, key, text);
}

static void put_applicant(struct jsonw *w, const struct identity *id)
{
    const char sex[] = {id->sex, '\0'};
    jsonw_obj(w, "applicant");
    jsonw_str(w, "kind", kind_word(id->kind));
    put_text(w, "name", id->name);
    put_text(w, "name_latin", id->name_latin);
    put_text(w, "number", id->number);
    put_text(w, "sex", sex);
    put_date(w, "birth", id->birth);
    put_text(w, "nation", id->nation);
    put_text(w, "nationality", id->nationality);
    put_text(w, "address", id->address);
    put_text(w, "authority", id->authority);
    put_date(w, "valid_from", id->valid_from);
    if (id->long_term)
        jsonw_bool(w, "long_term", true);
    else
        put_date(w, "valid_to", id->valid_to);
    put_text(w, "permit", id->permit);
    put_text(w, "issue_count", id->issue_count);
    jsonw_end(w);
}

/* Letters in numbers go out as the standards write them, whatever keyboard they came from. */
static void put_value(struct jsonw *w, const struct form_field *f, const char *value)
{
    if (f->type != FIELD_CITIZEN_NUMBER && f->type != FIELD_CREDIT_CODE) {
        jsonw_str(w, f->id, value);
        return;
    }
    char upper[FORM_VALUE_MAX + 1];
    text_copy(upper, sizeof upper, value);
    for (char *p = upper; *p; p++) {
        if (*p >= 'a' && *p <= 'z')
            *p = (char)(*p - 'a' + 'A');
    }
    jsonw_str(w, f->id, upper);
    secret_wipe(upper, sizeof upper);
}

static void put_signature(struct jsonw *w, const char *id, const struct ink *ink)
{
    jsonw_obj(w, id);
    jsonw_int(w, "w", ink_signature.x);
    jsonw_int(w, "h", ink_signature.y);
    jsonw_arr(w, "strokes");
    for (size_t i = 0; i < ink->n; i += ink_stroke(ink, i)) {
        jsonw_arr(w, NULL);
        for (size_t k = i; k < i + ink_stroke(ink, i); k++) {
            jsonw_int(w, NULL, ink->points[k].x);
            jsonw_int(w, NULL, ink->points[k].y);
        }
        jsonw_end(w);
    }
    jsonw_end(w);
    jsonw_end(w);
}

static void put_fields(struct jsonw *w, const struct form *f, const struct form_values *v)
{
    jsonw_obj(w, "fields");
    for (size_t i = 0; i < f->n_fields; i++) {
        if (!v->text[i][0] || !form_visible(f, v, i))
            continue;
        if (f->fields[i].type == FIELD_SIGNATURE)
            put_signature(w, f->fields[i].id, &v->ink);
        else
            put_value(w, &f->fields[i], v->text[i]);
    }
    jsonw_end(w);
}

static void put_licence(struct jsonw *w, const struct item_material *m, const char *choice, int64_t at)
{
    char time[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(at, time);
    jsonw_obj(w, NULL);
    jsonw_str(w, "kind", m->licence_kind);
    jsonw_str(w, "choice", choice);
    jsonw_str(w, "at", time);
    jsonw_end(w);
}

/* What was said of those that are demanded; nothing where the page did not ask. */
static void put_licences(struct jsonw *w, const struct item *item, const struct form_values *v)
{
    const struct form_licences *l = &v->licences;
    struct demand d;

    if (!l->use && !l->bring)
        return;
    demand_of(item, v, &d);
    jsonw_arr(w, "licences");
    for (size_t i = 0; i < item->n_materials; i++) {
        const struct item_material *m = &item->materials[i];

        if (d.materials[i] == DEMANDED_HELD)
            put_licence(w, m, "use", l->at);
        else if (d.materials[i] == DEMANDED_YES && l->bring >> i & 1)
            put_licence(w, m, "bring", l->at);
    }
    jsonw_end(w);
}

static void put_told(struct jsonw *w, const struct item *item, const struct form_values *v, struct date accepted)
{
    struct demand d;

    demand_of(item, v, &d);
    const struct demand_place place = demand_place(item, &d);

    jsonw_obj(w, "told");
    jsonw_int(w, "visits", d.most);
    put_text(w, "place", place.name ? place.name : "");
    put_text(w, "address", place.address ? place.address : "");
    put_text(w, "hours", place.hours ? place.hours : "");
    jsonw_arr(w, "materials");
    for (size_t i = 0; i < item->n_materials; i++)
        if (d.materials[i] == DEMANDED_YES)
            jsonw_str(w, NULL, item->materials[i].name);
    jsonw_end(w);
    put_date(w, "accept_by", accepted);
    jsonw_end(w);
}

int application_encode(const struct item *item, const struct identity *id, const struct form_values *v, struct date accepted,
                       struct buf *out, struct err *e)
{
    struct jsonw w;
    size_t before = out->len;
    if (!id || !v)
        return err_set(e, ERR_STATE, "an application needs a card and a form");
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "item", item->task_code);
    jsonw_int(&w, "item_version", item->task_version);
    jsonw_int(&w, "form_version", item->form.version);
    if (item->form.consent_id)
        jsonw_str(&w, "consent", item->form.consent_id);
    put_applicant(&w, id);
    put_fields(&w, &item->form, v);
    put_licences(&w, item, v);
    put_told(&w, item, v, accepted);
    jsonw_end(&w);
    if (!buf_ok(out) || out->len - before > APPLICATION_MAX)
        return err_set(e, ERR_TOOLONG, "the application is longer than %d bytes or not UTF-8", APPLICATION_MAX);
    return 0;
}

/* A point is two numbers of up to four digits with a comma each; a stroke begins with a bracket pair and a comma. */
#define INK_JSON_MAX (INK_POINTS_MAX * 10 + INK_POINTS_MAX * 3 + 64)

static size_t choices_size(const struct form_field *f)
{
    size_t longest = 0, all = 0;
    for (size_t i = 0; i < f->n_choices; i++) {
        size_t n = 2 * strlen(f->choices[i].id) + 1;
        longest = n > longest ? n : longest;
        all += n;
    }
    return f->type == FIELD_CHOICE ? longest : all;
}

static size_t text_size(const struct form_field *f)
{
    size_t characters = f->max > 0 && f->max < FORM_VALUE_MAX ? (size_t)f->max : f->max > 0 ? FORM_VALUE_MAX : 100;
    size_t size = 4 * characters;
    return size < 2 * FORM_VALUE_MAX ? size : 2 * FORM_VALUE_MAX;
}

/* Values hold no control characters, so escaping at most doubles an ASCII byte; four bytes stay four. */
static size_t value_size_max(const struct form_field *f)
{
    size_t size = 32; /* all sorts of numbers, yes and no */
    if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES)
        size = choices_size(f);
    else if (f->type == FIELD_SIGNATURE)
        size = INK_JSON_MAX;
    else if (f->type == FIELD_TEXT || f->type == FIELD_CHINESE_TEXT || f->type == FIELD_ADDRESS || f->type == FIELD_REGION)
        size = text_size(f);
    return f->source && size < 2 * IDENTITY_NAME_MAX ? 2 * IDENTITY_NAME_MAX : size;
}

static size_t longer(size_t most, const char *text)
{
    size_t n = text ? 2 * strlen(text) : 0;
    return n > most ? n : most;
}

#define LICENCE_JSON_MAX 80 /* of a choice, without its kind */

static size_t told_size(const struct item *item)
{
    size_t place = 0, address = longer(0, item->transact_addr), hours = 0, size = 200;
    for (size_t i = 0; i < item->form.n_fields; i++) {
        for (size_t k = 0; k < item->form.fields[i].n_choices; k++) {
            place = longer(place, item->form.fields[i].choices[k].label);
            address = longer(address, item->form.fields[i].choices[k].address);
            hours = longer(hours, item->form.fields[i].choices[k].hours);
        }
    }
    for (size_t i = 0; i < item->n_materials; i++)
        size += 2 * strlen(item->materials[i].name) + 3 +
                (item->materials[i].licence_kind ? 2 * strlen(item->materials[i].licence_kind) + LICENCE_JSON_MAX : 0);
    return size + place + address + hours;
}

size_t application_size_max(const struct item *item)
{
    /* keys, punctuation and numbers, then everything of the card twice over */
    size_t size = 512 + 2 * sizeof(struct identity);
    size += 2 * strlen(item->task_code) + (item->form.consent_id ? 2 * strlen(item->form.consent_id) : 0);
    for (size_t i = 0; i < item->form.n_fields; i++)
        size += 2 * strlen(item->form.fields[i].id) + strlen("\"\":\"\",") + value_size_max(&item->form.fields[i]);
    return size + told_size(item);
}
