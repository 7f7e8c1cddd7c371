/* SPDX-License-Identifier: Apache-2.0
 *
 * The form of an item file: groups, fields, choices, conditions. Conditions name fields that stand before them, so
 * that a form is filled in from the top down and no two fields can wait for each other.
 */
#include <string.h>

#include "base/text.h"
#include "catalog/item_parse.h"

/* Ids become keys of the application and names on the control socket. */
static int need_id(struct item_parse *p, const struct json *obj, const char **ret)
{
    int rc = item_need(p, obj, "id", 32, ret);

    if (rc == 0 && strspn(*ret, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(*ret))
        rc = err_set(p->e, ERR_INVALID, "id \"%s\" has other characters than a-z 0-9 _ -", *ret);
    return rc;
}

static int field_index(struct item_parse *p, const struct json *obj, int *ret)
{
    const char *id;
    int rc = json_get_str(obj, "field", 1, 32, &id, p->e);

    if (rc < 0)
        return rc;
    *ret = form_field_by_id(&p->f->item.form, id);
    if (*ret < 0)
        return err_set(p->e, ERR_INVALID, "no field \"%s\" stands before it", id);
    return 0;
}

#define NO_VALUE "it says no value: add \"is\" or \"is_not\" with the id of one of the choices of \"%s\""

int item_condition(struct item_parse *p, const struct json *doc, const char *key, struct form_condition *ret)
{
    const struct form *form = &p->f->item.form;
    const struct json *obj;
    int rc = json_get_obj(doc, key, &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "field is is_not");
    if (rc == 0)
        rc = field_index(p, obj, &ret->field);
    ret->other = json_has(obj, "is_not");
    if (rc == 0 && ret->other && json_has(obj, "is"))
        rc = err_set(p->e, ERR_INVALID, "is and is_not stand beside each other: keep one");
    if (rc == 0)
        rc = item_text(p, obj, ret->other ? "is_not" : "is", FORM_VALUE_MAX, &ret->is);
    if (rc == 0 && ret->other && !ret->is)
        rc = err_set(p->e, ERR_INVALID, "is_not is empty");
    if (rc == 0 && !p->tolerant && !ret->is && (json_member(obj, "is") || json_member(obj, "is_not")))
        rc = err_set(p->e, ERR_INVALID, NO_VALUE, form->fields[ret->field].id);
    return err_wrap(p->e, rc, "%s", key);
}

int item_need_condition(struct item_parse *p, const struct json *doc, const char *key, struct form_condition *ret)
{
    int rc = item_condition(p, doc, key, ret);

    if (rc == 0 && !p->tolerant && !ret->is)
        rc = err_set(p->e, ERR_INVALID, "%s: " NO_VALUE, key, p->f->item.form.fields[ret->field].id);
    return rc;
}

/* Where and when to come, said in one line, in each language; an empty text counts as absent. */
static int check_lines(struct item_parse *p, const struct json *obj)
{
    static const char *const keys[] = {"address", "address_en", "hours", "hours_en"};

    for (size_t i = 0; !p->tolerant && i < sizeof keys / sizeof *keys; i++) {
        const char *text = json_str(json_member(obj, keys[i]));

        if (text && text[0] && !text_is_line(text))
            return err_set(p->e, ERR_INVALID, "\"%s\" is read by residents: write words, in one line", keys[i]);
    }
    return 0;
}

/* How often whoever chooses it comes in person, and where. */
static int parse_visits(struct item_parse *p, const struct json *obj, struct form_choice *c)
{
    int64_t visits = 0;
    int rc = json_opt_int(obj, "visits", 0, 99, &visits, p->e);

    c->visits = (int)visits;
    if (rc == 0)
        rc = item_words(p, obj, "address", 300, &c->address);
    if (rc == 0)
        rc = item_words(p, obj, "hours", 120, &c->hours);
    if (rc == 0)
        rc = check_lines(p, obj);
    if (rc == 0 && visits > 0 && !c->address)
        rc = err_set(p->e, ERR_INVALID, "visits is %d, but address is missing: say where to come", c->visits);
    if (rc == 0 && !visits && (c->address || c->hours))
        rc = err_set(p->e, ERR_INVALID, "address and hours say where to come, but visits does not say how often");
    return rc;
}

static int parse_choice(struct item_parse *p, const struct json *obj, struct form_choice *c)
{
    int rc = item_known(p, obj, "id label label_en visits address address_en hours hours_en");

    if (rc == 0)
        rc = need_id(p, obj, &c->id);
    if (rc == 0)
        rc = item_need_words(p, obj, "label", 120, &c->label);
    return rc == 0 ? parse_visits(p, obj, c) : rc;
}

static int parse_choices(struct item_parse *p, const struct json *obj, struct form_field *f)
{
    const struct json *arr;
    int rc = json_get_arr(obj, "choices", FORM_CHOICES_MAX, &arr, p->e);

    f->choices = p->choice;
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        if (p->choice == p->choice_end)
            return err_set(p->e, ERR_INVALID, "choices[%zu] is no object", i);
        rc = parse_choice(p, json_at(arr, i), p->choice);
        if (rc == 0 && json_has(json_at(arr, i), "visits") != json_has(json_at(arr, 0), "visits"))
            rc = err_set(p->e, ERR_INVALID, "visits stands at some choices of the field only: say it at all of them");
        for (size_t k = 0; rc == 0 && k < i; k++)
            if (strcmp(f->choices[k].id, p->choice->id) == 0)
                rc = err_set(p->e, ERR_INVALID, "id \"%s\" stands twice", p->choice->id);
        if (rc < 0)
            return err_wrap(p->e, rc, "choices[%zu]", i);
        p->choice++;
        f->n_choices++;
    }
    return rc;
}

