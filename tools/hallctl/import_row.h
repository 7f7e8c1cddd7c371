/* SPDX-License-Identifier: Apache-2.0
 *
 * One row of a district's list of items: what can be taken of it, and what is wrong with it.
 */
#ifndef HALLCTL_IMPORT_ROW_H
#define HALLCTL_IMPORT_ROW_H

#include <stdbool.h>

#include "base/json.h"
#include "catalog/item_check.h"

#define IMPORT_CODE_MAX ITEM_CODE_MAX

enum import_defect {
#define DEFECT(name, ...) IMPORT_##name,
#include "tools/hallctl/import_defect.def"
#undef DEFECT
    IMPORT_DEFECTS,
};
struct import_defect_info {
    const char *code;
    enum item_severity severity;
    const char *path, *words;
};
const struct import_defect_info *import_defect_info(enum import_defect d);

struct import_row {
    int place; /* in the list, from 0 */
    char code[IMPORT_CODE_MAX + 1];
    char name[400], department[100];
    char main_item[61]; /* "": none, or too long for a keyword */
    char task_type[3], dept_code[19];
    bool credit_valid; /* the code carries a credit code whose check character fits */
};

/* Called for each defect with what was found, in the member `key` of the list; NULL: the one the defect names. */
typedef void import_say_fn(void *ctx, const struct import_row *row, enum import_defect defect, const char *key,
                           const char *found);
/* False: the item must be left out, and was told. */
bool import_row_read(const struct json *obj, struct import_row *row, import_say_fn *say, void *ctx);

#endif
