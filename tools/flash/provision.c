/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet by the code on its paper. zbar reads it: zbarcam from the camera, zbarimg from a picture. Whoever holds the paper
 * compares name and words, and types the terminal's number: nothing is written for a sheet that nobody looked at.
 */
#include <ctype.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/secret.h"
#include "model/sheet_words.h"
#include "tools/flash/flash.h"
#include "tools/flash/term.h"

#define NUMBER_MAX 32

extern char **environ;

/* What the command says on stdout, cut at cap; its length. -1: it could not be run, or says nothing. */
static ssize_t ask(char *const argv[], char *out, size_t cap)
{
    posix_spawn_file_actions_t actions;
    size_t n = 0;
    ssize_t part;
    int ends[2];
    pid_t pid;

    if (pipe(ends) < 0)
        return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    int rc = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    while (rc == 0 && n < cap && (part = read(ends[0], out + n, cap - n)) > 0)
        n += (size_t)part;
    close(ends[0]);
    if (rc == 0)
        waitpid(pid, NULL, 0);
    return rc == 0 && n ? (ssize_t)n : -1;
}

static ssize_t read_code(const char *picture, char *out, size_t cap)
{
    char *const camera[] = {"zbarcam", "--raw", "--quiet", "--oneshot", "-Sdisable", "-Sqrcode.enable", NULL};
    char *const image[] = {"zbarimg", "--raw", "--quiet", "-Sdisable", "-Sqrcode.enable", (char *)picture, NULL};

    return ask(picture ? image : camera, out, cap);
}

/* The number a person reads off the paper: "03" of "03 号机"; else the last digits of the terminal's id. */
static void number_of(const struct enrol_sheet *s, char out[NUMBER_MAX])
{
    const char *from = s->device;
    size_t n = 0;

    while (*from && !isdigit((unsigned char)*from))
        from++;
    if (!*from) {
        from = s->terminal + strlen(s->terminal);
        while (from > s->terminal && isdigit((unsigned char)from[-1]))
            from--;
    }
    while (isdigit((unsigned char)*from) && n + 1 < NUMBER_MAX)
        out[n++] = *from++;
    out[n] = 0;
}

/* true: the number was typed. */
static bool compared(const struct enrol_sheet *s)
{
    char text[WORDS_MAX], number[NUMBER_MAX], typed[NUMBER_MAX];
    const char *words[SHEET_WORDS], *name = *s->device ? s->device : s->terminal;
    uint8_t hash[SHA256_LEN];

    enrol_sheet_hash(s, hash);
    sheet_words(hash, words_chinese() ? LANGUAGE_ZH_CN : LANGUAGE_EN, words);
    number_of(s, number);
    term_say(word(WORD_provision_read));
    term_say(say(text, WORD_provision_terminal, name, s->spot));
    term_say(say(text, WORD_provision_hall, s->hall));
    term_say(say(text, WORD_provision_words, words[0], words[1], words[2], words[3]));
    term_say(say(text, WORD_provision_ask, name));
    return term_ask(typed, sizeof typed) && *number && !strcmp(typed, number);
}

int flash_provision(struct flash *f, const char *picture)
{
    struct enrol_sheet sheet;
    char code[DISK_BLOCK];
    struct err e = {0};

    if (!picture)
        term_say(word(WORD_provision_camera));
    ssize_t n = read_code(picture, code, sizeof code - 1);
    while (n > 0 && code[n - 1] == '\n')
        n--;
    if (n <= 0)
        return flash_refuse(EXIT_SHEET, WORD_provision_none, "apt install zbar-tools");
    code[n++] = '\n'; /* as the sheet's file ends */
    int rc = enrol_sheet_decode(code, (size_t)n, &sheet, &e);
    if (rc == 0)
        rc = sheets_take(code, (size_t)n, &f->sheets, &e);
    secret_wipe(code, sizeof code);
    if (rc < 0)
        return flash_refuse(EXIT_SHEET, WORD_provision_not, e.text);
    bool same = compared(&sheet);
    if (!same) {
        sheets_close(&f->sheets);
        flash_refuse(0, WORD_provision_refused, *sheet.device ? sheet.device : sheet.terminal);
    }
    secret_wipe(&sheet, sizeof sheet);
    return same ? EXIT_GOOD : EXIT_SHEET;
}
