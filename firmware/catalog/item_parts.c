/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of an item file that are objects or lists: department, legal basis, limits, process, materials, fees, results.
 */
#include <stdio.h>
#include <string.h>

#include "catalog/item_parse.h"
#include "model/hant.h"
#include "model/strings.h"

int item_parse_dept(struct item_parse *p, const struct json *doc)
{
    const struct json *obj;
    const char *type = NULL;
    int rc = json_get_obj(doc, "dept", &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "dept_code dept_name dept_name_en dept_type");
    if (rc == 0)
        rc = item_text(p, obj, "dept_code", 18, &p->f->dept_code);
    if (rc == 0)
        rc = item_need_words(p, obj, "dept_name", 99, &p->f->item.dept_name);
    if (rc == 0)
        rc = json_opt_str(obj, "dept_type", 1, 1, &type, p->e);
    return err_wrap(p->e, rc, "dept");
}

int item_parse_four_ways(struct item_parse *p, const struct json *doc)
{
    struct item *i = &p->f->item;
    const struct json *obj;
    int rc = json_get_obj(doc, "four_ways", &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "on_the_spot online nearby one_visit");
    if (rc == 0)
        rc = json_get_bool(obj, "on_the_spot", &i->on_the_spot, p->e);
    if (rc == 0)
        rc = json_get_bool(obj, "online", &i->online, p->e);
    if (rc == 0)
        rc = json_get_bool(obj, "nearby", &i->nearby, p->e);
    if (rc == 0)
        rc = json_get_bool(obj, "one_visit", &i->one_visit, p->e);
    return err_wrap(p->e, rc, "four_ways");
}

static int read_limit(struct item_parse *p, const struct json *obj, struct item_limit *ret)
{
    const char *unit;
    int64_t day;
    int rc = json_get_int(obj, "day", 0, 3660, &day, p->e);

    if (rc == 0)
        rc = json_get_str(obj, "unit", 1, 20, &unit, p->e);
    if (rc < 0)
        return rc;
    if (strcmp(unit, "working-day") && strcmp(unit, "calendar-day"))
        return err_set(p->e, ERR_INVALID, "unit is neither working-day nor calendar-day");
    ret->day = (int)day;
    ret->unit = strcmp(unit, "working-day") == 0 ? DAY_WORKING : DAY_CALENDAR;
    return 0;
}

static int parse_limit(struct item_parse *p, const struct json *doc, const char *key, struct item_limit *ret)
{
    const struct json *obj;
    int rc = json_get_obj(doc, key, &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "day unit explain explain_en");
    if (rc == 0)
        rc = read_limit(p, obj, ret);
    if (rc == 0)
        rc = item_words(p, obj, "explain", 500, &ret->explain);
    return err_wrap(p->e, rc, "%s", key);
}

int item_parse_anticipate(struct item_parse *p, const struct json *doc)
{
    return parse_limit(p, doc, "anticipate", &p->f->item.anticipate);
}

int item_parse_promise(struct item_parse *p, const struct json *doc)
{
    return parse_limit(p, doc, "promise", &p->f->item.promise);
}

int item_parse_tacit(struct item_parse *p, const struct json *doc)
{
    struct item *i = &p->f->item;
    const char *result = "";
    const struct json *obj;
    int rc = json_get_obj(doc, "tacit", &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "result by_law");
    if (rc == 0)
        rc = json_get_str(obj, "result", 1, 20, &result, p->e);
    if (rc == 0 && strcmp(result, "granted") != 0 && strcmp(result, "denied") != 0)
        rc = err_set(p->e, ERR_INVALID, "result is neither granted nor denied");
    if (rc == 0)
        rc = item_need(p, obj, "by_law", 200, &i->tacit_law);
    i->tacit = strcmp(result, "granted") == 0 ? TACIT_GRANTED : TACIT_DENIED;
    return err_wrap(p->e, rc, "tacit");
}

static int each_law(struct item_parse *p, const struct json *obj, size_t i)
{
    struct item_law *law = &p->f->item.laws[i];
    int rc = item_known(p, obj, "law law_en article article_en note note_en");

    if (rc == 0)
        rc = item_need_words(p, obj, "law", 300, &law->law);
    if (rc == 0)
        rc = item_words(p, obj, "article", 100, &law->article);
    if (rc == 0)
        rc = item_words(p, obj, "note", 1000, &law->note);
    p->f->item.n_laws = i + 1;
    return rc;
}

int item_parse_by_law(struct item_parse *p, const struct json *doc)
{
    return item_each(p, doc, "by_law", ITEM_LIST_MAX, each_law);
}

static int each_step(struct item_parse *p, const struct json *obj, size_t i)
{
    struct item_step *step = &p->f->item.steps[i];
    int rc = item_known(p, obj, "step step_en post post_en phone limit");

    if (rc == 0)
        rc = item_need_words(p, obj, "step", 60, &step->step);
    if (rc == 0)
        rc = item_words(p, obj, "post", 100, &step->post);
    if (rc == 0)
        rc = item_text(p, obj, "phone", 60, &step->phone);
    if (rc == 0)
        rc = parse_limit(p, obj, "limit", &step->limit);
    p->f->item.n_steps = i + 1;
    return rc;
}

