/* SPDX-License-Identifier: Apache-2.0
 *
 * A terminal's first boot as a value: what was found, what a person saw, how far the hall is. The session keeps it in its
 * view, and hands it on to the session that is made after it, when the terminal has been enrolled or a catalogue has come.
 * And its two papers: the page with a number that somebody reads back, and the slip.
 */
#ifndef MODEL_FIRST_H
#define MODEL_FIRST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/machine.h"
#include "model/paper.h"
#include "model/place.h"
#include "model/test_number.h"

/* The sheet, DATA/sheet.json (wire/enrol.h): while it lies there the first boot is not over. */
enum first_sheet {
    FIRST_SHEET_GOOD,
    FIRST_SHEET_NONE,
    FIRST_SHEET_BAD,   /* it cannot be read */
    FIRST_SHEET_LATER, /* this terminal was enrolled before, holds a journal, and terminal.json is lost: nothing is made anew
                        */
};

enum first_hall {
    FIRST_HALL_SILENT,    /* kiosk-sync has said nothing yet */
    FIRST_HALL_ASKED,     /* it is on its way */
    FIRST_HALL_UNREACHED, /* no answer */
    FIRST_HALL_REFUSED,   /* the hall says no: the code is wrong, used or over */
    FIRST_HALL_STRANGER,  /* who answers is not the hall of the sheet */
    FIRST_HALL_CATALOGUE, /* enrolled; the catalogue is on its way */
    FIRST_HALL_OPEN,      /* all is here */
};

#define FIRST_PROOF_MAX 213

/* What kiosk knows. */
struct first_facts {
    enum first_sheet sheet;
    enum first_hall hall;
    char terminal[33]; /* by the sheet; "": there is none */
    struct machine machine;
    int64_t total_mb;                /* of the disk the data lies on; 0: not known */
    bool proved;                     /* the next holds; only for the slip that is asked for now */
    char proof[FIRST_PROOF_MAX + 1]; /* wire/slip.h; "": it could not be made */
};

enum first_part { FIRST_TOUCH, FIRST_READER, FIRST_RECEIPT, FIRST_TICKET, FIRST_HALL, FIRST_STORAGE, FIRST_PARTS };
enum first_result {
    FIRST_UNTESTED,
    FIRST_GOOD,     /* somebody saw it */
    FIRST_UNSEEN,   /* it answers; nobody had a card to try it with */
    FIRST_BAD,      /* somebody looked, and nothing came out */
    FIRST_LEFT_OUT, /* it lacks, and a technician opened without it */
};

enum first_lack {
    FIRST_LACK_NONE,
#define FIRST_LACK(name, part, code) FIRST_LACK_##name,
#include "model/first_lack.def"
#undef FIRST_LACK
    FIRST_LACKS,
};
/* "P-2"; "" for FIRST_LACK_NONE. */
const char *first_lack_code(enum first_lack l);
enum first_part first_lack_part(enum first_lack l);
bool first_may_lack(enum first_lack l); /* a terminal may open without it */

/* What a person is asked on the page of the test. */
enum first_ask {
    FIRST_ASK_NOTHING,
    FIRST_ASK_NUMBER, /* which of `number` is on the paper */
    FIRST_ASK_CARD,   /* to lay a card on the reader */
    FIRST_ASK_SLIP,   /* whether the slip came out */
};

struct first {
    bool on;
    struct first_facts facts;
    enum first_result part[FIRST_PARTS];
    int seen[FIRST_PARTS]; /* the number that somebody read on the paper */
    int looks;             /* how often it was looked since the start, every two seconds */
    enum first_part testing;
    bool slip;    /* it is the slip that is printed, on the printer `testing` */
    bool running; /* a paper is on its way */
    bool over;    /* kiosk has been told to open */
    enum first_ask ask;
    struct test_number number; /* FIRST_ASK_NUMBER */
    int papers;                /* printed so far: each bears another number */
    bool again;                /* the answer before was wrong, or the card could not be read */
    enum first_lack lack;      /* first-not-ready: what is told */
    int lacking;               /* and how many parts lack in all */
};

/* Parts that were left out. */
int first_left_out(const struct first *f);

/* What the page of a printer says: which printer, and the number, large. NULL: it did not fit. */
struct paper *first_page_compose(const struct first *f, const struct place *place, int64_t now_ms);
/* The slip for the technician's sheet. */
struct paper *first_slip_compose(const struct first *f, const struct place *place, int64_t now_ms);

#endif
