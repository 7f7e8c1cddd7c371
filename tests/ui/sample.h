/* SPDX-License-Identifier: Apache-2.0
 *
 * A made-up view for every screen, for tests and for pictures: nobody in it exists.
 */
#ifndef TESTS_UI_SAMPLE_H
#define TESTS_UI_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/supplement.h"
#include "sample_item.h"

#define SAMPLE_NOW 1795054320000 /* 2026-11-19 10:12 in China, a Thursday */

static struct item_row sample_row(const char *name, const char *dept, const char *icon, int days, bool here)
{
    struct item_row r = {.promise_day = days, .terminal = here, .online = true, .nearby = here, .one_visit = true};

    text_copy(r.name, sizeof r.name, name);
    text_copy(r.dept_name, sizeof r.dept_name, dept);
    text_copy(r.icon, sizeof r.icon, icon);
    snprintf(r.task_code, sizeof r.task_code, "task-%d-%zu", days, strlen(name));
    r.on_the_spot = days == 0;
    return r;
}

static void sample_theme(struct view *v, const char *name, const char *icon, int items, int here)
{
    struct item_theme *t = &v->browse.themes[v->browse.n_themes++];

    text_copy(t->name, sizeof t->name, name);
    text_copy(t->icon, sizeof t->icon, icon);
    t->items = items;
    t->here = here;
}

static void sample_queues(struct view *v);
static void sample_idle(struct view *v);
static void sample_home(struct view *v);

/* What every view has. */
static void sample_base(struct view *v)
{
    memset(v, 0, sizeof *v);
    sample_make_item();
    sample_make_identity();
    v->place = &sample_place;
    v->now_ms = SAMPLE_NOW;
    v->visit = true;
    v->health = (struct health){.reader = READER_READY,
                                .printer[DEVICE_RECEIPT] = PRINTER_READY,
                                .printer[DEVICE_TICKET] = PRINTER_READY,
                                .hall = true,
                                .clock_sure = true,
                                .storage = true,
                                .catalogue = true};
    v->form.focus = -1;
    v->browse.theme = -1;
    v->search.text = "";
    v->home.here = 86;
    v->home.all = 1128;
    v->home.hot[0] = sample_row("老年人优待证申领", "区民政局", "elder", 5, true);
    v->home.hot[1] = sample_row("城乡居民养老参保登记", "区人社局", "insurance", 10, true);
    v->home.hot[2] = sample_row("灵活就业登记", "区人社局", "work", 0, true);
    v->home.hot[3] = sample_row("居民身份证有效期满换领", "区公安分局", "idcard", 20, true);
    v->home.n_hot = 4;
    sample_queues(v);
}

#include "ui/sample_queue.h"

static void sample_in_visit(struct view *v)
{
    sample_base(v);
    v->item.item = &sample_item;
    v->item.pages = 2;
    v->identity = &sample_identity;
    v->values = &sample_values;
}

