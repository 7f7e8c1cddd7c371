/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases as the hall may tell them; nobody in them exists.
 */
#ifndef TESTS_UI_SAMPLE_CASES_H
#define TESTS_UI_SAMPLE_CASES_H

static struct my_cases sample_known;

static void sample_step(struct my_case *c, enum my_case_step_kind kind, bool done, struct date day, const char *why)
{
    struct my_case_step *step = &c->steps[c->n_steps++];

    *step = (struct my_case_step){.kind = kind, .done = done, .day = day};
    text_copy(step->why, sizeof step->why, why);
}

static struct my_case *sample_one(const char *number, const char *item, const char *dept, enum my_case_stage stage)
{
    struct my_case *c = &sample_known.list[sample_known.n++];

    *c = (struct my_case){.stage = stage, .handed_in_ms = SAMPLE_NOW - 3 * 86400000LL - 32 * 60000};
    text_copy(c->number, sizeof c->number, number);
    text_copy(c->item_name, sizeof c->item_name, item);
    text_copy(c->dept_name, sizeof c->dept_name, dept);
    text_copy(c->phone, sizeof c->phone, "6555 0130");
    text_copy(c->item, sizeof c->item, "11110105MB0A0000164000709102000");
    c->openings = 5;
    c->opened[0] = (struct my_case_opened){SAMPLE_NOW - 3 * 3600000LL, "审核岗", "欧**华",
                                           "审查：核对经营场所证明与登记信息是否一致"};
    c->opened[1] = (struct my_case_opened){SAMPLE_NOW - 26 * 3600000LL, "系统", "", "发送通知"};
    c->opened[2] = (struct my_case_opened){SAMPLE_NOW - 50 * 3600000LL, "综合窗口受理岗", "张*", "受理前核对"};
    c->n_opened = 3;
    return c;
}

static struct my_case *sample_asked(void)
{
    struct my_case *c = sample_one("1103003261116000097", "个体工商户变更登记", "区市场监管局", MY_CASE_ASKED);

    c->can_supplement = true;
    text_copy(c->missing, sizeof c->missing,
              "1. 新地址的证明，如租赁合同或者房产证复印件；2. 变更后的经营范围写得不清楚，请说明是否含食品销售。");
    sample_step(c, MY_STEP_HANDED_IN, true, (struct date){2026, 11, 16}, "");
    sample_step(c, MY_STEP_ASKED, true, (struct date){2026, 11, 18}, "");
    sample_step(c, MY_STEP_SUPPLIED, false, (struct date){2026, 11, 27}, "");
    sample_step(c, MY_STEP_ACCEPT, false, (struct date){.year = 0}, "补齐以后重新计算，5个工作日内");
    sample_step(c, MY_STEP_DECIDE, false, (struct date){.year = 0}, "");
    return c;
}

static struct my_case *sample_examined(void)
{
    struct my_case *c = sample_one("1103003261119000278", "高龄津贴申领", "区民政局", MY_CASE_EXAMINED);

    sample_step(c, MY_STEP_HANDED_IN, true, (struct date){2026, 11, 16}, "");
    sample_step(c, MY_STEP_ACCEPT, true, (struct date){2026, 11, 17}, "");
    sample_step(c, MY_STEP_EXAMINE, false, (struct date){2026, 11, 25}, "");
    sample_step(c, MY_STEP_DECIDE, false, (struct date){2026, 11, 26},
                "自2026年11月17日起10个工作日，其间因现场勘察停3个工作日，故11月26日前");
    c->steps[3].provisional = true;
    return c;
}

static struct my_case *sample_decided(bool granted)
{
    struct my_case *c = sample_one("1103003261120000312", "居民身份证有效期满换领", "区公安分局", MY_CASE_DECIDED);

    c->decided = true;
    c->granted = granted;
    c->decided_on = (struct date){2026, 11, 18};
    text_copy(c->words, sizeof c->words,
              granted ? "准予换领，新证有效期二十年。" : "相片不符合制证标准，本人又没有在期限内重新拍摄。");
    text_copy(c->check_code, sizeof c->check_code, "3F7A-91C2-0B44-D1E8");
    text_copy(c->paper_code, sizeof c->paper_code,
              "办理决定书 1103003261120000312\n2026年11月18日 准予\n校验码 3F7A-91C2-0B44-D1E8\nTBP1 decision "
              "1103003261120000312 7");
    sample_step(c, MY_STEP_HANDED_IN, true, (struct date){2026, 11, 10}, "");
    sample_step(c, MY_STEP_ASKED, true, (struct date){2026, 11, 11}, "");
    sample_step(c, MY_STEP_SUPPLIED, true, (struct date){2026, 11, 12}, "");
    sample_step(c, MY_STEP_ACCEPT, true, (struct date){2026, 11, 13}, "");
    sample_step(c, MY_STEP_STOPPED, true, (struct date){2026, 11, 16}, "");
    sample_step(c, MY_STEP_EXAMINE, true, (struct date){2026, 11, 17}, "");
    sample_step(c, MY_STEP_DECIDE, true, (struct date){2026, 11, 18}, "");
    sample_step(c, MY_STEP_DELIVER, false, (struct date){.year = 0}, "");
    return c;
}

