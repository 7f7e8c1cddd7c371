/* SPDX-License-Identifier: Apache-2.0
 *
 * What a card gives to a form, in the shape the field holds: dates as eight digits, sex as the choice that means it.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/form.h"
#include "model/form_type.h"
#include "model/strings.h"

typedef void source_fn(const struct form_field *field, const struct identity *id, char *out, size_t cap);

static void put_date(struct date d, char *out, size_t cap)
{
    if (d.year)
        snprintf(out, cap, "%04d%02d%02d", d.year, d.month, d.day);
}

static void from_name(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->name[0] ? id->name : id->name_latin);
}

static void from_name_latin(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->name_latin);
}

/* A choice whose id is the code of GB/T 2261.1 or the English word; else the word people read. */
static void from_sex(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    if (id->sex != '1' && id->sex != '2')
        return;
    bool male = id->sex == '1';
    const char code[] = {id->sex, '\0'};
    for (size_t i = 0; i < field->n_choices; i++) {
        const char *choice = field->choices[i].id;
        if (!strcmp(choice, code) || !strcmp(choice, male ? "male" : "female"))
            text_copy(out, cap, choice);
    }
    if (field->type != FIELD_CHOICE)
        text_copy(out, cap, str(LANGUAGE_ZH_CN, male ? STR_common_male : STR_common_female));
}

static void from_nation(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, identity_nation_name(id->nation));
}

static void from_nationality(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->nationality);
}

static void from_birth(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    put_date(id->birth, out, cap);
}

static void from_address(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->address);
}

static void from_number(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->number);
}

static void from_authority(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->authority);
}

static void from_valid_from(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    put_date(id->valid_from, out, cap);
}

static void from_valid_to(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    if (!id->long_term)
        put_date(id->valid_to, out, cap);
    else if (field->type != FIELD_DATE)
        text_copy(out, cap, str(LANGUAGE_ZH_CN, STR_common_long_term));
}

static void from_permit(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    text_copy(out, cap, id->permit);
}

static const struct {
    const char *name;
    source_fn *take;
} sources[] = {
    {"card.name", from_name},
    {"card.name_latin", from_name_latin},
    {"card.sex", from_sex},
    {"card.nation", from_nation},
    {"card.nationality", from_nationality},
    {"card.birth", from_birth},
    {"card.address", from_address},
    {"card.number", from_number},
    {"card.authority", from_authority},
    {"card.valid_from", from_valid_from},
    {"card.valid_to", from_valid_to},
    {"card.permit", from_permit},
};

static source_fn *by_name(const char *source)
{
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (strcmp(sources[i].name, source) == 0)
            return sources[i].take;
    }
    return NULL;
}

bool form_source_known(const char *source)
{
    return by_name(source) != NULL;
}

void form_source_value(const struct form_field *field, const struct identity *id, char *out, size_t cap)
{
    out[0] = '\0';
    source_fn *take = field->source ? by_name(field->source) : NULL;
    if (take)
        take(field, id, out, cap);
}