/* How a yes-no is answered: both in the item's words, or neither. */
static int parse_answers(struct item_parse *p, const struct json *obj, struct form_field *f)
{
    struct form_choice *c = p->choice;
    int rc;

    if (!json_has(obj, "yes") && !json_has(obj, "no") && !json_has(obj, "yes_en") && !json_has(obj, "no_en"))
        return 0;
    if (f->type != FIELD_YES_NO)
        return err_set(p->e, ERR_INVALID, "yes and no belong to the type yes-no");
    c[0].id = "yes";
    c[1].id = "no";
    rc = item_need_words(p, obj, "yes", 120, &c[0].label);
    if (rc == 0)
        rc = item_need_words(p, obj, "no", 120, &c[1].label);
    f->choices = c;
    f->n_choices = 2;
    p->choice += 2;
    return rc;
}

static int parse_type(struct item_parse *p, const struct json *obj, struct form_field *f)
{
    const char *name;
    int64_t levels;
    int rc = json_get_str(obj, "type", 1, 32, &name, p->e), type;

    if (rc < 0)
        return rc;
    type = form_type_by_name(name);
    if (type < 0)
        return err_set(p->e, ERR_INVALID, "type \"%s\" is unknown", name);
    f->type = type;
    if ((type == FIELD_CHOICE || type == FIELD_CHOICES) != json_has(obj, "choices"))
        return err_set(p->e, ERR_INVALID, "choices belong to the types choice and choices, and must be there");
    if (json_has(obj, "choices"))
        rc = parse_choices(p, obj, f);
    if (rc == 0)
        rc = parse_answers(p, obj, f);
    return rc == 0 ? json_opt_int(obj, "levels", 1, 5, &levels, p->e) : rc;
}

static int parse_bounds(struct item_parse *p, const struct json *obj, struct form_field *f)
{
    int64_t min = 0, max = 0;
    int rc = json_opt_int(obj, "min", 0, 100000000000, &min, p->e);

    if (rc == 0)
        rc = json_opt_int(obj, "max", 0, 100000000000, &max, p->e);
    if (rc == 0 && max && min > max)
        rc = err_set(p->e, ERR_RANGE, "min is above max");
    f->min = (long)min;
    f->max = (long)max;
    return rc;
}

