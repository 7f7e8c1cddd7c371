/* SPDX-License-Identifier: Apache-2.0
 *
 * The desk: reader, printers, their paper, and the socket on which a person or a scenario pokes them with words.
 *
 *     card place FILE     FILE: drivers/virtual/card_file.h     card lift
 *     reader WORDS, printer WORDS, ticket WORDS: plug, unplug, or what sam.h and printer.h understand
 *     add reader2 [KIND], add keyboard, add stick: one device more, which then answers to its name (plain.h)
 *     hub reset           all devices leave and come back on their ports
 *     paper               [{"role","file","text","qr":[…],"cut":bool}, …] finished and unfinished pieces
 *     status              {"reader":{"plugged":true,…},…}       quit
 *
 * Each is one line and answered by one line of JSON: what was asked for, {"ok":true}, or {"ok":false,"error":"…"}.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/err.h"

struct desk_options {
    const char *socket, *paper;
    const char *reader, *printer, *ticket; /* kind or profile; "none" */
    const char *usbip;                     /* where usbip_server.h listens; NULL: nowhere */
    const char *usbredir;                  /* PATH.ROLE for each role; NULL: nowhere */
};

/* Serves until `quit`, SIGTERM or SIGINT; says so on stdout when it is ready. 0 or a negative code. */
int desk_run(const struct desk_options *o, struct err *e);

#endif
