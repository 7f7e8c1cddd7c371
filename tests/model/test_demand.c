/* SPDX-License-Identifier: Apache-2.0
 *
 * How often, where and with what: the sample items, answer by answer.
 */
#include "model/demand.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/text.h"
#include "catalog/item_file.h"
#include "test.h"

static struct item_file *file;
static struct form_values values;

static const struct item *open_item(const char *name)
{
    char path[100];
    struct buf text;

    snprintf(path, sizeof path, "tests/catalogues/zone/%s.json", name);
    if (fs_read(path, ITEM_FILE_MAX, &text, NULL) < 0 ||
        item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, &file, NULL) < 0)
        abort();
    buf_finish(&text);
    memset(&values, 0, sizeof values);
    return &file->item;
}

/* How many are to be handed in for sure. */
static int due(const struct item *item, const struct demand *d)
{
    int n = 0;

    for (size_t i = 0; i < item->n_materials; i++)
        n += d->materials[i] == DEMANDED_YES;
    return n;
}

static void answer(const char *field, const char *value)
{
    int i = form_field_by_id(&file->item.form, field);

    CHECK(i >= 0);
    text_copy(values.text[i], sizeof values.text[i], value);
}

static struct demand now(void)
{
    struct demand d;

    demand_of(&file->item, &values, &d);
    return d;
}

static struct demand before(void)
{
    struct demand d;

    demand_of(&file->item, NULL, &d);
    return d;
}

TEST(collected_is_one_visit_posted_is_none)
{
    const struct item *i = open_item("elderly-card");
    struct demand d = before();

    CHECK_INT(d.least, 0);
    CHECK_INT(d.most, 1);
    CHECK_INT(d.choice, -1);
    answer("local", "yes");
    answer("collect", "street");
    d = now();
    CHECK_INT(d.least, 1);
    CHECK_INT(d.most, 1);
    CHECK_STR(demand_place(i, &d).name, "街道便民服务中心");
    CHECK_STR(demand_place(i, &d).address, "城东路 20 号");
    CHECK_STR(demand_place(i, &d).hours, "周一到周六 9:00-17:00");
    answer("collect", "community");
    d = now();
    CHECK(!demand_place(i, &d).hours);
    answer("collect", "post");
    d = now();
    CHECK_INT(d.most, 0);
    CHECK(!demand_place(i, &d).address);
    CHECK(d.choice >= 0);
    item_file_free(file);
}

TEST(a_permit_is_asked_of_those_from_elsewhere)
{
    const struct item *i = open_item("elderly-card");
    struct demand d = before();

    CHECK_INT(d.materials[0], DEMANDED_NOT); /* the card is there */
    CHECK_INT(d.materials[1], DEMANDED_PERHAPS);
    CHECK_INT(due(i, &d), 0);
    answer("collect", "post");
    answer("local", "yes");
    d = now();
    CHECK_INT(d.materials[1], DEMANDED_NOT);
    CHECK_INT(d.most, 0);
    answer("local", "no");
    d = now();
    CHECK_INT(d.materials[1], DEMANDED_YES);
    CHECK_INT(due(i, &d), 1);
    CHECK_INT(d.least, 1); /* paper has to be handed in, though the card comes by post */
    CHECK_INT(d.most, 1);
    CHECK(!demand_place(i, &d).name);
    CHECK_STR(demand_place(i, &d).address, i->transact_addr);
    item_file_free(file);
}

TEST(a_licence_that_is_used_is_asked_for_no_more)
{
    const struct item *i = open_item("elderly-card");
    struct demand d;

    values.licences = (struct form_licences){.use = 1 << 1};
    answer("collect", "post");
    answer("local", "no");
    d = now();
    CHECK_INT(d.materials[1], DEMANDED_HELD);
    CHECK_INT(due(i, &d), 0);
    CHECK_INT(d.most, 0); /* nothing is to be handed in */
    answer("local", "yes");
    d = now();
    CHECK_INT(d.materials[1], DEMANDED_NOT); /* nor used where it is not demanded */
    values.licences = (struct form_licences){.bring = 1 << 1};
    answer("local", "no");
    d = now();
    CHECK_INT(d.materials[1], DEMANDED_YES);
    values.licences = (struct form_licences){0};
    item_file_free(file);
}

TEST(anything_but_that_answer)
{
    const struct item *i = open_item("driving-licence-renewal");
    struct demand d;

    answer("delivery", "post");
    d = now();
    CHECK_INT(due(i, &d), 0); /* not answered yet: nothing to say */
    answer("health", "sent");
    d = now();
    CHECK_INT(due(i, &d), 0);
    CHECK_INT(d.most, 0);
    answer("health", "paper");
    d = now();
    CHECK_INT(d.materials[2], DEMANDED_YES);
    answer("delivery", "window");
    d = now();
    CHECK_INT(due(i, &d), 3);
    CHECK_INT(d.most, 1);
    item_file_free(file);
}

TEST(what_need_not_be_is_never_due)
{
    const struct item *i = open_item("newborn");
    struct demand d = before();

    CHECK_INT(d.materials[1], DEMANDED_PERHAPS);
    d = now();
    CHECK_INT(d.materials[1], DEMANDED_NOT);
    CHECK_INT(d.materials[3], DEMANDED_YES); /* 户口簿, later */
    CHECK_INT(d.most, i->limit_scene_num);
    CHECK_STR(demand_place(i, &d).address, i->transact_addr);
    item_file_free(file);
}

TEST(a_hidden_question_sends_nobody)
{
    static const struct form_choice where[] = {{.id = "here", .visits = 1, .address = "x"}, {.id = "there", .visits = 2}};
    static const struct form_choice yes_no[] = {{.id = "yes"}, {.id = "no"}};
    struct item i = {
        .form = {
            .n_fields = 2,
            .fields = {{.id = "want", .type = FIELD_CHOICE, .choices = yes_no, .n_choices = 2, .show_if = {.field = -1}},
                       {.id = "where",
                        .type = FIELD_CHOICE,
                        .choices = where,
                        .n_choices = 2,
                        .show_if = {.field = 0, .is = "yes"}}}}};
    struct demand d;

    demand_of(&i, NULL, &d);
    CHECK_INT(d.least, 0);
    CHECK_INT(d.most, 2);
    memset(&values, 0, sizeof values);
    strcpy(values.text[1], "there"); /* answered before it was hidden */
    strcpy(values.text[0], "no");
    demand_of(&i, &values, &d);
    CHECK_INT(d.most, 0);
    strcpy(values.text[0], "yes");
    demand_of(&i, &values, &d);
    CHECK_INT(d.least, 2);
    values.text[1][0] = '\0';
    demand_of(&i, &values, &d);
    CHECK_INT(d.least, 1);
    CHECK_INT(d.most, 2);
}

TEST_MAIN(T(collected_is_one_visit_posted_is_none), T(a_permit_is_asked_of_those_from_elsewhere),
          T(a_licence_that_is_used_is_asked_for_no_more), T(anything_but_that_answer), T(what_need_not_be_is_never_due),
          T(a_hidden_question_sends_nobody))
