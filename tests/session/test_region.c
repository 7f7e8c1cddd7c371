/* SPDX-License-Identifier: Apache-2.0
 *
 * Choosing a region: from the department's own prefecture or from the top, down and back up.
 */
#include "session/play.h"

#include "base/text.h"

static struct item item;

static void open_field(struct play *p, const char *task_code)
{
    item = (struct item){.task_code = task_code, .task_name = "居住登记", .is_service_terminals = true};
    item.form = (struct form){.n_groups = 1, .n_fields = 1, .groups = {{"从哪里来"}}};
    item.form.fields[0] = (struct form_field){
        .id = "from", .label = "从哪里来", .type = FIELD_REGION, .required = true, .show_if.field = -1};
    play_begin(p);
    p->item = &item;
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_ITEM, 0);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
    CHECK_SCREEN(p, FORM);
    play_tap(p, INTENT_FOCUS, 0);
    CHECK_SCREEN(p, REGION);
}

static void list(struct play *p, const char *name, int n)
{
    struct regions r = {.n = n};

    for (int i = 0; i < n; i++)
        snprintf(r.list[i].code, sizeof r.list[i].code, "51%02u", (unsigned)i % 100u);
    text_copy(r.name, sizeof r.name, name);
    play_input(p, (struct input){.kind = INPUT_REGION, .regions = &r});
}

TEST(down_to_the_last)
{
    struct play p;
    open_field(&p, "11110105MB0A00003C4002014003000");
    CHECK_STR(p.region, "1101"); /* the department's */
    list(&p, "北京市", 16);
    CHECK_INT(p.v->region.n, 16);
    CHECK_STR(p.v->region.name, "北京市");
    play_tap(&p, INTENT_REGION_ALL, 0);
    CHECK_STR(p.region, "");
    list(&p, "", 34);
    play_tap(&p, INTENT_REGION, 33);
    CHECK_STR(p.region, "5133");
    play_tap(&p, INTENT_REGION, 40); /* none of the list */
    CHECK_STR(p.region, "5133");
    list(&p, "四川省甘孜藏族自治州", 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_STR(p.v->values->text[0], "四川省甘孜藏族自治州");
    CHECK_INT(p.v->form.faults[0].kind, FORM_OK);
    CHECK_INT(p.v->region.n, 0);
    play_end(&p);
}

TEST(back_the_way_one_came)
{
    struct play p;
    open_field(&p, "11110105MB0A00003C4002014003000");
    list(&p, "北京市", 16);
    play_tap(&p, INTENT_REGION_ALL, 0);
    list(&p, "", 34);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_STR(p.region, "1101");
    list(&p, "北京市", 16);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, FORM);
    CHECK_STR(p.v->values->text[0], "");
    play_end(&p);
}

TEST(a_department_that_is_nowhere)
{
    struct play p;
    open_field(&p, "11999999MB0A00003C4002014003000");
    CHECK_STR(p.region, "9999");
    list(&p, "", 0);
    CHECK_STR(p.region, "");
    list(&p, "", 34);
    CHECK_INT(p.v->region.n, 34);
    play_end(&p);
}

TEST_MAIN(T(down_to_the_last), T(back_the_way_one_came), T(a_department_that_is_nowhere))
