/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV from other machines (tools/hall/reports/csv.h): what reads is written and read again the same; and words for periods.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/hall/reports/csv.h"
#include "tools/hall/rules/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void again(const struct csv_reader *r)
{
    struct csv_reader second;
    struct buf out;

    buf_init(&out, CSV_BYTES_MAX);
    for (int i = 0; i < r->n; i++)
        csv_text(&out, r->fields[i], i == 0);
    csv_end(&out);
    if (r->n == 1 && !r->fields[0][0]) /* alone it is an empty line behind the last */
        buf_adds(&out, "x");
    csv_reader_init(&second, out.data, out.len);
    second.between = ','; /* as it was written, whatever a field holds */
    if (out.len >= 3 && memcmp(out.data, "\xef\xbb\xbf", 3) == 0)
        second.at = (const char *)out.data; /* here it is a field's own */
    if (r->n == 1 && !r->fields[0][0])      /* alone it is an empty line behind the last */
        buf_adds(&out, "x");
    if (buf_ok(&out) && (csv_next(&second, NULL) != 1 || second.n != r->n))
        abort();
    for (int i = 0; buf_ok(&out) && i < r->n; i++)
        if (strcmp(second.fields[i], r->fields[i]) != 0)
            abort();
    csv_reader_finish(&second);
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct csv_reader r;
    struct report_period p;

    csv_reader_init(&r, data, size);
    while (csv_next(&r, NULL) == 1) {
        again(&r);
        if (report_period_parse(r.fields[0], &p) && date_compare(p.from, p.to) >= 0)
            abort();
    }
    csv_reader_finish(&r);
    return 0;
}
