/* SPDX-License-Identifier: Apache-2.0
 *
 * Who a card belongs to, and the rules of its numbers (GB 11643-1999; GB/T 2261.1 sex; GB/T 3304 nations). All of it is
 * personal data: a struct identity lives in memory from secret_alloc() and is wiped with the visit.
 */
#ifndef MODEL_IDENTITY_H
#define MODEL_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

enum identity_kind {
    IDENTITY_RESIDENT,     /* 居民身份证 */
    IDENTITY_HMT,          /* 港澳台居民居住证, type letter J */
    IDENTITY_FOREIGN_2017, /* 外国人永久居留身份证, type letter I */
    IDENTITY_FOREIGN_2023, /* the same, type letter Y */
};

/* "resident", "hmt", "foreign-2017", "foreign-2023": for tools and reports. */
const char *identity_kind_word(enum identity_kind kind);

#define IDENTITY_NAME_MAX 180 /* UTF-8 bytes without NUL: fifteen characters, should every one be told by its code */
#define IDENTITY_ADDRESS_MAX 180
#define IDENTITY_CARD_TEXT_LEN 256
#define IDENTITY_AUTHORITY_MAX 45

struct identity {
    enum identity_kind kind;
    char name[IDENTITY_NAME_MAX + 1];       /* Chinese name; foreigners without one: empty */
    char name_latin[IDENTITY_NAME_MAX + 1]; /* foreigners only */
    char sex;                               /* '0' unknown, '1' male, '2' female, '9' not stated */
    char nation[4];                         /* "01".."58", "97", "98"; empty where the card has none */
    char nationality[4];                    /* foreigners: as on the card */
    struct date birth;
    char address[IDENTITY_ADDRESS_MAX + 1];
    char number[19]; /* 18 characters (15 on 2017 foreigners' cards), X upper case */
    char authority[IDENTITY_AUTHORITY_MAX + 1];
    struct date valid_from;
    struct date valid_to; /* meaningless when long_term */
    bool long_term;       /* 长期 */
    char permit[10];      /* HMT: permit number */
    char issue_count[3];  /* HMT, foreigners 2023 */
    bool newest_address;  /* `address` was written to the chip after the card was printed */
    /* As the card has it, before rare characters got their present code points: for matching with registers that know only
     * the old ones. Never shown, printed or logged. */
    uint8_t card_text[IDENTITY_CARD_TEXT_LEN];
};

enum identity_fault {
    IDENTITY_OK,
    IDENTITY_EXPIRED,    /* valid_to is before today */
    IDENTITY_NOT_YET,    /* valid_from is after today */
    IDENTITY_BAD_NUMBER, /* breaks the rules of its kind of card: identity_number_valid() */
};

/* Whether the card may be used today. Number and birth disagreeing is no fault: such cards exist. */
enum identity_fault identity_check(const struct identity *id, struct date today);

/* The same person's card: number and name agree. Numbers alone have been given twice. */
bool identity_same(const struct identity *a, const struct identity *b);

/* What each kind of card demands of its number: residents 1 to 8 in front and none of 81 82 83 0000, which stand for J; 9, a
 * province and a nationality for foreigners of 2023; 15 characters with a nationality, a day and the check of ICAO 9303 for
 * those of 2017; the check character for all. */
bool identity_number_valid(enum identity_kind kind, const char *number);

/* GB 11643 / ISO 7064 MOD 11-2: 18 characters, a real date inside, right check character; x is taken as X. */
bool citizen_number_valid(const char *number);
/* Does one stand in words, also in groups with blanks, hyphens or points between, behind another number, in full width? It
 * would be kept and shown unsealed. */
bool citizen_number_in(const char *words);
/* What the 18th character must be for the first 17 digits; 0 when they are no digits. */
char citizen_number_check_character(const char *number);

/* "汉", "维吾尔"; "" for an unknown code. Static. */
const char *identity_nation_name(const char *code);

/* First six, asterisks, last four: "110105********002X". `out` holds strlen + 1. */
void identity_mask_number(const char *number, char *out, size_t cap);
/* First character, asterisks, last when three or more: "测*甲", "测*". One that is told by its code counts as one:
 * "〔U+E000〕*". */
void identity_mask_name(const char *name, char *out, size_t cap);
/* The first six characters (about the district), then asterisks, for addresses and other long text. */
void identity_mask_address(const char *address, char *out, size_t cap);
/* "138****0123". */
void identity_mask_mobile(const char *mobile, char *out, size_t cap);
/* What nobody knows more of: as an address where it is longer than six characters, else as a name. */
void identity_mask_text(const char *text, char *out, size_t cap);

#endif
