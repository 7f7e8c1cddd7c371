/* SPDX-License-Identifier: Apache-2.0
 *
 * Electronic licences (电子证照): what a source says of one, whether it is good on a day, which material of an item it
 * stands in for, and what a further word about it changes. Pure: no clock, no database. Members that come from outside bear
 * the names of the national exchange table up_lic_data, as far as it has them.
 */
#ifndef HALL_LICENCE_H
#define HALL_LICENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "tools/hall/rules/case.h"

#define LICENCE_ID_LEN 12
#define LICENCE_CODE_MAX 64 /* bytes, as all below */
#define LICENCE_KIND_MAX 100
#define LICENCE_NUMBER_MAX 128
#define LICENCE_MASKED_MAX 24
#define LICENCE_ISSUER_MAX 200
#define LICENCE_HOLDER_MAX 18

enum licence_state { LICENCE_VALID, LICENCE_SUSPENDED, LICENCE_REVOKED, LICENCE_STATES };
const char *licence_state_word(enum licence_state s);
bool licence_state_by_word(const char *word, enum licence_state *ret);

enum licence_source { LICENCE_IMPORT, LICENCE_PLATFORM, LICENCE_SOURCES };
const char *licence_source_word(enum licence_source s);
bool licence_source_by_word(const char *word, enum licence_source *ret);

/* As the register has it: nobody's name, and the number masked. */
struct licence {
    uint8_t id[LICENCE_ID_LEN]; /* blind: of holder, kind and number (open/blind.h) */
    char code[LICENCE_CODE_MAX + 1], kind[LICENCE_KIND_MAX + 1];
    char number[LICENCE_MASKED_MAX + 1];
    char issuer[LICENCE_ISSUER_MAX + 1];
    struct date from, to; /* to: the last day it is good; year 0: it has no end */
    enum licence_state state;
    enum licence_source source;
    struct date told;                                          /* the day the source says this of */
    int64_t learned;                                           /* when it came here, ms */
    char staff[CASE_NAME_MAX + 1], reason[CASE_WORDS_MAX + 1]; /* who revoked it here, and why; "": nobody */
};

/* The last four characters behind four asterisks: many numbers are their holder's citizen number. */
void licence_mask(const char *number, char out[LICENCE_MASKED_MAX + 1]);

/* --- what a source says --- */

enum licence_fault {
    LICENCE_FINE,
#define LICENCE_FAULT(name, what) LICENCE_FAULT_##name,
#include "tools/hall/rules/licence_fault.def"
#undef LICENCE_FAULT
    LICENCE_FAULTS
};
const char *licence_fault_what(enum licence_fault f);

struct licence_words { /* borrowed; none of them NULL */
    const char *certificate_holder_code, *certificate_type_code, *certificate_type, *certificate_number, *issue_dept,
        *valid_from, *valid_to, *state, *told;
};
struct licence_said { /* personal data: memory that is wiped */
    char holder[LICENCE_HOLDER_MAX + 1], number[LICENCE_NUMBER_MAX + 1];
    struct licence licence; /* id, source and learned are left to the caller */
};
/* *ret counts where it is LICENCE_FINE. */
enum licence_fault licence_read(const struct licence_words *w, struct date today, struct licence_said *ret);

enum licence_change {
    LICENCE_NEW,      /* not known yet */
    LICENCE_SAME,     /* known so */
    LICENCE_REPLACES, /* said of a later day, or of the same one and otherwise */
    LICENCE_OLDER,    /* what is known was said of a later day */
    LICENCE_STAYS,    /* it was revoked here: only an import that speaks of a later day changes that */
};
/* `known` NULL: the register does not have it. */
enum licence_change licence_judge(const struct licence *known, const struct licence *said);

/* --- what it is good for --- */

enum licence_standing {
    LICENCE_GOOD,
    LICENCE_NOT_YET,
    LICENCE_EXPIRED,
    LICENCE_IS_SUSPENDED,
    LICENCE_IS_REVOKED,
    LICENCE_STANDINGS
};
const char *licence_standing_word(enum licence_standing s);
enum licence_standing licence_on(const struct licence *l, struct date day);

/* Is it what a catalogue calls `kind` (licence_kind of a material): by the kind's name, or by its code? */
bool licence_is_of(const struct licence *l, const char *kind);

/* What the platform said last when it was asked for one kind of licence in one case. */
enum licence_asked { LICENCE_NEVER_ASKED, LICENCE_SAID_HELD, LICENCE_SAID_NONE, LICENCE_NOT_TOLD, LICENCE_ASKEDS };
const char *licence_asked_word(enum licence_asked a);
bool licence_asked_by_word(const char *word, enum licence_asked *ret);
enum licence_why {
    LICENCE_WHY_NONE,
#define LICENCE_WHY(name, word, said, what) LICENCE_WHY_##name,
#include "tools/hall/rules/licence_why.def"
#undef LICENCE_WHY
    LICENCE_WHYS
};
const char *licence_why_word(enum licence_why w); /* "" for NONE */
const char *licence_why_what(enum licence_why w);
bool licence_why_by_word(const char *word, enum licence_why *ret);
bool licence_why_is_said(enum licence_why w); /* it is the platform's to say */
struct licence_check {
    char kind[LICENCE_KIND_MAX + 1];
    enum licence_asked asked;
    int64_t at;           /* ms */
    enum licence_why why; /* NOT_TOLD */
};

enum licence_cover {
    LICENCE_HELD,      /* it is there and good: nobody brings it */
    LICENCE_BRING,     /* there is none, or none that is good */
    LICENCE_UNCHECKED, /* nobody knows: the applicant shows it */
    LICENCE_COVERS
};
const char *licence_cover_word(enum licence_cover c);
struct licence_verdict {
    enum licence_cover cover;
    const struct licence *licence; /* HELD: which, the one that is good longest; else the one that is not, or NULL */
    enum licence_standing standing;
};
/* Of the n licences of one person; `check` may be NULL. */
struct licence_verdict licence_verdict(const char *kind, const struct licence *list, size_t n,
                                       const struct licence_check *check, struct date day);

/* --- who may --- */

enum licence_refusal {
    LICENCE_MAY,
#define LICENCE_REFUSAL(name, word, what, remedy) LICENCE_REFUSAL_##name,
#include "tools/hall/rules/licence_refusal.def"
#undef LICENCE_REFUSAL
    LICENCE_REFUSALS
};
const char *licence_refusal_word(enum licence_refusal r);
const char *licence_refusal_what(enum licence_refusal r);
const char *licence_refusal_remedy(enum licence_refusal r);

#endif
