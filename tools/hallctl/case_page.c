/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl case overdue: writes the page of what is past a limit (cases/overdue_page.h), for whoever serves it.
 */
#include <stdio.h>

#include "base/fs.h"
#include "tools/hall/cases/overdue_page.h"
#include "tools/hallctl/case.h"

int case_overdue(struct store *s, const struct published *p, const struct case_options *o)
{
    struct hallctl_object answer;
    struct err e = {0};
    struct buf out;
    int cases = 0;

    buf_init(&out, OVERDUE_PAGE_MAX);
    int rc = overdue_page(s, p, o->office_n, o->language_n, date_of_ms(clock_wall_ms()), &out, &cases, &e);
    if (rc == 0)
        rc = fs_write_given(o->out, out.data, out.len, 0644, &e);
    buf_finish(&out);
    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        printf("%s: %d cases are overdue\n", o->out, cases);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "file", o->out);
    jsonw_int(&answer.w, "cases", cases);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
