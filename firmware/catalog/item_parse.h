/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the item parser: where strings go while a file is read. Used by the files item_*.c only.
 */
#ifndef CATALOG_ITEM_PARSE_H
#define CATALOG_ITEM_PARSE_H

#include "base/json.h"
#include "catalog/item_file.h"

/* A decoded string with its NUL is never longer than its source with quotes, and each brace is at most one choice, or a
 * yes-no with its two answers: so the size of the one allocation is known before. */
struct item_parse {
    struct item_file *f;
    enum language language;
    bool tolerant; /* keys that are not known are passed over: a later version wrote them, and says where they matter */
    char *next, *end;
    struct form_choice *choice, *choice_end;
    char at[ITEM_PLACE_MAX + 1]; /* "handle_flow[1]": the object that is read; "" at the top */
    struct err *e;
};

/* The object has no key outside the list, where that matters. */
int item_known(const struct item_parse *p, const struct json *obj, const char *keys);
/* Copies a text that stands at `key`, or leaves *ret alone when it is absent. An empty text counts as absent. */
int item_text(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret);
/* The same, and it must be there. */
int item_need(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret);
/* The same two for words that residents read: in the language that is read, else in Chinese. */
int item_words(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret);
int item_need_words(struct item_parse *p, const struct json *obj, const char *key, size_t max, const char **ret);
/* The words at `key` have no others in the language that is read; "": those of `at` itself. */
void item_untranslated(struct item_parse *p, const char *key);
/* Walks the list at `key`: each element is an object handed to `each` with its index. */
int item_each(struct item_parse *p, const struct json *obj, const char *key, size_t max,
              int (*each)(struct item_parse *p, const struct json *obj, size_t i));

/* One function for each PART of model/item_field.def, called with the whole document; form: item_form.c, others:
 * item_parts.c. */
#define TEXT(...)
#define WORDS(...)
#define INT(...)
#define FLAG(...)
#define LIST(...)
#define PART(key, ...) int item_parse_##key(struct item_parse *p, const struct json *doc);
#include "model/item_field.def"

/* {"field":…,"is":…}; without "is" any value will do, but a key that stands there says one, where that matters. item_form.c
 */
int item_condition(struct item_parse *p, const struct json *doc, const char *key, struct form_condition *ret);
/* The same, and it says a value, where that matters: only the `if` of a rule does without. */
int item_need_condition(struct item_parse *p, const struct json *doc, const char *key, struct form_condition *ret);
/* One rule of the form, which item_each() hands over; all fields are read before. item_rule.c */
int item_rule(struct item_parse *p, const struct json *obj, size_t i);

/* The words for a code of task_type; NULL when it is none. */
const char *item_type_name(const char *code, enum language language);

#endif
