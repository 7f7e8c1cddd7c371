/* SPDX-License-Identifier: Apache-2.0
 *
 * One line of text, or none.
 */
#include "tools/hall/store/where.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/hall/store/sql.h"

static int check_uri(const char *uri, struct err *e)
{
    if (!sql_is_uri(uri) || strcspn(uri, " \t\r\n") != strlen(uri) || strlen(uri) >= WHERE_MAX)
        return err_set(e, ERR_INVALID, "not a database: one line that begins " SQL_URI " is needed");
    return 0;
}

/* -ERR_NOTFOUND: there is no such file. */
static int read_uri(const char *path, char ret[WHERE_MAX], struct err *e)
{
    struct buf text;
    int rc = fs_read(path, WHERE_MAX, &text, e);
    if (rc == 0) {
        snprintf(ret, WHERE_MAX, "%.*s", (int)strcspn(buf_str(&text), "\n"), buf_str(&text));
        rc = err_wrap(e, check_uri(ret, e), "%s", path);
    }
    buf_finish(&text);
    return rc;
}

int where_read(const char *dir, struct where *ret, struct err *e)
{
    char path[WHERE_MAX];
    struct err why = {0};
    *ret = (struct where){.server = true};
    if (fs_join(path, sizeof path, dir, "database") < 0 || fs_join(ret->marker, sizeof ret->marker, dir, "hall.id") < 0)
        return err_set(e, ERR_TOOLONG, "%s", dir);
    int rc = read_uri(path, ret->db, &why);
    snprintf(ret->name, sizeof ret->name, "the database that %s names", path);
    if (rc != -ERR_NOTFOUND)
        return rc == 0 ? 0 : err_set(e, (enum err_code) - rc, "%s", why.text);
    ret->server = false;
    if (fs_join(ret->db, sizeof ret->db, dir, "hall.db") < 0)
        return err_set(e, ERR_TOOLONG, "%s", dir);
    snprintf(ret->name, sizeof ret->name, "%s", ret->db);
    return 0;
}

int where_write(const char *dir, const char *uri, struct err *e)
{
    char path[WHERE_MAX], line[WHERE_MAX + 1];
    int rc = check_uri(uri, e);
    if (rc == 0 && fs_join(path, sizeof path, dir, "database") < 0)
        rc = err_set(e, ERR_TOOLONG, "%s", dir);
    if (rc < 0)
        return rc;
    int len = snprintf(line, sizeof line, "%s\n", uri);
    return fs_write_atomic(path, line, (size_t)len, 0600, e);
}

bool where_there(const struct where *w)
{
    return w->server || access(w->db, F_OK) == 0;
}
