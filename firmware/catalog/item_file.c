/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads an item file key by key, as model/item_field.def lists them, into one allocation.
 */
#include "catalog/item_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "catalog/item_parse.h"
#include "catalog/source_known.h"
#include "model/hant.h"

static int copy(struct item_parse *p, const char *key, const char *text, const char **ret)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20 && text[i] != '\n')
            return err_set(p->e, ERR_INVALID, "%s holds a control character: remove it", key);
    if (len >= (size_t)(p->end - p->next))
        return err_set(p->e, ERR_TOOLONG, "%s does not fit", key);
    *ret = memcpy(p->next, text, len + 1);
    p->next += len + 1;
    return 0;
}

int item_known(const struct item_parse *p, const struct json *obj, const char *keys)
{
    return p->tolerant ? 0 : source_known(obj, keys, p->e);
}

int item_text(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret)
{
    const char *text = "";
    int rc = json_opt_str(obj, key, 0, max, &text, p->e);

    return rc < 0 || !text[0] ? rc : copy(p, key, text, ret);
}

int item_need(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret)
{
    const char *text;
    int rc = json_get_str(obj, key, 1, max, &text, p->e);

    return rc < 0 ? rc : copy(p, key, text, ret);
}

void item_untranslated(struct item_parse *p, const char *key)
{
    if (p->f->n_chinese++ == 0)
        snprintf(p->f->chinese, sizeof p->f->chinese, "%.60s%s%.36s", p->at, p->at[0] && key[0] ? "." : "", key);
}

/* The key that holds the words in the language that is read: `key`, or `key`_en where it stands. */
static const char *key_of_words(struct item_parse *p, const struct json *obj, const char *key, char *room, size_t cap)
{
    const char *text = json_str(json_member(obj, key));

    if (language_is_chinese(p->language))
        return key;
    snprintf(room, cap, "%s_en", key);
    if (json_has(obj, room))
        return room;
    for (; text && *text; text++)
        if ((unsigned char)*text >= 0x80) { /* a number or a Latin name reads the same */
            item_untranslated(p, key);
            break;
        }
    return key;
}

/* What was copied from there on, in the characters that are read. */
static void in_characters(struct item_parse *p, char *from)
{
    if (p->next > from && p->language == LANGUAGE_ZH_HANT)
        hant_text(from, (size_t)(p->next - from), from);
}

int item_words(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret)
{
    char room[40];
    char *from = p->next;
    int rc = item_text(p, obj, key_of_words(p, obj, key, room, sizeof room), max, ret);

    in_characters(p, from);
    return rc;
}

int item_need_words(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret)
{
    char room[40];
    char *from = p->next;
    int rc = item_need(p, obj, key_of_words(p, obj, key, room, sizeof room), max, ret);

    in_characters(p, from);
    return rc;
}

/* Below `key`: nothing is added where that is what is read already, as in a part that is a list. */
static void enter(struct item_parse *p, const char *key, size_t i)
{
    size_t len = strlen(p->at), tail = strlen(key);
    bool there = len == tail && strcmp(p->at, key) == 0;

    snprintf(p->at + len, sizeof p->at - len, "%s%s[%zu]", there || !len ? "" : ".", there ? "" : key, i);
}

int item_each(struct item_parse *p, const struct json *obj, const char *key, size_t max,
              int (*each)(struct item_parse *p, const struct json *obj, size_t i))
{
    const struct json *arr;
    size_t outside = strlen(p->at);
    int rc = json_get_arr(obj, key, max, &arr, p->e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        enter(p, key, i);
        rc = each(p, json_at(arr, i), i);
        if (rc < 0)
            err_wrap(p->e, rc, "%s[%zu]", key, i);
        p->at[outside] = '\0';
    }
    return rc;
}

static int get_int(struct item_parse *p, const struct json *doc, const char *key, int least, int most, int *ret)
{
    int64_t v;
    int rc = json_get_int(doc, key, least, most, &v, p->e);

    if (rc == 0)
        *ret = (int)v;
    return rc;
}

static int get_list(struct item_parse *p, const struct json *doc, const char *key, size_t max, struct item_texts *ret)
{
    const struct json *arr;
    int rc = json_get_arr(doc, key, ITEM_LIST_MAX, &arr, p->e);

    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *text = json_str(json_at(arr, i));

        if (!text || !text[0] || strlen(text) > max)
            return err_set(p->e, ERR_INVALID, "%s[%zu] is no text of 1 to %zu bytes", key, i, max);
        rc = copy(p, key, text, &ret->at[i]);
        ret->n = i + 1;
    }
    return rc;
}

static const char known[] =
#define TEXT(key, ...) #key " "
#define WORDS(key, ...) #key " " #key "_en "
#define INT(key, ...) #key " "
#define FLAG(key, ...) #key " "
#define LIST(key, ...) #key " "
#define PART(key, ...) #key " "
#include "model/item_field.def"
    ;

