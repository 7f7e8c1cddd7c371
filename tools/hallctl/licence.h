/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl licence` share: licence.c has the command and its arguments, licence_import.c brings a file in,
 * licence_fetch.c asks the platform (platform.h), licence_show.c tells of the register, licence_act.c revokes and says who
 * may, licence_case.c what a case's item asks for and its applicant holds.
 */
#ifndef HALLCTL_LICENCE_H
#define HALLCTL_LICENCE_H

#include "tools/hall/cases/case_licences.h"
#include "tools/hall/open/holder_wire.h"
#include "tools/hall/rules/account.h"
#include "tools/hallctl/case.h"

#define LICENCE_COMMAND "hallctl licence"

struct licence_options {
    const char *verb, *given; /* given: a file, an id, a case number */
    const char *data, *office, *staff, *post, *reason, *socket, *kind, *url, *ca, *cert, *key, *wait;
    bool json;
    int office_n;
    int64_t wait_n; /* 0: not said */
    uint8_t id[LICENCE_ID_LEN];
    char number[CASE_NUMBER_LEN + 1];
};

/* Each returns the exit code. */
int licence_import(struct store *s, const struct licence_options *o);
int licence_list(struct store *s, const struct licence_options *o);
int licence_show(struct store *s, const struct licence_options *o);
int licence_revoke(struct store *s, const struct licence_options *o);
int licence_fetch(struct store *s, const struct licence_options *o);
int licence_platform(struct store *s, const struct licence_options *o);

/* --- who may (licence_act.c) --- */

/* In an office that has accounts, the role of the one with this name decides. */
int licence_judge_staff(struct store *s, int office, const char *name, enum role_use use, enum licence_refusal *ret,
                        struct err *e);
/* Writes it into the audit log, and says why not and what to do; the exit code. */
int licence_refuse(struct store *s, const struct licence_options *o, enum licence_refusal why);

/* --- hall-open (licence_act.c) --- */

/* Staff, post and reason of *r go with what is asked. -ERR_REFUSED: it is not told, for the reason that *e says;
 * -ERR_UNREACHABLE: hall-open gives no answer. */
int licence_ask_holder(const char *socket, struct holder_request *r, struct holder_answer *a, struct err *e);

/* --- a case (licence_case.c) --- */

/* Prints what each material comes to. `idx`: whose case it is; NULL: as far as hall-open has said by now. */
int licence_tell_case(struct store *s, const struct published *p, const struct case_file *f, const uint8_t *idx, bool json,
                      struct err *e);

#endif
