/* SPDX-License-Identifier: Apache-2.0
 *
 * A person's case as the hall tells it to a terminal (firmware/wire/ask.h carries it sealed): what has happened, what is
 * waited for, until when. A plain value; it names nobody, and is wiped with the visit all the same.
 */
#ifndef MODEL_MY_CASE_H
#define MODEL_MY_CASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/item.h"
#include "model/my_spoken.h"
#include "model/number.h"

#define MY_CASES_MAX 12 /* the newest; `more` says that there are older ones */
#define MY_CASE_STEPS_MAX 8
#define MY_CASE_WORDS_MAX 600 /* bytes */
#define MY_CASE_OPENED_MAX 4  /* the newest; `openings` says how many there were */

enum my_case_stage {                   /* the hall's case_stage.def, as the resident must know it */
                     MY_CASE_NEW,      /* delivered; nobody has taken it in */
                     MY_CASE_RECEIVED, /* an agency looks whether it is whole */
                     MY_CASE_ASKED,    /* a supplement is waited for */
                     MY_CASE_REFUSED,
                     MY_CASE_ACCEPTED,
                     MY_CASE_EXAMINED,
                     MY_CASE_DECIDED,
                     MY_CASE_DELIVERED,
                     MY_CASE_WITHDRAWN,
};
enum my_case_step_kind {
    MY_STEP_HANDED_IN,
    MY_STEP_ASKED,
    MY_STEP_SUPPLIED,
    MY_STEP_ACCEPT,
    MY_STEP_STOPPED,
    MY_STEP_EXAMINE,
    MY_STEP_DECIDE,
    MY_STEP_DELIVER
};
struct my_case_step {
    enum my_case_step_kind kind;
    bool done;
    bool provisional; /* the day may still move (calendar not known) */
    struct date day;  /* done: when it happened; else: by when; without a year: not known */
    char why[200]; /* "自2026年1月5日起20个工作日，其间因现场勘察停3个工作日，故2月5日前" or "" */
};
/* Somebody has read what was handed in. */
struct my_case_opened {
    int64_t at; /* wall clock ms of the hall */
    char post[61];
    char who[61];  /* masked; "": the machine, for a notice, and nobody read it */
    char why[121]; /* in the agency's words, the beginning of them */
};
struct my_case {
    char number[CASE_NUMBER_LEN + 1];
    char item[ITEM_CODE_MAX + 1]; /* task_code: the terminal's catalogue has its words */
    char item_name[200], dept_name[120],
        phone[40]; /* as the hall's catalogue has them, for items this terminal no longer has */
    enum my_case_stage stage;
    int64_t handed_in_ms;
    struct my_case_step steps[MY_CASE_STEPS_MAX];
    int n_steps;
    char missing[MY_CASE_WORDS_MAX + 1]; /* MY_CASE_ASKED: all that is missing, in the agency's words */
    bool can_supplement;                 /* … and it can be added at a terminal now */
    char words[MY_CASE_WORDS_MAX + 1];   /* of refusal or decision */
    bool decided, granted;
    struct date decided_on;
    char paper_code[512]; /* decided or refused: what the paper's QR code holds, signed by the hall
                             (papers/case_paper_code.h); "" none */
    char check_code[24];  /* of that paper */
    int openings;         /* how often it was opened at the hall */
    struct my_case_opened opened[MY_CASE_OPENED_MAX]; /* the newest first */
    int n_opened;
};
struct my_cases {
    int64_t at; /* wall clock ms of the hall */
    int n;
    bool more;
    struct my_case list[MY_CASES_MAX];
    bool spoken; /* it is no case that was asked about, but what somebody said: */
    struct my_spoken told;
};

#endif
