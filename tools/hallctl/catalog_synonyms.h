/* SPDX-License-Identifier: Apache-2.0
 *
 * synonyms.json of a catalogue's folder: how people say what items are called, for all items at once.
 *   {"schema":1,"synonyms":[{"say":["退休","退休金"],"for":["养老金","养老保险"]}]}
 * An item whose name or everyday names hold one of "for" is also found by each of "say".
 */
#ifndef HALLCTL_CATALOG_SYNONYMS_H
#define HALLCTL_CATALOG_SYNONYMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "catalog/item_file.h"

#define SYNONYMS_MAX 500     /* entries */
#define SYNONYM_WORDS_MAX 12 /* of "say", and of "for" */
#define SYNONYM_WORD_LEN 60  /* bytes: twenty characters */

struct synonym {
    char say[SYNONYM_WORDS_MAX][SYNONYM_WORD_LEN + 1], means[SYNONYM_WORDS_MAX][SYNONYM_WORD_LEN + 1];
    size_t n_say, n_means;
};
struct synonyms {
    struct synonym *list; /* owned */
    size_t n;
};

/* -ERR_NOTFOUND: there is no such file. The list is emptied first; free it either way. */
int synonyms_file_read(const char *path, struct synonyms *ret, struct err *e);
/* Is this an item the synonym is for? */
bool synonym_fits(const struct synonym *s, const struct item_file *f);

#endif
