/* SPDX-License-Identifier: Apache-2.0
 *
 * What is done to the accounts of those who work at the hall, alike for hallctl staff and the administrator's page: read in
 * the caller's transaction, judged, stored, and written into the audit log.
 */
#ifndef HALL_PEOPLE_H
#define HALL_PEOPLE_H

#include "tools/hall/store/store_account.h"
#include "wire/enrol.h"

enum people_verb {
#define PEOPLE_VERB(name, word) PEOPLE_##name,
#include "tools/hall/cases/people_verb.def"
#undef PEOPLE_VERB
    PEOPLE_VERBS
};
bool people_verb_by_word(const char *word, enum people_verb *ret);

enum people_refusal {
    PEOPLE_MAY,
    PEOPLE_TAKEN,     /* ADD: the id is another's, or the name in that office */
    PEOPLE_CODE_USED, /* CODE: RESET is what gives a new one then */
    PEOPLE_LAST,      /* nobody would be left who may do this */
};
const char *people_refusal_word(enum people_refusal r); /* "taken" */

struct people_deed {
    enum people_verb verb;
    const char *id;
    int office;             /* ADD */
    const char *name;       /* ADD */
    const char *post;       /* ADD; ROLE: NULL leaves it */
    enum role role;         /* ADD, ROLE */
    const char *by;         /* of the audit log */
    bool keeps_last;        /* the last active administrator of an office stays one: who does this from a page could not come
                             * back; whoever has the hall's machine can */
    struct account account; /* set: what became of it */
    char code[ENROL_CODE_MAX + 1]; /* set: the one-time code, "" where none was made; whoever holds it wipes it */
    enum people_refusal refusal;   /* set; all but MAY changed nothing */
};
/* -ERR_NOTFOUND: nobody has the id. */
int people_do(struct store *s, struct people_deed *d, struct err *e);

#endif
