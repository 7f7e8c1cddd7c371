/* SPDX-License-Identifier: Apache-2.0
 *
 * Items that central staff have taken off everywhere (暂停办理): they can be read, and not be applied for. A halt is of a
 * version of the item (task_version) and those before it: a newer edition of the catalogue with a newer one ends it.
 */
#ifndef MODEL_HALT_H
#define MODEL_HALT_H

#include "model/item.h"

#define HALTS_MAX 166     /* at a time: as many as the shortest there can be; those of staff fill wire/halts.h before that */
#define HALTS_FEW 12      /* so many every terminal takes, also of software that knew of no more */
#define HALT_WORD_MAX 120 /* bytes of what residents read, in one language */

struct halt {
    char task_code[ITEM_CODE_MAX + 1];
    int upto;                                          /* the task_version */
    int64_t at_ms;                                     /* since when */
    char zh[HALT_WORD_MAX + 1], en[HALT_WORD_MAX + 1]; /* why; `en` may be "" */
};
struct halts {
    int64_t version; /* of the list: grows with every change of it */
    int n;
    struct halt list[HALTS_MAX];
};

/* What halts the item, or a member of the bundle it is; NULL: nothing does. */
const struct halt *halts_item(const struct halts *h, const struct item *item);
/* The same of one row of a list, whose version is not known: for lists that hold only what counts here. */
const struct halt *halts_code(const struct halts *h, const char *task_code);
static inline const char *halt_words(const struct halt *h, enum language language)
{
    return language == LANGUAGE_EN && h->en[0] ? h->en : h->zh;
}

#endif
