/* SPDX-License-Identifier: Apache-2.0
 *
 * 投诉建议: what might be said and answered; nobody said it.
 */
#ifndef TESTS_UI_SAMPLE_SPEAK_H
#define TESTS_UI_SAMPLE_SPEAK_H

static struct spoken sample_said;
static struct my_spoken sample_read;

static void sample_speak(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_SPEAK;
    v->can_back = true;
    sample_said = (struct spoken){.kind = SPEAK_COMPLAIN, .about = SPEAK_ABOUT_MACHINE};
    v->speak.said = &sample_said;
    v->speak.given = v->speak.asked = "";
}
static void sample_speak_no_key(struct view *v)
{
    sample_speak(v);
    v->health.no_applications = true;
}
static void sample_speak_about(struct view *v)
{
    sample_speak(v);
    v->screen = SCREEN_SPEAK_ABOUT;
}
static void sample_speak_write(struct view *v)
{
    sample_speak(v);
    v->screen = SCREEN_SPEAK_WRITE;
    strcpy(sample_said.words, "九点取的号，前面 4 个人，等到十一点还没叫到。窗口一直只开一个。");
    v->keys.kind = KEYBOARD_CHINESE;
    v->keys.pages = 1u << KEYS_LETTERS | 1u << KEYS_CAPITALS | 1u << KEYS_SYMBOLS | 1u << KEYS_STROKES | 1u << KEYS_WRITING;
}
static void sample_speak_by_hand(struct view *v)
{
    sample_speak_write(v);
    v->keys.page = KEYS_WRITING;
}
static void sample_speak_empty(struct view *v)
{
    sample_speak_write(v);
    sample_said.words[0] = '\0';
    sample_said.kind = SPEAK_REPORT;
    v->speak.words_missing = true;
    v->keys.kind = KEYBOARD_NONE;
}
static void sample_speak_who(struct view *v)
{
    sample_speak_write(v);
    v->screen = SCREEN_SPEAK_WHO;
    v->keys.kind = KEYBOARD_NONE;
}
static void sample_speak_who_reader(struct view *v)
{
    sample_speak_who(v);
    v->health.reader = READER_ABSENT;
}
static void sample_speak_phone(struct view *v)
{
    sample_speak_who(v);
    v->screen = SCREEN_SPEAK_DIGITS;
    v->speak.digits = SPEAK_DIGITS_PHONE;
    v->keys.kind = KEYBOARD_DIGITS;
    strcpy(sample_said.phone, "1380000");
}
static void sample_speak_case(struct view *v)
{
    sample_speak_phone(v);
    v->speak.digits = SPEAK_DIGITS_CASE;
    v->speak.wrong = true;
    strcpy(sample_said.case_number, "1103003261119000277");
}
static void sample_speak_read(struct view *v)
{
    sample_speak_phone(v);
    v->speak.digits = SPEAK_DIGITS_CODE;
    v->speak.whole = true;
    v->speak.asked = "110300300017047118";
}
static void sample_speak_check(struct view *v)
{
    sample_speak_who(v);
    v->screen = SCREEN_SPEAK_CHECK;
    v->can_back = false;
    sample_said.about = SPEAK_ABOUT_CASE;
    strcpy(sample_said.case_number, "1103003261119000278");
    strcpy(sample_said.phone, "13800000123");
    v->identity = &sample_identity;
    v->speak.named = true;
}
static void sample_speak_check_long(struct view *v)
{
    sample_speak_check(v);
    sample_said.words[0] = '\0';
    for (int i = 0; i < SPEAK_CHARACTERS_MAX; i++)
        strcat(sample_said.words, i % 20 == 19 ? "。" : "说");
}
static void sample_speak_code(struct view *v)
{
    sample_speak(v);
    v->screen = SCREEN_SPEAK_CODE;
    v->can_back = false;
    v->speak.given = "110300300017047118";
    v->done.paper = DONE_SPOKEN;
    strcpy(v->done.number, "110300300017");
    v->done.promised = (struct date){2026, 12, 10};
    v->done.copy = 1;
    v->done.print = PRINT_DONE;
}
static void sample_speak_printing(struct view *v)
{
    sample_speak_code(v);
    v->done.print = PRINT_RUNNING;
    v->done.progress = 40;
    v->speak.phone = true;
}
static void sample_speak_no_paper(struct view *v)
{
    sample_speak_code(v);
    v->done.print = PRINT_NOT;
    v->done.why = v->health.printer[DEVICE_RECEIPT] = PRINTER_NO_PAPER;
    v->done.provisional = true;
}
static void sample_speak_unknown(struct view *v)
{
    sample_speak_code(v);
    v->done.print = PRINT_UNKNOWN;
}
static void sample_speak_asking(struct view *v)
{
    sample_speak_read(v);
    v->screen = SCREEN_SPEAK_ANSWER;
    v->keys.kind = KEYBOARD_NONE;
    v->speak.asking = ASKED_WAITING;
}
static void sample_speak_away(struct view *v)
{
    sample_speak_asking(v);
    v->speak.asking = ASKED_REFUSED;
    v->speak.why = ASK_HALL_AWAY;
}
static void sample_speak_no_code(struct view *v)
{
    sample_speak_away(v);
    v->speak.why = ASK_NO_SUCH_CASE;
}
static void sample_speak_tries(struct view *v)
{
    sample_speak_away(v);
    v->speak.why = ASK_TOO_MANY_TRIES;
}
static void sample_speak_told(struct view *v, enum my_spoken_stage stage)
{
    sample_speak_asking(v);
    v->speak.asking = ASKED_KNOWN;
    sample_read = (struct my_spoken){
        .kind = SPEAK_COMPLAIN, .stage = stage, .said_ms = SAMPLE_NOW - 3 * 86400000LL, .due = {2026, 12, 7}};
    if (stage != MY_SPOKEN_NEW)
        strcpy(sample_read.post, "区政务服务中心监督科");
    v->speak.told = &sample_read;
}
static void sample_speak_new(struct view *v)
{
    sample_speak_told(v, MY_SPOKEN_NEW);
}
static void sample_speak_assigned(struct view *v)
{
    sample_speak_told(v, MY_SPOKEN_ASSIGNED);
}
static void sample_speak_answered(struct view *v)
{
    sample_speak_told(v, MY_SPOKEN_ANSWERED);
    sample_read.answered_on = (struct date){2026, 11, 18};
    strcpy(sample_read.words, "当天上午有一名工作人员临时请假，没有及时补上，给您添麻烦了。从本周起上午固定开三个窗口。");
}
/* As long as the hall may send it. */
static void sample_speak_refused(struct view *v)
{
    sample_speak_told(v, MY_SPOKEN_REFUSED);
    sample_read.answered_on = (struct date){2026, 11, 18};
    while (strlen(sample_read.words) + 60 < sizeof sample_read.words)
        strcat(sample_read.words, "这件事归市公积金中心管，请打它的电话。");
}
static void sample_case_delivered(struct view *v)
{
    sample_asks(v);
    sample_show(v, sample_one("1103012261105000077", "灵活就业登记", "区人力资源和社会保障局", MY_CASE_DELIVERED));
}
static void sample_case_rated(struct view *v)
{
    sample_case_delivered(v);
    strcpy(v->rating.rated, v->cases.one->number);
}
static void sample_case_rating(struct view *v)
{
    sample_case_delivered(v);
    v->screen = SCREEN_CASE_RATING;
}
static void sample_case_rating_thanks(struct view *v)
{
    sample_case_rating(v);
    v->rating.thanks = true;
}
static void sample_recovery_spoken(struct view *v)
{
    sample_recovery_in(v);
    v->recovery.spoken = true;
    strcpy(v->recovery.number, "110300300017");
}

#endif
