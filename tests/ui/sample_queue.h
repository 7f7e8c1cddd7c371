/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of queues and tickets; a part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_QUEUE_H
#define TESTS_UI_SAMPLE_QUEUE_H

#define SAMPLE_MINUTE 60000LL
#define SAMPLE_DAY (24 * 60 * SAMPLE_MINUTE)
#define SAMPLE_MIDNIGHT (SAMPLE_NOW - SAMPLE_NOW % SAMPLE_MINUTE - clock_minute_of_day(SAMPLE_NOW) * SAMPLE_MINUTE)
#define SAMPLE_NIGHT (SAMPLE_MIDNIGHT + SAMPLE_DAY + (3 * 60 + 7) * SAMPLE_MINUTE) /* 3:07 on Friday */

static struct opening sample_opening(int64_t midnight, int from, int until)
{
    return (struct opening){midnight + from * SAMPLE_MINUTE, midnight + until * SAMPLE_MINUTE, false};
}

/* 9:00 to 12:00 and 13:30 to 17:00, from this moment of the day that begins at `midnight` on. */
static void sample_times(struct queue_times *t, int64_t midnight, int64_t now)
{
    static const int spans[2][2] = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60}};

    *t = (struct queue_times){.known = true};
    for (int i = 0; i < 2; i++) {
        t->day.at[t->day.n].from = spans[i][0];
        t->day.at[t->day.n++].until = spans[i][1];
    }
    t->working = t->day;
    for (int i = 0; i < 4; i++) {
        struct opening o = sample_opening(midnight + i / 2 * SAMPLE_DAY, spans[i % 2][0], spans[i % 2][1]);

        if (o.until_ms > now)
            t->at[t->n++] = o;
    }
}

static struct view_queue *sample_queue(struct view *v, const struct queue *what, int waiting, int minutes)
{
    struct view_queue *q = &v->queue.queues[v->queue.n_queues++];

    q->queue = *what;
    q->queue.open = true;
    q->queue.recall = 3;
    q->now = (struct queue_now){.waiting = waiting, .minutes = minutes};
    sample_times(&q->times, SAMPLE_MIDNIGHT, SAMPLE_NOW);
    return q;
}

static void sample_queues(struct view *v)
{
    static const struct queue all[] = {{.id = "general",
                                        .name = "综合受理",
                                        .name_en = "General services",
                                        .about = "民政、残联、退役军人等",
                                        .about_en = "Civil affairs, disability, veterans",
                                        .place = "1 楼东厅",
                                        .place_en = "Floor 1, east",
                                        .icon = "hall"},
                                       {.id = "social",
                                        .name = "社保医保",
                                        .name_en = "Social and medical insurance",
                                        .about = "参保、报销、待遇、异地就医",
                                        .about_en = "Enrolment, claims, benefits",
                                        .place = "1 楼西厅",
                                        .place_en = "Floor 1, west",
                                        .icon = "insurance"},
                                       {.id = "company",
                                        .name = "企业开办",
                                        .name_en = "Opening a business",
                                        .about = "执照、印章、税务一次办",
                                        .about_en = "Licence, seal and tax in one go",
                                        .place = "2 楼 3 号窗口",
                                        .place_en = "Floor 2, window 3",
                                        .icon = "shop"},
                                       {.id = "estate",
                                        .name = "不动产登记",
                                        .name_en = "Real estate",
                                        .about = "买卖、抵押、查询",
                                        .about_en = "Sale, mortgage, enquiry",
                                        .place = "2 楼 5 至 8 号窗口",
                                        .place_en = "Floor 2, windows 5 to 8",
                                        .icon = "house"},
                                       {.id = "priority",
                                        .name = "优先窗口",
                                        .name_en = "Priority window",
                                        .about = "70 岁以上、孕妇、残疾人、带婴儿",
                                        .about_en = "Aged 70 or over, pregnant, disabled, with a baby",
                                        .place = "1 楼 1 号窗口",
                                        .place_en = "Floor 1, window 1",
                                        .icon = "elder",
                                        .priority = true}};
    static const int people[] = {12, 4, 0, 0, 1}, minutes[] = {25, 10, 0, -1, 3};

    for (int i = 0; i < 5; i++)
        sample_queue(v, &all[i], people[i], minutes[i]);
    struct queue_now *paused = &v->queue.queues[3].now;
    paused->paused_until = SAMPLE_NOW + 48 * 60000LL;
    text_copy(paused->reason, sizeof paused->reason, "登记系统维护");
    v->queue.as_of_ms = SAMPLE_NOW;
}

