/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl reset: a factory reset, which destroys the keys of the disk at the next start (board/image/root/usr/lib/tongban).
 * What destroys asks for something that differs each time: the terminal's name where the hall has everything; where it has
 * not, the hall's release code for this count, and the count.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "crypto/random.h"
#include "journal/anchor.h"
#include "journal/outbox.h"
#include "tools/kioskctl/kioskctl.h"
#include "tools/kioskctl/note.h"

#define COMMAND "kioskctl reset"
#define LINE_LEN 80

static const char help[] =
    "kioskctl reset [--device DEVICE] [--data DIR]\n"
    "kioskctl reset --cancel [--device DEVICE]\n\n"
    "A factory reset: at the next start the keys of the encrypted data are destroyed, so that nothing of it can ever be\n"
    "read, and it is made anew. The terminal is then one that nobody has enrolled: it needs a new sheet.\n"
    "Where the hall has got everything, the terminal's name is to be typed. Where it has not, or nobody knows, the hall is\n"
    "called with four signs and reads out a code for this terminal and this count (hallctl release); then the count is\n"
    "typed. Until the next start --cancel takes it back.\n"
    "DEVICE is the partition `note`, " NOTE_DEVICE " where it is not given; DIR is " KIOSKCTL_DATA
    " where it is not given.\n"
    "Exit: 0 it will be reset (or will not, with --cancel), 1 refused, 3 it could not be done.\n";

struct reset {
    const char *device, *data;
    int fd;
    struct note note;
    int64_t waiting; /* RELEASE_COUNT_UNKNOWN */
};

/* --- what is at stake ------------------------------------------------------------------------------------------------- */

static int count_waiting(void *ctx, const struct record *r)
{
    *(int64_t *)ctx += record_kind_has_body(r->header.kind) && r->header.kind != RECORD_DISK_KEY;
    return 0;
}

/* What the journal itself says, whether kiosk runs or not; a journal that cannot be read is not known. */
static int64_t journal_says(const struct reset *r)
{
    char dir[KIOSKCTL_PATH_MAX];
    struct anchor a = {.acked = {.seq = 0}};
    struct outbox *o = NULL;
    struct err e = {0};
    int64_t n = 0;

    if (snprintf(dir, sizeof dir, "%s/journal", r->data) >= (int)sizeof dir)
        return RELEASE_COUNT_UNKNOWN;
    int rc = anchor_read(dir, &a, &e);
    if (rc == 0 && a.last.seq == 0)
        return 0; /* enrolled, and never started */
    if (rc == 0)
        rc = outbox_open(dir, &o, &e);
    if (rc == 0)
        rc = outbox_each(o, a.acked.seq + 1, count_waiting, &n, &e);
    outbox_close(o);
    if (rc)
        fprintf(stderr, "kioskctl: the journal cannot be counted: %s\n", e.text);
    return rc ? RELEASE_COUNT_UNKNOWN : n;
}

/* The note and the journal; where they differ, or one is not known, nobody knows. */
static int look(struct reset *r, struct err *e)
{
    int rc = note_read(r->device, true, &r->fd, &r->note, e);

    if (rc == -ERR_NOTFOUND)
        return err_set(e, ERR_NOTFOUND, "no terminal was enrolled on this disk: there is nothing to reset");
    if (r->fd < 0)
        return rc;
    if (rc)
        return err_wrap(e, rc, "whose machine this is cannot be read, so no release code can be checked");
    r->waiting = r->note.waiting;
    if (r->waiting == 0 && journal_says(r) != 0)
        r->waiting = RELEASE_COUNT_UNKNOWN;
    return 0;
}

/* --- the questions ---------------------------------------------------------------------------------------------------- */

/* One line of what is typed, without its end. */
static bool ask(const char *question, char out[LINE_LEN])
{
    printf("%s: ", question);
    fflush(stdout);
    if (!fgets(out, LINE_LEN, stdin))
        return false;
    out[strcspn(out, "\r\n")] = 0;
    return true;
}

