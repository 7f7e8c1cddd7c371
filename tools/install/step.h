/* SPDX-License-Identifier: Apache-2.0
 *
 * What a stick that installs itself shows and does, as a pure step like the session's: no clock, no disk, no screen. main.c
 * feeds it and performs what it answers. The rule it keeps: what destroys is done only after somebody pressed a button that
 * says so (and, where something of others' would be gone, typed the digits shown), or goes on with what had been begun so on
 * an empty disk; and records of a system of ours are never touched at all.
 */
#ifndef INSTALL_STEP_H
#define INSTALL_STEP_H

#include "session/intent.h"
#include "session/view.h"

enum install_input_kind {
    INSTALL_FOUND,    /* `facts`; once */
    INSTALL_INTENT,   /* `intent` */
    INSTALL_PROGRESS, /* view.install.now of `now` */
    INSTALL_ENDED,    /* `trouble`: INSTALL_FINE when all is written and read back */
    INSTALL_STICK,    /* `in` */
    INSTALL_SECOND,   /* one has passed */
};

struct install_input {
    enum install_input_kind kind;
    const struct install_facts *facts;
    struct intent intent;
    int part, percent, left_s, mb_s; /* INSTALL_PROGRESS: as in the view */
    uint64_t done, bytes;
    enum install_trouble trouble;
    bool in;
};

/* What is to be done now, at most one of them. */
enum install_effect {
    INSTALL_NOTHING,
    INSTALL_WRITE,   /* what `facts` say: a whole disk, or the other slot of one of ours */
    INSTALL_RESTART, /* the machine */
    INSTALL_OFF,
};

/* `settings` of the first page; the view is v, the rest of it zeros. */
void install_begin(struct view *v, struct settings settings);
enum install_effect install_step(struct view *v, const struct install_input *in);

#endif
