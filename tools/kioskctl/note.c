/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl note: whose machine a disk is of, and for how many people it holds what the hall has not got, without the disk's
 * key.
 */
#include "tools/kioskctl/note.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/kioskctl/kioskctl.h"

#define COMMAND "kioskctl note"

static const char help[] =
    "kioskctl note [--device DEVICE] [--json]\n\n"
    "What stands outside the encrypted part of a terminal's disk: whose it is, which system it had, and how many people\n"
    "handed in what the hall has not got. DEVICE is the partition `note` of the disk in question, also of another\n"
    "machine's; " NOTE_DEVICE " where it is not given.\n"
    "What cannot be read counts as undelivered. The signature shows that a note is whole, not that nobody put it there.\n"
    "Exit: 0 nothing is waiting, 1 something is, or it is not known, 3 the device cannot be read.\n";

/* --- the place -------------------------------------------------------------------------------------------------------- */

static int read_at(int fd, off_t at, void *out, size_t len, struct err *e)
{
    ssize_t n = pread(fd, out, len, at);

    if (n < 0)
        return err_errno(e, "read it");
    return (size_t)n == len ? 0 : err_set(e, ERR_INVALID, "it is too short for a note");
}

int note_read(const char *device, bool write, int *ret_fd, struct note *ret, struct err *e)
{
    uint8_t copies[NOTE_COPIES][NOTE_COPY_BYTES];
    int rc = 0, fd = open(device, (write ? O_RDWR : O_RDONLY) | O_CLOEXEC);

    *ret_fd = -1;
    if (fd < 0) { /* a disk that is not there is not one on which nobody was enrolled */
        rc = err_errno(e, "open %s", device);
        return rc == -ERR_NOTFOUND ? err_set(e, ERR_GONE, "open %s: it is not there", device) : rc;
    }
    for (int i = 0; i < NOTE_COPIES && rc == 0; i++)
        rc = read_at(fd, (off_t)i * NOTE_COPY_AT, copies[i], NOTE_COPY_BYTES, e);
    if (rc) {
        close(fd);
        return err_wrap(e, rc, "%s", device);
    }
    *ret_fd = fd;
    return note_choose(copies[0], copies[1], ret, e);
}

int note_wish(int fd, bool reset, struct err *e)
{
    static const char wish[NOTE_RESET_LEN + 1] = NOTE_RESET_WORD, nothing[NOTE_RESET_LEN + 1];

    if (pwrite(fd, reset ? wish : nothing, NOTE_RESET_LEN, NOTE_RESET_AT) != NOTE_RESET_LEN || fsync(fd) < 0)
        return err_errno(e, "write the wish for a reset");
    return 0;
}

int note_wished(int fd, bool *ret, struct err *e)
{
    char there[NOTE_RESET_LEN];
    int rc = read_at(fd, NOTE_RESET_AT, there, sizeof there, e);

    if (rc == 0)
        *ret = !memcmp(there, NOTE_RESET_WORD, NOTE_RESET_LEN);
    return rc;
}

/* --- the command ------------------------------------------------------------------------------------------------------ */

static int show_json(const struct note *n, int rc, bool wished)
{
    char at[CLOCK_RFC3339_LEN + 1] = "", slot[2] = {n->slot, 0};
    struct jsonw w;
    struct buf b;

    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_bool(&w, "known", rc == 0 || rc == -ERR_NOTFOUND);
    jsonw_bool(&w, "enrolled", rc == 0);
    jsonw_bool(&w, "reset_at_next_start", wished);
    if (rc == 0) {
        clock_format_rfc3339(n->at_ms, at);
        jsonw_str(&w, "terminal", n->terminal);
        jsonw_obj(&w, "place");
        place_encode(&w, &n->place);
        jsonw_end(&w);
        jsonw_int(&w, "waiting", n->waiting);
        jsonw_str(&w, "version", n->version);
        jsonw_str(&w, "slot", slot);
        jsonw_str(&w, "written", at);
        jsonw_int(&w, "sequence", n->sequence);
        jsonw_int(&w, "last_record", n->last);
        jsonw_int(&w, "acknowledged", n->acked);
        jsonw_hex(&w, "key", n->key.point, sizeof n->key.point);
    }
    jsonw_end(&w);
    return kioskctl_print(&b, rc == -ERR_NOTFOUND || (rc == 0 && n->waiting == 0) ? EXIT_OK : EXIT_BAD);
}

static int show(const struct note *n, bool wished)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(n->at_ms, at);
    printf("%-14s %s\n%-14s %s %s\n%-14s %s\n", "terminal", n->terminal, "place", n->place.zone, n->place.device, "hotline",
           n->place.hotline);
    if (n->waiting == NOTE_WAITING_UNKNOWN)
        printf("%-14s %s\n", "waiting", "not known: it counts as undelivered");
    else
        printf("%-14s %lld\n", "waiting", (long long)n->waiting);
    printf("%-14s %s\n%-14s %c\n%-14s %s\n", "version", n->version[0] ? n->version : "none", "slot", n->slot, "written", at);
    if (wished)
        puts("A factory reset is asked for: at the next start the keys are destroyed.");
    return n->waiting == 0 ? EXIT_OK : EXIT_BAD;
}

int kioskctl_note(int argc, char **argv)
{
    const char *device = NOTE_DEVICE;
    bool json = false, wished = false;
    const struct option_word options[] = {{"--device", &device, NULL}, {"--json", NULL, &json}, {NULL, NULL, NULL}};
    struct note n = {.slot = '-'};
    struct err e = {0};
    int count, fd;

    int code = options_read(COMMAND, argc, argv, help, options, NULL, 0, &count);
    if (code >= 0)
        return code;
    int rc = note_read(device, false, &fd, &n, &e);
    if (fd < 0 || note_wished(fd, &wished, &e))
        return kioskctl_fail(&e, EXIT_CANNOT);
    close(fd);
    if (json)
        return show_json(&n, rc, wished);
    if (rc == -ERR_NOTFOUND)
        return puts("there is no note: no terminal was enrolled on this disk, nothing is waiting") < 0;
    if (rc)
        return kioskctl_fail(&e, EXIT_BAD);
    return show(&n, wished);
}
