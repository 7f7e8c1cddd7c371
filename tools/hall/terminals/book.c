/* SPDX-License-Identifier: Apache-2.0
 *
 * See book.h.
 */
#include "tools/hall/terminals/book.h"

#include <pthread.h>
#include <stdlib.h>

struct book {
    pthread_mutex_t mutex;
    struct catalog *catalog;
};

int book_create(struct book **ret, struct err *e)
{
    struct book *b = calloc(1, sizeof *b);
    if (!b || pthread_mutex_init(&b->mutex, NULL)) {
        free(b);
        return err_set(e, ERR_NOMEM, "read the catalogue");
    }
    *ret = b;
    return 0;
}

void book_destroy(struct book *b)
{
    if (!b)
        return;
    catalog_close(b->catalog);
    pthread_mutex_destroy(&b->mutex);
    free(b);
}

void book_take(struct book *b, struct catalog *c)
{
    pthread_mutex_lock(&b->mutex);
    catalog_close(b->catalog);
    b->catalog = c;
    pthread_mutex_unlock(&b->mutex);
}

struct catalog *book_open(struct book *b)
{
    pthread_mutex_lock(&b->mutex);
    return b->catalog;
}

void book_close(struct book *b)
{
    if (b->catalog)
        catalog_release_items(b->catalog);
    pthread_mutex_unlock(&b->mutex);
}
