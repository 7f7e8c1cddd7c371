/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of a form in an item file: {"if": condition, "require": …, "message": words}.
 */
#include <string.h>

#include "catalog/item_parse.h"

static int other_field(struct item_parse *p, const char *id, int *ret)
{
    *ret = form_field_by_id(&p->f->item.form, id);
    return *ret < 0 ? err_set(p->e, ERR_INVALID, "no field \"%s\"", id) : 0;
}

/* --- what a requirement says behind its word --- */

static int take_true(struct item_parse *p, const struct json *req, const char *key, struct form_rule *r)
{
    bool yes = false;
    int rc = json_get_bool(req, key, &yes, p->e);

    return rc == 0 && !yes ? err_set(p->e, ERR_INVALID, "%s can only be true", key) : rc;
}

static int take_field(struct item_parse *p, const struct json *req, const char *key, struct form_rule *r)
{
    const char *id;
    int rc = json_get_str(req, key, 1, 32, &id, p->e);

    return rc == 0 ? other_field(p, id, &r->other.field) : rc;
}

static int take_any(struct item_parse *p, const struct json *req, const char *key, struct form_rule *r)
{
    const struct json *arr;
    int rc = json_get_arr(req, key, FORM_ANY_MAX, &arr, p->e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *id = json_str(json_at(arr, i));

        rc = id ? other_field(p, id, &r->any[i]) : err_set(p->e, ERR_INVALID, "%s[%zu] is no field", key, i);
        r->n_any = i + 1;
    }
    if (rc == 0 && r->n_any < 2)
        rc = err_set(p->e, ERR_INVALID, "%s needs two fields or more", key);
    return rc;
}

static int take_age(struct item_parse *p, const struct json *req, const char *key, struct form_rule *r)
{
    int64_t age = 0;
    int rc = json_get_int(req, key, 1, 150, &age, p->e);

    r->age = (int)age;
    return rc;
}

static const struct {
    const char *word;
    int require;
    int (*take)(struct item_parse *p, const struct json *req, const char *key, struct form_rule *r);
} requirements[] = {
    {"card_expired", RULE_CARD_EXPIRED, take_true},
    {"card_valid", RULE_CARD_VALID, take_true},
    {"past", RULE_FIELD_PAST, take_true},
    {"after", RULE_FIELD_AFTER, take_field},
    {"at_most", RULE_FIELD_AT_MOST, take_field},
    {"same_as", RULE_FIELD_SAME, take_field},
    {"differs_from", RULE_FIELD_DIFFERS, take_field},
    {"any_of", RULE_ANY_OF, take_any},
    {"age_at_least", RULE_AGE_AT_LEAST, take_age},
    {"age_at_most", RULE_AGE_AT_MOST, take_age},
};

/* Exactly one of the kinds of requirement. */
static int parse_require(struct item_parse *p, const struct json *rule, struct form_rule *r)
{
    const struct json *req;
    int rc = json_get_obj(rule, "require", &req, p->e);

    if (rc < 0)
        return rc;
    if (json_has(req, "field")) {
        r->require = RULE_FIELD_IS;
        return item_need_condition(p, rule, "require", &r->other);
    }
    if (json_key(req, 1))
        return err_set(p->e, ERR_INVALID, "one requirement a rule");
    for (size_t i = 0; i < sizeof requirements / sizeof *requirements; i++) {
        if (!json_has(req, requirements[i].word))
            continue;
        r->require = requirements[i].require;
        return requirements[i].take(p, req, requirements[i].word, r);
    }
    return err_set(p->e, ERR_INVALID, "it requires nothing that is known");
}

int item_rule(struct item_parse *p, const struct json *obj, size_t i)
{
    struct form *form = &p->f->item.form;
    struct form_rule *r = &form->rules[i];
    int rc = item_known(p, obj, "if require message message_en");

    r->when.field = r->other.field = -1;
    if (rc == 0)
        rc = item_condition(p, obj, "if", &r->when);
    if (rc == 0)
        rc = parse_require(p, obj, r);
    if (rc == 0)
        rc = item_need_words(p, obj, "message", 600, &r->message);
    form->n_rules = i + 1;
    return rc;
}