static int parse_key(struct item_parse *p, enum item_key key, const struct json *doc)
{
    struct item_file *f = p->f;

    switch (key) {
#define TEXT(key, most, ...)                                                                                                \
    case ITEM_##key:                                                                                                        \
        return item_text(p, doc, #key, most, &f->item.key);
#define WORDS(key, most, ...)                                                                                               \
    case ITEM_##key:                                                                                                        \
        return item_words(p, doc, #key, most, &f->item.key);
#define INT(key, least, most, ...)                                                                                          \
    case ITEM_##key:                                                                                                        \
        return get_int(p, doc, #key, least, most, &f->item.key);
#define FLAG(key, ...)                                                                                                      \
    case ITEM_##key:                                                                                                        \
        return json_get_bool(doc, #key, &f->item.key, p->e);
#define LIST(key, most, ...)                                                                                                \
    case ITEM_##key:                                                                                                        \
        return get_list(p, doc, #key, most, &f->item.key);
#define PART(key, ...)                                                                                                      \
    case ITEM_##key:                                                                                                        \
        text_copy(p->at, sizeof p->at, #key);                                                                               \
        return item_parse_##key(p, doc);
#include "model/item_field.def"
    case ITEM_KEYS:
        break;
    }
    return 0;
}

const char *item_key_name(enum item_key key)
{
    static const char *const names[] = {
#define TEXT(key, ...) #key,
#define WORDS(key, ...) #key,
#define INT(key, ...) #key,
#define FLAG(key, ...) #key,
#define LIST(key, ...) #key,
#define PART(key, ...) #key,
#include "model/item_field.def"
    };

    return names[key];
}

static int parse_all(struct item_parse *p, const struct json *doc)
{
    int rc = item_known(p, doc, known);

    for (int key = 0; rc == 0 && key < ITEM_KEYS; key++) {
        if (!json_has(doc, item_key_name(key)))
            continue;
        p->f->present[key] = true;
        p->at[0] = '\0';
        rc = parse_key(p, key, doc);
    }
    p->f->item.sample = p->f->item.sample_fields.n > 0;
    p->f->item.task_type_name = item_type_name(p->f->item.task_type, p->language);
    return rc;
}

/* The item in front, then the choices, then the texts. */
static int allocate(struct item_parse *p, const char *data, size_t len)
{
    size_t choices = 0, size;
    char *block;

    for (size_t i = 0; i < len; i++)
        choices += data[i] == '{' ? 2 : 0;
    size = sizeof(struct item_file) + choices * sizeof(struct form_choice) + len + 1;
    block = calloc(1, size);
    if (!block)
        return err_set(p->e, ERR_NOMEM, "read an item");
    p->f = (struct item_file *)block;
    p->choice = (struct form_choice *)(p->f + 1);
    p->choice_end = p->choice + choices;
    p->next = (char *)p->choice_end;
    p->end = block + size;
    p->f->item.limit_scene_num = p->f->item.anticipate.day = p->f->item.promise.day = -1;
    return 0;
}

/* What a resident needs to go elsewhere with it. What cannot be read of that either is left out. */
static int parse_outline(struct item_parse *p, const struct json *doc)
{
    struct item *item = &p->f->item;
    struct err none = {0}, *e = p->e;
    int rc = item_need(p, doc, "task_code", ITEM_CODE_MAX, &item->task_code);

    if (rc == 0)
        rc = item_need_words(p, doc, "task_name", 399, &item->task_name);
    if (rc < 0)
        return rc;
    p->e = &none;
    item_parse_dept(p, doc);
    item_words(p, doc, "transact_addr", 500, &item->transact_addr);
    item_text(p, doc, "link_way", 60, &item->link_way);
    p->e = e;
    item->newer = true;
    return 0;
}

static int parse(struct item_parse *p, const void *data, size_t len, int (*all)(struct item_parse *, const struct json *),
                 struct item_file **ret)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, ITEM_FILE_MAX, &doc, p->e);

    if (rc < 0)
        return rc;
    rc = allocate(p, data, len);
    if (rc == 0)
        rc = all(p, doc);
    json_free(doc);
    if (rc < 0) {
        item_file_free(p->f);
        return rc;
    }
    *ret = p->f;
    return 0;
}

int item_file_parse(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e)
{
    struct item_parse p = {.e = e, .language = language};

    return parse(&p, data, len, parse_all, ret);
}

int item_file_read(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e)
{
    struct item_parse p = {.e = e, .language = language, .tolerant = true};

    return parse(&p, data, len, parse_all, ret);
}

int item_file_outline(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e)
{
    struct item_parse p = {.e = e, .language = language, .tolerant = true};

    return parse(&p, data, len, parse_outline, ret);
}

void item_file_free(struct item_file *f)
{
    free(f);
}
