/* SPDX-License-Identifier: Apache-2.0
 *
 * Plays a script's steps on a stand.
 */
#ifndef SCENARIO_PLAY_H
#define SCENARIO_PLAY_H

#include <stdio.h>

#include "tools/scenario/script.h"
#include "tools/scenario/stand.h"

#define SEEN_MAX 16

struct play {
    struct stand *stand;
    const struct script *script;
    const char *shots; /* folder: a picture of every screen that appears; NULL: none */
    char screen[40];   /* last one pictured */
    int n_shots;
    FILE *hands;             /* what hands did and which screens came, for a machine elsewhere; NULL: nobody asks */
    bool write_shots;        /* `shot` makes the reference picture instead of comparing with it */
    char last_tap[80];       /* node id: the same one again needs the debouncing time to pass */
    struct json *opened;     /* the last application opened at the hall */
    char seen[SEEN_MAX][24]; /* case and ticket numbers that stood on the screen */
    int n_seen;
    char code[24];   /* of what was said, as `complaint note` found it */
    char system[32]; /* the version that `system runs` said */
    char rolled[32]; /* … and `system rollout` */
    bool away;       /* the script has let time pass since the last touch: it means the time-out page that may stand there */
    bool clock_given; /* the first clock of the script was passed */
    bool cut;         /* the power has been cut and is not back */
    bool covered;     /* nobody sees the screen: only what is said and printed counts */
    char heard[8192]; /* of that, since it was last asked for */
    bool doomed;      /* kiosk was told to die at a coming sync or write */
};

/* Applies the `given` steps to the options before a stand is made. */
int play_givens(const struct script *script, struct stand_options *opt, struct err *e);
/* Steps from..to. An error's text begins with "line N: ". With `until_cut`, stops without error when the
 * power goes: of the other steps only those are played in which something is published. */
int play_steps(struct play *p, int from, int to, bool until_cut, struct err *e);
void play_finish(struct play *p);

/* play_time.c. "70s", "200ms", "3m", "2h", "1d" in milliseconds; -1 when it is none of them. */
int64_t play_duration(const char *text);
/* Of hall and all terminals; without `hall` of the terminal alone, which then is wrong. */
int play_set_clock(struct play *p, const char *text, bool hall, struct err *e);
int play_given_clock(struct play *p, const char *text, struct err *e);
int play_advance(struct play *p, const char *text, struct err *e);
int play_wait(const char *text, struct err *e); /* real time */

/* expect.c */
int expect_step(struct play *p, const struct step *st, struct err *e);

/* expect_journal.c: `expect journal KIND…`, `expect journal body STATE`, `expect earlier-body STATE`; and what `kioskctl
 * journal list --json` says, *ret_doc owned */
int expect_journal(struct play *p, const struct step *st, struct err *e);
int expect_earlier_body(struct play *p, const struct step *st, struct err *e);
int expect_journal_list(struct play *p, struct json **ret_doc, struct err *e);

/* expect_device.c: `expect device PORT KEY = VALUE`, `expect untouched keyboard|stick` */
int expect_device(struct play *p, const struct step *st, struct err *e);
int expect_disk(struct play *p, const struct step *st, struct err *e);
int expect_memory(struct play *p, const struct step *st, struct err *e);
int expect_untouched(struct play *p, const struct step *st, struct err *e);

/* expect_lost.c: every case and ticket number a resident saw is in the journal, and at the hall as often; no application and
 * no ticket of a day is there twice. */
int expect_nothing_lost(const struct play *p, const struct json *journal, const struct json *hall, struct err *e);
/* expect_staff.c: `expect hall opens N`, `expect hall no alert WHAT` */
int expect_staff(struct play *p, const struct step *st, struct err *e);

/* selftest.c: `selftest VERDICT [card NAME]`, `expect report TEXT` */
int selftest_step(struct play *p, const struct step *st, struct err *e);
int expect_report(struct play *p, const struct step *st, struct err *e);
/* expect_traditional.c: `expect page traditional ["WORDS THAT STAY" …]` */
int expect_traditional(struct play *p, const struct step *st, struct err *e);

