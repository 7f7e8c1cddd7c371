/* SPDX-License-Identifier: Apache-2.0
 *
 * Which media are attached, by the kernel's own word: /sys/block, /proc/self/mountinfo and /proc/swaps. What a device says
 * of itself (model, serial number) is untrusted: cut, and freed of all but printable ASCII.
 *
 * A letter belongs to a serial number for as long as the program runs: whoever is plugged out and in elsewhere keeps it. A
 * medium without a serial number, or with the same as another, is never written: nobody could say which is meant.
 */
#ifndef FLASH_MEDIA_H
#define FLASH_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define MEDIA_MAX 48
#define MEDIUM_TEXT_MAX 63
#define MEDIUM_PATH_MAX 512

/* Why a medium is not to be written, whoever asks; the gravest reason stands last. */
enum medium_bar {
    MEDIUM_FREE,
    MEDIUM_INSIDE, /* a disk of this computer, though nobody uses it: only when it is named twice */
    MEDIUM_LOCKED, /* read only */
    MEDIUM_NO_SERIAL,
    MEDIUM_SAME_SERIAL,
    MEDIUM_IN_USE, /* mounted, swapped to, or part of something larger: `where` says */
    MEDIUM_SYSTEM,
};

struct medium {
    char letter;                      /* 0: there are more media than letters */
    char name[MEDIUM_TEXT_MAX + 1];   /* "sdb": the kernel's, for this moment only */
    char path[MEDIUM_PATH_MAX];       /* of its node below /dev */
    char sys[MEDIUM_PATH_MAX];        /* of its entry below /sys/block */
    char serial[MEDIUM_TEXT_MAX + 1]; /* may be empty */
    char model[MEDIUM_TEXT_MAX + 1];
    char port[MEDIUM_TEXT_MAX + 1]; /* "2", "1.4": of the USB; empty: inside this computer */
    uint64_t size;
    enum medium_bar bar;
    char where[MEDIUM_TEXT_MAX + 1]; /* MEDIUM_IN_USE: the mount point, or who holds it */
};

/* The media of one moment, and the letters of all moments before. Starts as zeros with `root` set. */
struct media {
    const char *root; /* in front of /sys, /proc and /dev: "" but in tests */
    size_t n;
    struct medium list[MEDIA_MAX];
    size_t n_known;
    struct {
        char serial[MEDIUM_TEXT_MAX + 1];
        char letter;
    } known[MEDIA_MAX];
};

/* Looks anew. Sorted: by port, what is inside at the end. -ERR_IO where there is no such folder. */
int media_scan(struct media *m, struct err *e);
/* By serial number, or NULL. */
const struct medium *media_find(const struct media *m, const char *serial);
/* The same medium is still there: looks at that one entry alone. */
bool medium_there(const struct medium *md);
/* The last four of its serial number (all, when it is shorter). Borrowed. */
const char *medium_last_four(const struct medium *md);

#endif
