/* SPDX-License-Identifier: Apache-2.0
 *
 * A form is data inside an item: groups of fields, conditions and rules. What the resident fills in lives in struct
 * form_values, apart from the form, in secret memory.
 */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/identity.h"
#include "model/ink.h"
#include "model/strings.h"

enum field_type {
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) FIELD_##NAME,
#include "model/form_type.def"
#undef FIELD_TYPE
};
enum {
    FIELD_TYPES = 0 /* how many there are */
#define FIELD_TYPE(NAME, word, keyboard, room, most, take, check, show, mask, level) +1
#include "model/form_type.def"
#undef FIELD_TYPE
};

#define FORM_FIELDS_MAX 40
#define FORM_GROUPS_MAX 12
#define FORM_CHOICES_MAX 40
#define FORM_RULES_MAX 16
#define FORM_ANY_MAX 6
#define FORM_VALUE_MAX 400 /* UTF-8 bytes of one value */

/* Strings here are owned by whoever made the form (the catalogue's item memory) and outlive the visit. Fields without a
 * use are NULL or 0. */
struct form_choice {
    const char *id, *label;
    int visits;                  /* whoever chooses it comes so often in person (model/demand.h) … */
    const char *address, *hours; /* … there; NULL where `visits` is 0, `hours` also where they are not known */
};
struct form_condition { /* true when the value of `field` equals `is`; of several choices, when one of them does */
    int field;          /* index into fields, -1: always true; a hidden field has no value */
    const char *is;     /* NULL: true when anything is filled in */
    bool other;         /* true when it is filled in with anything else than `is` */
};
struct form_field {
    const char *id, *label;
    enum field_type type;
    int group;
    const char *source; /* "card.name", "card.number", … (form_source_known) or NULL */
    bool locked; /* from the card: shown, not editable; never at fault by itself, also when the card has no such thing */
    bool required, mask;
    long min, max; /* length in characters for texts, value for NUMBER (cents for MONEY); 0/0: the type's own limits */
    const char *help, *example;
    const struct form_choice *choices; /* a YES_NO has its two answers, ids "yes" and "no", or none: then 是的, 不是 */
    size_t n_choices;
    struct form_condition show_if;
};
struct form_rule { /* when `when` holds, `require` must hold too, else `message` stands at the field of `when` (-1: at the
                    * first field that can be edited). A requirement about what is not known yet is met: no card, no date. */
    struct form_condition when;
    enum {
        RULE_CARD_EXPIRED,
        RULE_CARD_VALID,
        RULE_FIELD_IS,      /* `other` holds */
        RULE_FIELD_AFTER,   /* the date of when.field is after other.field's */
        RULE_FIELD_PAST,    /* the date of when.field is today or before */
        RULE_FIELD_AT_MOST, /* the number or amount of when.field is not above other.field's */
        RULE_FIELD_SAME,    /* when.field and other.field say the same */
        RULE_FIELD_DIFFERS, /* … do not */
        RULE_ANY_OF,        /* one of `any` is filled in */
        RULE_AGE_AT_LEAST,  /* full years from the card's birth date: at least, at most `age` */
        RULE_AGE_AT_MOST,
    } require;
    struct form_condition other;
    int any[FORM_ANY_MAX];
    size_t n_any;
    int age;
    const char *message;
};
struct form_group {
    const char *title;
};
struct form {
    int version;
    struct form_group groups[FORM_GROUPS_MAX];
    size_t n_groups;
    struct form_field fields[FORM_FIELDS_MAX];
    size_t n_fields;
    struct form_rule rules[FORM_RULES_MAX];
    size_t n_rules;
    const char *consent_id, *consent;
};

/* What the value of a signature reads when there is one. */
#define FORM_SIGNED "signed"

/* Of the licences that stand in for materials of the item, by the materials' places, a bit each: use the electronic one, or
 * bring it. In neither: nothing was said. */
struct form_licences {
    uint32_t use, bring;
    int64_t at; /* ms: when that was said last */
};

/* Personal data: from secret_alloc(sizeof). Zeroed = nothing filled in. */
struct form_values {
    char text[FORM_FIELDS_MAX][FORM_VALUE_MAX + 1];
    struct ink ink;
    struct form_licences licences;
};

/* What is wrong with one value; the screen turns it into words. */
enum form_fault_kind {
    FORM_OK,
    FORM_EMPTY,        /* required, nothing there */
    FORM_SHORT,        /* `n` characters are missing */
    FORM_LONG,         /* `n` characters too many */
    FORM_NOT_DIGITS,   /* a character that is no digit */
    FORM_CHARACTERS,   /* a character the field does not take */
    FORM_MOBILE_START, /* does not begin with 13…19 */
    FORM_CHECK,        /* check character or check digit wrong: one digit mistyped */
    FORM_DATE,         /* no such day */
    FORM_RANGE_LOW,    /* below min (n) */
    FORM_RANGE_HIGH,   /* above max (n) */
    FORM_NOT_A_CHOICE,
    FORM_RULE, /* rule `n` of the form: its message */
};
struct form_fault {
    enum form_fault_kind kind;
    long n;
};

/* Is the field shown, given the values? A hidden field's value does not count and is not sent. */
bool form_visible(const struct form *f, const struct form_values *v, size_t field);
/* Checks one field (visible or not), with the rules attached to it. `id` and `today` serve the rules; id may be NULL. */
struct form_fault form_check(const struct form *f, const struct form_values *v, size_t field, const struct identity *id,
                             struct date today);
/* The names a source may have:
 * card.name (Latin when there is no other) card.name_latin card.sex card.nation card.nationality card.birth card.address
 * card.number card.authority card.valid_from card.valid_to card.permit */
bool form_source_known(const char *source);
/* Fills every field that has a source from the card. */
void form_prefill(const struct form *f, struct form_values *v, const struct identity *id);
/* The value as a person reads it: choice labels, dates, grouped digits, masked when the field says so and `masked`. */
void form_display(const struct form *f, const struct form_values *v, size_t field, bool masked, enum language lang,
                  char *out, size_t cap);
/* -1 when there is none. */
int form_field_by_id(const struct form *f, const char *id);
/* How many characters a keyboard puts into the field; its rules may be narrower and speak when it is left. */
size_t form_room(const struct form_field *field);
/* The character that typing `c` behind `text` adds: `c`, the same as a capital, or 0 when the field does not take it. */
uint32_t form_takes(const struct form_field *field, const char *text, uint32_t c);
/* The type by its name in item files; -1 when the name is unknown. */
int form_type_by_name(const char *name);

#endif