/* The papers that came out, as the desk has them; *ret_doc is owned. */
int expect_papers(struct play *p, struct json **ret_doc, struct err *e);

/* read.c: `read paper`, `read other`, `read all`, `expect slip ready|lacks` */
int expect_slip(struct play *p, const struct step *st, struct err *e);
int read_step(struct play *p, const struct step *st, struct err *e);
/* system.c: `system …`, `expect system …` */
int line_state(struct play *p, const char *state, struct err *e); /* line.c: system line STATE */
int system_step(struct play *p, const struct step *st, struct err *e);
int expect_system(struct play *p, const struct step *st, struct err *e);
int remote_step(struct play *p, const struct step *st, struct err *e); /* remote.c */
int halt_step(struct play *p, const struct step *st, struct err *e);   /* remote.c */
int expect_halt(struct play *p, const struct step *st, struct err *e);
int expect_act(struct play *p, const struct step *st, struct err *e);
int play_give_hall(struct play *p, struct err *e); /* what a command left is the hall's again */
/* case.c: `case …`, `expect case …` */
int play_case(struct play *p, const struct step *st, struct err *e);
int play_licence(struct play *p, const struct step *st, struct err *e);
int expect_case(struct play *p, const struct step *st, struct err *e);

/* complaint.c: `complaint …`, `expect complaint …` */
int complaint_step(struct play *p, const struct step *st, struct err *e);
int expect_complaint(struct play *p, const struct step *st, struct err *e);

/* listen.c: `says TEXT`, `find TEXT`, `spell TEXT`; whether a step touches or looks at the screen, which `cover` forbids */
int listen_says(struct play *p, const char *text, struct err *e);
int listen_find(struct play *p, const char *text, struct err *e);
int listen_spell(struct play *p, const char *text, struct err *e);
bool listen_sees(const struct step *st);

/* window.c: `window W VERB …` */
int window_step(struct play *p, const struct step *st, struct err *e);

/* pretend.c: `pretend ack SEQ WHO`, `pretend lease QUEUE FIRST WHO`, `pretend pause QUEUE REASON WHO` */
int pretend_step(struct play *p, const struct step *st, struct err *e);

/* capture.c: `capture ROLE SECONDS`, `expect captured ROLE free of|holds TEXT` */
int capture_step(struct play *p, const struct step *st, struct err *e);
int expect_captured(struct play *p, const struct step *st, struct err *e);

/* keys.c: on the on-screen keyboard, key by key, candidate by candidate. */
int play_type(struct play *p, const char *text, struct err *e);

/* screen.c. The node with that label or #id, once it is there alone and enabled, is touched; a wave is written into the box
 * for the signature. */
int play_tap(struct play *p, const char *what, struct err *e);
int play_sign(struct play *p, struct err *e);
/* Strokes into the box for a character: "20,30 80,30 | 50,10 50,90" are two, in hundredths of the box. */
int play_write(struct play *p, const char *strokes, struct err *e);
/* Whether a node "#id" stands there at this moment. */
int play_see(struct play *p, const char *id, bool *ret_there, struct err *e);
/* The screen's nodes; *ret_doc is owned. Also notes case numbers shown, and asks for more time when the visit runs out only
 * because the machine is slow. */
int play_nodes(struct play *p, struct json **ret_doc, const struct json **ret_nodes, struct err *e);
const char *node_str(const struct json *node, const char *key);
bool node_flag(const struct json *node, const char *key);

/* shot.c: the screen against tests/shots/NAME.png, or into it. */
int shot_step(struct play *p, const char *name, struct err *e);

/* publish.c: `publish …`; and `hall damage FILE`, `hall lose FILE`: a published file as a bad disk would leave it. */
int publish_step(struct play *p, const struct step *st, struct err *e);
int publish_spoil(struct play *p, const struct step *st, struct err *e);
/* One bit in each 4 kB of a file, in place. */
int publish_rot(const char *path, struct err *e);

#endif