static void sample_idle(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_IDLE;
    v->now_ms = SAMPLE_NOW + 634 * 60000LL;
    v->visit = false;
}
static void sample_idle_faults(struct view *v)
{
    sample_idle(v);
    v->health.reader = READER_ABSENT;
    v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    v->health.hall = false;
}
static void sample_home(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_HOME;
}
static void sample_home_fault(struct view *v)
{
    sample_home(v);
    v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    v->queue.n_queues = 0;
    v->home.n_hot = 3;
}
static void sample_themes(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_BROWSE;
    v->can_back = true;
    sample_theme(v, "养老", "elder", 40, 11);
    sample_theme(v, "看病医保", "medical", 60, 14);
    sample_theme(v, "社会保险", "insurance", 55, 12);
    sample_theme(v, "就业", "work", 33, 9);
    sample_theme(v, "婚育家庭", "family", 30, 8);
    sample_theme(v, "上学", "school", 22, 6);
    sample_theme(v, "住房", "house", 41, 7);
    sample_theme(v, "车辆出行", "car", 18, 4);
    sample_theme(v, "证照", "certificate", 26, 5);
    sample_theme(v, "开店经营", "shop", 120, 7);
    sample_theme(v, "助残救助", "wheelchair", 24, 3);
    sample_theme(v, "其他", "guide", 300, 0);
}
static void sample_depts(struct view *v)
{
    static const char *const names[] = {
        "区人力资源和社会保障局", "区公安分局",       "区民政局",     "区医疗保障局",   "区市场监督管理局",
        "区住房和城乡建设委员会", "区卫生健康委员会", "区交通运输局", "区应急管理局",   "区规划和自然资源分局",
        "区农业农村局",           "区生态环境局",     "区教育委员会", "区文化和旅游局", "区残疾人联合会",
        "区退役军人事务局",       "区消防救援支队"};

    sample_base(v);
    v->screen = SCREEN_BROWSE;
    v->can_back = true;
    v->browse.by_dept = true;
    for (int i = 0; i < 17; i++)
        sample_theme(v, names[i], "hall", 180 - 9 * i, i < 9 ? 9 - i : 0);
}
static void sample_rows(struct view *v)
{
    sample_themes(v);
    v->browse.theme = 0;
    v->browse.rows[0] = sample_row("老年人优待证申领", "区民政局", "elder", 5, true);
    v->browse.rows[1] = sample_row("高龄津贴停发", "区民政局", "elder", 0, true);
    v->browse.rows[2] = sample_row("城乡居民基本养老保险关系转移接续申请", "区人社局", "elder", 10, true);
    v->browse.rows[3] = sample_row(
        "除从事剧毒、易制爆、汽油加油站、专用危化品仓储的企业外，不带有储存设施经营的其他危险化学品企业经营许可证变更",
        "区应急管理局", "elder", 10, false);
    v->browse.n_rows = 4;
    v->browse.total = 7;
    v->browse.pages = 2;
}
#include "sample_search.h"

static void sample_guide(struct view *v)
{
    sample_in_visit(v);
    v->screen = SCREEN_ITEM;
    v->can_back = true;
}
static void sample_guide_long(struct view *v)
{
    sample_guide(v);
    sample_item.task_name =
        "除从事剧毒、易制爆、汽油加油站、专用危化品仓储的企业外，除中央企业所属省级、设区的市级公司（分公司）从事"
        "危险化学品经营活动的企业，不带有储存设施经营除剧毒化学品、易制爆危险化学品以外的其他危险化学品企业"
        "经营许可证变更审查";
    sample_item.is_service_terminals = false;
    for (int i = 0; i < 6; i++)
        sample_item.materials[sample_item.n_materials++] = (struct item_material){
            .name = "危险化学品经营许可证正本、副本", .explain = "加盖公章", .state = MATERIAL_BRING};
}
static void sample_details(struct view *v)
{
    sample_guide(v);
    v->item.page = 1;
}
static void sample_form(struct view *v)
{
    sample_in_visit(v);
    v->screen = SCREEN_FORM;
    v->can_back = true;
    v->form.pages = 3;
    v->form.page = 0;
    v->form.title = "您的信息";
    v->form.fields[0] = F_REASON;
    v->form.fields[1] = F_URGENT;
    v->form.n_fields = 2;
    v->form.locked[0] = F_NAME;
    v->form.locked[1] = F_NUMBER;
    v->form.locked[2] = F_ADDRESS;
    v->form.n_locked = 3;
    strcpy(sample_values.text[F_REASON], "expiring");
}
static void sample_form_keys(struct view *v)
{
    sample_form(v);
    v->form.page = 0;
    v->form.title = "怎么联系您";
    v->form.n_locked = 2;
    v->form.fields[0] = F_MOBILE;
    v->form.fields[1] = F_WAY;
    v->form.n_fields = 2;
    v->form.focus = F_MOBILE;
    v->keys.kind = KEYBOARD_DIGITS;
    strcpy(sample_values.text[F_MOBILE], "1380000012");
    strcpy(sample_values.text[F_WAY], "sms");
}
static void sample_form_fault(struct view *v)
{
    sample_form_keys(v);
    v->form.focus = -1;
    v->keys.kind = KEYBOARD_NONE;
    v->form.faults[F_MOBILE] = (struct form_fault){FORM_SHORT, 1};
    v->form.faults[F_WAY] = (struct form_fault){FORM_EMPTY, 0};
    sample_values.text[F_WAY][0] = '\0';
}
static void sample_form_latin(struct view *v)
{
    sample_form(v);
    v->form.page = 2;
    v->form.title = "领证和补助";
    v->form.fields[0] = F_DELIVERY;
    v->form.fields[1] = F_DATE;
    v->form.fields[2] = F_CREDIT;
    v->form.fields[3] = F_INCOME;
    v->form.n_fields = 4;
    v->form.focus = F_CREDIT;
    v->keys.kind = KEYBOARD_LATIN;
    strcpy(sample_values.text[F_CREDIT], "91110105MA00");
    strcpy(sample_values.text[F_DATE], "20261201");
    strcpy(sample_values.text[F_DELIVERY], "window");
}
#include "sample_compose.h"