static void sample_choose_queue(struct view *v)
{
    sample_base(v);
    v->queue.told = -1;
    v->screen = SCREEN_QUEUE;
    v->can_back = true;
}
/* Of a catalogue from before there were hours. */
static void sample_no_hours(struct view *v)
{
    for (int i = 0; i < v->queue.n_queues; i++)
        v->queue.queues[i].times = (struct queue_times){.known = false};
}
static void sample_queue_unknown(struct view *v)
{
    sample_choose_queue(v);
    sample_no_hours(v);
    v->queue.as_of_ms = 0;
    for (int i = 0; i < v->queue.n_queues; i++)
        v->queue.queues[i].now.waiting = v->queue.queues[i].now.minutes = -1;
}
static void sample_queue_many(struct view *v)
{
    sample_choose_queue(v);
    v->health.printer[DEVICE_TICKET] = PRINTER_NO_PAPER;
    v->queue.queues[0].now = (struct queue_now){.waiting = 999, .minutes = 480};
    v->queue.queues[1].now = (struct queue_now){.waiting = 6, .minutes = -1};
    v->queue.queues[2].now = (struct queue_now){.waiting = -1, .minutes = -1};
    v->queue.queues[4].now = (struct queue_now){.waiting = 0, .minutes = -1};
}
static void sample_queue_paused(struct view *v)
{
    sample_choose_queue(v);
    v->queue.told = 3;
}
static void sample_night(struct view *v)
{
    v->now_ms = SAMPLE_NIGHT;
    for (int i = 0; i < v->queue.n_queues; i++) {
        struct view_queue *q = &v->queue.queues[i];

        q->now.paused_until = 0;
        q->now.waiting = 0;
        q->now.minutes = -1;
        sample_times(&q->times, SAMPLE_MIDNIGHT + SAMPLE_DAY, SAMPLE_NIGHT);
    }
}
static void sample_queue_night(struct view *v)
{
    sample_choose_queue(v);
    sample_night(v);
}
static void sample_queue_night_told(struct view *v)
{
    sample_queue_night(v);
    v->queue.told = 0;
}
/* Noon: one is open all day, one closed for the year's accounts, one opens after a holiday. */
static void sample_queue_noon(struct view *v)
{
    int64_t noon = SAMPLE_MIDNIGHT + (12 * 60 + 5) * SAMPLE_MINUTE;

    sample_choose_queue(v);
    v->now_ms = v->queue.as_of_ms = noon;
    for (int i = 0; i < 3; i++)
        sample_times(&v->queue.queues[i].times, SAMPLE_MIDNIGHT, noon);
    sample_times(&v->queue.queues[1].times, SAMPLE_MIDNIGHT + 4 * SAMPLE_DAY, noon);
    v->queue.queues[1].times.closed = true;
    strcpy(v->queue.queues[1].times.reason, "系统升级，窗口停办");
    strcpy(v->queue.queues[1].times.reason_en, "The counter’s system is replaced");
    sample_times(&v->queue.queues[2].times, SAMPLE_MIDNIGHT + SAMPLE_DAY, noon);
    v->queue.queues[2].times.at[0].provisional = true;
    v->queue.queues[4].times.at[0] = sample_opening(SAMPLE_MIDNIGHT, 9 * 60, 17 * 60);
    v->queue.told = 1;
}
static void sample_queue_noon_provisional(struct view *v)
{
    sample_queue_noon(v);
    v->queue.told = 2;
    v->health.reader = READER_ABSENT;
}
static void sample_queue_unsure(struct view *v)
{
    sample_queue_night(v);
    v->health.clock_sure = false;
    v->queue.as_of_ms = 0;
}
static void sample_idle_night(struct view *v)
{
    sample_idle(v);
    sample_night(v);
}
static void sample_home_night(struct view *v)
{
    sample_home(v);
    sample_night(v);
}
static void sample_idle_no_hours(struct view *v)
{
    sample_idle(v);
    sample_no_hours(v);
}
static void sample_ticket(struct view *v)
{
    sample_base(v);
    v->screen = SCREEN_TICKET;
    strcpy(v->ticket.number, "A 032");
    v->ticket.queue = v->queue.queues[0].queue;
    v->ticket.ahead = 12;
    v->ticket.minutes = 25;
    v->ticket.taken_ms = SAMPLE_NOW;
    v->ticket.hours = v->queue.queues[0].times.day;
    v->ticket.hours_today = true;
    ticket_qr_text(v->ticket.number, "general", "2026-11-19", sample_place.terminal, v->ticket.qr);
    v->ticket.print = PRINT_DONE;
}
static void sample_ticket_own(struct view *v)
{
    sample_ticket(v);
    strcpy(v->ticket.number, "A03-032");
    v->ticket.queue = v->queue.queues[4].queue;
    v->ticket.ahead = v->ticket.minutes = -1;
    v->ticket.hours_today = false;
}
static void sample_ticket_no_time(struct view *v)
{
    sample_ticket(v);
    v->ticket.queue = v->queue.queues[3].queue;
    v->ticket.hours.n = 0;
    v->ticket.minutes = -1;
}
static void sample_ticket_running(struct view *v)
{
    sample_ticket(v);
    v->ticket.print = PRINT_RUNNING;
}
static void sample_unknown_ticket(struct view *v)
{
    sample_ticket(v);
    v->screen = SCREEN_TROUBLE_UNKNOWN;
    v->ticket.print = PRINT_UNKNOWN;
}
static void sample_not_seen_ticket(struct view *v)
{
    sample_ticket(v);
    v->screen = SCREEN_TROUBLE_UNKNOWN;
}
static void sample_ticket_lost(struct view *v)
{
    sample_ticket(v);
    v->screen = SCREEN_TROUBLE_TICKET;
    v->ticket.print = PRINT_NOT;
    v->ticket.why = v->health.printer[DEVICE_TICKET] = PRINTER_NO_PAPER;
}
static void sample_ticket_kept(struct view *v)
{
    sample_ticket_lost(v);
    v->ticket.kept = true;
}

#endif
