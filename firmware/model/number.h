/* SPDX-License-Identifier: Apache-2.0
 *
 * Case numbers (办件编号) and ticket numbers, made offline.
 * Case number, 19 digits: office 4, registration 3, day YYMMDD, serial 5, check digit by Damm's table, which finds every
 * wrong digit and every swap of neighbours.
 */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"

#define CASE_NUMBER_LEN 19
#define CASE_SERIAL_MAX 99999

struct case_number {
    int office;       /* 0..9999 */
    int registration; /* 0..999, new at every enrolment */
    struct date day;  /* 2000..2099 */
    int serial;       /* 1..99999 within that day */
};

/* out gets 19 digits and NUL. */
void case_number_format(const struct case_number *n, char out[CASE_NUMBER_LEN + 1]);
/* Spaces are ignored. false: wrong length, other characters, impossible day, serial 0, wrong check digit. */
bool case_number_parse(const char *text, struct case_number *ret);
/* The number of a bundle's application `part`, from 1: as far behind the bundle's own. false: `bundle` is no case number, or
 * the day has no such number. */
bool case_number_part(const char *bundle, int part, char out[CASE_NUMBER_LEN + 1]);
/* "1103 003 261119 00027 4": groups 4 3 6 5 1. out holds 24 bytes. */
void case_number_group(const char *number, char out[24]);
/* GB 32100-2015: 18 characters whose check character fits; letters of either case. */
bool credit_code_valid(const char *code);
/* Damm's algorithm over the digits of `digits`; '0'..'9'. */
char damm_check_digit(const char *digits);

/* Letter by queue. The series the hall leases from: "A 032". A terminal's own: letter, registration in at least two digits,
 * number: "A03-001". */
#define TICKET_NUMBER_MAX 12
void ticket_number_leased(char letter, int number, char out[TICKET_NUMBER_MAX + 1]);
void ticket_number_own(char letter, int registration, int number, char out[TICKET_NUMBER_MAX + 1]);
struct ticket_number {
    char letter;
    int registration; /* 0: the number is leased */
    int number;
};
/* Exactly what the two above write; false for anything else. */
bool ticket_number_parse(const char *text, struct ticket_number *ret);

#endif
