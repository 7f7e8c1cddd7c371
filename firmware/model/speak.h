/* SPDX-License-Identifier: Apache-2.0
 *
 * 投诉建议: what somebody says at a terminal, with a name or without, and the tracking code by which he alone reads the
 * answer.
 *
 * The code has 18 digits: the number of what was said (office 4, registration 3, serial 5: given by the terminal from its
 * own journal, so it is never given twice and needs no network), a secret of 5 from the kernel's random source, and Damm's
 * check digit over all of them, which finds every wrong digit and every swap of neighbours. The number stands in headers and
 * on print records. The secret stands on the screen, on the paper, and in the sealed body, where only hall-open compares it:
 * who knows a number guesses its secret with one in a hundred thousand, and has five tries a day for it (open/tries.h).
 *
 * What is sealed is JSON, one object; members that were not given are left out:
 *   {"v":1,"code":18 digits,"about":a word of speak_about.def,"item":task_code,"case":19 digits,
 *    "applicant":{"name":…,"name_latin":…,"number":…},"fields":{"mobile":…},"words":"…"}
 * It is personal data: `out` must be wiped by buf_finish().
 */
#ifndef MODEL_SPEAK_H
#define MODEL_SPEAK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/identity.h"
#include "model/item.h"
#include "model/number.h"

enum speak_kind {
#define SPEAK(NAME, word, days) SPEAK_##NAME,
#include "model/speak.def"
#undef SPEAK
    SPEAK_KINDS,
};
const char *speak_word(enum speak_kind k);
bool speak_by_word(const char *word, enum speak_kind *ret);
struct item_limit speak_limit(enum speak_kind k); /* until it is answered */

enum speak_about {
#define SPEAK_ABOUT(NAME, word) SPEAK_ABOUT_##NAME,
#include "model/speak_about.def"
#undef SPEAK_ABOUT
    SPEAK_ABOUTS,
};
const char *speak_about_word(enum speak_about a);

/* --- number and code --- */

#define SPEAK_NUMBER_LEN 12
#define SPEAK_SERIAL_MAX 99999
#define SPEAK_CODE_LEN 18
#define SPEAK_SECRETS 100000

struct speak_number {
    int office, registration; /* as in case numbers */
    int serial;               /* 1..SPEAK_SERIAL_MAX within that registration */
};
void speak_number_format(const struct speak_number *n, char out[SPEAK_NUMBER_LEN + 1]);
/* Exactly what that writes; false for anything else. */
bool speak_number_parse(const char *text, struct speak_number *ret);
void speak_code_make(const struct speak_number *n, int secret, char out[SPEAK_CODE_LEN + 1]);
/* 18 digits whose check digit fits. *ret_number (may be NULL): whose code it is. */
bool speak_code_parse(const char *code, char ret_number[SPEAK_NUMBER_LEN + 1]);
/* "110300 300001 483925". out holds 24 bytes. */
void speak_code_group(const char *code, char out[24]);

/* --- what is said --- */

#define SPEAK_CHARACTERS_MAX 300
#define SPEAK_WORDS_MAX (4 * SPEAK_CHARACTERS_MAX) /* bytes */
#define SPEAK_PHONE_LEN 11
#define SPEAK_MAX (4 * 1024) /* of the JSON */

struct spoken {
    enum speak_kind kind;
    enum speak_about about;
    char item[ITEM_CODE_MAX + 1];          /* ITEM: "": the words name it */
    char case_number[CASE_NUMBER_LEN + 1]; /* CASE */
    char phone[SPEAK_PHONE_LEN + 1];       /* "": none was given */
    char words[SPEAK_WORDS_MAX + 1];
};
/* `who` NULL: without a card. -ERR_STATE: without a word, or about a case without its number, or with half a phone number;
 * -ERR_TOOLONG. */
int speak_encode(const struct spoken *said, const char *code, const struct identity *who, struct buf *out, struct err *e);
/* 11 digits of a mobile number. */
bool speak_phone_valid(const char *phone);

#endif
