/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder with a hall's database, for one test at a time: fresh() … gone().
 */
#ifndef TEST_STORE_DIR_H
#define TEST_STORE_DIR_H

#include "test.h"

#include <stdlib.h>

#include "tools/hall/store/store.h"

static char dir[64];

static const char *file(const char *name)
{
    static char ring[4][128];
    static int at;
    char *out = ring[at++ % 4];
    snprintf(out, sizeof ring[0], "%s/%s", dir, name);
    return out;
}

static void fresh(void)
{
    snprintf(dir, sizeof dir, "/tmp/tongban-store-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
}

static void gone(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

/* Opens and closes; the words of what was wrong in `words`. */
static char words[ERR_TEXT_MAX];

static int try(void)
{
    struct store *s = NULL;
    struct err e = {0};
    int rc = store_open(dir, &s, &e);
    store_close(s);
    snprintf(words, sizeof words, "%s", e.text);
    return rc;
}

#endif
