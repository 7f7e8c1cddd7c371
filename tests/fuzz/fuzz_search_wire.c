/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a search table; what is taken for one is searched in all ways. The first bytes are the query.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/search.h"

#define QUERY 16

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char query[QUERY + 1] = "";
    struct search *s = NULL;
    struct search_answer answer;
    uint32_t rows[SEARCH_PAGE_MAX];
    size_t from, to;
    void *table;

    if (size < QUERY)
        return 0;
    memcpy(query, data, QUERY);
    table = malloc(size - QUERY + 1); /* at a multiple of four, and with nothing behind */
    memcpy(table, data + QUERY, size - QUERY);
    if (search_open(table, size - QUERY, &s, NULL) == 0) {
        search_run(s, &(struct search_query){query, true, true}, &answer);
        int n = search_rows(s, SEARCH_ALL, 0, rows, SEARCH_PAGE_MAX);

        for (int i = 0; i < n; i++)
            if (search_place(s, rows[i], "老年人优待证", &from, &to) && from > to)
                abort();
        if (answer.total[SEARCH_ALL] < n)
            abort();
    }
    search_close(s);
    free(table);
    return 0;
}
