/* SPDX-License-Identifier: Apache-2.0
 *
 * See xvfb.h.
 */
#include "tools/scenario/xvfb.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#define START_MS 30000
#define LOOK_US 200

struct xvfb {
    pid_t pid;
    char name[16];
    Display *display;
};

/* It chooses a free number and writes it to the descriptor. */
static void child(int width, int height, int number_to)
{
    char screen[32], fd[12];
    int null = open("/dev/null", O_RDWR);

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(null, 1);
    dup2(null, 2);
    fcntl(number_to, F_SETFD, 0);
    snprintf(screen, sizeof screen, "%dx%dx24", width, height);
    snprintf(fd, sizeof fd, "%d", number_to);
    execlp("Xvfb", "Xvfb", "-displayfd", fd, "-screen", "0", screen, "-nolisten", "tcp", (char *)NULL);
    _exit(127);
}

/* It writes the number and the line's end one after the other, and dies when nobody takes the second. */
static int read_number(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char text[16] = "";
    size_t len = 0;

    while (len < sizeof text - 1 && !strchr(text, '\n')) {
        ssize_t n = poll(&p, 1, START_MS) == 1 ? read(fd, text + len, sizeof text - 1 - len) : 0;

        if (n <= 0)
            return -1;
        len += (size_t)n;
    }
    return atoi(text);
}

int xvfb_start(int width, int height, struct xvfb **ret, struct err *e)
{
    struct xvfb *x = calloc(1, sizeof *x);
    int out[2], number, a, b, c, d;

    if (!x || pipe2(out, O_CLOEXEC) < 0) {
        free(x);
        return err_errno(e, "start Xvfb");
    }
    x->pid = fork();
    if (x->pid == 0)
        child(width, height, out[1]);
    close(out[1]);
    number = read_number(out[0]);
    close(out[0]);
    snprintf(x->name, sizeof x->name, ":%d", number);
    x->display = number < 0 ? NULL : XOpenDisplay(x->name);
    if (!x->display || !XTestQueryExtension(x->display, &a, &b, &c, &d)) {
        int rc = err_set(e, ERR_NOTFOUND, "Xvfb %s",
                         number < 0   ? "does not start: install xvfb"
                         : x->display ? "has no XTEST"
                                      : "takes no connection");

        xvfb_stop(x);
        return rc;
    }
    *ret = x;
    return 0;
}

void xvfb_stop(struct xvfb *x)
{
    if (!x)
        return;
    if (x->display)
        XCloseDisplay(x->display);
    if (x->pid > 0) {
        kill(x->pid, SIGTERM);
        waitpid(x->pid, NULL, 0);
    }
    free(x);
}

const char *xvfb_display(const struct xvfb *x)
{
    return x->name;
}

void xvfb_move(struct xvfb *x, int px, int py)
{
    XTestFakeMotionEvent(x->display, 0, px, py, CurrentTime);
    XFlush(x->display);
}

static void button(struct xvfb *x, int px, int py, bool down)
{
    xvfb_move(x, px, py);
    XTestFakeButtonEvent(x->display, 1, down, CurrentTime);
    XFlush(x->display);
}

void xvfb_press(struct xvfb *x, int px, int py)
{
    button(x, px, py, true);
}

void xvfb_release(struct xvfb *x, int px, int py)
{
    button(x, px, py, false);
}

uint32_t xvfb_pixel(struct xvfb *x, int px, int py)
{
    XImage *image = XGetImage(x->display, DefaultRootWindow(x->display), px, py, 1, 1, AllPlanes, ZPixmap);
    uint32_t rgb = image ? (uint32_t)XGetPixel(image, 0, 0) & 0xFFFFFF : 0;

    if (image)
        XDestroyImage(image);
    return rgb;
}

bool xvfb_wait(struct xvfb *x, int px, int py, uint32_t was, bool is, int ms)
{
    int64_t until = clock_measure_us() + (int64_t)ms * 1000;

    while ((xvfb_pixel(x, px, py) == was) != is) {
        if (clock_measure_us() > until)
            return false;
        usleep(LOOK_US);
    }
    return true;
}
