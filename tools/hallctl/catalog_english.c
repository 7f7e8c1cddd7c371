/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_english.h. Walks the file itself: the parser falls back to Chinese and does not remember where.
 */
#include "tools/hallctl/catalog_english.h"

#include <string.h>

/* Keys whose text residents read, wherever they stand in an item file. */
static const char *const words[] = {"task_name",
                                    "limit_scene_explain",
                                    "accept_condition",
                                    "transact_addr",
                                    "dept_name",
                                    "explain",
                                    "law",
                                    "article",
                                    "note",
                                    "step",
                                    "post",
                                    "material_name",
                                    "fill_explain",
                                    "fee_name",
                                    "pay_at",
                                    "result_name",
                                    "q",
                                    "a",
                                    "title",
                                    "label",
                                    "help",
                                    "message",
                                    "text",
                                    "yes",
                                    "no",
                                    "sub_items"};

struct search {
    size_t missing;
    char first[200], path[200];
};

static bool is_text(const struct json *v)
{
    return json_is_arr(v) ? json_len(v) > 0 : json_str(v) && json_str(v)[0];
}

static bool is_words(const char *key)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], key) == 0)
            return true;
    return false;
}

static void walk(struct search *s, const struct json *v);

/* Goes into a member or an element, with its name behind the path while it is there. */
static void enter(struct search *s, const struct json *v, const char *name)
{
    size_t len = strlen(s->path);

    snprintf(s->path + len, sizeof s->path - len, "%s", name);
    walk(s, v);
    s->path[len] = '\0';
}

static void look(struct search *s, const struct json *obj, const char *key)
{
    char english[60];

    snprintf(english, sizeof english, "%s_en", key);
    if (!is_words(key) || !is_text(json_member(obj, key)) || json_has(obj, english))
        return;
    if (!s->missing++)
        snprintf(s->first, sizeof s->first, "%.150s%s%.40s", s->path, s->path[0] ? "." : "", key);
}

static void walk(struct search *s, const struct json *v)
{
    char name[80];
    const char *key;

    for (size_t i = 0; json_is_obj(v) && (key = json_key(v, i)); i++) {
        look(s, v, key);
        snprintf(name, sizeof name, "%s%.60s", s->path[0] ? "." : "", key);
        enter(s, json_member(v, key), name);
    }
    for (size_t i = 0; json_is_arr(v) && i < json_len(v); i++) {
        snprintf(name, sizeof name, "[%zu]", i);
        enter(s, json_at(v, i), name);
    }
}

void english_check(const struct source_item *item, struct report *report)
{
    const struct finding f = {ITEM_WARNING, item->path, item->file->item.task_code, NULL, "english-missing"};
    struct search s = {0};
    struct json *doc = NULL;

    if (item->file->item.look_up || json_parse(item->text, item->len, ITEM_FILE_MAX, &doc, NULL) < 0)
        return;
    walk(&s, doc);
    json_free(doc);
    if (s.missing)
        report_say(report, &f, "%zu texts have no English, the first is %s: residents who read English see Chinese there",
                   s.missing, s.first);
}
