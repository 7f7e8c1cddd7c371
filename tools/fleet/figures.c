/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting and telling.
 */
#include "tools/fleet/figures.h"

#include "base/json.h"

#define PER_DOUBLING 16

/* --- times --- */

/* Below 32 each value has a bucket of its own; above, each doubling has 16. */
static size_t bucket_of(uint64_t us)
{
    unsigned shift = 0;

    while (us >> shift >= 2 * PER_DOUBLING)
        shift++;
    size_t i = shift * PER_DOUBLING + (size_t)(us >> shift);
    return i < SPREAD_BUCKETS ? i : SPREAD_BUCKETS - 1;
}

/* The largest value of it. */
static uint64_t bucket_end(size_t i)
{
    unsigned shift = i < 2 * PER_DOUBLING ? 0 : (unsigned)(i / PER_DOUBLING - 1);

    return (((uint64_t)(i - shift * PER_DOUBLING) + 1) << shift) - 1;
}

void spread_add(struct spread *s, int64_t us)
{
    uint64_t v = us > 0 ? (uint64_t)us : 0;

    s->buckets[bucket_of(v)]++;
    s->n++;
    if (v > s->most)
        s->most = v;
}

int64_t spread_percentile(const struct spread *s, int percent)
{
    uint64_t want = (s->n * (uint64_t)percent + 99) / 100, sum = 0;

    for (size_t i = 0; s->n && i < SPREAD_BUCKETS; i++) {
        sum += s->buckets[i];
        if (sum >= want && sum)
            return (int64_t)(bucket_end(i) < s->most ? bucket_end(i) : s->most);
    }
    return 0;
}

void figures_fail(struct figures *f, const struct link_answer *a)
{
    if (a->outcome == LINK_UNREACHED)
        f->unreached++;
    else if (a->outcome == LINK_REFUSED || a->status == 401 || a->status == 403)
        f->refused++;
    else
        f->busy++;
}

void figures_wake(struct figures *f, int64_t catalogue, int64_t at_ms)
{
    struct woken *w = &f->woken;

    if (w->catalogue != catalogue)
        *w = (struct woken){.catalogue = catalogue, .first_ms = at_ms};
    w->n++;
    w->last_ms = at_ms;
}

/* --- telling --- */

static void put_time(struct buf *out, int64_t us)
{
    if (us < 10000)
        buf_addf(out, "%.1f ms", (double)us / 1000);
    else
        buf_addf(out, "%lld ms", (long long)(us / 1000));
}

static unsigned long long ull(uint64_t v)
{
    return v;
}

void figures_line(const struct figures *f, const struct figures *before, const struct figures_now *now, struct buf *out)
{
    buf_addf(out, "%5lld s  ", (long long)now->s);
    if (now->day_ms >= 0)
        buf_addf(out, "%02d:%02d    ", (int)(now->day_ms / 3600000), (int)(now->day_ms / 60000 % 60));
    else
        buf_addf(out, "%-9s", now->phase);
    buf_addf(out, "waiting %llu of %llu  acknowledged %llu (+%llu) of %llu  refused %llu  unreached %llu  ",
             ull(now->waiting), ull(now->terminals), ull(f->acknowledged), ull(f->acknowledged - before->acknowledged),
             ull(f->made), ull(f->refused), ull(f->unreached));
    if (f->busy)
        buf_addf(out, "busy %llu  ", ull(f->busy));
    buf_adds(out, "p50 ");
    put_time(out, spread_percentile(&f->latency, 50));
    buf_adds(out, "  p99 ");
    put_time(out, spread_percentile(&f->latency, 99));
    buf_adds(out, "\n");
}

void figures_json(const struct figures *f, const struct figures_now *now, struct buf *out)
{
    const struct {
        const char *name;
        int64_t value;
    } list[] = {
        {"s", now->s},
        {"terminals", (int64_t)now->terminals},
        {"waiting", (int64_t)now->waiting},
        {"connections", (int64_t)now->connections},
        {"handshakes", (int64_t)now->handshakes},
        {"resumed", (int64_t)now->resumed},
        {"made", (int64_t)f->made},
        {"delivered", (int64_t)f->delivered},
        {"acknowledged", (int64_t)f->acknowledged},
        {"contradicted", (int64_t)f->contradicted},
        {"batches", (int64_t)f->batches},
        {"resent", (int64_t)f->resent},
        {"refused", (int64_t)f->refused},
        {"busy", (int64_t)f->busy},
        {"unreached", (int64_t)f->unreached},
        {"polls", (int64_t)f->polls},
        {"storms", (int64_t)f->storms},
        {"dropped", (int64_t)f->dropped},
        {"p50_us", spread_percentile(&f->latency, 50)},
        {"p99_us", spread_percentile(&f->latency, 99)},
        {"late_ms", now->late_ms},
        {"catalogue", f->woken.catalogue},
        {"woken", (int64_t)f->woken.n},
        {"woken_first_ms", f->woken.first_ms},
        {"woken_last_ms", f->woken.last_ms},
    };
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "phase", now->phase);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        jsonw_int(&w, list[i].name, list[i].value);
    jsonw_end(&w);
    buf_adds(out, "\n");
}

void figures_sum(const struct figures *f, const struct figures_now *now, struct buf *out)
{
    buf_addf(out, "\nrecords made            %llu\n", ull(f->made));
    buf_addf(out, "delivered               %llu in %llu batches, %llu of them from another place\n", ull(f->delivered),
             ull(f->batches), ull(f->resent));
    buf_addf(out, "acknowledged            %llu, each by a word that the hall signed\n", ull(f->acknowledged));
    buf_addf(out, "contradicted            %llu\n", ull(f->contradicted));
    buf_addf(out, "refused                 %llu times, for a certificate\n", ull(f->refused));
    buf_addf(out, "unreached, busy         %llu, %llu times\n", ull(f->unreached), ull(f->busy));
    buf_addf(out, "handshakes              %llu, %llu of them resumed; %llu storms broke %llu connections\n",
             ull(now->handshakes), ull(now->resumed), ull(f->storms), ull(f->dropped));
    buf_adds(out, "a batch, p50 and p99    ");
    put_time(out, spread_percentile(&f->latency, 50));
    buf_adds(out, ", ");
    put_time(out, spread_percentile(&f->latency, 99));
    buf_addf(out, "\nlong polls answered     %llu\n", ull(f->polls));
    if (f->woken.catalogue)
        buf_addf(out, "woken by catalogue %-5lld%llu terminals within %lld ms\n", (long long)f->woken.catalogue,
                 ull(f->woken.n), (long long)(f->woken.last_ms - f->woken.first_ms));
    if (now->late_ms >= 100)
        buf_addf(out, "the fleet itself was up to %lld ms behind: times above are partly its own\n",
                 (long long)now->late_ms);
}
