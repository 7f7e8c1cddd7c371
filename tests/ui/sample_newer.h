/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of what a later version wrote: an item and a queue this software cannot do yet, in their lists and on their
 * page; what a technician reads of a whole catalogue. Included by sample.h only.
 */
static void sample_newer(struct view *v)
{
    static const struct item item = {.task_code = "newer",
                                     .task_name = "残疾人家庭无障碍改造补贴申请",
                                     .dept_name = "区残联",
                                     .transact_addr = "示例区政务服务中心二层 C 区 12 至 14 号窗口",
                                     .link_way = "010-00000012",
                                     .newer = true};

    sample_base(v);
    v->screen = SCREEN_NEWER;
    v->can_back = true;
    v->item.item = &item;
}
static void sample_newer_bare(struct view *v)
{
    static const struct item item = {.task_code = "newer", .task_name = "无障碍改造补贴", .newer = true};

    sample_newer(v);
    v->item.item = &item;
}
static void sample_newer_rows(struct view *v)
{
    sample_rows(v);
    v->browse.rows[0].newer = v->browse.rows[2].newer = true;
}
static void sample_queue_newer(struct view *v)
{
    sample_choose_queue(v);
    v->queue.queues[1].queue.newer = true;
}
static void sample_newer_queue(struct view *v)
{
    sample_queue_newer(v);
    v->screen = SCREEN_NEWER;
    v->newer = &v->queue.queues[1].queue;
}
static void sample_technician_level(struct view *v)
{
    sample_technician(v);
    v->staff.facts.level = 1;
    v->staff.facts.needs = 2;
}
