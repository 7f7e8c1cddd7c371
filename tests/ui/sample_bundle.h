/* SPDX-License-Identifier: Apache-2.0
 *
 * The sample views of a bundle: its guide, its review, what it was handed in as, and after a restart. Part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_BUNDLE_H
#define TESTS_UI_SAMPLE_BUNDLE_H

static struct item sample_members[3];

/* The sample item as a bundle of three. */
static void sample_bundle(struct view *v)
{
    static const char *const names[] = {"基本养老金申领", "退休人员医保待遇核定", "公积金退休提取"};
    static const char *const depts[] = {"区人社局", "区医保局", "市公积金中心"};
    static const int days[] = {10, 5, 0};

    sample_item.task_name = "退休一件事";
    sample_item.n_joined = 3;
    for (int i = 0; i < 3; i++) {
        sample_members[i] = (struct item){
            .task_name = names[i], .dept_name = depts[i], .promise = {days[i], DAY_WORKING, ""}};
        sample_item.joined[i] = &sample_members[i];
    }
}

static void sample_bundle_guide(struct view *v)
{
    sample_guide(v);
    sample_bundle(v);
}
static void sample_bundle_review(struct view *v)
{
    sample_review(v);
    sample_bundle(v);
}
static void sample_bundle_printing(struct view *v)
{
    sample_printing(v);
    sample_bundle(v);
    v->done.n_parts = 3;
    v->done.parts[0] = (struct date){2026, 12, 3};
    v->done.parts[1] = (struct date){2026, 11, 26};
    v->done.parts[2] = (struct date){2026, 11, 19};
}
static void sample_bundle_printed(struct view *v)
{
    sample_bundle_printing(v);
    v->done.print = PRINT_DONE;
    v->done.sent = true;
}
static void sample_bundle_recovery(struct view *v)
{
    sample_recovery_in(v);
    v->recovery.parts = 3;
}

#endif
