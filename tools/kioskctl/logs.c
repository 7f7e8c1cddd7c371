/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl logs: what somebody who mends terminals needs, in one text, and nothing of residents. What is known to be
 * harmless is named here, member by member; the rest of each line goes through mask.h.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/line.h"
#include "base/version.h"
#include "journal/outbox.h"
#include "tools/kioskctl/kioskctl.h"
#include "tools/kioskctl/mask.h"
#include "wire/system.h"

#define COMMAND "kioskctl logs"
#define ANSWER_MS 5000
#define DAYS 7
#define DAYS_MAX 30
#define DAY_MS (24 * INT64_C(3600000))
#define RECORDS_MAX 20000
#define MESSAGES_MAX (2 * 1024 * 1024) /* the newest */
#define MESSAGE_MAX 1024               /* what is longer is cut */
#define LOGS_MAX (6 * 1024 * 1024)

static const char help[] =
    "kioskctl logs --out FILE [--days N] [--messages FILE] [--data DIR] [--run DIR] [--status FILE]\n\n"
    "One text for whoever mends this terminal: what kiosk says of itself and its devices, the two systems, the kinds and\n"
    "moments of the journal's records, and the system's messages, of the last N days (7; at most 30), the newest 2 MB of "
    "them.\n"
    "In it is nothing of residents: no name, no card's number, no telephone, no case number, nothing that was typed, not "
    "which\n"
    "matter it was; and no key. What has seven digits or is not plain ASCII is left out of every line.\n"
    "--messages: what `journalctl -o short-iso` said, a file or /dev/stdin; without it there are none.\n"
    "DIR of --data is " KIOSKCTL_DATA ", of --run " KIOSKCTL_RUN ", FILE of --status " SYSTEM_STATUS_FILE ", where they\n"
    "are not given.\n"
    "Exit: 0 it is written, 3 it could not be.\n";

struct logs {
    const char *out, *days, *messages, *data, *run, *status;
    int64_t since_ms;
    struct buf text;
    int records;
};

static void head(struct logs *l, const char *name)
{
    buf_addf(&l->text, "\n== %s ==\n", name);
}

/* Why a part is not there; the rest is. */
static void missing(struct logs *l, const struct err *e)
{
    buf_adds(&l->text, "not there: ");
    mask_add(&l->text, e->text, strlen(e->text));
    buf_addc(&l->text, '\n');
}

static void begin(struct logs *l)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(clock_wall_ms(), at);
    buf_addf(&l->text, "tongban logs 1\nmade %s by kioskctl %s\n", at, version_text());
    clock_format_rfc3339(l->since_ms, at);
    buf_addf(&l->text, "from %s on\n", at);
    buf_adds(&l->text,
             "In it: versions and slots, devices and their answers, paper, storage, what was delivered when, messages.\n"
             "Never in it: names, numbers of cards, telephones, what was typed, which matter, case numbers, keys.\n"
             "[number] and [text] stand where seven digits or something that is not plain ASCII stood.\n");
}

/* --- what kiosk says --------------------------------------------------------------------------------------------------- */

static void ask(struct logs *l, const char *name, enum peer_kind kind)
{
    static char answer[LINE_MAX_BYTES];
    struct err e = {0};

    head(l, name);
    if (kioskctl_ask(l->run, &(struct peer_line){.kind = kind}, ANSWER_MS, answer, sizeof answer, &e) < 0) {
        missing(l, &e);
        return;
    }
    mask_add(&l->text, answer, strlen(answer));
    buf_addc(&l->text, '\n');
}

static void systems(struct logs *l)
{
    char at[CLOCK_RFC3339_LEN + 1];
    struct system_report r;
    struct err e = {0};

    head(l, "systems");
    if (system_status_read(l->status, &r, &e) < 0) {
        missing(l, &e);
        return;
    }
    clock_format_rfc3339(r.at_s * 1000, at);
    buf_addf(&l->text, "runs %s in slot %s, beside it %s (%s)\nlast update %s: %s %s since %s\n", r.running, r.slot, r.other,
             r.left, r.version, system_state_word(r.state), r.why, at);
}

/* --- records ----------------------------------------------------------------------------------------------------------- */

/* Of these kinds `what` is a word of ours; of others it may be a resident's. */
static bool tells(enum record_kind k)
{
    return k == RECORD_START || k == RECORD_SHUTDOWN || k == RECORD_VISIT_END || k == RECORD_DEVICE_FAULT ||
           k == RECORD_DEVICE_RECOVERY || k == RECORD_CATALOGUE || k == RECORD_CONFIGURATION || k == RECORD_STAFF ||
           k == RECORD_AVAILABILITY || k == RECORD_PRINT_NOT || k == RECORD_PRINT_UNKNOWN;
}