int item_parse_handle_flow(struct item_parse *p, const struct json *doc)
{
    return item_each(p, doc, "handle_flow", ITEM_LIST_MAX, each_step);
}

static int parse_defer(struct item_parse *p, const struct json *obj, struct item_material *m)
{
    const struct json *defer;
    struct item_limit limit;
    const char *consequence;
    bool allowed = false;
    int rc = json_get_obj(obj, "defer", &defer, p->e);

    if (rc == 0)
        rc = item_known(p, defer, "allowed day unit consequence");
    if (rc == 0)
        rc = json_get_bool(defer, "allowed", &allowed, p->e);
    if (rc == 0)
        rc = json_opt_str(defer, "consequence", 0, 500, &consequence, p->e);
    if (rc == 0)
        rc = read_limit(p, defer, &limit);
    if (rc == 0 && (limit.unit != DAY_WORKING || limit.day < 1))
        rc = err_set(p->e, ERR_INVALID, "give at least one day, in working-day");
    if (rc == 0 && allowed)
        m->defer_day = limit.day;
    return err_wrap(p->e, rc, "defer");
}

#define SOURCE_GOVERNMENT "20" /* of source_type: issued by a department */

/* What nothing here uses yet is checked all the same: a wrong type in a file would surface only much later. */
static int check_material(struct item_parse *p, const struct json *obj, struct item_material *m)
{
    const char *text = NULL, *source = "";
    int64_t n;
    int rc = item_known(
        p, obj,
        "material_name material_name_en is_need source_type source_explain material_type page_num by_law licence_kind "
        "from_card fill_explain fill_explain_en defer need_if");

    if (rc == 0)
        rc = json_opt_str(obj, "source_type", 2, 2, &source, p->e);
    if (rc == 0)
        rc = json_opt_str(obj, "source_explain", 0, 300, &text, p->e);
    if (rc == 0)
        rc = json_opt_str(obj, "material_type", 1, 1, &text, p->e);
    if (rc == 0)
        rc = json_opt_int(obj, "page_num", 0, 999, &n, p->e);
    if (rc == 0)
        rc = json_opt_str(obj, "by_law", 0, 500, &text, p->e);
    if (rc == 0)
        rc = item_text(p, obj, "licence_kind", 100, &m->licence_kind);
    m->held = m->licence_kind && strcmp(source, SOURCE_GOVERNMENT) == 0;
    return rc;
}

static int each_material(struct item_parse *p, const struct json *obj, size_t i)
{
    struct item_material *m = &p->f->item.materials[i];
    const char *need;
    int rc = check_material(p, obj, m);

    if (rc == 0)
        rc = item_need_words(p, obj, "material_name", 300, &m->name);
    if (rc == 0)
        rc = item_words(p, obj, "fill_explain", 1000, &m->explain);
    if (rc == 0)
        rc = json_opt_bool(obj, "from_card", &m->from_card, p->e);
    if (rc == 0)
        rc = json_get_str(obj, "is_need", 1, 1, &need, p->e);
    if (rc == 0 && (need[0] < '1' || need[0] > '3'))
        rc = err_set(p->e, ERR_INVALID, "is_need is not 1 (needed), 2 (not needed) or 3 (may come later)");
    if (rc == 0 && json_has(obj, "defer"))
        rc = parse_defer(p, obj, m);
    m->depends = json_has(obj, "need_if");
    if (rc == 0 && m->depends)
        rc = item_need_condition(p, obj, "need_if", &m->need_if);
    if (rc < 0)
        return rc;
    m->state = m->from_card     ? MATERIAL_HAVE
               : need[0] == '3' ? MATERIAL_LATER
               : need[0] == '2' ? MATERIAL_OPTIONAL
                                : MATERIAL_BRING;
    p->f->item.n_materials = i + 1;
    return 0;
}

int item_parse_materials(struct item_parse *p, const struct json *doc)
{
    return item_each(p, doc, "materials", ITEM_LIST_MAX, each_material);
}

static int each_fee(struct item_parse *p, const struct json *obj, size_t i)
{
    struct item_fee *fee = &p->f->item.fees[i];
    int64_t cent;
    int rc = item_known(p, obj, "fee_name fee_name_en amount_cent by_law by_law_en pay_at pay_at_en");

    if (rc == 0)
        rc = item_need_words(p, obj, "fee_name", 200, &fee->name);
    if (rc == 0)
        rc = json_get_int(obj, "amount_cent", 0, 100000000, &cent, p->e);
    if (rc == 0)
        rc = item_need_words(p, obj, "by_law", 500, &fee->by_law);
    if (rc == 0)
        rc = item_words(p, obj, "pay_at", 100, &fee->pay_at);
    if (rc == 0)
        fee->amount_cent = (long)cent;
    p->f->item.n_fees = i + 1;
    return rc;
}

