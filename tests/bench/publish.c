/* SPDX-License-Identifier: Apache-2.0
 *
 * From `hallctl catalog publish` to a terminal nobody stands at that offers the new catalogue: said by kiosk itself, and
 * then seen on its screen. What the hall's command takes before the hall knows of it counts too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"

#define ROUNDS 5
#define PATIENCE_MS 20000

static long long catalogue_of(struct stand *s)
{
    struct json *doc = NULL;
    struct err e = {0};
    struct buf out;
    long long version = 0;

    if (stand_command(s, &out, &e, "kioskctl", "status", "--json", "--run", stand_path(s, "run"), NULL) < 0)
        die("ask kiosk", &e);
    if (json_parse(out.data, out.len, JSON_SIZE_MAX, &doc, &e) == 0)
        version = json_int(json_member(doc, "catalogue"));
    json_free(doc);
    buf_finish(&out);
    return version;
}

static void hallctl(struct stand *s, const char *verb, const char *what, const char *option, const char *value)
{
    const char *hall = stand_path(s, "hall");
    struct err e = {0};
    struct buf out;
    int rc;

    if (!what)
        rc = stand_command(s, &out, &e, "hallctl", "catalog", verb, "--data", hall, NULL);
    else if (!strcmp(verb, "build"))
        rc = stand_command(s, &out, &e, "hallctl", "catalog", verb, what, "--out", stand_path(s, "catalogue.db"), option,
                           value, NULL);
    else
        rc = stand_command(s, &out, &e, "hallctl", "catalog", verb, what, option, value, "--data", hall, NULL);
    if (rc < 0)
        die(verb, &e);
    buf_finish(&out);
    /* the hall, which has a user of its own where root runs this, renames its files */
    if (getuid() == 0 && system(text("chown -Rf nobody '%s'", hall)) < 0)
        die("give the hall its files", &e);
}

static double publish(struct stand *s, const char *items, int version)
{
    hallctl(s, "build", items, "--version", text("%d", version));
    hallctl(s, "sign", stand_path(s, "catalogue.db"), "--keys", stand_path(s, "keys"));
    double begin = now_ms();

    hallctl(s, "publish", NULL, NULL, NULL);
    while (catalogue_of(s) != version)
        if (now_ms() - begin > PATIENCE_MS) {
            struct err e = {.text = "the terminal does not take it"};

            die("catalogue", &e);
        }
    return now_ms() - begin;
}

void bench_publish(struct stand *s)
{
    static struct samples own;

    for (int i = 0; i < ROUNDS; i++) {
        const char *items = text("%s/%s", s->opt.source, i % 2 ? "tests/catalogues/zone" : "tests/catalogues/renamed");
        int x, y;

        add_sample(&own, publish(s, items, i + 2));
        touch(s, "#start", NULL);
        find_node(s, i % 2 ? "居民身份证有效期满换领" : "居民身份证到期换领", &x, &y);
        touch(s, "#end", NULL);
        wait_screen(s, "idle", NULL);
    }
    row(quantile(&own, 1) <= 5000 ? MET : MISSED, "publish -> an idle terminal's screen", "<= 5 s, every time",
        text("%.0f ms, at most %.0f of %d", quantile(&own, 0.5), quantile(&own, 1), ROUNDS),
        "hall's command, patch, signatures, switch");
}
