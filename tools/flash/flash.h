/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of flash share: how it was called, its exit codes, its pages.
 */
#ifndef FLASH_FLASH_H
#define FLASH_FLASH_H

#include "tools/flash/run.h"

enum {
    EXIT_GOOD = 0,
    EXIT_SOME_BAD = 1, /* at least one must not be used */
    EXIT_USAGE = 2,    /* nothing was written */
    EXIT_NO_MEDIUM = 3,
    EXIT_REFUSED = 4, /* in use, or holds something and was not named twice */
    EXIT_IMAGE = 5,   /* it is not what was signed */
    EXIT_STOPPED = 6, /* by the person; unfinished sticks start nothing */
    EXIT_SHEET = 7
};

#define FLASH_KEY "/usr/share/tongban/image.pub"
#define FLASH_TO_MAX 16

struct flash {
    const char *image, *key, *state, *sheet;
    const char *to[FLASH_TO_MAX], *erase[FLASH_TO_MAX]; /* serial numbers */
    int n_to, n_erase;
    bool yes, json, provision;
    const char *picture; /* --picture: of a sheet's paper; NULL: the camera */
    struct image im;
    struct sheets sheets;
    struct sticks sticks;
    struct run run;
};

/* --- pages: each shows, asks, and returns what is next ----------------------------------------------------------------- */

/* Chooses sticks. true: go on with the chosen ones; false: left. */
bool page_list(struct flash *f);
/* Asks about those that hold files, then for the count. false: nothing is to be written. */
bool page_ask(struct flash *f);
/* Until all are written, given up or stopped. */
void page_write(struct flash *f);
/* What became of them, the line, and one by one out. The exit code. */
int page_verdict(struct flash *f);

/* --- other ways to use it ---------------------------------------------------------------------------------------------- */

int flash_list(struct flash *f); /* --list */
int flash_to(struct flash *f);   /* --to */
int flash_line(struct flash *f); /* --line */
/* --provision: the sheet by its picture, or by the camera where there is none; a person compares it with the paper. */
int flash_provision(struct flash *f, const char *picture);
/* --give-back: the one of --to becomes an ordinary empty stick. */
int flash_give_back(struct flash *f);

/* Sheets in the order of the list; sticks beyond the sheets, or without any, have none. */
void flash_assign(struct flash *f);
/* EXIT_GOOD, EXIT_SOME_BAD or EXIT_STOPPED. */
int flash_exit(const struct flash *f);
/* A line of WORD_id filled in, to stderr, in English too; returns `code`. */
#define flash_refuse(code, id, ...)                                                                                         \
    flash_refuse_with(code, id, (const char *const[]){__VA_ARGS__},                                                         \
                      sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
int flash_refuse_with(int code, enum word id, const char *const *args, size_t n);
/* The stick named by a serial number may be written: EXIT_GOOD and *ret; else why not was said. `image`: it must fit. */
int flash_named(struct flash *f, const char *serial, struct stick **ret);

#endif
