/* SPDX-License-Identifier: Apache-2.0
 *
 * The pages of an office, beside the files of its board and voice: each is replaced whole by renaming.
 */
#include <stdio.h>

#include "base/fs.h"
#include "tools/hall/cases/decisions_page.h"
#include "tools/hall/cases/overdue_page.h"
#include "tools/hallctl/feed.h"

#define PATH_CAP 600

static int put_file(const char *dir, const char *name, const struct buf *page, struct err *e)
{
    char path[PATH_CAP];

    if (fs_join(path, sizeof path, dir, name) < 0)
        return err_set(e, ERR_TOOLONG, "%s/%s", dir, name);
    return fs_write_atomic(path, page->data, page->len, 0644, e);
}

int feed_pages(struct store *s, const struct published *p, const char *data, int office, enum language language,
               struct err *e)
{
    struct date today = date_of_ms(clock_wall_ms());
    struct buf overdue, decisions;
    char dir[PATH_CAP];
    int n = 0;

    if ((size_t)snprintf(dir, sizeof dir, "%s/feeds/%04d", data, office) >= sizeof dir)
        return err_set(e, ERR_TOOLONG, "%s/feeds", data);
    buf_init(&overdue, OVERDUE_PAGE_MAX);
    buf_init(&decisions, DECISIONS_PAGE_MAX);
    int rc = fs_mkdirs(dir, 0755, e);
    if (rc == 0)
        rc = overdue_page(s, p, office, language, today, &overdue, &n, e);
    if (rc == 0)
        rc = decisions_page(s, p, office, language, today, &decisions, &n, e);
    if (rc == 0)
        rc = put_file(dir, "overdue.html", &overdue, e);
    if (rc == 0)
        rc = put_file(dir, "decisions.html", &decisions, e);
    buf_finish(&overdue);
    buf_finish(&decisions);
    return err_wrap(e, rc, "write the pages of office %04d", office);
}
