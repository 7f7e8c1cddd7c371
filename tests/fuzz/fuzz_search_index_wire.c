/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a search index, and as the table it is of: a query, four bytes that say how long the table is, both.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/search.h"
#include "catalog/search_index_wire.h"

#define QUERY 16
#define HEAD (QUERY + 4)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* At a multiple of eight, and with nothing behind. */
static void *copy(const uint8_t *data, size_t len)
{
    void *p = malloc(len + !len);

    memcpy(p, data, len);
    return p;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char query[QUERY + 1] = "", also[64];
    struct search *s = NULL;
    struct search_index decoded;
    struct search_answer answer;
    uint32_t rows[SEARCH_PAGE_MAX], table_len;
    size_t from, to;
    void *table, *index;

    if (size < HEAD)
        return 0;
    memcpy(query, data, QUERY);
    memcpy(&table_len, data + QUERY, sizeof table_len);
    if (table_len > size - HEAD)
        return 0;
    table = copy(data + HEAD, table_len);
    index = copy(data + HEAD + table_len, size - HEAD - table_len);
    if (search_index_decode(index, size - HEAD - table_len, &decoded, NULL) == 0 && decoded.n_items > UINT32_MAX / 2 &&
        decoded.n_sets)
        abort(); /* sets of so many items are not in so few bytes */
    if (search_open_index(table, table_len, index, size - HEAD - table_len, &s, NULL) == 0) {
        search_run(s, &(struct search_query){query, true, true}, &answer);
        int n = search_rows(s, SEARCH_ALL, 0, rows, SEARCH_PAGE_MAX);

        for (int i = 0; i < n; i++) {
            if (search_place(s, rows[i], "老年人优待证", &from, &to) && from > to)
                abort();
            search_also(s, rows[i], also, sizeof also);
        }
    }
    search_close(s);
    free(table);
    free(index);
    return 0;
}
