/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers/virtual/printer_profile.h"

#include <stdio.h>
#include <string.h>

#include "drivers/virtual/printer.h"

/* An odd one is no model: its vendor and product are ours, so that no driver knows it by them. */
#define ODD(n) .vendor = 0xFFF0, .product = (n), .serial = "ODD" #n

static const struct virtual_printer_profile written[] = {
#define PROFILE(n, about, ...) {.name = n, .meaning = about, __VA_ARGS__},
#include "drivers/virtual/printer_profile.def"
#undef PROFILE
};
#define N_PROFILES (sizeof written / sizeof *written)

static const struct virtual_printer_profile *complete(size_t i)
{
    static struct virtual_printer_profile all[N_PROFILES];
    struct virtual_printer_profile *f = &all[i];

    *f = written[i];
    f->out = f->out ? f->out : 0x01;
    f->in = f->in ? f->in : 0x82;
    f->protocol = f->protocol ? f->protocol : 2;
    f->dots = f->dots ? f->dots : 576;
    f->fifo = f->fifo ? f->fifo : 4096;
    f->dots_per_s = f->dots_per_s ? f->dots_per_s : 1600;
    return f;
}

const char *const *virtual_printer_profiles(void)
{
    static const char *names[N_PROFILES + 1];

    for (size_t i = 0; i < N_PROFILES; i++)
        names[i] = written[i].name;
    return names;
}

const char *virtual_printer_meaning(const char *profile)
{
    for (size_t i = 0; i < N_PROFILES; i++)
        if (!strcmp(written[i].name, profile))
            return written[i].meaning;
    return "";
}

const struct virtual_printer_profile *virtual_printer_profile(const char *name, struct err *e)
{
    char names[1024];
    int n = 0;

    for (size_t i = 0; i < N_PROFILES; i++) {
        if (!strcmp(written[i].name, name))
            return complete(i);
        n += snprintf(names + n, sizeof names - (size_t)n, "%s%s", i ? ", " : "", written[i].name);
    }
    err_set(e, ERR_NOTFOUND, "no virtual printer \"%s\": there are %s", name, names);
    return NULL;
}
