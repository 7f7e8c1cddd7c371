/* SPDX-License-Identifier: Apache-2.0
 *
 * Each rule is a pass over roles and candidates; a later one never undoes an earlier one.
 */
#include "drivers/usb/bind.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"

#define FILE_MAX 4096
#define ROLL_M_MIN 5 /* metres: what is sold is between ten and a few hundred */
#define ROLL_M_MAX 1000

/* --- devices.json --- */

static int hex_number(const struct json *o, const char *key, size_t digits, int *ret, struct err *e)
{
    const char *s = NULL;
    int rc = json_opt_str(o, key, digits, digits, &s, e);

    *ret = -1;
    if (rc < 0 || !s)
        return rc;
    if (strspn(s, "0123456789abcdefABCDEF") != digits)
        return err_set(e, ERR_INVALID, "%s: %zu hexadecimal digits, not \"%s\"", key, digits, s);
    *ret = (int)strtol(s, NULL, 16);
    return 0;
}

static int text(const struct json *o, const char *key, char *out, size_t cap, struct err *e)
{
    const char *s = NULL;
    int rc = json_opt_str(o, key, 1, cap - 1, &s, e);

    if (rc == 0 && s)
        text_copy(out, cap, s);
    return rc;
}

static int read_role(const struct json *doc, int role, struct bind_rule *r, struct err *e)
{
    const struct json *o = NULL;
    int64_t roll_m = 0;
    int rc = json_opt_obj(doc, device_word((enum device_role)role), &o, e);

    if (rc < 0 || !o)
        return rc;
    rc = json_known(
        o, role == DEVICE_READER ? "class vendor product serial port" : "class vendor product serial port profile roll_m",
        e);
    if (rc == 0)
        rc = hex_number(o, "class", 2, &r->class_, e);
    if (rc == 0)
        rc = hex_number(o, "vendor", 4, &r->vendor, e);
    if (rc == 0)
        rc = hex_number(o, "product", 4, &r->product, e);
    if (rc == 0)
        rc = text(o, "serial", r->serial, sizeof r->serial, e);
    if (rc == 0)
        rc = text(o, "port", r->port, sizeof r->port, e);
    if (rc == 0)
        rc = text(o, "profile", r->profile, sizeof r->profile, e);
    if (rc == 0)
        rc = json_opt_int(o, "roll_m", ROLL_M_MIN, ROLL_M_MAX, &roll_m, e);
    r->roll_m = (int)roll_m;
    r->named = r->class_ >= 0 || r->vendor >= 0 || r->product >= 0 || *r->serial || *r->port;
    if (rc == 0 && !r->named && (!r->roll_m || *r->profile))
        rc = err_set(e, ERR_INVALID, "name at least one of class, vendor, product, serial and port");
    return err_wrap(e, rc, "%s", device_word((enum device_role)role));
}

int bind_read(const char *folder, struct bind_config *ret, struct err *e)
{
    char path[512];
    struct buf bytes;
    struct json *doc;
    int rc;

    memset(ret, 0, sizeof *ret);
    for (int r = 0; r < DEVICE_ROLES; r++)
        ret->roles[r].class_ = ret->roles[r].vendor = ret->roles[r].product = -1;
    if (!folder)
        return 0;
    if (fs_join(path, sizeof path, folder, BIND_FILE) < 0)
        return err_set(e, ERR_TOOLONG, "the path of " BIND_FILE " is too long");
    if (access(path, F_OK) != 0)
        return 0;
    rc = fs_read(path, FILE_MAX, &bytes, e);
    if (rc < 0)
        return rc;
    rc = json_parse(bytes.data, bytes.len, FILE_MAX, &doc, e);
    buf_finish(&bytes);
    if (rc < 0)
        return err_wrap(e, rc, "%s", path);
    rc = json_known(doc, "reader receipt ticket", e);
    for (int r = 0; rc == 0 && r < DEVICE_ROLES; r++)
        rc = read_role(doc, r, &ret->roles[r], e);
    json_free(doc);
    return err_wrap(e, rc, "%s", path);
}

/* --- who gets what --- */

static bool has_class(const struct usb_info *info, int class_)
{
    for (int i = 0; i < info->n_interfaces; i++)
        if (info->interfaces[i].class_ == class_)
            return true;
    return false;
}

static bool named(const struct bind_config *c, int role, const struct usb_info *info)
{
    const struct bind_rule *r = &c->roles[role];

    return r->named && (!*r->port || !strcmp(r->port, info->port)) && (!*r->serial || !strcmp(r->serial, info->serial)) &&
           (r->vendor < 0 || r->vendor == info->vendor) && (r->product < 0 || r->product == info->product) &&
           (r->class_ < 0 || has_class(info, r->class_));
}

const char *bind_profile(const struct bind_config *c, const struct usb_info *info)
{
    for (int r = 0; r < DEVICE_ROLES; r++)
        if (*c->roles[r].profile && named(c, r, info))
            return c->roles[r].profile;
    return NULL;
}

static bool taken(const struct bind_candidate *list, int n, int role)
{
    for (int i = 0; i < n; i++)
        if (list[i].role == role)
            return true;
    return false;
}

/* "1-2.3" before "1-10". */
static int by_port(const void *a, const void *b)
{
    const struct bind_candidate *const *x = a, *const *y = b;

    return strverscmp((*x)->info->port, (*y)->info->port);
}

struct facts {
    const struct bind_config *config;
    const char *const *ports;
};

static bool rule_named(const struct facts *f, int role, const struct bind_candidate *c)
{
    return named(f->config, role, c->info);
}

/* A named role is not given away because something else stands where its device was. */
static bool rule_port(const struct facts *f, int role, const struct bind_candidate *c)
{
    return !f->config->roles[role].named && *f->ports[role] && !strcmp(f->ports[role], c->info->port);
}

static bool rule_hint(const struct facts *f, int role, const struct bind_candidate *c)
{
    return !f->config->roles[role].named && c->hint == role;
}

/* Not one that belongs to another role and came back, or was named for it. */
static bool rule_order(const struct facts *f, int role, const struct bind_candidate *c)
{
    for (int other = 0; other < DEVICE_ROLES; other++)
        if (other != role && (rule_port(f, other, c) || rule_named(f, other, c)))
            return false;
    return !f->config->roles[role].named;
}

static const struct {
    bool (*suits)(const struct facts *, int role, const struct bind_candidate *);
    const char *why;
} rules[] = {
    {rule_named, BIND_FILE}, {rule_port, "same port as before"}, {rule_hint, "its model"}, {rule_order, "order of ports"}};

void bind_choose(const struct bind_config *c, const char *const ports[DEVICE_ROLES], struct bind_candidate *list, int n)
{
    const struct facts facts = {c, ports};
    struct bind_candidate *order[BIND_CANDIDATES_MAX];

    n = n < BIND_CANDIDATES_MAX ? n : BIND_CANDIDATES_MAX;
    for (int i = 0; i < n; i++)
        order[i] = &list[i];
    qsort(order, (size_t)n, sizeof *order, by_port);
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
        for (int role = 0; role < DEVICE_ROLES; role++)
            for (int i = 0; i < n && !taken(list, n, role); i++) {
                if (order[i]->role >= 0 || !(order[i]->can & 1U << role) || !rules[k].suits(&facts, role, order[i]))
                    continue;
                order[i]->role = role;
                order[i]->why = rules[k].why;
            }
}
