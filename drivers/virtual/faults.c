/* SPDX-License-Identifier: Apache-2.0
 *
 * See faults.h.
 */
#include "drivers/virtual/faults.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {[FAULT_NONE] = "none",
                                    [FAULT_TIMEOUT] = "timeout",
                                    [FAULT_STALL] = "stall",
                                    [FAULT_SHORT] = "short",
                                    [FAULT_GONE] = "gone"};

void faults_plan(struct virtual_faults *f, unsigned n, enum virtual_fault fault)
{
    *f = (struct virtual_faults){.at = n, .fault = fault};
}

enum virtual_fault faults_next(struct virtual_faults *f)
{
    f->counted++;
    if (f->counted != f->at)
        return FAULT_NONE;
    f->happened = true;
    return f->fault;
}

bool faults_parse(const char *word, enum virtual_fault *ret)
{
    for (size_t i = FAULT_TIMEOUT; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(word, names[i])) {
            *ret = (enum virtual_fault)i;
            return true;
        }
    }
    return false;
}

const char *faults_name(enum virtual_fault fault)
{
    return names[fault];
}
