/* SPDX-License-Identifier: Apache-2.0
 *
 * A service item (政务服务事项) with the national field names and its ten unified elements (十统一): basic code,
 * implementing code, name, sub-items, type, legal basis, process, time limits, materials, form.
 * A plain value whose strings are owned by whoever made it (catalog/open's item memory). All its texts are in one language;
 * the same item in another one has the same fields, choices and rules at the same places.
 */
#ifndef MODEL_ITEM_H
#define MODEL_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "model/form.h"
#include "model/strings.h"

enum day_unit { DAY_WORKING, DAY_CALENDAR };
struct item_limit {
    int day; /* 0: at once (即办) */
    enum day_unit unit;
    const char *explain;
};
/* What, by the law of the item, whoever is not answered within the statutory limit has (默示许可, or a refusal). */
enum item_tacit { TACIT_NOTHING, TACIT_GRANTED, TACIT_DENIED };
struct item_law {
    const char *law, *article, *note; /* article may be NULL */
};
struct item_step {
    const char *step, *post, *phone;
    struct item_limit limit;
};
/* 已有, 需带, 可容缺, 非必要: one the department may ask for, and the form cannot tell of whom */
enum material_state { MATERIAL_HAVE, MATERIAL_BRING, MATERIAL_LATER, MATERIAL_OPTIONAL };
struct item_material {
    const char *name, *explain;
    enum material_state state;
    bool from_card;
    int defer_day;            /* MATERIAL_LATER: working days to hand it in */
    bool held;                /* a licence that the government holds electronically */
    const char *licence_kind; /* what such a licence is called, or its code; NULL: it is none */
    bool depends;             /* demanded of those alone for whom … */
    struct form_condition need_if;
};
/* An electronic licence may stand in for it; what the card says needs none. */
static inline bool item_material_licensed(const struct item_material *m)
{
    return m->licence_kind && !m->from_card;
}
struct item_fee {
    const char *name, *by_law, *pay_at;
    long amount_cent;
};
struct item_question {
    const char *q, *a;
};

#define ITEM_LIST_MAX 24   /* no more than form_licences has bits */
#define ITEM_MEMBERS_MAX 6 /* of a bundle: what one paper and one page can tell */
struct item_texts {
    const char *at[ITEM_LIST_MAX];
    size_t n;
};
/* bytes */
#define ITEM_CODE_MAX 60 /* local ones are longer than the national 33 */
#define ITEM_THEME_MAX 36
#define ITEM_ADDRESS_MAX 500

struct item {
    /* each plain field of an item file under its own name; NULL, 0, false where it does not stand there */
#define TEXT(key, ...) const char *key;
#define WORDS(key, ...) const char *key;
#define INT(key, ...) int key;
#define FLAG(key, ...) bool key;
#define LIST(key, ...) struct item_texts key;
#define PART(key, ...)
#include "model/item_field.def"
    /* what its parts say */
    const char *task_type_name;
    const char *sub_items; /* words about sub-items, or NULL: none */
    const char *dept_name;
    bool on_the_spot, online, nearby, one_visit; /* 四办: 马上办 网上办 就近办 一次办 */
    bool newer;  /* of a later version than this software: only name, department, place and phone are to be had */
    bool sample; /* some fields are examples */
    struct item_law laws[ITEM_LIST_MAX];
    size_t n_laws;
    struct item_limit anticipate, promise; /* statutory and promised limit */
    enum item_tacit tacit;
    const char *tacit_law; /* NULL where it is TACIT_NOTHING */
    struct item_step steps[ITEM_LIST_MAX];
    size_t n_steps;
    struct item_material materials[ITEM_LIST_MAX];
    size_t n_materials;
    struct item_fee fees[ITEM_LIST_MAX];
    size_t n_fees;
    const char *results[ITEM_LIST_MAX];
    size_t n_results;
    struct item_question questions[ITEM_LIST_MAX];
    size_t n_questions;
    const char *icon; /* name of an icon in assets/icons, by theme */
    struct form form;
    /* A bundle (一件事): one form, and an application to the department of each member. Its form, materials, limits, fees
     * and results are made of theirs (catalog/item_members.h). In the same language, borrowed as its strings are. */
    const struct item *joined[ITEM_MEMBERS_MAX];
    size_t n_joined;                       /* 0: it is no bundle */
    const struct item *in[LANGUAGE_COUNT]; /* the same item in each language; NULL: there is none */
};

#define ACCEPT_DAYS                                                                                                         \
    5 /* working days until acceptance is told, or what is missing: Administrative Licensing Law, art. 32                   \
       */

/* Until when it is told whether an application is accepted: the item's own figure is the limit of its first step. */
static inline struct item_limit item_accept_limit(const struct item *item)
{
    return item->n_steps ? item->steps[0].limit : (struct item_limit){.day = ACCEPT_DAYS, .unit = DAY_WORKING};
}

/* The item as a resident of that language reads it. What is recorded and printed is Chinese. */
static inline const struct item *item_in(const struct item *item, enum language language)
{
    return item->in[language] ? item->in[language] : item;
}

/* One row of a list: what a result card shows. In English as far as the catalogue has it, else "". */
struct item_row {
    char task_code[ITEM_CODE_MAX + 1];
    char name[400], name_en[400];
    char dept_name[100], dept_name_en[100];
    char icon[24];
    int promise_day; /* -1: not known, and the fee neither */
    enum day_unit promise_unit;
    long fee_cent;
    bool terminal, on_the_spot, online, nearby, one_visit;
    bool newer;               /* of a later version than this software: not to be done here, wherever else it is */
    int match_from, match_to; /* found by this part of the name, in bytes; 0, 0: by something else */
    char also[100];           /* … by this everyday name; "": by none */
};
struct item_theme { /* or a department, whose items are a group too */
    char name[100], name_en[100];
    char icon[24];
    int items, here; /* in all; of them to be done at this terminal */
};

#endif
