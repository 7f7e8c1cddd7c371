/* SPDX-License-Identifier: Apache-2.0
 *
 * Completeness and sense of one item. A finding names the field and the remedy: staff read it at ten at night.
 */
#include "catalog/item_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "catalog/item_members.h"
#include "catalog/item_report.h"
#include "model/application.h"
#include "model/number.h"

void item_say(struct item_findings *s, enum item_severity severity, const char *code, const char *field, const char *fmt,
              ...)
{
    char text[600];
    va_list args;

    s->errors += severity == ITEM_ERROR;
    if (!s->report)
        return;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    s->report->say(s->report->ctx, severity, code, field, text);
}

#define error(s, ...) item_say(s, ITEM_ERROR, __VA_ARGS__)
#define warning(s, ...) item_say(s, ITEM_WARNING, __VA_ARGS__)

/* What stands last in a field's line: the item must have it. NULL: it may be without. */
static const char *remedy_of(enum item_key key)
{
    static const char *const remedies[] = {
#define TEXT(key, most, ...) [ITEM_##key] = "" __VA_ARGS__,
#define WORDS(key, most, ...) [ITEM_##key] = "" __VA_ARGS__,
#define INT(key, least, most, ...) [ITEM_##key] = "" __VA_ARGS__,
#define FLAG(key, ...) [ITEM_##key] = "" __VA_ARGS__,
#define LIST(key, most, ...) [ITEM_##key] = "" __VA_ARGS__,
#define PART(key, ...) [ITEM_##key] = "" __VA_ARGS__,
#include "model/item_field.def"
    };

    return remedies[key][0] ? remedies[key] : NULL;
}

/* Element 4 of 10. A basic code that ends in 000 says by itself that there are none, one in 00Y that there are some. */
static void check_sub_items(struct item_findings *s, const struct item_file *f)
{
    const char *code = f->item.catalog_code;
    const char *tail = code && strlen(code) == 12 ? code + 9 : "";

    if (item_is_bundle(f))
        return;
    if (!item_file_has(f, ITEM_sub_items) && !f->item.look_up && strcmp(tail, "000"))
        error(s, "missing", "sub_items",
              "it is missing: list the sub-items (element 4 of 10), or write [] where there are none");
    else if (*tail && (strcmp(tail, "00Y") == 0) != (f->item.sub_items != NULL))
        error(s, "sub-items", "sub_items",
              "a basic code ends in 00Y exactly when there are sub-items: correct the one that is wrong");
}

/* An item that is only looked up says what it is and who does it; the window says the rest. */
static bool look_up_needs(enum item_key key)
{
    return key == ITEM_schema || key == ITEM_task_code || key == ITEM_task_name || key == ITEM_task_version ||
           key == ITEM_dept || key == ITEM_is_service_terminals || key == ITEM_themes;
}

/* A bundle says who it is, where one goes and whom one asks; its members say the rest. */
static bool bundle_needs(enum item_key key)
{
    return look_up_needs(key) || key == ITEM_accept_condition || key == ITEM_transact_addr || key == ITEM_link_way ||
           key == ITEM_supervise_way || key == ITEM_form;
}

static bool needs(const struct item_file *f, enum item_key key)
{
    return item_is_bundle(f) ? bundle_needs(key) : !f->item.look_up || look_up_needs(key);
}

static void check_required(struct item_findings *s, const struct item_file *f)
{
    for (enum item_key key = 0; key < ITEM_KEYS; key++)
        if (!item_file_has(f, key) && remedy_of(key) && needs(f, key))
            error(s, "missing", item_key_name(key), "it is missing: %s", remedy_of(key));
}

/* What a bundle may not say itself, lest it contradict a member. */
static void check_bundle(struct item_findings *s, const struct item_file *f)
{
    static const enum item_key theirs[] = {ITEM_catalog_code, ITEM_look_up, ITEM_sub_items, ITEM_limit_scene_num,
                                           ITEM_anticipate,   ITEM_promise, ITEM_tacit,     ITEM_handle_flow,
                                           ITEM_materials,    ITEM_fees,    ITEM_results,   ITEM_limit_scene_explain};

    for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
        if (item_file_has(f, theirs[i]))
            error(s, "member-says", item_key_name(theirs[i]), "the members of a bundle say it: take it out");
    if (f->item.form.n_fields || f->item.form.n_rules)
        error(s, "member-says", "form",
              "the members of a bundle ask the questions: leave version, \"groups\": [] and consent");
    if (f->item.members.n < 2 || f->item.members.n > ITEM_MEMBERS_MAX)
        error(s, "member-count", "members", "it names %zu: a bundle has 2 to %d members", f->item.members.n,
              ITEM_MEMBERS_MAX);
}

