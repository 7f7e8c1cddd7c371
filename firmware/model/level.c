/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels, computed from the list. LEVEL_DEF is another list in what stands for a later version in tests.
 */
#include "model/level.h"

#include <stdio.h>
#include <string.h>

#ifndef LEVEL_DEF
#define LEVEL_DEF "model/level.def"
#endif

static const struct {
    int level;
    enum level_of of;
    const char *path, *value;
} list[] = {
#define LEVEL(level, of, path, value) {level, LEVEL_##of, path, value},
#include LEVEL_DEF
};

#define LINES (sizeof list / sizeof *list)

int level_now(void)
{
    int now = 1;

    for (size_t i = 0; i < LINES; i++)
        now = list[i].level > now ? list[i].level : now;
    return now;
}

int level_refuse(int needs, struct err *e)
{
    return err_set(e, ERR_VERSION, "it needs level %d, this software has %d: update the software", needs, level_now());
}

/* An empty list says nothing. */
static bool stands(const struct json *at, const char *path, const char *value)
{
    size_t n = strcspn(path, ".");
    char name[64];

    for (size_t i = 0; json_is_arr(at) && i < json_len(at); i++)
        if (stands(json_at(at, i), path, value))
            return true;
    if (json_is_arr(at))
        return false;
    if (!*path)
        return !value || (json_str(at) && strcmp(json_str(at), value) == 0);
    snprintf(name, sizeof name, "%.*s", (int)n, path);
    return json_has(at, name) && stands(json_member(at, name), path + n + (path[n] == '.'), value);
}

int level_needs(enum level_of of, const struct json *doc)
{
    int needs = 1;

    for (size_t i = 0; i < LINES; i++)
        if (list[i].of == of && list[i].level > needs && (!*list[i].path || stands(doc, list[i].path, list[i].value)))
            needs = list[i].level;
    return needs;
}
