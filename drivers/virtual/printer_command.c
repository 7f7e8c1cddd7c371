/* SPDX-License-Identifier: Apache-2.0
 *
 * What a person does to the virtual printer, in words: printer.h lists them.
 */
#include <stdio.h>
#include <string.h>

#include "drivers/virtual/printer_parts.h"

#define LINES_MAX 1000000

void printer_heal(struct virtual_printer *p)
{
    p->jam = p->cutter = p->silent = p->gone = p->paper_out_at_cut = false;
    p->slow_ms = 0;
    p->paper_out_after = -1;
    p->die_after = -1;
}

static void load_paper(struct virtual_printer *p)
{
    p->paper_out = p->paper_low = p->paper_out_at_cut = false;
    p->paper_out_after = -1;
}

static void status(struct virtual_printer *p, struct buf *reply)
{
    const char *paper = p->paper_out ? "out" : p->paper_low ? "low" : "ok";

    buf_addf(reply,
             "{\"profile\":\"%s\",\"paper\":\"%s\",\"cover\":\"%s\",\"jam\":%s,\"cutter\":%s,\"silent\":%s,\"gone\":%s,"
             "\"waiting_bytes\":%d,\"dots\":%d,\"received_ms\":%lld,\"full_ms\":%lld}",
             p->profile->name, paper, p->cover_open ? "open" : "closed", p->jam ? "true" : "false",
             p->cutter ? "true" : "false", p->silent ? "true" : "false", p->gone ? "true" : "false", p->fifo_len,
             p->sheet.height, (long long)p->received_ms, (long long)p->full_ms);
}

static int with_number(struct virtual_printer *p, const char *words)
{
    int n;

    if (sscanf(words, "slow %d", &n) == 1 && n >= 0)
        p->slow_ms = n;
    else if (sscanf(words, "die-after %d", &n) == 1 && n >= 0)
        p->die_after = n;
    else if (sscanf(words, "paper-out-after %d", &n) == 1 && n >= 0 && n <= LINES_MAX)
        p->paper_out_after = n * PRINTER_LINE;
    else
        return -ERR_INVALID;
    p->paper_out |= p->paper_out_after == 0;
    return 0;
}

static bool set_flag(struct virtual_printer *p, const char *words)
{
    const struct {
        const char *word;
        bool *flag, value;
    } flags[] = {
        {"paper-out", &p->paper_out, true},
        {"paper-low", &p->paper_low, true},
        {"cover-open", &p->cover_open, true},
        {"cover-close", &p->cover_open, false},
        {"jam", &p->jam, true},
        {"cutter", &p->cutter, true},
        {"silent", &p->silent, true},
        {"paper-out-at-cut", &p->paper_out_at_cut, true},
    };

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (!strcmp(words, flags[i].word)) {
            *flags[i].flag = flags[i].value;
            return true;
        }
    return false;
}

int printer_command(struct virtual_device *d, const char *words, struct buf *reply)
{
    struct virtual_printer *p = (struct virtual_printer *)(void *)d;
    int rc = 0;

    if (!strcmp(words, "clear"))
        printer_heal(p);
    else if (!strcmp(words, "paper-load"))
        load_paper(p);
    else if (!strcmp(words, "status"))
        status(p, reply);
    else if (!set_flag(p, words))
        rc = with_number(p, words);
    printer_automatic(p, false);
    return rc;
}
