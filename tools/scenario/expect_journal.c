/* SPDX-License-Identifier: Apache-2.0
 *
 * What the terminal's journal holds, and the one that an enrolment has put aside, as `kioskctl journal list` tells it.
 */
#include <glob.h>
#include <string.h>

#include "tools/scenario/play.h"

static int list_journal(struct play *p, const char *data, struct json **ret_doc, struct err *e)
{
    return stand_json(p->stand, ret_doc, e, "kioskctl", "journal", "list", "--json", "--data", data, NULL);
}

int expect_journal_list(struct play *p, struct json **ret_doc, struct err *e)
{
    return list_journal(p, stand_path(p->stand, "term"), ret_doc, e);
}

/* Of the last application in the journal of `data`: "sealed" or "purged". */
static int check_body(struct play *p, const char *data, const char *want, struct err *e)
{
    struct json *list;
    const char *body = "";
    int rc = list_journal(p, data, &list, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(list); i++)
        if (!strcmp(node_str(json_at(list, i), "kind"), "application"))
            body = node_str(json_at(list, i), "body");
    rc = strcmp(body, want) ? err_set(e, ERR_NOTFOUND, "its body is %s", body) : 0;
    json_free(list);
    return rc;
}

/* The same in the journal that an enrolment has put aside. */
int expect_earlier_body(struct play *p, const struct step *st, struct err *e)
{
    glob_t found;
    int rc = glob(stand_path(p->stand, "term/earlier/*"), 0, NULL, &found);

    if (rc == 0)
        rc = check_body(p, found.gl_pathv[0], st->words[1], e);
    else
        rc = err_set(e, ERR_NOTFOUND, "no journal was put aside");
    globfree(&found);
    return rc;
}

int expect_journal(struct play *p, const struct step *st, struct err *e)
{
    char seen[400] = "";
    struct json *list;
    int rc, at = 1;

    if (st->n == 3 && !strcmp(st->words[1], "body"))
        return check_body(p, stand_path(p->stand, "term"), st->words[2], e);
    rc = expect_journal_list(p, &list, e);
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(list); i++) {
        const char *kind = node_str(json_at(list, i), "kind");

        if (at < st->n && !strcmp(kind, st->words[at]))
            at++;
        if (strlen(seen) + strlen(kind) + 2 < sizeof seen)
            strcat(strcat(seen, " "), kind);
    }
    json_free(list);
    return at == st->n ? 0 : err_set(e, ERR_NOTFOUND, "the journal has%s", seen);
}
