/* SPDX-License-Identifier: Apache-2.0
 *
 * A bundle made of its members, and what is found where they do not fit together: one thing changed at a time.
 */
#include "catalog/item_members.h"

#include "item_test.h"
#include "model/members.h"

#define FOLDER "tests/catalogues/bundle/"
#define MEMBERS 3
static const char *const files[] = {FOLDER "bundle-retirement.json", FOLDER "pension.json", FOLDER "pension-medical.json",
                                    FOLDER "pension-fund.json"};

static struct item_file *all[1 + MEMBERS]; /* the bundle, then its members */

/* File `which` with `from` made into `to`; -1: none. */
static void read_all(int which, const char *from, const char *to, enum language language)
{
    for (int i = 0; i <= MEMBERS; i++) {
        struct buf text, changed;
        struct err e = {0};

        if (fs_read(files[i], ITEM_FILE_MAX, &text, NULL) < 0)
            abort();
        change_text(&text, &changed, i == which ? from : "", i == which ? to : "");
        CHECK_INT(item_file_parse(changed.data, changed.len, language, &all[i], &e), 0);
        CHECK_STR(e.text, "");
        buf_finish(&changed);
        item_fit_terminal(all[i]);
    }
}

static void free_all(void)
{
    for (int i = 0; i <= MEMBERS; i++)
        item_file_free(all[i]);
}

TEST(the_bundle_says_what_its_members_do)
{
    read_all(-1, "", "", LANGUAGE_ZH_CN);
    struct seen s = {0};
    const struct item_report report = {see, &s};

    CHECK_INT(item_check(all[0], &report), 0);
    CHECK_INT(item_members_join(all[0], all + 1, MEMBERS, &report), 0);
    CHECK_STR(s.text, "");
    const struct item *b = &all[0]->item;

    CHECK_INT(b->n_joined, 3);
    CHECK_INT(b->promise.day, 10);
    CHECK_INT(b->anticipate.day, 30);
    CHECK_INT(b->n_materials, 1); /* each wants the card */
    CHECK_INT(b->n_results, 3);
    CHECK_INT(b->n_steps, 3);
    CHECK_STR(b->steps[1].step, "退休人员医保待遇核定");
    CHECK_STR(b->steps[1].post, "示例区医疗保障局");
    CHECK_STR(b->joined[2]->transact_addr, b->transact_addr);
    CHECK_STR(b->joined[2]->form.consent_id, b->form.consent_id);
    free_all();
}

TEST(each_question_is_asked_once)
{
    static const char *const ids[] = {"name",     "id_number", "address", "mobile", "work_start",
                                      "employer", "bank",      "clinic",  "take"};

    read_all(-1, "", "", LANGUAGE_ZH_CN);
    CHECK_INT(item_members_join(all[0], all + 1, MEMBERS, NULL), 0);
    const struct form *f = &all[0]->item.form;

    CHECK_INT(f->n_fields, sizeof ids / sizeof *ids);
    for (size_t i = 0; i < f->n_fields; i++)
        CHECK_STR(f->fields[i].id, ids[i]);
    CHECK_INT(f->n_groups, 4);
    CHECK_INT(f->fields[3].group, 0);
    CHECK_INT(f->fields[7].group, 2);
    free_all();
}

TEST(each_member_gets_its_answers_alone)
{
    static struct form_values in, out;

    read_all(-1, "", "", LANGUAGE_ZH_CN);
    CHECK_INT(item_members_join(all[0], all + 1, MEMBERS, NULL), 0);
    const struct item *b = &all[0]->item;

    for (size_t i = 0; i < b->form.n_fields; i++)
        snprintf(in.text[i], sizeof in.text[i], "<%s>", b->form.fields[i].id);
    for (size_t m = 0; m < b->n_joined; m++) {
        const struct form *f = &b->joined[m]->form;

        memset(&out, 'x', sizeof out);
        members_values(b, m, &in, &out);
        for (size_t i = 0; i < FORM_FIELDS_MAX; i++) {
            char want[80] = "";

            if (i < f->n_fields)
                snprintf(want, sizeof want, "<%s>", f->fields[i].id);
            CHECK_STR(out.text[i], want);
        }
    }
    CHECK_INT(form_field_by_id(&b->joined[1]->form, "bank"), -1);
    free_all();
}

TEST(in_english_it_is_the_same_form)
{
    read_all(-1, "", "", LANGUAGE_EN);
    CHECK_INT(item_members_join(all[0], all + 1, MEMBERS, NULL), 0);
    CHECK_STR(all[0]->item.steps[0].step, "Pension");
    CHECK_STR(all[0]->item.form.fields[7].id, "clinic");
    CHECK_STR(all[0]->item.form.groups[1].title, "Retirement");
    free_all();
}

/* The bundle's own file. */
TEST(a_bundle_file_says_no_more_than_it_may)
{
    static const struct change list[] = {
        {"\"members\": [", "\"promise\": { \"day\": 5, \"unit\": \"working-day\" }, \"members\": [", "[promise]"},
        {"\"members\": [", "\"materials\": [], \"members\": [", "[materials]"},
        {"\"members\": [", "\"look_up\": true, \"members\": [", "[look_up][look_up]"},
        {"\"groups\": []",
         "\"groups\": [ { \"title\": \"a\", \"fields\": [ { \"id\": \"x\", \"label\": \"x\", \"type\": \"number\" } ] } ]",
         "[form]"},
        {"\"accept_condition\":", "\"life_events\": [], \"questions\": [], \"related\": [], \"keywords_en_\":", NULL},
        {"\"link_way\": \"010-00000014\",", "", "[link_way]"},
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct item_file *f = NULL;
        struct buf text, changed;
        struct seen s = {0};
        const struct item_report report = {see, &s};

        if (fs_read(files[0], ITEM_FILE_MAX, &text, NULL) < 0)
            abort();
        change_text(&text, &changed, list[i].from, list[i].to);
        int rc = item_file_parse(changed.data, changed.len, LANGUAGE_ZH_CN, &f, NULL);
        if (list[i].says) {
            CHECK_INT(rc, 0);
            CHECK(rc == 0 && item_check(f, &report) > 0);
            CHECK_STR(s.fields, list[i].says);
        } else {
            CHECK(rc < 0);
        }
        item_file_free(f);
        buf_finish(&changed);
    }
}

