/* SPDX-License-Identifier: Apache-2.0
 *
 * What a data centre sends back, a place's codes, ids of rows, and rows of an item: any bytes. What is found of a case has
 * its number, and nothing in it steers a screen.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/exchange/feedback.h"
#include "tools/hall/exchange/item_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void plain(const char *text)
{
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < ' ')
            abort();
    if (!utf8_valid(text, strlen(text)))
        abort();
}

static void rows_of_item(const struct json *item)
{
    static const struct exchange_codes none;
    const struct exchange_table *t;

    for (size_t i = 0; (t = exchange_table(i)); i++) {
        struct exchange_out out;
        struct exchange_row row;

        if (t->items == EXCHANGE_CASES)
            continue;
        exchange_item_belongs(item, t->items);
        exchange_out_init(&out, t, &none);
        for (size_t part = 0; part < exchange_item_parts(item, t->row); part++) {
            exchange_item_row(item, t->row, part, &row);
            exchange_out_add(&out, &row);
            exchange_row_finish(&row);
        }
        exchange_out_finish(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *item = NULL;
    static struct exchange_codes codes;
    static struct feedback f;
    struct feedback_reader r;
    char number[CASE_NUMBER_LEN + 1];
    int64_t seq;

    if (exchange_codes_decode((const char *)data, size, &codes, NULL) == 0)
        for (int i = 0; i < codes.n; i++)
            if (strcmp(exchange_code(&codes, codes.list[i].name, ""), codes.list[i].code) != 0)
                abort();
    if (feedback_reader_init(&r, data, size, NULL) == 0) {
        while (feedback_next(&r, &f, NULL) == 1) {
            plain(f.guid);
            plain(f.remark);
            if (f.of_case != exchange_guid_parse(f.row_guid, number, &seq) || (f.of_case && strcmp(number, f.number) != 0))
                abort();
        }
    }
    feedback_reader_finish(&r);
    if (json_parse(data, size, JSON_SIZE_MAX, &item, NULL) == 0)
        rows_of_item(item);
    json_free(item);
    return 0;
}