int item_parse_fees(struct item_parse *p, const struct json *doc)
{
    return item_each(p, doc, "fees", ITEM_LIST_MAX, each_fee);
}

static int each_result(struct item_parse *p, const struct json *obj, size_t i)
{
    const struct json *delivery = NULL;
    const char *type;
    bool window = false, other = false;
    int rc = item_known(p, obj, "result_name result_name_en result_type delivery");

    if (rc == 0)
        rc = item_need_words(p, obj, "result_name", 300, &p->f->item.results[i]);
    if (rc == 0)
        rc = json_opt_str(obj, "result_type", 1, 60, &type, p->e);
    if (rc == 0)
        rc = json_opt_arr(obj, "delivery", 8, &delivery, p->e);
    for (size_t k = 0; rc == 0 && k < json_len(delivery); k++) {
        const char *way = json_str(json_at(delivery, k));

        if (!way || (!p->tolerant && strcmp(way, "window") && strcmp(way, "post") && strcmp(way, "online")))
            return err_set(p->e, ERR_INVALID, "delivery[%zu] is neither window, post nor online", k);
        window |= strcmp(way, "window") == 0;
        other |= strcmp(way, "window") != 0;
    }
    p->f->window_only |= window && !other;
    p->f->item.n_results = i + 1;
    return rc;
}

int item_parse_results(struct item_parse *p, const struct json *doc)
{
    return item_each(p, doc, "results", ITEM_LIST_MAX, each_result);
}

static int each_question(struct item_parse *p, const struct json *obj, size_t i)
{
    struct item_question *q = &p->f->item.questions[i];
    int rc = item_known(p, obj, "q q_en a a_en");

    if (rc == 0)
        rc = item_need_words(p, obj, "q", 500, &q->q);
    if (rc == 0)
        rc = item_need_words(p, obj, "a", 1000, &q->a);
    p->f->item.n_questions = i + 1;
    return rc;
}

int item_parse_questions(struct item_parse *p, const struct json *doc)
{
    return item_each(p, doc, "questions", ITEM_LIST_MAX, each_question);
}

int item_parse_opening(struct item_parse *p, const struct json *doc)
{
    const struct json *obj;
    const char *text;
    int rc = json_get_obj(doc, "opening", &obj, p->e);

    if (rc == 0)
        rc = item_known(p, obj, "calendar terminal");
    if (rc == 0)
        rc = json_get_str(obj, "calendar", 1, 40, &text, p->e);
    if (rc == 0)
        rc = json_get_str(obj, "terminal", 1, 40, &text, p->e);
    return err_wrap(p->e, rc, "opening");
}

/* The names of the sub-items, joined as they are read aloud: with the mark of enumeration. */
int item_parse_sub_items(struct item_parse *p, const struct json *doc)
{
    const struct json *arr;
    char *start = p->next;
    bool translated = !language_is_chinese(p->language) && json_has(doc, "sub_items_en");
    int rc = json_get_arr(doc, translated ? "sub_items_en" : "sub_items", 100, &arr, p->e);

    if (rc == 0 && !language_is_chinese(p->language) && !translated && json_len(arr))
        item_untranslated(p, "");
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *name = json_str(json_at(arr, i)), *sep = i ? str(p->language, STR_catalog_list_separator) : "";
        size_t room = (size_t)(p->end - p->next);

        if (!name || !name[0] || strlen(sep) + strlen(name) >= room)
            return err_set(p->e, ERR_INVALID, "sub_items[%zu] is no name", i);
        p->next += snprintf(p->next, room, "%s%s", sep, name);
        p->f->item.sub_items = start;
    }
    if (p->f->item.sub_items && p->language == LANGUAGE_ZH_HANT)
        hant_text(start, (size_t)(p->next - start) + 1, start);
    if (p->f->item.sub_items)
        p->next++; /* behind the NUL: the next text begins there */
    return rc;
}

/* GB/T 39046-2020 annex A */
const char *item_type_name(const char *code, enum language language)
{
    static const struct {
        const char *code;
        enum str_id name;
    } types[] = {
        {"00", STR_catalog_type_power},      {"01", STR_catalog_type_licence},      {"02", STR_catalog_type_penalty},
        {"03", STR_catalog_type_coercion},   {"04", STR_catalog_type_levy},         {"05", STR_catalog_type_grant},
        {"06", STR_catalog_type_inspection}, {"07", STR_catalog_type_confirmation}, {"08", STR_catalog_type_reward},
        {"09", STR_catalog_type_ruling},     {"10", STR_catalog_type_other},        {"20", STR_catalog_type_public_service},
    };

    for (size_t i = 0; code && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].code, code) == 0)
            return str(language, types[i].name);
    return NULL;
}
