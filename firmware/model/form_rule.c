/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that look at several fields or at the card. A requirement about what is not there yet is met: what must be
 * filled in is said by the field itself.
 */
#include <string.h>

#include "model/form.h"
#include "model/form_type.h"

/* The value of a field that is shown and filled in, else NULL. */
static const char *value_of(const struct form *f, const struct form_values *v, int field)
{
    if (field < 0 || (size_t)field >= f->n_fields || !form_visible(f, v, (size_t)field))
        return NULL;
    return form_value_empty(v->text[field]) ? NULL : v->text[field];
}

static bool date_of(const struct form *f, const struct form_values *v, int field, struct date *ret)
{
    const char *value = value_of(f, v, field);
    return value && date_parse8(value, ret);
}

static bool is_after(const struct form *f, const struct form_values *v, const struct form_rule *r)
{
    struct date mine, other;
    if (!date_of(f, v, r->when.field, &mine) || !date_of(f, v, r->other.field, &other))
        return true;
    return date_compare(mine, other) > 0;
}

static bool is_past(const struct form *f, const struct form_values *v, const struct form_rule *r, struct date today)
{
    struct date mine;
    return !date_of(f, v, r->when.field, &mine) || date_compare(mine, today) <= 0;
}

/* Both fields are of one type, so their hundredths compare whether they count things or yuan. */
static bool is_at_most(const struct form *f, const struct form_values *v, const struct form_rule *r)
{
    const char *mine = value_of(f, v, r->when.field), *other = value_of(f, v, r->other.field);
    return !mine || !other || form_hundredths(mine) <= form_hundredths(other);
}

static bool is_same(const struct form *f, const struct form_values *v, const struct form_rule *r, bool wanted)
{
    const char *mine = value_of(f, v, r->when.field), *other = value_of(f, v, r->other.field);
    return !mine || !other || (strcmp(mine, other) == 0) == wanted;
}

static bool has_any(const struct form *f, const struct form_values *v, const struct form_rule *r)
{
    for (size_t i = 0; i < r->n_any; i++) {
        if (value_of(f, v, r->any[i]))
            return true;
    }
    return false;
}

static bool card_expired(const struct identity *id, struct date today)
{
    return !id->long_term && date_compare(id->valid_to, today) < 0;
}

static int full_years(struct date birth, struct date today)
{
    bool had_birthday = today.month > birth.month || (today.month == birth.month && today.day >= birth.day);
    return today.year - birth.year - !had_birthday;
}

static bool requirement_met(const struct form *f, const struct form_values *v, const struct form_rule *r,
                            const struct identity *id, struct date today)
{
    switch (r->require) {
    case RULE_CARD_EXPIRED:
        return !id || card_expired(id, today);
    case RULE_CARD_VALID:
        return !id || !card_expired(id, today);
    case RULE_FIELD_IS:
        return form_holds(f, v, &r->other);
    case RULE_FIELD_AFTER:
        return is_after(f, v, r);
    case RULE_FIELD_PAST:
        return is_past(f, v, r, today);
    case RULE_FIELD_AT_MOST:
        return is_at_most(f, v, r);
    case RULE_FIELD_SAME:
        return is_same(f, v, r, true);
    case RULE_FIELD_DIFFERS:
        return is_same(f, v, r, false);
    case RULE_ANY_OF:
        return has_any(f, v, r);
    case RULE_AGE_AT_LEAST:
        return !id || full_years(id->birth, today) >= r->age;
    case RULE_AGE_AT_MOST:
        return !id || full_years(id->birth, today) <= r->age;
    }
    return true;
}

static int first_editable(const struct form *f, const struct form_values *v)
{
    for (size_t i = 0; i < f->n_fields; i++) {
        if (!f->fields[i].locked && form_visible(f, v, i))
            return (int)i;
    }
    return 0;
}

struct form_fault form_rules_check(const struct form *f, const struct form_values *v, size_t field,
                                   const struct identity *id, struct date today)
{
    for (size_t i = 0; i < f->n_rules; i++) {
        const struct form_rule *r = &f->rules[i];
        int at = r->when.field < 0 ? first_editable(f, v) : r->when.field;
        if (at == (int)field && form_holds(f, v, &r->when) && !requirement_met(f, v, r, id, today))
            return (struct form_fault){.kind = FORM_RULE, .n = (long)i};
    }
    return (struct form_fault){.kind = FORM_OK};
}
