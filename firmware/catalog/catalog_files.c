/* SPDX-License-Identifier: Apache-2.0
 *
 * Items as the files they were made of, for whoever needs what a terminal does not.
 */
#include "base/text.h"
#include "catalog/internal.h"

int catalog_item_file(struct catalog *c, const char *task_code, struct buf *out, struct err *e)
{
    sqlite3_stmt *st = catalog_prepare(c, "SELECT body FROM items WHERE task_code = ?");
    int rc;

    sqlite3_bind_text(st, 1, task_code, -1, SQLITE_STATIC);
    if (catalog_next(c, st))
        rc = buf_adds(out, catalog_column(st, 0));
    else
        rc = err_set(e, ERR_NOTFOUND, "item %s is not in catalogue %d", task_code, c->version);
    sqlite3_finalize(st);
    return rc;
}

static int each_code(struct catalog *c, const char *sql, int (*fn)(void *ctx, const char *task_code), void *ctx)
{
    sqlite3_stmt *st = catalog_prepare(c, sql);
    int rc = 0;

    while (rc == 0 && catalog_next(c, st))
        rc = fn(ctx, catalog_column(st, 0));
    sqlite3_finalize(st);
    return rc;
}

int catalog_each_code(struct catalog *c, int (*fn)(void *ctx, const char *task_code), void *ctx)
{
    return each_code(c, "SELECT task_code FROM items ORDER BY id", fn, ctx);
}

/* Items are kept as compact JSON, in whose strings a quote is never bare. */
int catalog_each_bundle(struct catalog *c, int (*fn)(void *ctx, const char *task_code), void *ctx)
{
    return each_code(c, "SELECT task_code FROM items WHERE here = 1 AND instr(body, '\"members\":[') > 0 ORDER BY id", fn,
                     ctx);
}