static int parse_texts(struct item_parse *p, const struct json *obj, struct form_field *f)
{
    int rc = item_need_words(p, obj, "label", 120, &f->label);

    if (rc == 0)
        rc = item_words(p, obj, "help", 600, &f->help);
    if (rc == 0)
        rc = item_words(p, obj, "example", 200, &f->example);
    return rc == 0 ? item_text(p, obj, "source", 40, &f->source) : rc;
}

static int parse_flags(struct item_parse *p, const struct json *obj, struct form_field *f)
{
    int rc = json_opt_bool(obj, "required", &f->required, p->e);

    if (rc == 0)
        rc = json_opt_bool(obj, "mask", &f->mask, p->e);
    if (rc == 0)
        rc = json_opt_bool(obj, "locked", &f->locked, p->e);
    if (rc == 0 && f->locked && !f->source)
        rc = err_set(p->e, ERR_INVALID, "locked without a source: nobody could fill it in");
    return rc;
}

static int each_field(struct item_parse *p, const struct json *obj, size_t i)
{
    struct form *form = &p->f->item.form;
    struct form_field f = {.group = (int)form->n_groups, .show_if.field = -1};

    if (form->n_fields == FORM_FIELDS_MAX)
        return err_set(p->e, ERR_TOOLONG, "the form has more than %d fields", FORM_FIELDS_MAX);
    int rc = item_known(p, obj,
                        "id label label_en type source locked required mask min max levels help help_en example "
                        "example_en choices yes yes_en no no_en show_if");

    if (rc == 0)
        rc = need_id(p, obj, &f.id);
    if (rc == 0 && form_field_by_id(form, f.id) >= 0)
        rc = err_set(p->e, ERR_INVALID, "id \"%s\" stands twice", f.id);
    if (rc == 0)
        rc = parse_texts(p, obj, &f);
    if (rc == 0)
        rc = parse_type(p, obj, &f);
    if (rc == 0)
        rc = parse_flags(p, obj, &f);
    if (rc == 0)
        rc = parse_bounds(p, obj, &f);
    if (rc == 0 && json_has(obj, "show_if"))
        rc = item_need_condition(p, obj, "show_if", &f.show_if);
    if (rc == 0)
        form->fields[form->n_fields++] = f;
    return rc;
}

static int each_group(struct item_parse *p, const struct json *obj, size_t i)
{
    int rc = item_known(p, obj, "title title_en fields");

    if (rc == 0)
        rc = item_need_words(p, obj, "title", 120, &p->f->item.form.groups[i].title);
    if (rc == 0)
        rc = item_each(p, obj, "fields", FORM_FIELDS_MAX, each_field);
    p->f->item.form.n_groups = i + 1;
    return rc;
}

static int parse_consent(struct item_parse *p, const struct json *obj)
{
    struct form *form = &p->f->item.form;
    const struct json *consent;
    int rc = json_get_obj(obj, "consent", &consent, p->e);

    if (rc == 0)
        rc = item_known(p, consent, "id text text_en");
    if (rc == 0)
        rc = need_id(p, consent, &form->consent_id);
    if (rc == 0)
        rc = item_need_words(p, consent, "text", 1000, &form->consent);
    return err_wrap(p->e, rc, "consent");
}

int item_parse_form(struct item_parse *p, const struct json *doc)
{
    const struct json *obj;
    int64_t version = 0;
    int rc = json_get_obj(doc, "form", &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "version groups rules consent");
    if (rc == 0)
        rc = json_get_int(obj, "version", 1, 1000000, &version, p->e);
    p->f->item.form.version = (int)version;
    if (rc == 0)
        rc = item_each(p, obj, "groups", FORM_GROUPS_MAX, each_group);
    if (rc == 0 && json_has(obj, "rules"))
        rc = item_each(p, obj, "rules", FORM_RULES_MAX, item_rule);
    if (rc == 0)
        rc = parse_consent(p, obj);
    return err_wrap(p->e, rc, "form");
}