/* A visit that has its card and asks for its cases. */
static void sample_asks(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_CASES;
    v->can_back = true;
    v->identity = &sample_identity;
    sample_known = (struct my_cases){.at = SAMPLE_NOW};
    v->cases.number = v->cases.phone = v->cases.words = "";
    v->cases.asking = ASKED_WAITING;
}

static void sample_answered(struct view *v)
{
    v->cases.asking = ASKED_KNOWN;
    v->cases.known = &sample_known;
}

static void sample_cases(struct view *v)
{
    sample_asks(v);
    sample_examined();
    sample_asked();
    sample_decided(true);
    sample_answered(v);
}
/* As many and as long as they come. */
static void sample_cases_many(struct view *v)
{
    static const enum my_case_stage stages[] = {MY_CASE_NEW,     MY_CASE_RECEIVED,  MY_CASE_ACCEPTED,
                                                MY_CASE_REFUSED, MY_CASE_DELIVERED, MY_CASE_WITHDRAWN};

    sample_asks(v);
    sample_asked();
    for (int i = 0; i < 6; i++)
        sample_one("1103012261105000077",
                   i ? "灵活就业登记"
                     : "除从事剧毒、易制爆、汽油加油站、专用危化品仓储的企业外，不带有储存设施经营的其他危险化学品企业经营许"
                       "可证变更",
                   "区人力资源和社会保障局", stages[i])
            ->number[18] = (char)('0' + i);
    sample_known.more = true;
    sample_answered(v);
}
static void sample_cases_none(struct view *v)
{
    sample_asks(v);
    sample_answered(v);
}
static void sample_cases_away(struct view *v)
{
    sample_asks(v);
    v->cases.asking = ASKED_REFUSED;
    v->cases.why = ASK_HALL_AWAY;
}
static void sample_cases_silent(struct view *v)
{
    sample_cases_away(v);
    v->cases.silent = true;
}
static void sample_home_cases_off(struct view *v)
{
    sample_home(v);
    v->health.hall = false;
    v->queue.n_queues = 0;
}
static void sample_waiting_cases(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_CARD_WAITING;
    v->can_back = v->card.cases = true;
}
static void sample_reader_cases(struct view *v)
{
    sample_waiting_cases(v);
    v->screen = SCREEN_TROUBLE_READER;
    v->health.reader = READER_ABSENT;
}

/* --- by number --- */

static void sample_case_number(struct view *v)
{
    sample_asks(v);
    v->screen = SCREEN_CASE_NUMBER;
    v->identity = NULL;
    v->cases.asking = ASKED_NOTHING;
    v->cases.by_number = true;
    v->cases.number = "11030032611";
    v->keys.kind = KEYBOARD_DIGITS;
}
static void sample_case_number_wrong(struct view *v)
{
    sample_case_number(v);
    v->cases.number = "1103003261119000277";
    v->cases.wrong = true;
    v->health.hall = false;
}
static void sample_case_number_reader(struct view *v)
{
    sample_case_number(v);
    v->cases.number = "";
    v->health.reader = READER_ABSENT;
}
static void sample_case_phone(struct view *v)
{
    sample_case_number(v);
    v->cases.number = "1103003261119000278";
    v->cases.at_phone = true;
    v->cases.phone = "0123";
}
static void sample_case_here(struct view *v)
{
    sample_case_phone(v);
    v->screen = SCREEN_CASE;
    v->keys.kind = KEYBOARD_NONE;
    v->cases.asking = ASKED_REFUSED;
    v->cases.why = ASK_HALL_AWAY;
    v->cases.here = (struct case_here){.here = true, .at_ms = SAMPLE_NOW - 40 * 60000};
}
static void sample_case_not_here(struct view *v)
{
    sample_case_here(v);
    v->cases.here = (struct case_here){.here = false};
}
static void sample_case_phone_differs(struct view *v)
{
    sample_case_not_here(v);
    v->cases.why = ASK_PHONE_DIFFERS;
}
static void sample_case_no_phone(struct view *v)
{
    sample_case_not_here(v);
    v->cases.why = ASK_NO_PHONE;
}
static void sample_case_unreadable(struct view *v)
{
    sample_case_not_here(v);
    v->cases.why = ASK_UNREADABLE;
}
static void sample_cases_busy(struct view *v)
{
    sample_cases_away(v);
    v->cases.why = ASK_OPENER_AWAY;
}
static void sample_case_tries(struct view *v)
{
    sample_case_here(v);
    v->cases.here.sent = true;
    v->cases.why = ASK_TOO_MANY_TRIES;
}

/* --- one case --- */