static int refused(const char *why)
{
    printf("%s. Nothing was changed.\n", why);
    return EXIT_BAD;
}

static bool ask_code(const struct reset *r)
{
    uint8_t random[RELEASE_SIGNS];
    char signs[RELEASE_SIGNS + 1], typed[LINE_LEN];
    int64_t since = clock_mono_ms();

    random_bytes(random, sizeof random);
    release_signs(random, signs);
    printf("Call %s and read out %s, terminal %s. They look at what is missing and read out eight digits,\n"
           "good for this count, for an hour and until this command ends.\n",
           r->note.place.hotline, signs, r->note.terminal);
    for (int i = 0; i < RELEASE_TRIES && ask("Their code", typed); i++) {
        if (clock_mono_ms() - since > RELEASE_MS)
            return false;
        if (release_fits(r->note.release, r->note.terminal, r->waiting, signs, typed))
            return true;
        puts("That is not the code for these four signs.");
    }
    return false;
}

static int64_t read_count(const char *typed)
{
    char *end;
    int64_t n = isdigit((unsigned char)*typed) ? strtoll(typed, &end, 10) : RELEASE_COUNT_UNKNOWN;

    return n >= 0 && !*end ? n : strcmp(typed, "unknown") ? INT64_MIN : RELEASE_COUNT_UNKNOWN;
}

/* EXIT_OK: whoever stands there means it. */
static int confirm_loss(const struct reset *r)
{
    char typed[LINE_LEN];

    if (r->waiting == RELEASE_COUNT_UNKNOWN)
        puts(
            "It is not known whether the hall has got everything: people may hold receipts for what only this machine has.");
    else
        printf("%" PRId64
               " that were handed in have not reached the hall: people hold receipts, and only this machine has them.\n",
               r->waiting);
    puts("Better: let it reach the hall first. Then nobody loses anything.");
    if (!ask_code(r))
        return refused("No code, no reset");
    if (!ask(r->waiting < 0 ? "What is lost? Type unknown" : "How many are lost? Count them, and type the number", typed) ||
        read_count(typed) != r->waiting)
        return refused("That is not the count");
    return EXIT_OK;
}

static int confirm(const struct reset *r)
{
    char typed[LINE_LEN];

    printf("%s, %s %s: the hall has got everything that was handed in here.\n", r->note.terminal, r->note.place.zone,
           r->note.place.device);
    if (!ask("To reset it type the terminal's name", typed) || strcmp(typed, r->note.terminal) != 0)
        return refused("That is not its name");
    return EXIT_OK;
}

static int run(struct reset *r, bool cancel)
{
    struct err e = {0};
    bool wished = false;
    int rc = look(r, &e);

    if (rc && !(cancel && r->fd >= 0))
        return kioskctl_fail(&e, EXIT_CANNOT);
    int code = cancel ? EXIT_OK : r->waiting ? confirm_loss(r) : confirm(r);
    if (code != EXIT_OK)
        return code;
    rc = note_wished(r->fd, &wished, &e);
    if (rc == 0 && wished == cancel)
        rc = note_wish(r->fd, !cancel, &e);
    if (rc)
        return kioskctl_fail(&e, EXIT_CANNOT);
    puts(cancel ? "It will not be reset."
                : "At the next start the keys are destroyed. Until then `kioskctl reset --cancel` takes it back.");
    return EXIT_OK;
}

int kioskctl_reset(int argc, char **argv)
{
    struct reset r = {.device = NOTE_DEVICE, .data = KIOSKCTL_DATA, .fd = -1};
    bool cancel = false;
    const struct option_word options[] = {
        {"--device", &r.device, NULL}, {"--data", &r.data, NULL}, {"--cancel", NULL, &cancel}, {NULL, NULL, NULL}};
    int count;

    int code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &count);
    if (code >= 0)
        return code;
    code = run(&r, cancel);
    if (r.fd >= 0)
        close(r.fd);
    return code;
}
