/* SPDX-License-Identifier: Apache-2.0
 *
 * Transfers, hotplug and trouble, through the real libusb, on a bus that is served by the same loop.
 */
#include "drivers/usb/usb.h"

#include <SDL.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "drivers/virtual/bus.h"
#include "test.h"

#define WAIT_MS 20000
#define SHORT_MS 60

/* --- a device that echoes --------------------------------------------------------------------------------------------- */

struct echo {
    struct virtual_device base;
    uint8_t kept[200000];
    int n_kept, room; /* takes no more than room bytes */
    uint8_t reply[1000];
    int n_reply;
    bool stall;
    int resets;
};

static const uint8_t *echo_descriptors(const struct virtual_device *d, size_t *ret_len)
{
    static const uint8_t bytes[] = {
        18, 1, 0,  2, 0,  0, 0, 64,   0xB8, 0x04, 0x15, 0x0E, 0x23, 0x01, 1, 2, 0,    1, /* device */
        9,  2, 39, 0, 1,  1, 0, 0xC0, 0,                                                 /* configuration */
        9,  4, 0,  0, 3,  7, 1, 2,    0,                                                 /* a printer */
        7,  5, 1,  2, 64, 0, 0, 7,    5,    0x81, 2,    64,   0,    0,    7, 5, 0x82, 3, 8, 0, 10};
    *ret_len = sizeof bytes;
    return bytes;
}

static const char *echo_string(const struct virtual_device *d, int n)
{
    return n == 1 ? "maker" : NULL;
}

static int echo_out(struct virtual_device *d, uint8_t endpoint, const uint8_t *data, int len, int64_t now_ms)
{
    struct echo *t = (struct echo *)d;
    int n = len < t->room ? len : t->room;
    if (t->stall)
        return VIRTUAL_STALL;
    if (n == 0)
        return VIRTUAL_NAK;
    memcpy(t->kept + t->n_kept, data, (size_t)n);
    t->n_kept += n;
    t->room -= n;
    return n;
}

static int echo_in(struct virtual_device *d, uint8_t endpoint, uint8_t *data, int cap, int64_t now_ms)
{
    struct echo *t = (struct echo *)d;
    int n = t->n_reply < cap ? t->n_reply : cap;
    if (t->stall)
        return VIRTUAL_STALL;
    if (n == 0)
        return VIRTUAL_NAK;
    memcpy(data, t->reply, (size_t)n);
    memmove(t->reply, t->reply + n, (size_t)(t->n_reply - n));
    t->n_reply -= n;
    return n;
}

static int echo_control(struct virtual_device *d, const struct virtual_setup *s, uint8_t *data, int64_t now_ms)
{
    if (s->request_type != 0xA1 || s->request != 1)
        return VIRTUAL_STALL;
    data[0] = 0x18;
    return 1;
}

static void echo_clear_halt(struct virtual_device *d, uint8_t endpoint)
{
    ((struct echo *)d)->stall = false;
}

static void echo_reset(struct virtual_device *d)
{
    ((struct echo *)d)->resets++;
}

static int64_t echo_tick(struct virtual_device *d, int64_t now_ms)
{
    return -1;
}

static void echo_destroy(struct virtual_device *d)
{
    free(d);
}

static const struct virtual_device_ops echo_ops = {.kind = "echo",
                                                   .descriptors = echo_descriptors,
                                                   .string = echo_string,
                                                   .out = echo_out,
                                                   .in = echo_in,
                                                   .control = echo_control,
                                                   .clear_halt = echo_clear_halt,
                                                   .reset = echo_reset,
                                                   .tick = echo_tick,
                                                   .destroy = echo_destroy};

/* --- the desk --------------------------------------------------------------------------------------------------------- */

static char path[64];
static struct loop *loop;
static struct virtual_bus *bus;
static struct usb *usb;
static struct echo *echo;
static struct usb_device *device;
static struct usb_handle *handle;
static int arrivals, departures;

static void on_arrived(void *ctx, struct usb_device *d)
{
    arrivals++;
    device = d;
}

static void on_left(void *ctx, struct usb_device *d)
{
    CHECK(d == device);
    departures++;
    device = NULL;
}
static const struct usb_events events = {on_arrived, on_left};

/* Runs the loop until the number is reached; virtual time may pass, no timing is asserted. */
static bool reaches(const int *n, int want)
{
    for (int64_t end = clock_mono_ms() + WAIT_MS; *n < want && clock_mono_ms() < end;)
        loop_step(loop, 100);
    return *n >= want;
}

