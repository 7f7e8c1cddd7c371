/* SPDX-License-Identifier: Apache-2.0
 *
 * See width.h.
 */
#include "kiosk/width.h"

#include <sys/socket.h>
#include <unistd.h>

#include "base/json.h"

/* Whoever else may open the socket (kiosk-sync) is no technician. */
static bool is_technician(const struct line *c)
{
    struct ucred who;
    socklen_t len = sizeof who;

    return getsockopt(line_fd(c), SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 && (who.uid == 0 || who.uid == geteuid());
}

static void answer(struct line *c, const struct printers *p, int role, const struct err *e)
{
    struct printer_facts f;
    struct jsonw w;
    struct buf b;

    printers_facts(p, role, &f);
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

void width_request(struct printers *p, struct line *asker, const char *role, int mark)
{
    enum device_role which = device_by_word(role);
    struct err e = {0};

    if (which >= PRINTER_ROLES)
        err_set(&e, ERR_INVALID, "receipt or ticket, and a mark of the ruler");
    else if (!is_technician(asker))
        err_set(&e, ERR_REFUSED, "only root and the terminal's own user may say how wide a printer is");
    else if (mark == 0)
        printers_print_ruler(p, which, &e);
    else
        printers_tell_width(p, which, mark, &e);
    answer(asker, p, which >= PRINTER_ROLES ? DEVICE_RECEIPT : which, &e);
}
