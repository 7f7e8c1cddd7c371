/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl width: prints the ruler of a printer anew, or is told the last mark that could be read (model/width_ruler.h).
 * A width too large makes papers run off the edge, so it is taken from a technician alone.
 *
 *     width receipt|ticket            width receipt|ticket MARK
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/json.h"
#include "kiosk/kiosk.h"

/* Whoever else may open the socket (kiosk-sync) is no technician. */
static bool is_technician(const struct line *c)
{
    struct ucred who;
    socklen_t len = sizeof who;

    return getsockopt(line_fd(c), SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 && (who.uid == 0 || who.uid == geteuid());
}

static void answer(struct line *c, const struct kiosk *k, int role, const struct err *e)
{
    struct printer_facts f;
    struct jsonw w;
    struct buf b;

    printers_facts(k->printers, role, &f);
    buf_init(&b, 1024);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    if (*e->text) {
        jsonw_str(&w, "error", e->text);
    } else {
        jsonw_str(&w, "printer", device_word(role));
        jsonw_int(&w, "dots", f.dots);
        jsonw_bool(&w, "asks_width", f.asks_width);
    }
    jsonw_end(&w);
    line_send(c, buf_str(&b));
    buf_finish(&b);
}

void kiosk_width(struct kiosk *k, struct line *c, const char *words)
{
    char name[8] = "";
    int mark = 0, n = sscanf(words, "%7s %d", name, &mark);
    enum device_role role = device_by_word(name);
    struct err e = {0};

    if (role >= PRINTER_ROLES)
        err_set(&e, ERR_INVALID, "receipt or ticket, and a mark of the ruler");
    else if (!is_technician(c))
        err_set(&e, ERR_REFUSED, "only root and the terminal's own user may say how wide a printer is");
    else if (n == 1)
        printers_print_ruler(k->printers, role, &e);
    else
        printers_tell_width(k->printers, role, mark, &e);
    answer(c, k, role >= PRINTER_ROLES ? DEVICE_RECEIPT : role, &e);
}
