/* SPDX-License-Identifier: Apache-2.0
 *
 * A member a file does not name is its ancestor's; the root ancestor starts from what every ESC/POS printer can do. What the
 * members are stands in profile_members.c.
 */
#include "drivers/printer/profile.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/must.h"

#define FILE_MAX (16 * 1024)
#define INHERIT_DEPTH_MAX 4
static int load(const char *folder, const char *name, int depth, struct profile *p, struct err *e);

static int take(const char *folder, const struct json *o, int depth, struct profile *p, struct err *e)
{
    const char *parent = NULL;
    int rc = json_known(o, profile_members, e);

    if (rc == 0)
        rc = json_opt_str(o, "inherits", 1, sizeof p->name - 1, &parent, e);
    if (rc == 0 && parent && (strchr(parent, '/') || depth == INHERIT_DEPTH_MAX))
        rc = err_set(e, ERR_INVALID, "inherits: \"%s\" is no profile, or the chain has no end", parent);
    if (rc == 0 && parent)
        rc = load(folder, parent, depth + 1, p, e);
    return rc == 0 ? profile_read(o, p, e) : rc;
}

static int load(const char *folder, const char *name, int depth, struct profile *p, struct err *e)
{
    char file[80], path[512];
    struct buf text;
    struct json *doc;
    int rc;

    snprintf(file, sizeof file, "%s.json", name);
    if (fs_join(path, sizeof path, folder, file) < 0)
        return err_set(e, ERR_TOOLONG, "the path of printer profile %s is too long", name);
    rc = fs_read(path, FILE_MAX, &text, e);
    if (rc < 0)
        return err_wrap(e, rc, "printer profile %s", name);
    rc = json_parse(text.data, text.len, FILE_MAX, &doc, e);
    buf_finish(&text);
    if (rc < 0)
        return err_wrap(e, rc, "printer profile %s", name);
    rc = take(folder, doc, depth, p, e);
    json_free(doc);
    return err_wrap(e, rc, "printer profile %s", name);
}

static int add(const char *folder, const char *file, struct profiles *ps, struct err *e)
{
    size_t len = strlen(file);
    struct profile *p = &ps->list[ps->n];

    if (len < 6 || strcmp(file + len - 5, ".json"))
        return 0;
    if (ps->n == PROFILES_MAX || len - 5 >= sizeof p->name)
        return err_set(e, ERR_TOOLONG, "printer profile %s: too many profiles, or its name is too long", file);
    *p = profile_root();
    memcpy(p->name, file, len - 5);
    p->name[len - 5] = '\0';
    ps->n++;
    return load(folder, p->name, 0, p, e);
}

int profiles_load(const char *folder, struct profiles **ret, struct err *e)
{
    struct profiles *ps = calloc(1, sizeof *ps);
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort), rc = 0;

    must(ps, "out of memory");
    if (n < 0)
        rc = err_errno(e, "read printer profiles in %s", folder);
    for (int i = 0; i < n; i++) {
        if (rc == 0)
            rc = add(folder, names[i]->d_name, ps, e);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    if (rc == 0 && !profiles_by_name(ps, PROFILE_FALLBACK))
        rc = err_set(e, ERR_NOTFOUND, "%s has no profile %s.json", folder, PROFILE_FALLBACK);
    if (rc < 0)
        profiles_free(ps);
    else
        *ret = ps;
    return rc;
}

void profiles_free(struct profiles *p)
{
    free(p);
}

/* 0: it does not fit; else how much of it had to. */
static int fits(const struct profile_match *m, const struct usb_info *info)
{
    if (m->vendor != info->vendor || (m->product >= 0 && m->product != info->product) ||
        (*m->model && strcmp(m->model, info->model)))
        return 0;
    return *m->model ? 3 : m->product >= 0 ? 2 : 1;
}

const struct profile *profiles_match(const struct profiles *ps, const struct usb_info *info, const char **ret_why)
{
    static const char *const why[] = {"class", "vendor", "vendor and product", "model"};
    const struct profile *found = profiles_by_name(ps, PROFILE_FALLBACK);
    int best = 0;

    for (int i = 0; i < ps->n; i++)
        for (int m = 0; m < ps->list[i].n_matches; m++) {
            int n = fits(&ps->list[i].matches[m], info);

            if (n > best) {
                best = n;
                found = &ps->list[i];
            }
        }
    *ret_why = why[best];
    return found;
}

const struct profile *profiles_by_name(const struct profiles *ps, const char *name)
{
    for (int i = 0; i < ps->n; i++)
        if (!strcmp(ps->list[i].name, name))
            return &ps->list[i];
    return NULL;
}