/* A key may stand there and say nothing. */
static void check_empty(struct item_findings *s, const struct item_file *f)
{
    bool says[ITEM_KEYS] = {
#define TEXT(key, ...) [ITEM_##key] = f->item.key,
#define WORDS(key, ...) [ITEM_##key] = f->item.key,
#define INT(key, ...) [ITEM_##key] = true,
#define FLAG(key, ...) [ITEM_##key] = true,
#define LIST(key, ...) [ITEM_##key] = f->item.key.n,
#define PART(key, ...) [ITEM_##key] = true,
#include "model/item_field.def"
    };

    says[ITEM_by_law] = f->item.n_laws;
    says[ITEM_handle_flow] = f->item.n_steps;
    says[ITEM_results] = f->item.n_results;
    for (enum item_key key = 0; key < ITEM_KEYS; key++)
        if (item_file_has(f, key) && remedy_of(key) && !says[key])
            error(s, "empty", item_key_name(key), "it is empty: fill it in");
}

static void check_national_code(struct item_findings *s, const struct item_file *f)
{
    const char *code = f->item.task_code;
    char head[19];
    size_t len = strlen(code);

    if (len != 31 && len != 33) {
        error(s, "code-length", "task_code",
              "it has %zu characters: write 31 (credit code, level, basic code), 33 with a handling item, or set "
              "\"legacy_code\": true for a code of an older rule",
              len);
        return;
    }
    snprintf(head, sizeof head, "%.18s", code);
    if (!credit_code_valid(head))
        error(s, "credit-code-check", "task_code",
              "its first 18 characters are no credit code by GB 32100: the check character does not match");
    else if (f->dept_code && strcmp(head, f->dept_code))
        error(s, "codes-differ", "task_code", "its credit code is not the dept_code: correct the one that is wrong");
    if (f->item.use_level && code[18] != f->item.use_level[0])
        error(s, "codes-differ", "task_code", "character 19 is %c, but use_level is %s: correct the one that is wrong",
              code[18], f->item.use_level);
    if (f->item.catalog_code && strncmp(code + 19, f->item.catalog_code, 12))
        error(s, "codes-differ", "task_code", "characters 20 to 31 are not the catalog_code: correct the one that is wrong");
}

