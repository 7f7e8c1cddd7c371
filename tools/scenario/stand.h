/* SPDX-License-Identifier: Apache-2.0
 *
 * The stand a scenario is played on: a hall, a desk with simulated devices, kiosk and kiosk-sync, all of them the shipping
 * programs, in one temporary folder:
 *     hall/ keys/ term/ run/ paper/ logs/ shots/ desk.sock
 * and where a scenario wants it a second terminal at the same hall, with a desk of its own: b/term b/run b/paper
 * b/desk.sock. What staff prepare (keys, enrolment, the signed catalogue) is made once and copied for each scenario.
 */
#ifndef SCENARIO_STAND_H
#define SCENARIO_STAND_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"

#define STAND_PATH_MAX 512
#define STAND_VERSION "1.5.0" /* what the machine under kiosk says of its system */
#define STAND_IMAGE "4f9a17c2e08b6d3590ae2b71c5d803f47e61a92c00112233445566778899aabb"
#define STAND_PATIENCE_MS 120000 /* for what must come on the busiest machine; only a failure takes so long */

/* The last one is started by a scenario that asks for it. */
enum program { PROGRAM_HALL, PROGRAM_DESK, PROGRAM_KIOSK, PROGRAM_SYNC, PROGRAM_OPENER, PROGRAMS };

/* No program runs that could be asked. */
#define STAND_NONE                                                                                                          \
    {                                                                                                                       \
        -1, -1, -1, -1, -1                                                                                                  \
    }

struct stand_options {
    const char *build;              /* folder of the programs */
    const char *source;             /* root of the source tree, for cards and catalogues */
    char catalogue[STAND_PATH_MAX]; /* folder of items */
    char reader[16], printer[32], ticket[32];
    char settings[64];    /* of the terminal: words of kiosk --settings */
    int64_t wall_ms;      /* 0: today */
    bool real_keys;       /* made at wall_ms, with the validity of real ones; else certificates are good from 2000 to 2099 */
    bool disk_log;        /* preload the disk log into the terminal's programs */
    bool unenrolled;      /* a terminal fresh from its box, with its sheet */
    bool sheetless;       /* and without one */
    bool window;          /* kiosk in a window */
    int staff_port;       /* the hall's door for staff, and what opens for them; 0: it is shut */
    bool note;            /* term/note is the place outside an encrypted disk */
    bool voice;           /* kiosk has one; what it says goes nowhere but to --control */
    bool second;          /* a second terminal at the same hall */
    const char *database; /* the hall's: an empty one on a PostgreSQL server; NULL: SQLite */
    struct xvfb *xvfb;    /* kiosk's display; NULL: SDL's dummy, or with `window` that of this session */
};

struct stand {
    struct stand_options opt;
    char dir[STAND_PATH_MAX];
    pid_t pid[PROGRAMS];
    int control[PROGRAMS]; /* -1: none */
    int port;
    bool at_second; /* desk, kiosk and kiosk-sync above are the second terminal's (stand_turn) */
    struct {
        pid_t pid[PROGRAMS];
        int control[PROGRAMS];
    } other;                    /* with opt.second: those of the terminal that is not spoken to */
    struct disk_log_page *page; /* with opt.disk_log */
    unsigned seed;              /* of the next power cut */
};

/* stand_make.c. Makes the template once for a catalogue: keys, CA, enrolled terminal, published catalogue. `dir` is emptied.
 */
int stand_prepare(const struct stand_options *opt, const char *dir, int port, struct err *e);
/* Copies the template to `dir`, starts hall, desk, kiosk-sync and kiosk. */
int stand_start(struct stand *s, const struct stand_options *opt, const char *prepared, const char *dir, int port,
                struct err *e);
/* Kills what runs. The folder stays. It also happens when this program is told to end. */
void stand_stop(struct stand *s);

int stand_run_program(struct stand *s, enum program p, struct err *e);
void stand_kill(struct stand *s, enum program p);
/* Whether it runs; reaps it when it has ended. */
bool stand_alive(struct stand *s, enum program p);
/* Whether the programs were built with a sanitizer, as this one. */
bool stand_sanitized(void);
/* In the child that becomes the program: its environment (preload.c). */
void stand_preload(const struct stand *s, enum program p);
const char *stand_program_name(enum program p);

/* One request on a program's control socket; *ret_doc (owned, json_free) is the answer when ret_doc is not NULL. */
int stand_control(struct stand *s, enum program p, const char *request, struct json **ret_doc, struct err *e);
/* The same to two programs at one moment of `after`: it hears nothing of what `first` makes of it before it has done it too.
 */
int stand_control_both(struct stand *s, enum program first, enum program after, const char *request, struct err *e);
int stand_frame(struct stand *s, const char *png_path, struct err *e);
/* Runs a command of the build folder and returns what it prints; -ERR_REFUSED when it exits other than 0. */
int stand_command(struct stand *s, struct buf *out, struct err *e, const char *program, ...) __attribute__((sentinel));
/* The same of a command that prints JSON. */
int stand_json(struct stand *s, struct json **ret, struct err *e, const char *program, ...) __attribute__((sentinel));
#define STAND_OUTPUT_MAX (4 * 1024 * 1024) /* of a command */
/* The same: the program and its words, ended by NULL. */
int stand_run(struct stand *s, const char *const words[], struct buf *out, struct err *e);
int stand_desk(struct stand *s, const char *words, struct buf *out, struct err *e);
/* "dir/name", of the terminal that is spoken to. Static ring of sixteen. */
const char *stand_path(const struct stand *s, const char *name);

/* stand_second.c: with opt.second, what is said of desk, kiosk, kiosk-sync and their folders from here on is said of the
 * other terminal. */
void stand_turn(struct stand *s);
/* "t-1103-003": the terminal that is spoken to. */
const char *stand_terminal(const struct stand *s);
/* Whether a folder or file of the stand is one that each terminal has for itself. */
bool stand_is_terminals(const char *name);

/* The disk as the power cut leaves it; the programs must be dead. Starts a new log. */
int stand_rebuild_disk(struct stand *s, struct err *e);
/* Writes sheet.json anew for the stand's terminal. */
int stand_sheet(struct stand *s, struct err *e);
/* The sheet where the stick's installer leaves it; `wrong`: with another code. */
int stand_lay_sheet(struct stand *s, bool wrong, struct err *e);
/* Root: what commands wrote below hall/ belongs to the hall's user. */
int stand_give_hall(struct stand *s, struct err *e);
/* Root: for a command that only the owner may give. */
int stand_take_hall(struct stand *s, struct err *e);
/* Builds, signs and publishes a folder of items in the running hall, with this hallctl. */
int stand_publish(struct stand *s, const char *hallctl, const char *items, const char *version, struct err *e);

/* mkdir -p of `to` and cp -a of what is in `from`. */
int stand_copy(const char *from, const char *to, struct err *e);

/* The same, but `to` is removed first. */
int stand_replace(const char *from, const char *to, struct err *e);
/* A file or folder that is there. */
int stand_remove(const char *path, struct err *e);

#endif
