/* SPDX-License-Identifier: Apache-2.0
 *
 * Child processes: each ends with its parent, however that dies, and holds none of the parent's descriptors but those it is
 * given, so that a lock or a socket is free as soon as its owner is dead. Whoever starts one ends it with child_end().
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/* fork(): the pid, in the child 0, or -1 and *e. The child keeps 0, 1, 2 and `keep` (-1: no more). It must not touch what
 * lies behind the other descriptors, an SQLite connection of the parent above all: open files anew, databases in a program
 * of its own (child_spawn). */
pid_t child_fork(int keep, struct err *e);

/* The program argv[0], which stands beside the running one: the pid, or -1 and *e. `fd` is its descriptor `as`, 2 is the
 * log; 0 and 1 lead nowhere unless they are `as`; no environment, no blocked signal. That it could not be started shows in
 * its exit code 127. */
pid_t child_spawn(const char *const argv[], int fd, int as, struct err *e);

/* The same with an end of a SOCK_SEQPACKET pair as its descriptor 3, for one that is asked again and again; *ret_fd is the
 * other end, the caller's to close. */
pid_t child_converse(const char *const argv[], int *ret_fd, struct err *e);

/* Whether such a program stands there. */
bool child_beside(const char *name);

/* The same with `fd` as both 0 and 1: a socket to talk over. */
pid_t child_talk(const char *const argv[], int fd, struct err *e);

/* Waits for its end: its exit code, or -1 when a signal ended it. */
int child_wait(pid_t pid);
/* Kills it and waits. Takes 0: there is none. */
void child_end(pid_t pid);

#endif
