/* SPDX-License-Identifier: Apache-2.0
 *
 * See term.h.
 */
#include "tools/flash/term.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/text.h"
#include "tools/flash/words.h"

#define PAGE_MAX (64 * 1024)

static struct termios before; /* as the terminal was; put back at exit */
static bool raw;              /* it is changed */
static bool screen, colours;

static void put_back(void)
{
    if (raw)
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
    raw = false;
}

static void put_text(FILE *to, bool coloured, const char *text, size_t len);

static void put_back_and_end(int number)
{
    put_back();
    _exit(128 + number);
}

void term_open(void)
{
    const struct sigaction end = {.sa_handler = put_back_and_end};
    struct termios t;

    screen = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    colours = screen && !getenv("NO_COLOR");
    if (!screen || tcgetattr(STDIN_FILENO, &before) < 0)
        return;
    t = before;
    t.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    raw = tcsetattr(STDIN_FILENO, TCSANOW, &t) == 0;
    atexit(put_back);
    sigaction(SIGTERM, &end, NULL);
    sigaction(SIGHUP, &end, NULL);
}

bool term_is_screen(void)
{
    return screen;
}

int term_key(int timeout_ms)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    unsigned char c;

    fflush(stdout);
    if (poll(&p, 1, timeout_ms) <= 0)
        return TERM_NOTHING;
    if (read(STDIN_FILENO, &c, 1) != 1)
        return TERM_END;
    if (c == '\r')
        c = TERM_ENTER;
    if (c == '\b')
        c = TERM_RUBOUT;
    return c < 128 ? c : TERM_NOTHING;
}

bool term_ask(char *out, size_t cap)
{
    size_t n = 0;

    put_text(stdout, colours, "{h|> }", 6);
    for (;;) {
        int key = term_key(-1);
        if (key == TERM_END || key == TERM_INTERRUPT)
            return false;
        if (key == TERM_ENTER)
            break;
        if (key == TERM_RUBOUT && n) {
            n--;
            if (screen)
                fputs("\b \b", stdout);
        } else if (key > ' ' && key < TERM_RUBOUT && n + 1 < cap) {
            out[n++] = (char)key;
            if (screen)
                putchar(key);
        }
    }
    out[n] = 0;
    putchar('\n');
    return true;
}

/* --- text -------------------------------------------------------------------------------------------------------------- */

static bool style_begins(const char *p)
{
    return p[0] == '{' && p[1] && strchr("bdkxh", p[1]) && p[2] == '|';
}

static int columns_of(int32_t c)
{
    return c < ' ' || text_has_no_width((uint32_t)c) ? 0 : text_is_wide((uint32_t)c) && words_utf8() ? 2 : 1;
}

/* The longest beginning that takes at most `max` columns; *ret_columns of it. Styles are whole or not there. */
static const char *fits(const char *text, int max, int *ret_columns)
{
    const char *p = text, *end = text + strlen(text), *inside = NULL;

    *ret_columns = 0;
    while (p < end) {
        const char *next = p;
        if (style_begins(p)) {
            inside = p;
            p += 3;
            continue;
        }
        if (*p == '}' && inside) {
            inside = NULL;
            p++;
            continue;
        }
        int w = columns_of(utf8_next(&next, end));
        if (*ret_columns + w > max)
            return inside ? inside : p;
        *ret_columns += w;
        p = next;
    }
    return p;
}

int term_width(const char *text)
{
    int n;

    fits(text, 1 << 20, &n);
    return n;
}

static void spaces(struct buf *line, int n)
{
    for (; n > 0; n--)
        buf_addc(line, ' ');
}

void term_cell(struct buf *line, int width, const char *text)
{
    int room = width < 0 ? -width : width, n;
    const char *end = fits(text, width ? room - 1 : 1 << 20, &n);

    if (width < 0)
        spaces(line, room - 2 - n);
    buf_add(line, text, (size_t)(end - text));
    if (width)
        spaces(line, width < 0 ? (n > room - 2 ? 1 : 2) : room - n);
}

void term_bar(struct buf *line, int n, double written, double checked)
{
    int c = (int)(n * checked), w = (int)(n * written);

    buf_addc(line, '[');
    for (int i = 0; i < n; i++)
        buf_addc(line, i < c ? '=' : i < w ? '#' : '.');
    buf_addc(line, ']');
}

/* --- output ------------------------------------------------------------------------------------------------------------ */

static void put_style(FILE *to, char style)
{
    static const struct {
        char style;
        const char *code;
    } codes[] = {{'b', "\033[1m"}, {'d', "\033[2m"}, {'k', "\033[1;32m"}, {'x', "\033[1;31m"}, {'h', "\033[30;43m"}};

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].style == style)
            fputs(codes[i].code, to);
}

/* A text console has a typewriter's quotes only. */
static int32_t plain_quote(int32_t c)
{
    return c == 0x2018 || c == 0x2019 ? '\'' : c == 0x201C || c == 0x201D ? '"' : c;
}

static void put_character(FILE *to, int32_t c)
{
    char bytes[4];

    if (!words_utf8())
        c = plain_quote(c);
    if (c < ' ' || (c >= 127 && c < 160) || text_is_invisible((uint32_t)c) || (c > 127 && !words_utf8()))
        c = '?';
    fwrite(bytes, 1, utf8_put((uint32_t)c, bytes), to);
}

static void put_text(FILE *to, bool coloured, const char *text, size_t len)
{
    const char *p = text, *end = text + len;
    bool inside = false;

    while (p < end) {
        if (end - p > 3 && style_begins(p)) {
            inside = true;
            if (coloured)
                put_style(to, p[1]);
            p += 3;
        } else if (*p == '}' && inside) {
            inside = false;
            if (coloured)
                fputs("\033[0m", to);
            p++;
        } else {
            put_character(to, utf8_next(&p, end));
        }
    }
}

void term_begin(struct buf *page)
{
    buf_init(page, PAGE_MAX);
}

void term_line(struct buf *page, const char *text)
{
    buf_adds(page, text);
    buf_addc(page, '\n');
}

static int rows(void)
{
    struct winsize w;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row ? w.ws_row : 1 << 20;
}

void term_show(struct buf *page)
{
    const char *p = buf_str(page);
    int left = screen ? rows() - 1 : 1 << 20;

    if (screen)
        fputs("\033[H", stdout);
    for (; *p && left > 0; left--) {
        size_t len = strcspn(p, "\n");
        if (screen) /* before the text: behind one of 80 columns it would take the last away */
            fputs("\033[2K", stdout);
        put_text(stdout, colours, p, len);
        putchar('\n');
        p += len + (p[len] == '\n');
    }
    if (screen)
        fputs("\033[J", stdout);
    fflush(stdout);
    buf_finish(page);
}

void term_say(const char *text)
{
    put_text(stdout, colours, text, strlen(text));
    putchar('\n');
    fflush(stdout);
}

void term_complain(const char *text)
{
    put_text(stderr, colours && isatty(STDERR_FILENO), text, strlen(text));
    putc('\n', stderr);
}
