/* SPDX-License-Identifier: Apache-2.0
 *
 * What the technician page tells: who is signed in, and how the terminal is. Nothing of residents.
 */
#ifndef MODEL_STAFF_FACTS_H
#define MODEL_STAFF_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/device.h"
#include "model/system_report.h"
#include "model/uplink_report.h"

struct staff_badge {
    char id[24], name[40], role[40];
    bool expired;
    int wait_s; /* before the next PIN may be tried */
};

enum chain_check { CHAIN_UNCHECKED, CHAIN_CHECKING, CHAIN_GOOD, CHAIN_BAD };

/* What ends: the terminal's certificate, the hall's signed root, the key that seals applications. */
enum staff_end { STAFF_END_CERTIFICATE, STAFF_END_ROOT, STAFF_END_SEALING, STAFF_ENDS };

/* The logs on their way to a stick. */
enum logs_state { LOGS_NOTHING, LOGS_WORKING, LOGS_DONE, LOGS_NO_STICK, LOGS_FULL, LOGS_BROKEN, LOGS_NOBODY };
struct logs_facts {
    enum logs_state state;
    char file[80]; /* LOGS_DONE: its name on the stick */
    int kb;
};

struct staff_facts {
    char version[48];
    char terminal[33];
    int catalogue;           /* version; 0: none */
    int level, needs;        /* of this software; of a newer catalogue that it is too old for, else 0 (model/level.h) */
    int64_t head_expires_ms; /* until when the hall's word on versions is good; 0: not known */
    struct {
        int64_t ms; /* 0: not known */
        bool near, over;
    } ends[STAFF_ENDS];
    uint64_t last, acked; /* records: written, at the hall */
    int64_t oldest_ms;    /* when the oldest one was written that the hall has not; 0: none */
    enum chain_check chain;
    uint64_t checked;          /* records found in order by the check */
    int64_t free_mb, total_mb; /* of the disk the journal lies on; total 0: not known */
    int64_t up_ms;             /* since the machine started */
    bool sync;                 /* kiosk-sync runs */
    struct {
        int64_t at; /* 0: none is known */
        char what[24];
    } fault[DEVICE_ROLES]; /* the last one of each device */
    struct {
        int64_t at;       /* wall clock, ms: when this roll was put in; 0: nobody has said */
        int papers, mm;   /* what was seen coming off it */
        int whole_mm;     /* how long a whole one is, as the site says; 0: it does not */
        int64_t since;    /* the next two are counted from then on, over restarts too; 0: nothing yet */
        int metres, cuts; /* of this printer in all */
        int dots;         /* how wide it prints */
    } roll[2];
    int64_t cards_since; /* `cards` are counted from then on, over restarts too; 0: none yet */
    int64_t cards;       /* read */
    int unprinted;       /* receipts of cases that did not come out, of late; told once a roll has been put in */
    int left_mm[2];      /* receipt, ticket: paper left, by estimate; -1: more than can be told */
    struct {
        int done, not_done, unknown; /* papers; of the reader: cards read, not read, that nobody knows */
        int unplugged;
    } count[DEVICE_ROLES]; /* since kiosk started */
    bool stuck[2];         /* only switching it off and on may help */
    bool asks_width[2];    /* nobody knows how wide it prints: its ruler should be read */
    char stranger[12];     /* the language of an attached printer that prints no receipts; "": there is none */
    char sam[44];          /* the reader's printable id; "": not known */
    struct system_facts system;
    struct logs_facts logs;
    struct uplink_report uplink; /* the way to the hall, as far as it was looked at or tested */
};

#endif