static void open_bus(void)
{
    struct err e = {0};
    bus = virtual_bus_create(loop, path, &e);
    CHECK_STR(e.text, "");
    echo = calloc(1, sizeof *echo);
    echo->base.ops = &echo_ops;
    echo->room = (int)sizeof echo->kept;
    virtual_bus_add(bus, "echo", &echo->base);
}

static void set_up(bool open)
{
    struct err e = {0};
    snprintf(path, sizeof path, "/tmp/test-usb-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    loop = loop_create();
    arrivals = departures = 0;
    handle = NULL;
    open_bus();
    usb = usb_create(loop, &e);
    CHECK(usb != NULL);
    usb_listen(usb, &events, NULL);
    CHECK_INT(arrivals, 0); /* never inside the call */
    CHECK(reaches(&arrivals, 1));
    if (open)
        CHECK_INT(usb_open(device, 0, &handle, &e), 0);
}

static void tear_down(void)
{
    usb_close(handle);
    virtual_bus_settle(bus);
    usb_destroy(usb);
    virtual_bus_destroy(bus);
    loop_destroy(loop);
}

static void command(const char *words)
{
    CHECK_INT(virtual_bus_command(bus, "echo", words, NULL), 0);
}

/* What the last transfer came to. */
static struct {
    int calls, rc;
    size_t len;
    uint8_t data[1024];
} last;

static void on_done(void *ctx, int rc, const uint8_t *data, size_t len)
{
    last.calls++;
    last.rc = rc;
    last.len = len;
    memcpy(last.data, data, len < sizeof last.data ? len : sizeof last.data);
}

static void finish_one(void)
{
    CHECK_INT(last.calls, 0); /* never inside the call */
    CHECK(reaches(&last.calls, 1));
    CHECK_INT(last.calls, 1);
    last.calls = 0;
}

static void reply_with(const void *data, int len)
{
    memcpy(echo->reply, data, (size_t)len);
    echo->n_reply = len;
    virtual_bus_poke(bus, "echo");
}

/* --- tests ------------------------------------------------------------------------------------------------------------ */

TEST(descriptors)
{
    set_up(false);
    const struct usb_info *i = usb_info(device);
    CHECK_INT(i->vendor, 0x04B8);
    CHECK_INT(i->product, 0x0E15);
    CHECK_INT(i->release, 0x0123);
    CHECK_STR(i->port, "1-1");
    CHECK_STR(i->maker, "maker");
    CHECK_STR(i->model, ""); /* its descriptor names one, it has none */
    CHECK_INT(i->n_interfaces, 1);
    CHECK_INT(i->interfaces[0].class_, 7);
    CHECK_INT(i->interfaces[0].n_endpoints, 3);
    CHECK_INT(i->interfaces[0].endpoints[1].address, 0x81);
    CHECK_INT(i->interfaces[0].endpoints[2].type, 3);
    CHECK_INT(i->interfaces[0].endpoints[2].max_packet, 8);
    tear_down();
}

TEST(write_and_read)
{
    set_up(true);
    usb_write(handle, 1, "hello", 5, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(last.len, 5);
    CHECK_MEM(echo->kept, "hello", 5);
    usb_read(handle, 0x81, 10, 1000, on_done, NULL);
    reply_with("an answer longer than ten bytes", 31); /* the buffer is rounded up to a packet */
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(last.len, 31);
    CHECK_MEM(last.data, "an answer", 9);
    tear_down();
}

TEST(long_write_keeps_its_order)
{
    static uint8_t data[100000];
    set_up(true);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(i * 7 + i / 251);
    usb_write(handle, 1, data, sizeof data, 10000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(last.len, sizeof data);
    CHECK_INT(echo->n_kept, sizeof data);
    CHECK_MEM(echo->kept, data, sizeof data);
    tear_down();
}

TEST(interrupt_endpoint)
{
    set_up(true);
    usb_read(handle, 0x82, 8, 1000, on_done, NULL);
    reply_with("state", 5);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_MEM(last.data, "state", 5);
    tear_down();
}

TEST(control_request)
{
    set_up(true);
    usb_control(handle, 0xA1, 1, 0, 0, NULL, 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(last.len, 1);
    CHECK_INT(last.data[0], 0x18);
    usb_control(handle, 0xA1, 9, 0, 0, NULL, 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_STALL);
    tear_down();
}

TEST(time_out_and_go_on)
{
    set_up(true);
    usb_read(handle, 0x81, 64, SHORT_MS, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_TIMEOUT);
    CHECK_INT(last.len, 0);
    usb_read(handle, 0x81, 64, 1000, on_done, NULL);
    reply_with("late", 4);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(last.len, 4);
    tear_down();
}

TEST(partial_write_and_time_out)
{
    static uint8_t data[50000];
    set_up(true);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(i % 253);
    echo->room = 20000; /* inside the second of libusb's pieces */
    usb_write(handle, 1, data, sizeof data, 10 * SHORT_MS, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_TIMEOUT);
    CHECK_INT(last.len, 20000);
    echo->room = 100000;
    usb_write(handle, 1, data + last.len, sizeof data - last.len, 10000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(echo->n_kept, sizeof data);
    CHECK_MEM(echo->kept, data, sizeof data);
    tear_down();
}

TEST(stall_until_cleared)
{
    set_up(true);
    echo->stall = true;
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_STALL);
    echo->stall = false; /* the endpoint stays halted all the same */
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_STALL);
    CHECK_INT(usb_clear_halt(handle, 1), 0);
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    tear_down();
}

TEST(reset)
{
    set_up(true);
    int before = echo->resets;
    CHECK_INT(usb_reset(handle), 0);
    CHECK(reaches(&echo->resets, before + 1));
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    tear_down();
}

TEST(cancel_calls_nobody)
{
    set_up(true);
    struct usb_transfer *t = usb_read(handle, 0x81, 64, 0, on_done, NULL);
    usb_cancel(t);
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    reply_with("for the next", 12);
    usb_read(handle, 0x81, 64, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.len, 12);
    tear_down();
}

TEST(a_time_that_is_ended)
{
    set_up(true);
    usb_expire(usb_read(handle, 0x81, 64, 0, on_done, NULL));
    finish_one();
    CHECK_INT(last.rc, -ERR_TIMEOUT);
    usb_read(handle, 0x81, 64, 0, on_done, NULL);
    reply_with("late", 4);
    finish_one();
    CHECK_INT(last.rc, 0);
    CHECK_INT(last.len, 4);
    tear_down();
}

TEST(close_with_transfers_in_flight)
{
    struct err e;
    set_up(true);
    usb_read(handle, 0x81, 64, 0, on_done, NULL);
    usb_read(handle, 0x82, 8, 0, on_done, NULL);
    usb_close(handle);
    CHECK_INT(usb_open(device, 0, &handle, &e), 0); /* its claim is free at once */
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    tear_down();
}

TEST(busy_while_another_has_it)
{
    struct usb_handle *second;
    struct err e = {0};
    set_up(true);
    CHECK_INT(usb_open(device, 0, &second, &e), -ERR_BUSY);
    CHECK_INT(usb_open(device, 5, &second, &e), -ERR_NOTFOUND);
    usb_close(handle);
    CHECK_INT(usb_open(device, 0, &handle, &e), 0); /* once more the kernel's driver had to go */
    tear_down();
}

TEST(unknown_endpoint)
{
    set_up(true);
    usb_write(handle, 5, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_IO);
    tear_down();
}

static int order[4], n_order;

static void on_gone(void *ctx, int rc, const uint8_t *data, size_t len)
{
    CHECK_INT(rc, -ERR_GONE);
    CHECK_INT(departures, 0); /* transfers fail before `left` is told */
    last.len = len;
    order[n_order++] = *(const int *)ctx;
}

TEST(unplug_in_flight)
{
    static const int one = 1, two = 2;
    set_up(true);
    n_order = 0;
    echo->room = 1000;
    usb_read(handle, 0x81, 64, 0, on_gone, (void *)&one);
    usb_write(handle, 1, echo->kept, 5000, 0, on_gone, (void *)&two);
    CHECK(reaches(&echo->n_kept, 1000));
    command("unplug");
    CHECK(reaches(&departures, 1));
    CHECK_INT(n_order, 2);
    CHECK_INT(last.len, 1000); /* what the printer had taken must be known */
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, -ERR_GONE);
    CHECK_INT(usb_clear_halt(handle, 1), -ERR_GONE);
    tear_down();
}

TEST(replug)
{
    struct err e;
    set_up(true);
    for (int i = 1; i <= 5; i++) {
        command("unplug");
        CHECK(reaches(&departures, i));
        usb_close(handle);
        handle = NULL;
        command("plug");
        CHECK(reaches(&arrivals, i + 1));
        CHECK_INT(usb_open(device, 0, &handle, &e), 0);
        usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
        finish_one();
        CHECK_INT(last.rc, 0);
    }
    tear_down();
}

TEST(a_late_listener_hears_of_all)
{
    set_up(false);
    usb_listen(usb, &events, NULL);
    CHECK(reaches(&arrivals, 2));
    tear_down();
}

TEST(who_listens_no_more_hears_nothing)
{
    set_up(false);
    usb_listen(usb, &events, &usb);
    CHECK(reaches(&arrivals, 2));
    usb_unlisten(usb, &usb);
    command("unplug");
    CHECK(reaches(&departures, 1));
    CHECK_INT(departures, 1);
    tear_down();
}

TEST(unplugged_before_the_desk_heard_of_us)
{
    struct err e;
    snprintf(path, sizeof path, "/tmp/test-usb-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    loop = loop_create();
    arrivals = departures = 0;
    handle = NULL;
    open_bus();
    usb = usb_create(loop, &e); /* finds the device in the files */
    usb_listen(usb, &events, NULL);
    command("unplug");
    CHECK(reaches(&departures, 1));
    CHECK_INT(arrivals, 1);
    tear_down();
}

TEST(the_desk_goes_and_comes_back)
{
    struct err e;
    set_up(true);
    usb_read(handle, 0x81, 64, 0, on_done, NULL);
    virtual_bus_destroy(bus);
    finish_one();
    CHECK_INT(last.rc, -ERR_GONE);
    CHECK(reaches(&departures, 1));
    usb_close(handle);
    open_bus();
    CHECK(reaches(&arrivals, 2));
    CHECK_INT(usb_open(device, 0, &handle, &e), 0);
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    tear_down();
}

/* The desk in a process of its own, which is killed. */
static pid_t serve(void)
{
    pid_t pid = fork();
    if (pid == 0) {
        loop = loop_create();
        open_bus();
        for (;;)
            loop_step(loop, -1);
    }
    return pid;
}

TEST(the_desk_is_killed)
{
    struct err e;
    snprintf(path, sizeof path, "/tmp/test-usb-%d", getpid());
    setenv("TONGBAN_DESK", path, 1);
    pid_t pid = serve();
    loop = loop_create();
    arrivals = departures = 0;
    bus = NULL;
    usb = usb_create(loop, &e);
    usb_listen(usb, &events, NULL);
    CHECK(reaches(&arrivals, 1));
    CHECK_INT(usb_open(device, 0, &handle, &e), 0);
    usb_read(handle, 0x81, 64, 0, on_done, NULL);
    loop_step(loop, 0);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    finish_one();
    CHECK_INT(last.rc, -ERR_GONE);
    CHECK(reaches(&departures, 1));
    usb_close(handle);
    handle = NULL;
    pid = serve();
    CHECK(reaches(&arrivals, 2));
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    CHECK(reaches(&departures, 2));
    open_bus(); /* removes what the killed desk left */
    tear_down();
}

TEST(beside_sdl)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    set_up(true);
    CHECK_INT(SDL_Init(SDL_INIT_VIDEO | SDL_INIT_EVENTS), 0);
    CHECK_INT(SDL_InitSubSystem(SDL_INIT_JOYSTICK), 0); /* looks for devices through libudev */
    SDL_Window *w = SDL_CreateWindow("test", 0, 0, 64, 64, 0);
    CHECK(w != NULL);
    usb_write(handle, 1, "x", 1, 1000, on_done, NULL);
    finish_one();
    CHECK_INT(last.rc, 0);
    SDL_Event event;
    while (SDL_PollEvent(&event))
        ;
    SDL_DestroyWindow(w);
    SDL_Quit();
    tear_down();
}

TEST_MAIN(T(descriptors), T(write_and_read), T(long_write_keeps_its_order), T(interrupt_endpoint), T(control_request),
          T(time_out_and_go_on), T(partial_write_and_time_out), T(stall_until_cleared), T(reset), T(cancel_calls_nobody),
          T(a_time_that_is_ended), T(close_with_transfers_in_flight), T(busy_while_another_has_it), T(unknown_endpoint),
          T(unplug_in_flight), T(replug), T(a_late_listener_hears_of_all), T(who_listens_no_more_hears_nothing),
          T(unplugged_before_the_desk_heard_of_us), T(the_desk_goes_and_comes_back), T(the_desk_is_killed), T(beside_sdl))
