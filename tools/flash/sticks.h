/* SPDX-License-Identifier: Apache-2.0
 *
 * The media as flash deals with them: each with what is on it, whether it is to be written, and how that goes. A stick is
 * known by its serial number; it may go and come back.
 */
#ifndef FLASH_STICKS_H
#define FLASH_STICKS_H

#include "tools/flash/content.h"
#include "tools/flash/look.h"
#include "tools/flash/words.h"
#include "tools/flash/write_job.h"

#define STICKS_MAX 256 /* of one sitting: those that were written are kept */

enum stick_state {
    STICK_IDLE,
    STICK_WRITING,
    STICK_OUT,  /* pulled out while it was written: it goes on when it is back */
    STICK_GOOD, /* read back */
    STICK_BAD,  /* must not be used: job.now says why */
};

struct stick {
    struct medium medium; /* as it was last seen */
    bool there;
    struct content content; /* as it was first seen */
    struct look look;       /* it has not answered yet: content is HOLDS_UNREAD until then */
    bool fresh;             /* taken in by this very call of sticks_look() */
    bool chosen;
    bool named_twice; /* on the command line: then it may hold anything, and be inside this computer */
    enum stick_state state;
    bool changed; /* STICK_BAD: not begun, for it was not what had been chosen */
    struct write_job job;
    struct sheet *sheet; /* of the terminal it is for, or NULL */
};

struct sticks {
    struct media media;        /* its root is set by whoever makes this */
    const struct image *image; /* NULL: none, every size will do */
    size_t n;
    struct stick list[STICKS_MAX]; /* in no order: media has one */
};

/* Looks which media there are, and at those that are new, all at once. Waits a few seconds for what they say; who is slower
 * says it to a later call, and holds up nobody. */
int sticks_look(struct sticks *s, struct err *e);
/* The i-th medium's, in the order of the list. */
struct stick *stick_at(struct sticks *s, size_t i);
struct stick *stick_by_serial(struct sticks *s, const char *serial);
struct stick *stick_by_letter(struct sticks *s, char letter);

/* It can be chosen by hand. */
bool stick_may(const struct sticks *s, const struct stick *k);
/* It is chosen by itself: nothing is lost. */
bool stick_is_free(const struct sticks *s, const struct stick *k);
/* What is on it, or why it cannot be chosen; with styles. */
const char *stick_why(const struct sticks *s, const struct stick *k, char out[WORDS_MAX]);
/* The same without styles: "files", "empty", "system" …, for programs. */
const char *stick_holds(const struct stick *k);
/* What it is called: its terminal, its letter, or the end of its serial number. */
const char *stick_name(const struct stick *k, char out[WORDS_MAX]);

/* "31 GB", "2.0 TB", "268 MB": decimal, as media are sold. */
#define SIZE_TEXT_MAX 32
const char *size_text(uint64_t bytes, char out[SIZE_TEXT_MAX]);
/* "2,114". */
const char *count_text(uint64_t n, char out[SIZE_TEXT_MAX]);
/* "0:21". */
const char *time_text(int64_t seconds, char out[SIZE_TEXT_MAX]);

#endif
