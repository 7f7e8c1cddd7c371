/* SPDX-License-Identifier: Apache-2.0
 *
 * Each rule is a pass over roles and candidates; a later one never undoes an earlier one.
 */
#include "drivers/printer/roles.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"

#define FILE_MAX 4096

static const char *const names[PRINTER_ROLES] = {[PRINTER_RECEIPT] = "receipt", [PRINTER_TICKET] = "ticket"};

const char *roles_name(int role)
{
    return names[role];
}

/* --- roles.json --- */

static int hex_id(const struct json *o, const char *key, int *ret, struct err *e)
{
    const char *s = NULL;
    char *end;
    int rc = json_opt_str(o, key, 4, 4, &s, e);

    *ret = -1;
    if (rc < 0 || !s)
        return rc;
    *ret = (int)strtol(s, &end, 16);
    return *end ? err_set(e, ERR_INVALID, "%s: four hexadecimal digits, not \"%s\"", key, s) : 0;
}

static int text(const struct json *o, const char *key, char *out, size_t cap, struct err *e)
{
    const char *s = NULL;
    int rc = json_opt_str(o, key, 1, cap - 1, &s, e);

    if (rc == 0 && s)
        text_copy(out, cap, s);
    return rc;
}

static int read_role(const struct json *doc, int role, struct roles_config *c, struct err *e)
{
    const struct json *o = NULL;
    int rc = json_opt_obj(doc, names[role], &o, e);

    c->roles[role].vendor = c->roles[role].product = -1;
    if (rc < 0 || !o)
        return rc;
    c->roles[role].named = true;
    rc = json_known(o, "port vendor product profile", e);
    if (rc == 0)
        rc = text(o, "port", c->roles[role].port, sizeof c->roles[role].port, e);
    if (rc == 0)
        rc = text(o, "profile", c->roles[role].profile, sizeof c->roles[role].profile, e);
    if (rc == 0)
        rc = hex_id(o, "vendor", &c->roles[role].vendor, e);
    return rc == 0 ? hex_id(o, "product", &c->roles[role].product, e) : rc;
}

int roles_read(const char *config, struct roles_config *ret, struct err *e)
{
    char path[512];
    struct buf bytes;
    struct json *doc;
    int rc;

    memset(ret, 0, sizeof *ret);
    if (!config)
        return 0;
    rc = fs_join(path, sizeof path, config, "printers/roles.json");
    if (rc < 0)
        return err_set(e, ERR_TOOLONG, "the path of printers/roles.json is too long");
    if (access(path, F_OK) != 0)
        return 0;
    rc = fs_read(path, FILE_MAX, &bytes, e);
    if (rc < 0)
        return rc;
    rc = json_parse(bytes.data, bytes.len, FILE_MAX, &doc, e);
    buf_finish(&bytes);
    if (rc < 0)
        return err_wrap(e, rc, "%s", path);
    rc = json_known(doc, "receipt ticket", e);
    for (int r = 0; rc == 0 && r < PRINTER_ROLES; r++)
        rc = read_role(doc, r, ret, e);
    json_free(doc);
    return err_wrap(e, rc, "%s", path);
}

/* --- who gets what --- */

static bool named(const struct roles_config *c, int role, const struct usb_info *info)
{
    return c->roles[role].named && (!*c->roles[role].port || !strcmp(c->roles[role].port, info->port)) &&
           (c->roles[role].vendor < 0 || c->roles[role].vendor == info->vendor) &&
           (c->roles[role].product < 0 || c->roles[role].product == info->product);
}

const char *roles_profile(const struct roles_config *c, const struct usb_info *info)
{
    for (int r = 0; r < PRINTER_ROLES; r++)
        if (*c->roles[r].profile && named(c, r, info))
            return c->roles[r].profile;
    return NULL;
}

static bool taken(const struct roles_candidate *list, int n, int role)
{
    for (int i = 0; i < n; i++)
        if (list[i].role == role)
            return true;
    return false;
}

/* "1-2.3" before "1-10". */
static int by_port(const void *a, const void *b)
{
    const struct roles_candidate *const *x = a, *const *y = b;

    return strverscmp((*x)->info->port, (*y)->info->port);
}

struct rules {
    const struct roles_config *config;
    const char *const *ports;
};

static bool rule_named(const struct rules *r, int role, const struct roles_candidate *c)
{
    return named(r->config, role, c->info);
}

static bool rule_port(const struct rules *r, int role, const struct roles_candidate *c)
{
    return *r->ports[role] && !strcmp(r->ports[role], c->info->port);
}

static bool rule_hint(const struct rules *r, int role, const struct roles_candidate *c)
{
    return !r->config->roles[role].named && c->profile->role_hint == role;
}

/* Not one that belongs to another role and came back, or was named for it. */
static bool rule_order(const struct rules *r, int role, const struct roles_candidate *c)
{
    for (int other = 0; other < PRINTER_ROLES; other++)
        if (other != role && (rule_port(r, other, c) || rule_named(r, other, c)))
            return false;
    return !r->config->roles[role].named;
}

void roles_bind(const struct roles_config *c, const char *const ports[PRINTER_ROLES], struct roles_candidate *list, int n)
{
    bool (*const rules[])(const struct rules *, int, const struct roles_candidate *) = {rule_named, rule_port, rule_hint,
                                                                                        rule_order};
    const struct rules facts = {c, ports};
    struct roles_candidate *order[16];

    n = n < 16 ? n : 16;
    for (int i = 0; i < n; i++)
        order[i] = &list[i];
    qsort(order, (size_t)n, sizeof *order, by_port);
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
        for (int role = 0; role < PRINTER_ROLES; role++)
            for (int i = 0; i < n && !taken(list, n, role); i++)
                if (order[i]->role < 0 && rules[k](&facts, role, order[i]))
                    order[i]->role = role;
}
