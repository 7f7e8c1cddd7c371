/* SPDX-License-Identifier: Apache-2.0
 *
 * One item as staff write it and as the catalogue carries it: a JSON file (assets/catalog/README.md describes it). The same
 * parser serves the lint and the terminal, so what was built can be read. Strict: known keys, types, lengths, UTF-8, no
 * control characters but line breaks; only the terminal passes over keys it does not know, which a later version wrote. What
 * is missing or contradicts itself is found by item_check.
 */
#ifndef CATALOG_ITEM_FILE_H
#define CATALOG_ITEM_FILE_H

#include <stdint.h>

#include "base/err.h"
#include "model/item.h"

#define ITEM_FILE_MAX (128 * 1024)

enum item_key {
#define TEXT(key, ...) ITEM_##key,
#define WORDS(key, ...) ITEM_##key,
#define INT(key, ...) ITEM_##key,
#define FLAG(key, ...) ITEM_##key,
#define LIST(key, ...) ITEM_##key,
#define PART(key) ITEM_##key,
#include "catalog/item_field.def"
    ITEM_KEYS,
};

/* bytes */
#define ITEM_THEME_MAX 36
#define ITEM_ADDRESS_MAX 500
#define ITEM_PLACE_MAX 99 /* "form.groups[0].fields[1].label" */

struct item_texts {
    const char *at[ITEM_LIST_MAX];
    size_t n;
};

struct item_file {
    struct item item;
    uint64_t present; /* bit 1 << enum item_key: the key stands in the file */
    /* what staff and the build need, beyond the item */
    int schema, popularity;
    bool legacy_code; /* task_code follows an older or local rule */
    bool window_only; /* a result is handed out at the window and in no other way */
    const char *task_state, *use_level, *project_type, *dept_code;
    struct item_texts sample_fields, server_type, handle_area, special_procedures, themes, life_events, keywords, related;
    struct item_texts sub_items_en, keywords_en;
    struct item_texts members;        /* of a bundle: their task_code */
    size_t n_chinese;                 /* read in another language: texts for residents that stand in Chinese only … */
    char chinese[ITEM_PLACE_MAX + 1]; /* … and the place of the first */
};

/* One allocation holds the item and all its strings: in `language` where the file has them (key_en beside key), else in
 * Chinese. -ERR_INVALID, -ERR_TOOLONG, -ERR_RANGE with the place. */
int item_file_parse(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e);
/* The same on a terminal: keys that are not known are passed over, at any place. */
int item_file_read(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e);
/* Of an item that a terminal cannot do, since a later version wrote it: code and name, and as far as they can be read the
 * department, the window and its phone. item.newer is set; all else is empty. */
int item_file_outline(const void *data, size_t len, enum language language, struct item_file **ret, struct err *e);
void item_file_free(struct item_file *f); /* takes NULL */

/* The key as it stands in the file; key < ITEM_KEYS. Static. */
const char *item_key_name(enum item_key key);
static inline bool item_file_has(const struct item_file *f, enum item_key key)
{
    return f->present >> key & 1;
}

#endif
