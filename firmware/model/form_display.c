/* SPDX-License-Identifier: Apache-2.0
 *
 * A value as a person reads it, on the review page, on paper and aloud.
 */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "model/form.h"
#include "model/form_type.h"
#include "model/strings.h"

/* Puts a space before each position of `at` (ascending, ends with 0). */
static void group_digits(const char *value, const unsigned char *at, char *out, size_t cap)
{
    size_t used = 0;
    for (size_t i = 0; value[i] && used + 2 < cap; i++) {
        if (*at && i == *at) {
            out[used++] = ' ';
            at++;
        }
        out[used++] = value[i];
    }
    out[used] = '\0';
}

static void show_mobile(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    static const unsigned char at[] = {3, 7, 0};
    group_digits(value, at, out, cap);
}

static void show_citizen_number(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    static const unsigned char at[] = {6, 14, 0};
    group_digits(value, at, out, cap);
}

static void show_bank_card(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    static const unsigned char at[] = {4, 8, 12, 16, 0};
    group_digits(value, at, out, cap);
}

static void show_date(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    struct date d;
    char year[12], day[12];
    if (!date_parse8(value, &d)) {
        text_copy(out, cap, value);
        return;
    }
    snprintf(year, sizeof year, "%d", d.year);
    snprintf(day, sizeof day, "%d", d.day);
    str_fill(out, cap, lang, STR_value_date, STR_ARGS(year, str_month(lang, d.month), day));
}

/* Thousands in threes: "1234567.5" -> "1,234,567.5". */
static void show_money(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    char grouped[FORM_VALUE_MAX * 2];
    size_t yuan = strspn(value, "0123456789"), used = 0;
    for (size_t i = 0; value[i] && used + 2 < sizeof grouped; i++) {
        if (i > 0 && i < yuan && (yuan - i) % 3 == 0)
            grouped[used++] = ',';
        grouped[used++] = value[i];
    }
    grouped[used] = '\0';
    str_fill(out, cap, lang, STR_value_money, STR_ARGS(grouped));
    secret_wipe(grouped, sizeof grouped);
}

static const char *label_of(const struct form_field *f, const char *id, size_t len)
{
    for (size_t i = 0; i < f->n_choices; i++) {
        if (strlen(f->choices[i].id) == len && memcmp(f->choices[i].id, id, len) == 0)
            return f->choices[i].label;
    }
    return NULL;
}

static void show_choices(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    size_t used = 0;
    out[0] = '\0';
    for (const char *w = value; *w;) {
        size_t n = strcspn(w, " ");
        const char *label = label_of(f, w, n);
        if (used > 0) {
            text_copy(out + used, cap - used, str(lang, STR_value_separator));
            used += strlen(out + used);
        }
        if (label)
            text_copy(out + used, cap - used, label);
        used += strlen(out + used);
        w += n;
        w += strspn(w, " ");
    }
}

static void show_choice(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    const char *label = label_of(f, value, strlen(value));
    text_copy(out, cap, label ? label : value);
}

static void show_answer(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    const char *label = label_of(f, value, strlen(value));
    text_copy(out, cap, label ? label : str(lang, strcmp(value, "yes") ? STR_common_no : STR_common_yes));
}

static void show_signed(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    text_copy(out, cap, str(lang, STR_value_signed));
}

static void show_as_typed(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    text_copy(out, cap, value);
}

static void show(const struct form_field *f, const char *value, enum language lang, char *out, size_t cap)
{
    static void (*const shows[])(const struct form_field *f, const char *value, enum language lang, char *out,
                                 size_t cap) = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) [FIELD_##NAME] = show_##show,
#include "model/form_type.def"
#undef FIELD_TYPE
    };

    shows[f->type](f, value, lang, out, cap);
}

/* What kind of thing is masked: the source tells more than the type ("name" is a text from the card). */
static void show_masked(const struct form_field *f, const char *value, char *out, size_t cap)
{
    static void (*const masks[])(const char *value, char *out, size_t cap) = {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) [FIELD_##NAME] = identity_mask_##mask,
#include "model/form_type.def"
#undef FIELD_TYPE
    };
    const char *source = f->source ? f->source : "";

    if (!strcmp(source, "card.name") || !strcmp(source, "card.name_latin"))
        identity_mask_name(value, out, cap);
    else if (!strcmp(source, "card.number"))
        identity_mask_number(value, out, cap);
    else
        masks[f->type](value, out, cap);
}

void form_display(const struct form *f, const struct form_values *v, size_t field, bool masked, enum language lang,
                  char *out, size_t cap)
{
    if (cap == 0)
        return;
    out[0] = '\0';
    if (field >= f->n_fields || form_value_empty(v->text[field]))
        return;
    const struct form_field *it = &f->fields[field];
    if (masked && it->mask)
        show_masked(it, v->text[field], out, cap);
    else
        show(it, v->text[field], lang, out, cap);
}