static void sample_region(struct view *v)
{
    static const char *const names[] = {"广安", "前锋", "岳池", "武胜", "邻水", "华蓥", "积石山保安族东乡族撒拉族"};

    sample_form_keys(v);
    v->screen = SCREEN_REGION;
    v->keys.kind = KEYBOARD_NONE;
    v->can_back = true;
    v->region.field = F_HOME;
    strcpy(v->region.name, "四川省广安市");
    for (int i = 0; i < 26; i++) {
        snprintf(v->region.rows[i].code, sizeof v->region.rows[i].code, "5116%02u", (unsigned)i % 100u);
        snprintf(v->region.rows[i].name, sizeof v->region.rows[i].name, "%s%c县", names[i % 7], 'A' + i);
    }
    v->region.n = 26;
}
static void sample_form_money(struct view *v)
{
    sample_form_latin(v);
    v->form.focus = F_INCOME;
    v->keys.kind = KEYBOARD_MONEY;
    strcpy(sample_values.text[F_INCOME], "3200");
    v->form.faults[F_CREDIT] = (struct form_fault){FORM_SHORT, 6};
}
static void sample_review(struct view *v)
{
    sample_form_latin(v);
    v->screen = SCREEN_REVIEW;
    v->form.signature = -1;
    v->form.focus = -1;
    v->keys.kind = KEYBOARD_NONE;
    v->form.groups[0].title = "您的信息";
    v->form.groups[0].fields[0] = F_REASON;
    v->form.groups[0].fields[1] = F_URGENT;
    v->form.groups[0].n_fields = 2;
    v->form.groups[1].title = "怎么联系您";
    v->form.groups[1].fields[0] = F_MOBILE;
    v->form.groups[1].fields[1] = F_WAY;
    v->form.groups[1].n_fields = 2;
    v->form.groups[2].title = "领证和补助";
    v->form.groups[2].fields[0] = F_DELIVERY;
    v->form.groups[2].fields[1] = F_DATE;
    v->form.groups[2].n_fields = 2;
    strcpy(sample_values.text[F_MOBILE], "13800000123");
    strcpy(sample_values.text[F_WAY], "sms");
    strcpy(sample_values.text[F_URGENT], "no");
    strcpy(sample_values.text[F_DELIVERY], "window");
    v->form.consent = true;
}
static void sample_review_signed(struct view *v)
{
    sample_review(v);
    v->form.signature = F_SIGNATURE;
    sample_sign(&sample_values.ink);
    strcpy(sample_values.text[F_SIGNATURE], FORM_SIGNED);
}
static void sample_review_unsigned(struct view *v)
{
    sample_review(v);
    v->form.signature = F_SIGNATURE;
    v->form.signature_missing = true;
}
static void sample_review_missing(struct view *v)
{
    sample_review(v);
    v->form.consent = false;
    v->form.consent_missing = true;
}
static void sample_done(struct view *v)
{
    sample_in_visit(v);
    v->screen = SCREEN_SUCCESS;
    strcpy(v->done.number, "1103003261119000278");
    receipt_qr_text(v->done.number, sample_place.terminal, v->done.qr);
    v->done.promised = (struct date){2026, 11, 26};
    v->done.accepted = (struct date){2026, 11, 20};
    demand_of(v->item.item, v->values, &v->done.demand);
    v->done.submitted_ms = SAMPLE_NOW;
    v->done.copy = 1;
}
static void sample_printing(struct view *v)
{
    sample_done(v);
    v->done.print = PRINT_RUNNING;
    v->done.progress = 60;
}
static void sample_printed(struct view *v)
{
    sample_done(v);
    v->done.print = PRINT_DONE;
    v->done.provisional = true;
    v->done.provisional_year = 2027;
    v->done.promised = (struct date){2027, 1, 5};
    v->done.sent = true;
}
static void sample_rating(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_RATING;
}
static void sample_rating_named(struct view *v)
{
    sample_rating(v);
    v->rating.named = true;
}
static void sample_rating_thanks(struct view *v)
{
    sample_rating(v);
    v->rating.thanks = true;
}
static void sample_rating_lost(struct view *v)
{
    sample_rating(v);
    v->rating.lost = true;
}
static void sample_no_paper(struct view *v)
{
    sample_done(v);
    v->screen = SCREEN_TROUBLE_PAPER;
    v->done.print = PRINT_NOT;
    v->done.why = v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
}
static void sample_paper_back(struct view *v)
{
    sample_no_paper(v);
    v->done.why = v->health.printer[DEVICE_RECEIPT] = PRINTER_READY;
    v->done.expired = true;
}
static void sample_unknown(struct view *v)
{
    sample_done(v);
    v->screen = SCREEN_TROUBLE_UNKNOWN;
    v->done.print = PRINT_UNKNOWN;
}
static void sample_not_seen(struct view *v)
{
    sample_printed(v);
    v->screen = SCREEN_TROUBLE_UNKNOWN;
}
static void sample_reader(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_TROUBLE_READER;
    v->health.reader = READER_ABSENT;
}
static void sample_card_bad(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_TROUBLE_CARD;
    v->card.trouble = CARD_UNREADABLE;
}
static void sample_card_long(struct view *v)
{
    sample_card_bad(v);
    v->card.trouble = CARD_UNREADABLE_LONG;
    v->card.tries = 3;
}
static void sample_card_expired(struct view *v)
{
    sample_card_bad(v);
    v->card.trouble = CARD_EXPIRED;
}
static void sample_storage(struct view *v)
{
    sample_guide(v);
    v->screen = SCREEN_TROUBLE_STORAGE;
}
static void sample_leave(struct view *v)
{
    sample_form(v);
    v->screen = SCREEN_LEAVE;
}
static void sample_accessibility(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_ACCESSIBILITY;
}
static void sample_accessibility_voice(struct view *v)
{
    sample_accessibility(v);
    v->voice = VOICE_PRIVATE;
    v->settings.voice = true;
}
static void sample_accessibility_aloud(struct view *v)
{
    sample_accessibility(v);
    v->voice = VOICE_ALOUD;
}
static void sample_timeout(struct view *v)
{
    sample_form(v);
    v->screen = SCREEN_TIMEOUT;
    v->timeout.seconds = 34;
}
#include "sample_install.h"
#include "sample_recovery.h"

#include "sample_bundle.h"
#include "sample_staff.h"

#include "ui/sample_booking.h"
#include "ui/sample_card.h"
#include "ui/sample_cases.h"
#include "ui/sample_ends.h"
#include "ui/sample_first.h"
#include "ui/sample_licences.h"
#include "ui/sample_newer.h"
#include "ui/sample_slip.h"
#include "ui/sample_speak.h"

#include "ui/sample_list.h"
#define SAMPLES (sizeof samples / sizeof *samples)

#endif