bool item_code_fits(const char *code)
{
    static const char fit[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-";

    return code[0] && code[0] != '-' && code[strspn(code, fit)] == '\0';
}

static void check_codes(struct item_findings *s, const struct item_file *f)
{
    static const char upper[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const struct item *i = &f->item;
    size_t basic = i->catalog_code ? strlen(i->catalog_code) : 12;

    if (i->catalog_code &&
        (strspn(i->catalog_code, upper) != basic || (basic != 12 && !(f->item.legacy_code && basic == 10))))
        error(s, "basic-code", "catalog_code", "it is not 12 digits and capital letters");
    if (!f->dept_code && !f->item.look_up && item_file_has(f, ITEM_dept))
        error(s, "missing", "dept.dept_code", "it is missing: give the credit code of the department");
    if (f->dept_code && !f->item.legacy_code && !credit_code_valid(f->dept_code))
        error(s, "credit-code-check", "dept.dept_code",
              "it is no credit code by GB 32100: the check character does not match");
    if (!i->task_code)
        return;
    if (!item_code_fits(i->task_code))
        error(s, "code-characters", "task_code", "%s",
              i->task_code[0] == '-' ? "it begins with a hyphen"
                                     : "it holds other characters than letters, digits and hyphens");
    else if (!f->item.legacy_code && !item_is_bundle(f))
        check_national_code(s, f);
}

static void check_lists(struct item_findings *s, const struct item_file *f)
{
    if (f->item.task_type && !f->item.task_type_name)
        error(s, "unknown-value", "task_type", "%s is no type of GB/T 39046 annex A: 00 to 10, or 20 for a public service",
              f->item.task_type);
    if (f->item.use_level && (f->item.use_level[0] < '1' || f->item.use_level[0] > '7'))
        error(s, "unknown-value", "use_level", "%s is no level: 1 to 7", f->item.use_level);
    if (f->item.task_state && strcmp(f->item.task_state, "in-use") && strcmp(f->item.task_state, "suspended"))
        error(s, "unknown-value", "task_state",
              "write in-use or suspended; take an item that is cancelled out of the folder");
    for (size_t i = 0; i < f->item.sample_fields.n; i++) {
        bool known = strncmp(f->item.sample_fields.at[i], "dept_", 5) == 0;

        for (int key = 0; key < ITEM_KEYS; key++)
            known |= strcmp(f->item.sample_fields.at[i], item_key_name(key)) == 0;
        if (!known)
            error(s, "unknown-value", "sample_fields", "\"%s\" is no field of an item: correct the name",
                  f->item.sample_fields.at[i]);
    }
}

/* Names and keywords are lines of the search table. */
static void check_lines(struct item_findings *s, const struct item_file *f)
{
    if (f->item.task_name && strchr(f->item.task_name, '\n'))
        error(s, "line-break", "task_name", "it has a line break: write it in one line");
    for (size_t i = 0; i < f->item.keywords.n; i++)
        if (strchr(f->item.keywords.at[i], '\n'))
            error(s, "line-break", "keywords", "one has a line break: write it in one line");
}

/* So that limits in both units can be compared: a week is 7 calendar days and 5 working days, 35 parts. */
static int parts(struct item_limit l)
{
    return l.day * (l.unit == DAY_WORKING ? 7 : 5);
}

static void check_limits(struct item_findings *s, const struct item *i)
{
    int law = parts(i->anticipate), promised = parts(i->promise), steps = 0;

    if (i->anticipate.day < 0 || i->promise.day < 0)
        return; /* said already */
    if (promised > law)
        error(s, "promise-too-long", "promise", "it is longer than the statutory limit of %d days: promise less",
              i->anticipate.day);
    else if (promised * 2 > law)
        warning(s, "promise-above-half", "promise",
                "more than half of the statutory limit: shorten it where the work allows");
    for (size_t k = 0; k < i->n_steps; k++)
        steps += parts(i->steps[k].limit);
    if (steps > promised)
        error(s, "steps-too-long", "handle_flow", "the steps together take longer than the promised %d days: shorten one",
              i->promise.day);
}

static void check_steps(struct item_findings *s, const struct item *i)
{
    char field[40];

    for (size_t k = 0; k < i->n_steps; k++) {
        snprintf(field, sizeof field, "handle_flow[%zu].post", k);
        if (!i->steps[k].post)
            error(s, "missing", field, "it is missing: name the responsible post");
        snprintf(field, sizeof field, "handle_flow[%zu].phone", k);
        if (!i->steps[k].phone)
            error(s, "missing", field, "it is missing: give the phone number of the post");
    }
    if (i->n_steps > 3)
        warning(s, "more-than-three-steps", "handle_flow", "%zu steps: three are the rule, two the aim", i->n_steps);
    if (i->n_steps && i->task_type && strcmp(i->task_type, "01") == 0 &&
        parts(i->steps[0].limit) > parts((struct item_limit){.day = ACCEPT_DAYS, .unit = DAY_WORKING}))
        warning(
            s, "accept-too-long", "handle_flow[0].limit",
            "a licence is accepted or refused within %d working days (Administrative Licensing Law, article 32): shorten it",
            ACCEPT_DAYS);
}

static void check_materials(struct item_findings *s, const struct item *i)
{
    char field[40];

    for (size_t k = 0; k < i->n_materials; k++) {
        snprintf(field, sizeof field, "materials[%zu].defer", k);
        if (i->materials[k].state == MATERIAL_LATER && !i->materials[k].defer_day)
            error(s, "defer-missing", field,
                  "is_need 3 (may come later) needs the working days: add defer, or set is_need to 1");
        snprintf(field, sizeof field, "materials[%zu]", k);
        if (i->materials[k].held && i->materials[k].state == MATERIAL_BRING)
            warning(s, "held-electronically", field,
                    "the government holds this licence electronically: look it up instead of asking for paper");
    }
}

static void check_laws(struct item_findings *s, const struct item_file *f)
{
    bool marked = false;

    for (size_t k = 0; k < f->item.sample_fields.n; k++)
        marked |= strcmp(f->item.sample_fields.at[k], "by_law") == 0;
    for (size_t k = 0; k < f->item.n_laws && !marked; k++)
        if (!f->item.laws[k].article)
            warning(s, "article-missing", "by_law", "a law without its article: name it, or list by_law in sample_fields");
}

int item_check(const struct item_file *f, const struct item_report *report)
{
    struct item_findings s = {.report = report};

    check_required(&s, f);
    check_empty(&s, f);
    check_sub_items(&s, f);
    check_codes(&s, f);
    check_lists(&s, f);
    check_lines(&s, f);
    check_laws(&s, f);
    check_limits(&s, &f->item);
    check_steps(&s, &f->item);
    check_materials(&s, &f->item);
    if (f->item.limit_scene_num > 0 && !f->item.limit_scene_explain)
        error(&s, "missing", "limit_scene_explain", "it is missing: say what the applicant must come for");
    if (f->item.look_up && (item_file_has(f, ITEM_form) || f->item.is_service_terminals))
        error(&s, "look-up-form", "look_up",
              "an item that is only looked up has no form and is not done at terminals: remove one of the two");
    if (item_is_bundle(f))
        check_bundle(&s, f);
    else if (item_file_has(f, ITEM_form))
        item_check_form(&s, &f->item);
    return s.errors;
}
