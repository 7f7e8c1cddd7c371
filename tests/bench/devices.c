/* SPDX-License-Identifier: Apache-2.0
 *
 * What a resident waits for: the name after the card, the number after confirming, the ticket after asking for it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "crypto/seal.h"
#include "tests/bench/bench.h"

#define VISITS 15
#define SYNCS 200
#define APPLICATION_BYTES 2048

/* --- card -> name --- */

/* A time of the desk's status, by clock_mono_ms(): `name` of the device that stands behind `role` in it. */
static int64_t desk_ms(struct stand *s, const char *role, const char *name)
{
    struct buf out;
    struct err e = {0};
    long long ms = 0;

    if (stand_desk(s, "status", &out, &e) < 0)
        die("ask the desk", &e);
    const char *at = strstr(buf_str(&out), text("\"%s\":", role));

    if (at && (at = strstr(at, text("\"%s\":", name))))
        ms = strtoll(strchr(at, ':') + 1, NULL, 10);
    buf_finish(&out);
    return ms;
}

void bench_card(struct stand *s)
{
    static struct samples after, whole;
    int64_t shift = clock_mono_ms() * 1000 - clock_measure_us(), shown;

    for (int i = 0; i < VISITS; i++) {
        touch(s, "#start", NULL);
        touch(s, "居民身份证有效期满换领", NULL);
        touch(s, "#apply", NULL);
        double begin = now_ms();

        desk(s, text("card place %s/tests/cards/resident-r1.txt", s->opt.source));
        wait_screen(s, "card-remove", &shown);
        add_sample(&after, (double)(shown + shift) / 1000 - (double)desk_ms(s, "reader", "given_ms"));
        add_sample(&whole, (double)shown / 1000 - begin);
        desk(s, "card lift");
        wait_screen(s, "form", NULL);
        touch(s, "#end", NULL);
        wait_screen(s, "idle", NULL);
    }
    double a = quantile(&after, 0.5);

    row(a <= 20 ? MET : MISSED, "card -> name, less the reader's time", "<= 20 ms", text("%.1f ms", a),
        text("from laying it down %.0f ms: the reader is asked every 300", quantile(&whole, 0.5)));
}

/* --- confirm -> case number --- */

/* The physical limit: seal an application, write and sync as many bytes, preallocated. */
static double limit(const char *work)
{
    static uint8_t zeros[1 << 20];
    static struct samples v;
    char path[STAND_PATH_MAX];
    struct private_key *k;
    struct public_key to;
    struct err e = {0};
    int fd;

    snprintf(path, sizeof path, "%s/raw", work);
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, zeros, sizeof zeros) != sizeof zeros || fsync(fd) < 0 || key_generate(&k, &e) < 0)
        die(path, &e);
    key_public(k, &to);
    for (int i = 0; i < SYNCS; i++) {
        struct buf sealed;
        double begin = now_ms();

        buf_init(&sealed, 1 << 16);
        if (seal(&to, "tongban/application/1", 21, "h", 1, zeros, APPLICATION_BYTES, &sealed, &e) < 0)
            die("seal", &e);
        if (pwrite(fd, sealed.data, sealed.len, (i % 256) * 4096) < 0 || fdatasync(fd) < 0)
            die("fdatasync", &e);
        add_sample(&v, now_ms() - begin);
        buf_finish(&sealed);
    }
    close(fd);
    key_free(k);
    return quantile(&v, 0.5);
}

void bench_confirm(struct stand *s, const char *work)
{
    static struct samples own;
    struct err none = {.text = "it was drawn before the finger came up"};
    double l = limit(work);

    for (int i = 0; i < VISITS; i++) {
        play_file(s, "to-review.txt");
        double ms = touch(s, "#submit", NULL);

        if (ms < 0)
            die("the number", &none);
        add_sample(&own, ms);
        play_file(s, "leave.txt");
    }
    double o = quantile(&own, 0.5);

    row(o <= 1.6 * l ? MET : MISSED, "confirm -> case number on screen", "<= 1.6 x the limit", text("%.2f ms", o),
        text("raw fdatasync + sealing %.2f ms: %.2f x", l, o / l));
}

/* --- take a number -> cut --- */

/* The cut is the end of the job's bytes. While the printer's buffer is full it prints: that time is its own. */
void bench_ticket(struct stand *s)
{
    static struct samples own, printer;

    for (int i = 0; i < VISITS; i++) {
        touch(s, "#start", NULL);
        touch(s, "#queue", NULL);
        wait_screen(s, "queue", NULL);
        int64_t full = desk_ms(s, "ticket", "full_ms"), begin = clock_mono_ms();

        touch(s, "综合受理", NULL);
        touch(s, "拿到了", NULL); /* is there when the printer says the ticket is out */
        full = desk_ms(s, "ticket", "full_ms") - full;
        add_sample(&own, (double)(desk_ms(s, "ticket", "received_ms") - begin - full));
        add_sample(&printer, (double)full);
        wait_screen(s, "idle", NULL);
    }
    double o = quantile(&own, 0.5);

    row(o <= 100 ? MET : MISSED, "take a number -> cut command sent", "<= 100 ms + printer time",
        text("%.0f ms from the tap, %d of them the finger's", o, FINGER_MS),
        text("less %.0f ms in which the printer's buffer was full", quantile(&printer, 0.5)));
}
