/* SPDX-License-Identifier: Apache-2.0
 *
 * A desk whose printers are remembered, or named by a technician. Included by one file of a test program.
 */
#ifndef TESTS_PRINTER_KNOWN_DESK_H
#define TESTS_PRINTER_KNOWN_DESK_H

#include <unistd.h>

#include "drivers/printer/known.h"
#include "printer/printer_desk.h"

static char folder[64];

static void begin_memory(void)
{
    snprintf(folder, sizeof folder, "/tmp/known.XXXXXX");
    CHECK(mkdtemp(folder) != NULL);
    memory = folder;
}

static void end_memory(void)
{
    char path[96];

    snprintf(path, sizeof path, "%s/%s", folder, KNOWN_FILE);
    unlink(path);
    rmdir(folder);
    memory = NULL;
}

static struct printer_facts facts(const struct desk *d)
{
    struct printer_facts f;

    printers_facts(d->printers, DEVICE_RECEIPT, &f);
    return f;
}

/* A printer that a technician has given a profile. */
static struct bind_config as(const char *profile)
{
    struct bind_config c;

    bind_read(NULL, &c, NULL);
    c.roles[DEVICE_RECEIPT].named = true;
    snprintf(c.roles[DEVICE_RECEIPT].profile, sizeof c.roles[DEVICE_RECEIPT].profile, "%s", profile);
    return c;
}

#endif
