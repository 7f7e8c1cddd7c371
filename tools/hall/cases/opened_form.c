/* SPDX-License-Identifier: Apache-2.0
 *
 * See opened_form.h.
 */
#include "tools/hall/cases/opened_form.h"

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/rules/licence_choice.h"

#define RAW_MAX (64 * 1024) /* what one line of hall-open holds */

static void put_raw(struct jsonw *w, const char *key, const struct json *v)
{
    struct buf raw;

    buf_init(&raw, RAW_MAX);
    if (json_dump(v, &raw) == 0)
        jsonw_raw(w, key, buf_str(&raw), raw.len);
    buf_finish(&raw);
}

/* The same text in each language. */
static void put_same(struct jsonw *w, const char *key, const char *text)
{
    jsonw_obj(w, key);
    for (enum language l = 0; l < LANGUAGES_OF_STAFF; l++)
        jsonw_str(w, language_tag(l), text);
    jsonw_end(w);
}

static void put_group(struct jsonw *w, const struct item *item, int field)
{
    jsonw_obj(w, "group");
    for (enum language l = 0; l < LANGUAGES_OF_STAFF; l++) {
        const struct form *f = &item_in(item, l)->form;
        jsonw_str(w, language_tag(l), f->groups[f->fields[field].group].title);
    }
    jsonw_end(w);
}

static void put_label(struct jsonw *w, const struct item *item, int field)
{
    jsonw_obj(w, "label");
    for (enum language l = 0; l < LANGUAGES_OF_STAFF; l++)
        jsonw_str(w, language_tag(l), item_in(item, l)->form.fields[field].label);
    jsonw_end(w);
}

/* As the form shows it; `values` is room for one. */
static void put_value(struct jsonw *w, const struct item *item, int field, const char *text, struct form_values *values)
{
    char shown[2 * FORM_VALUE_MAX + 1];

    text_copy(values->text[field], sizeof values->text[field], text);
    jsonw_obj(w, "value");
    for (enum language l = 0; l < LANGUAGES_OF_STAFF; l++) {
        form_display(&item_in(item, l)->form, values, (size_t)field, false, l, shown, sizeof shown);
        jsonw_str(w, language_tag(l), shown[0] ? shown : text);
    }
    jsonw_end(w);
    secret_wipe(shown, sizeof shown);
}

static void put_field(struct jsonw *w, const struct item *item, int field, const char *id, const struct json *v,
                      struct form_values *values)
{
    struct buf raw;

    jsonw_obj(w, NULL);
    if (field >= 0) {
        put_group(w, item, field);
        put_label(w, item, field);
    } else {
        jsonw_null(w, "group");
        put_same(w, "label", id);
    }
    if (json_is_obj(v) && json_has(v, "strokes")) {
        put_raw(w, "ink", v);
    } else if (json_is_str(v) && field >= 0) {
        put_value(w, item, field, json_str(v), values);
    } else if (json_is_str(v)) {
        put_same(w, "value", json_str(v));
    } else {
        buf_init(&raw, RAW_MAX);
        if (json_dump(v, &raw) == 0)
            put_same(w, "value", buf_str(&raw));
        buf_finish(&raw);
    }
    jsonw_end(w);
}

/* Those of the form in its order, then whatever else there is in its own. */
static void put_fields(struct jsonw *w, const struct item *item, const struct json *fields)
{
    struct form_values *values = secret_alloc(sizeof *values);
    const struct form *f = item ? &item->form : NULL;

    jsonw_arr(w, "fields");
    for (size_t i = 0; f && i < f->n_fields; i++) {
        const struct json *v = json_member(fields, f->fields[i].id);

        if (v)
            put_field(w, item, (int)i, f->fields[i].id, v, values);
    }
    for (size_t i = 0; json_key(fields, i); i++) {
        const char *id = json_key(fields, i);

        if (!f || form_field_by_id(f, id) < 0)
            put_field(w, NULL, -1, id, json_member(fields, id), values);
    }
    jsonw_end(w);
    secret_free(values, sizeof *values);
}

/* --- what was said of licences --- */

static void put_choices(struct jsonw *w, const struct item *item, const struct json *opened)
{
    struct licence_choice list[ITEM_LIST_MAX];
    int n = licence_choices_read(opened, item, list, NULL);

    if (n < 0)
        jsonw_bool(w, "choices_odd", true);
    if (n <= 0)
        return;
    jsonw_arr(w, "choices");
    for (int i = 0; i < n; i++) {
        char at[CLOCK_RFC3339_LEN + 1];

        clock_format_rfc3339(list[i].at, at);
        jsonw_obj(w, NULL);
        jsonw_str(w, "kind", list[i].kind);
        jsonw_bool(w, "use", list[i].use);
        jsonw_str(w, "at", at);
        jsonw_end(w);
    }
    jsonw_end(w);
}

void opened_form_put(struct jsonw *w, const struct item *item, const struct json *opened)
{
    const struct json *applicant = json_member(opened, "applicant"), *fields = json_member(opened, "fields");
    const struct json *words = json_member(opened, "words");

    if (applicant && json_is_obj(applicant))
        put_raw(w, "applicant", applicant);
    if (fields && json_is_obj(fields))
        put_fields(w, item, fields);
    put_choices(w, item, opened);
    if (words && json_is_str(words))
        jsonw_str(w, "words", json_str(words));
}
