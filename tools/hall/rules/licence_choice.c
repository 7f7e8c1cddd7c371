/* SPDX-License-Identifier: Apache-2.0
 *
 * See licence_choice.h.
 */
#include "tools/hall/rules/licence_choice.h"

#include <string.h>

#include "base/clock.h"
#include "model/my_licence.h"

static bool asks_for(const struct item *item, const char *kind)
{
    for (size_t i = 0; i < item->n_materials; i++)
        if (my_licence_wanted(&item->materials[i]) && strcmp(item->materials[i].licence_kind, kind) == 0)
            return true;
    return false;
}

static int read_one(const struct json *o, const struct item *item, struct licence_choice *c, struct err *e)
{
    const char *choice = "", *at = "";
    int rc = json_is_obj(o) ? json_known(o, "kind choice at", e) : err_set(e, ERR_INVALID, "a choice is no object");

    if (rc == 0)
        rc = json_get_str(o, "kind", 1, MY_LICENCE_KIND_MAX, &c->kind, e);
    if (rc == 0 && item && !asks_for(item, c->kind))
        rc = err_set(e, ERR_INVALID, "it speaks of a licence that the item does not ask for");
    if (rc == 0)
        rc = json_get_str(o, "choice", 1, 8, &choice, e);
    if (rc == 0 && strcmp(choice, "use") != 0 && strcmp(choice, "bring") != 0)
        rc = err_set(e, ERR_INVALID, "choice is an unknown word");
    if (rc == 0)
        rc = json_get_str(o, "at", 1, CLOCK_RFC3339_LEN, &at, e);
    if (rc == 0 && clock_parse_rfc3339(at, &c->at) < 0)
        rc = err_set(e, ERR_INVALID, "at is no time");
    c->use = strcmp(choice, "use") == 0;
    return rc;
}

int licence_choices_read(const struct json *opened, const struct item *item, struct licence_choice ret[ITEM_LIST_MAX],
                         struct err *e)
{
    const struct json *list = NULL;
    int n = 0, rc = json_opt_arr(opened, "licences", ITEM_LIST_MAX, &list, e);

    for (size_t i = 0; rc == 0 && list && i < json_len(list); i++)
        rc = read_one(json_at(list, i), item, &ret[n++], e);
    if (rc < 0)
        return err_wrap(e, rc == -ERR_TOOLONG ? -ERR_INVALID : rc, "what was said of licences");
    return n;
}