/* One member, or the bundle (0), changed. */
TEST(members_that_do_not_fit)
{
    static const struct {
        int which;
        const char *from, *to, *field, *says;
    } list[] = {
        {0, "\"dept_code\": \"11110105MB0A00044", "\"dept_code\": \"11110105MB0A00045", "[dept]", "none of the members"},
        {1, "\"task_state\": \"in-use\"", "\"task_state\": \"suspended\"", "[members[0]]", "is not done at terminals now"},
        {3, "\"is_service_terminals\": true", "\"is_service_terminals\": false", "[members[2]]", "is not done at terminals"},
        {2, "\"id\": \"clinic\"", "\"id\": \"bank\"", "[members]", "asks for \"bank\" with another type"},
        {3, "\"type\": \"bank-card\"", "\"type\": \"number\"", "[members]", "asks for \"bank\" with another type"},
        {2, "\"min\": 1950", "\"min\": 1960", "[members]", "asks for \"work_start\" with another min and max"},
        {2, "\"source\": \"card.address\"", "\"source\": \"card.authority\"", "[members]", "another source"},
        {3, "\"mask\": true,\n            \"help\": \"本人",
         "\"mask\": true, \"show_if\": { \"field\": \"name\", \"is\": \"x\" },\n            \"help\": \"本人", "[members]",
         "asks for \"bank\" with another show_if"},
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct seen s = {0};
        const struct item_report report = {see, &s};

        read_all(list[i].which, list[i].from, list[i].to, LANGUAGE_ZH_CN);
        CHECK(item_members_join(all[0], all + 1, MEMBERS, &report) > 0);
        CHECK_STR(s.fields, list[i].field);
        if (!strstr(s.text, list[i].says)) {
            printf("# %s\n", s.text);
            CHECK_STR(s.text, list[i].says);
        }
        free_all();
    }
}

TEST(a_suspended_bundle_may_have_suspended_members)
{
    read_all(1, "\"task_state\": \"in-use\"", "\"task_state\": \"suspended\"", LANGUAGE_ZH_CN);
    all[0]->item.is_service_terminals = false;
    CHECK_INT(item_members_join(all[0], all + 1, MEMBERS, NULL), 0);
    free_all();
}

TEST(no_member_twice_and_no_bundle_within)
{
    struct seen s = {0};
    const struct item_report report = {see, &s};

    read_all(-1, "", "", LANGUAGE_ZH_CN);
    struct item_file *twice[] = {all[1], all[1]}, *within[] = {all[1], all[0]};

    CHECK_INT(item_members_join(all[0], twice, 2, &report), 1);
    CHECK_STR(s.fields, "[members[1]]");
    CHECK(strstr(s.text, "stands twice") != NULL);
    s = (struct seen){0};
    CHECK_INT(item_members_join(all[0], within, 2, &report), 1);
    CHECK(strstr(s.text, "is a bundle itself") != NULL);
    free_all();
}

TEST(a_form_has_room_for_so_many)
{
    struct seen s = {0};
    const struct item_report report = {see, &s};

    read_all(-1, "", "", LANGUAGE_ZH_CN);
    struct form *f = &all[2]->item.form;

    for (size_t i = f->n_fields; i < FORM_FIELDS_MAX; i++) {
        static char ids[FORM_FIELDS_MAX][8];

        snprintf(ids[i], sizeof ids[i], "f%zu", i);
        f->fields[i] = (struct form_field){
            .id = ids[i], .label = "x", .group = 1, .type = FIELD_NUMBER, .show_if.field = -1};
    }
    f->n_fields = FORM_FIELDS_MAX;
    CHECK(item_members_join(all[0], all + 1, MEMBERS, &report) > 0);
    CHECK(strstr(s.text, "the form has more than 40 fields") != NULL);
    free_all();
}

/* Of one paper that two want differently the stricter counts. */
TEST(papers_without_repeats)
{
    static const struct item_material book = {.name = "户口簿", .state = MATERIAL_LATER, .defer_day = 5};

    read_all(-1, "", "", LANGUAGE_ZH_CN);
    all[1]->item.materials[all[1]->item.n_materials++] = book;
    all[2]->item.materials[all[2]->item.n_materials++] = book;
    all[2]->item.materials[all[2]->item.n_materials - 1].state = MATERIAL_BRING;
    all[3]->item.materials[all[3]->item.n_materials++] = book;
    CHECK_INT(item_members_join(all[0], all + 1, MEMBERS, NULL), 0);
    CHECK_INT(all[0]->item.n_materials, 2);
    CHECK_INT(all[0]->item.materials[1].state, MATERIAL_BRING);
    free_all();
}

TEST_MAIN(T(the_bundle_says_what_its_members_do), T(each_question_is_asked_once), T(each_member_gets_its_answers_alone),
          T(in_english_it_is_the_same_form), T(a_bundle_file_says_no_more_than_it_may), T(members_that_do_not_fit),
          T(a_suspended_bundle_may_have_suspended_members), T(no_member_twice_and_no_bundle_within),
          T(a_form_has_room_for_so_many), T(papers_without_repeats))
