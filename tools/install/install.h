/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of install share: how it was called, and all that it holds.
 */
#ifndef INSTALL_INSTALL_H
#define INSTALL_INSTALL_H

#include "tools/flash/write_job.h"
#include "tools/install/bring.h"
#include "tools/install/slot.h"
#include "tools/install/step.h"
#include "tools/install/target.h"
#include "ui/control.h"

#define INSTALL_WORK "/run/tongban-install" /* in memory */

struct install_call {
    const char *sys, *stick, *from, *work, *root, *root_at, *assets, *key, *control;
    bool window;
};

struct install {
    struct install_call call;
    struct loop *loop;
    struct ui *ui;
    struct control *control;
    struct loop_timer *look, *second;
    struct view view;
    struct image image;
    struct bring_root root;
    int root_fd;
    struct target target;
    struct write_job job; /* one at a time */
    struct loop_fd *heard;
    struct slot_plan plan;
    int code; /* what it ends with; -1: the machine is restarted, -2: switched off */
};

/* Opens what the stick brings: i->image. -ERR_NOTFOUND, -ERR_CHECKSUM, -ERR_SIGNATURE… */
int install_bring(struct install *i, struct err *e);
/* Begins to write what was found and agreed to. */
int install_write(struct install *i, struct err *e);

#endif
