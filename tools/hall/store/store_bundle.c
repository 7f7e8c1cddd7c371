/* SPDX-License-Identifier: Apache-2.0
 *
 * See store_bundle.h.
 */
#include "tools/hall/store/store_bundle.h"

#include <string.h>

#include "base/text.h"

bool bundle_fits(const struct record_header *h)
{
    char number[CASE_NUMBER_LEN + 1];

    return h->bundle[0] && case_number_part(h->bundle, h->part, number) && strcmp(number, h->number) == 0;
}

int bundle_put(struct store *s, int office, const struct record_header *h, struct err *e)
{
    return sql_do(store_sql(s), e,
                  "INSERT INTO case_bundle (office, number, bundle, item, part, parts) VALUES ($1,$2,$3,$4,$5,$6)"
                  " ON CONFLICT (office, number) DO NOTHING",
                  "itttii", (int64_t)office, h->number, h->bundle, h->bundle_item, (int64_t)h->part, (int64_t)h->parts);
}

static int take(struct sql_rows *r, struct case_bundle *ret, struct err *e)
{
    int rc = sql_next(r, e);

    if (rc != 1)
        return rc;
    text_copy(ret->number, sizeof ret->number, sql_text(r, 0));
    text_copy(ret->item, sizeof ret->item, sql_text(r, 1));
    ret->part = (int)sql_int(r, 2);
    ret->parts = (int)sql_int(r, 3);
    return 1;
}

int bundle_of_case(struct store *s, int office, const char *number, struct case_bundle *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT bundle, item, part, parts FROM case_bundle WHERE office=$1 AND number=$2", "it",
                        (int64_t)office, number);

    *ret = (struct case_bundle){.parts = 0};
    if (rc == 0)
        rc = take(r, ret, e);
    sql_done(r);
    return rc < 0 ? rc : 0;
}

int bundle_read(struct store *s, int office, const char *number, struct case_bundle *ret, struct err *e)
{
    struct sql_rows *r = NULL;
    int rc = sql_select(store_sql(s), &r, e,
                        "SELECT bundle, item, 0, parts FROM case_bundle WHERE office=$1 AND bundle=$2 ORDER BY part LIMIT 1",
                        "it", (int64_t)office, number);

    *ret = (struct case_bundle){.parts = 0};
    if (rc == 0)
        rc = take(r, ret, e);
    sql_done(r);
    return rc == 0 ? err_set(e, ERR_NOTFOUND, "no bundle with the number %s was delivered", number) : rc < 0 ? rc : 0;
}
