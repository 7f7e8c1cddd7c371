/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what a backup says of itself: its facts, and its list, of which no name leads out of the folder.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/hall/store/backup_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void sums(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1), *at = text;
    uint8_t hash[SHA256_LEN];
    const char *name = NULL;

    memcpy(text, data, size);
    text[size] = 0;
    while (backup_next_sum(&at, hash, &name, NULL) == 0 && name)
        if (*name == '/' || !strncmp(name, "../", 3) || strstr(name, "/../") || at > text + size)
            abort();
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char made[BACKUP_MADE_MAX + 1];
    int64_t schema;

    if (backup_facts_decode(data, size, made, &schema, NULL) == 0 && (schema < 0 || strlen(made) > BACKUP_MADE_MAX))
        abort();
    sums(data, size);
    return 0;
}
