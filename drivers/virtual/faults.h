/* SPDX-License-Identifier: Apache-2.0
 *
 * A plan of trouble for one port: the n-th transfer from now on goes wrong. It stands in front of the model, so that any
 * model can be tortured, and it counts, so that whoever plays a flow once knows how many transfers there are to break.
 */
#ifndef DRIVERS_VIRTUAL_FAULTS_H
#define DRIVERS_VIRTUAL_FAULTS_H

#include <stdbool.h>

enum virtual_fault {
    FAULT_NONE,
    FAULT_TIMEOUT, /* the device neither takes nor gives until the host withdraws the transfer */
    FAULT_STALL,   /* ends with a stall; a bulk or interrupt endpoint then stays halted until it is cleared */
    FAULT_SHORT,   /* OUT: half is taken and it ends well; IN: the second half of what came is lost */
    FAULT_GONE,    /* the device is unplugged instead */
};

struct virtual_faults {
    unsigned counted; /* transfers since the plan was made or cleared */
    unsigned at;      /* the fault comes with this one; 0: no plan */
    enum virtual_fault fault;
    bool happened;
};

/* Counting begins anew; `n` >= 1, or 0 and FAULT_NONE for counting only. */
void faults_plan(struct virtual_faults *f, unsigned n, enum virtual_fault fault);
/* One more transfer has begun: what is to become of it. */
enum virtual_fault faults_next(struct virtual_faults *f);

/* "timeout", "stall", "short", "gone". False for another word. */
bool faults_parse(const char *word, enum virtual_fault *ret);
const char *faults_name(enum virtual_fault fault);

#endif