static int add_record(void *ctx, const struct record *r)
{
    const struct record_header *h = &r->header;
    char at[CLOCK_RFC3339_LEN + 1];
    struct logs *l = ctx;

    if (h->at < l->since_ms)
        return 0;
    clock_format_rfc3339(h->at, at);
    buf_addf(&l->text, "%" PRIu64 " %s%s %s ", h->seq, at, h->clock_trusted ? "" : "?", record_kind_word(h->kind));
    mask_add(&l->text, h->role, strlen(h->role));
    if (tells(h->kind)) {
        buf_addc(&l->text, ' ');
        mask_add(&l->text, h->what, strlen(h->what));
    }
    buf_addc(&l->text, '\n');
    l->records++;
    return 0;
}

static void records(struct logs *l)
{
    char dir[KIOSKCTL_PATH_MAX];
    struct chain_head newest = {.seq = 0};
    struct outbox *o = NULL;
    struct err e = {0};
    int rc = fs_join(dir, sizeof dir, l->data, "journal");

    head(l, "records");
    if (rc == 0)
        rc = outbox_open(dir, &o, &e);
    if (rc == 0)
        outbox_head(o, &newest, NULL);
    if (rc == 0)
        rc = outbox_each(o, newest.seq > RECORDS_MAX ? newest.seq - RECORDS_MAX : 1, add_record, l, &e);
    outbox_close(o);
    if (rc)
        missing(l, &e);
}

/* --- messages ---------------------------------------------------------------------------------------------------------- */

/* The next line, without its end; of one that is too long what may be half a number or a sign is cut too. */
static bool next_line(FILE *f, char line[MESSAGE_MAX])
{
    if (!fgets(line, MESSAGE_MAX, f))
        return false;
    size_t n = strcspn(line, "\n");

    if (line[n] != '\n' && n == MESSAGE_MAX - 1) {
        for (int c = fgetc(f); c != EOF && c != '\n'; c = fgetc(f))
            ;
        while (n && (strchr("0123456789-. ", line[n - 1]) || (unsigned char)line[n - 1] >= 0x80))
            n--;
    }
    line[n] = '\0';
    return true;
}

static void messages(struct logs *l)
{
    char line[MESSAGE_MAX];
    struct err e = {0};
    struct buf kept;

    head(l, "messages");
    FILE *f = l->messages ? fopen(l->messages, "r") : NULL;
    if (!f) {
        err_set(&e, ERR_NOTFOUND, "%s", l->messages ? l->messages : "nobody gave any (--messages)");
        missing(l, &e);
        return;
    }
    buf_init(&kept, MESSAGES_MAX + 16 * MESSAGE_MAX);
    while (next_line(f, line)) {
        mask_add(&kept, line, strlen(line));
        buf_addc(&kept, '\n');
        while (kept.len > MESSAGES_MAX) { /* from the oldest on */
            const char *end = memchr(kept.data, '\n', kept.len);
            buf_drop(&kept, end ? (size_t)(end - (const char *)kept.data) + 1 : kept.len);
        }
    }
    fclose(f);
    buf_add(&l->text, kept.data, kept.len);
    buf_finish(&kept);
}

/* --- the command ------------------------------------------------------------------------------------------------------- */

static int write_out(struct logs *l)
{
    struct err e = {0};

    if (!buf_ok(&l->text))
        err_set(&e, ERR_TOOLONG, "the text is longer than it may be");
    else if (fs_write_atomic(l->out, l->text.data, l->text.len, 0640, &e) == 0) {
        printf("%s: %zu kB, %d records. Nothing of residents is in it.\n", l->out, l->text.len / 1024 + 1, l->records);
        return EXIT_OK;
    }
    return kioskctl_fail(&e, EXIT_CANNOT);
}

int kioskctl_logs(int argc, char **argv)
{
    struct logs l = {.data = KIOSKCTL_DATA, .run = KIOSKCTL_RUN, .status = SYSTEM_STATUS_FILE};
    const struct option_word options[] = {
        {"--out", &l.out, NULL},   {"--days", &l.days, NULL}, {"--messages", &l.messages, NULL},
        {"--data", &l.data, NULL}, {"--run", &l.run, NULL},   {"--status", &l.status, NULL},
        {NULL, NULL, NULL}};
    int count, code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &count);
    char *end = NULL;

    if (code >= 0)
        return code;
    long days = l.days ? strtol(l.days, &end, 10) : DAYS;
    if (!l.out)
        return options_wrong(COMMAND, "--out FILE is missing");
    if (days < 1 || days > DAYS_MAX || (end && (*end || end == l.days)))
        return options_wrong(COMMAND, "--days is from 1 to %d", DAYS_MAX);
    l.since_ms = clock_wall_ms() - days * DAY_MS;
    buf_init(&l.text, LOGS_MAX);
    begin(&l);
    ask(&l, "status", PEER_STATUS);
    ask(&l, "devices", PEER_DEVICES);
    systems(&l);
    records(&l);
    messages(&l);
    code = write_out(&l);
    buf_finish(&l.text);
    return code;
}