static void sample_show(struct view *v, const struct my_case *c)
{
    v->screen = SCREEN_CASE;
    sample_answered(v);
    v->cases.one = c;
    v->cases.item = &sample_item;
}
static void sample_case_asked(struct view *v)
{
    sample_asks(v);
    sample_show(v, sample_asked());
}
static void sample_case_asked_number(struct view *v)
{
    sample_case_asked(v);
    v->identity = NULL;
    v->cases.by_number = true;
}
static void sample_case_supplied(struct view *v)
{
    sample_case_asked(v);
    strcpy(v->cases.supplied, v->cases.one->number);
}
static void sample_case_examined(struct view *v)
{
    sample_asks(v);
    sample_show(v, sample_examined());
}
static void sample_case_decided(struct view *v)
{
    sample_asks(v);
    sample_show(v, sample_decided(true));
}
static void sample_case_denied(struct view *v)
{
    sample_asks(v);
    sample_show(v, sample_decided(false));
    v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
}
static void sample_case_refused(struct view *v)
{
    sample_asks(v);
    struct my_case *c = sample_one("1103012261105000077", "灵活就业登记", "区人力资源和社会保障局", MY_CASE_REFUSED);

    /* as long as the hall may send it */
    while (strlen(c->words) + 60 < sizeof c->words)
        strcat(c->words, "申请人的户籍不在本区，请向户籍所在地申请。");
    strcpy(c->paper_code, "不予受理通知书");
    sample_step(c, MY_STEP_HANDED_IN, true, (struct date){2026, 11, 10}, "");
    sample_show(v, c);
}

/* --- adding something --- */

static void sample_supplement(struct view *v)
{
    sample_case_asked(v);
    v->screen = SCREEN_SUPPLEMENT;
}
static void sample_supplement_write(struct view *v)
{
    sample_case_asked(v);
    v->screen = SCREEN_SUPPLEMENT_WRITE;
    v->cases.words = "经营范围不含食品销售，只做服装零售。租赁合同的复印件明天上午送到二楼窗口。";
    v->keys.kind = KEYBOARD_CHINESE;
    v->keys.pages = 1u << KEYS_LETTERS | 1u << KEYS_CAPITALS | 1u << KEYS_SYMBOLS | 1u << KEYS_STROKES | 1u << KEYS_WRITING;
}
static void sample_supplement_empty(struct view *v)
{
    sample_supplement_write(v);
    v->cases.words = "";
    v->cases.words_missing = true;
    v->keys.kind = KEYBOARD_NONE;
}
/* More than the sheet shows: its end stays in sight. */
static void sample_supplement_long(struct view *v)
{
    static char words[SUPPLEMENT_WORDS_MAX + 1];

    sample_supplement_write(v);
    words[0] = '\0';
    for (int i = 0; i < 300; i++)
        strcat(words, i % 20 == 19 ? "。" : "补");
    v->cases.words = words;
}
static void sample_supplement_check(struct view *v)
{
    sample_supplement_long(v);
    v->screen = SCREEN_SUPPLEMENT_CHECK;
    v->keys.kind = KEYBOARD_NONE;
    v->can_back = false;
}
static void sample_supplement_sending(struct view *v)
{
    sample_supplement_check(v);
    v->cases.words = "经营范围不含食品销售，只做服装零售。";
    v->cases.sending = true;
}

/* --- papers --- */

static void sample_case_paper(struct view *v, enum done_paper paper, enum print_state print)
{
    v->screen = SCREEN_CASE_PAPER;
    v->can_back = false;
    v->done.paper = paper;
    strcpy(v->done.number, v->cases.one->number);
    receipt_qr_text(v->done.number, sample_place.terminal, v->done.qr);
    v->done.copy = 1;
    v->done.print = print;
    v->done.progress = 60;
}
static void sample_supplied(struct view *v)
{
    sample_case_supplied(v);
    sample_case_paper(v, DONE_SUPPLEMENT, PRINT_RUNNING);
}
static void sample_supplied_printed(struct view *v)
{
    sample_case_supplied(v);
    sample_case_paper(v, DONE_SUPPLEMENT, PRINT_DONE);
    v->done.sent = true;
}
static void sample_decision_printing(struct view *v)
{
    sample_case_decided(v);
    sample_case_paper(v, DONE_DECISION, PRINT_RUNNING);
}
static void sample_decision_printed(struct view *v)
{
    sample_case_decided(v);
    sample_case_paper(v, DONE_DECISION, PRINT_DONE);
}
static void sample_receipt_again(struct view *v)
{
    sample_case_examined(v);
    sample_case_paper(v, DONE_RECEIPT, PRINT_DONE);
    v->done.slip = SLIP_TAKEN;
}
static void sample_decision_no_paper(struct view *v)
{
    sample_case_decided(v);
    sample_case_paper(v, DONE_DECISION, PRINT_NOT);
    v->screen = SCREEN_TROUBLE_PAPER;
    v->done.why = v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
}
static void sample_supplement_no_paper(struct view *v)
{
    sample_case_supplied(v);
    sample_case_paper(v, DONE_SUPPLEMENT, PRINT_NOT);
    v->screen = SCREEN_TROUBLE_PAPER;
    v->done.why = v->health.printer[DEVICE_RECEIPT] = PRINTER_OPEN;
}
static void sample_decision_unknown(struct view *v)
{
    sample_case_decided(v);
    sample_case_paper(v, DONE_DECISION, PRINT_UNKNOWN);
    v->screen = SCREEN_TROUBLE_UNKNOWN;
}

#endif
