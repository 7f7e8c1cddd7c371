/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl keys status: every certificate, key and signed file of the hall with its end, and every terminal's certificate.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hall/keys/ends.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/keys.h"

static const char usage[] =
    "hallctl keys status --data DIR [--json]\n"
    "Lists what ends, and when: the CA, the server's certificate, root.json, the sealing and the ask key, the published\n"
    "catalogue's manifest, head.json, and each terminal's certificate, which the terminal renews itself. The last word of "
    "a\n"
    "line: fine, near (within 90 days; a head within one) or over, and then what to do.\n"
    "Exit: 0 all is fine, 1 something is near its end or over.\n";

#define DAY_MS INT64_C(86400000)

struct listing {
    struct hallctl_list out;
    struct store *store;
    bool bad;
};

static void row(struct listing *l, const struct end *end, const char *whose)
{
    static const char *const words[] = {"fine", "near", "over"};
    static const uint8_t none[8];
    enum end_state state = ends_state(end, clock_wall_ms());
    char when[CLOCK_RFC3339_LEN + 1] = "unreadable", id[17] = "";
    struct buf text;
    struct jsonw w;

    buf_init(&text, 1024);
    if (end->ends_ms)
        clock_format_rfc3339(end->ends_ms, when);
    if (memcmp(end->key_id, none, sizeof none))
        hex_encode(end->key_id, sizeof end->key_id, id);
    if (l->out.json) {
        jsonw_init(&w, &text);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "what", end->what);
        jsonw_str(&w, "of", *whose ? whose : id);
        jsonw_int(&w, "ends", end->ends_ms);
        jsonw_str(&w, "state", words[state]);
        jsonw_end(&w);
    } else {
        buf_addf(&text, "%-20s %-20s %s  %s%s%s", end->what, *whose ? whose : id, when, words[state],
                 state == END_FINE ? "" : ": ", state == END_FINE ? "" : end->remedy);
    }
    l->bad |= state != END_FINE;
    hallctl_row(&l->out, &text);
}

static int terminal_row(void *ctx, const struct terminal *t)
{
    struct listing *l = ctx;
    struct end end = {.what = "certificate", .remedy = "is the terminal on? it renews it; else hallctl terminal add"};
    struct err e = {0};

    if (terminal_ends(l->store, t, &end.ends_ms, &e) == 0 && end.ends_ms)
        row(l, &end, t->id);
    return 0;
}

static int list(struct listing *l, const char *data, struct err *e)
{
    struct end all[ENDS_MAX];
    size_t n = ends_list(data, all);
    int rc = store_open(data, &l->store, e);

    if (rc == 0 && l->out.json)
        fputs("[", stdout);
    for (size_t i = 0; rc == 0 && i < n; i++)
        row(l, &all[i], "");
    if (rc == 0)
        rc = terminal_each(l->store, terminal_row, l, e);
    if (rc == 0 && l->out.json)
        puts("\n]");
    store_close(l->store);
    return rc;
}

int keys_status(int argc, char **argv)
{
    const char *data = NULL;
    struct listing l = {0};
    struct err e = {0};
    const struct option_word options[] = {{"--data", &data, NULL}, {"--json", NULL, &l.out.json}, {0}};
    int n, code = options_read("hallctl keys status", argc, argv, usage, options, NULL, 0, &n);

    if (code < 0)
        code = options_fit("hallctl keys status", options, "--data", "--json");
    if (code >= 0)
        return code;
    if (list(&l, data, &e) < 0)
        return hallctl_fail(&e);
    return l.bad ? EXIT_FAILED : EXIT_OK;
}
