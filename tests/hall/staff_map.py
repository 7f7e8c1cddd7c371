# SPDX-License-Identifier: Apache-2.0
#
# The map of the terminals from outside: who sees it, what it says of each place, who may put one there; outlines that a browser may keep.
# Usage: staff_map.py BUILD PAGES
import json
import sys
import time

from staff_stage import Hall, PEOPLE, Person, hire

failed = False


def check(name, ok, seen=""):
    global failed
    if not ok:
        failed = True
        print("# %s" % str(seen)[:800])
    print("%s staff map: %s" % ("ok" if ok else "not ok", name), flush=True)


def put(hall, p, terminal, **words):
    return hall.ask("POST", "/api/place/" + terminal, words, p.cookie)


def may_not(hall, people):
    for path in ["/api/map", "/api/outline/" + "0" * 32]:
        check("%s: nobody is signed in" % path, hall.ask("GET", path).status == 401)
        for number in ["0417", "0901", "0701", "0001"]:
            check("%s: not for %s" % (path, number), people[number].get(path).status == 403)
    check("nor does anybody else put a place there", put(hall, people["0417"], "e-01", lat="39.9", lon="116.4").status == 403 and
          hall.ask("POST", "/api/place/e-01", {"lat": "39.9", "lon": "116.4"}).status == 401)
    check("nor another page", hall.ask("POST", "/api/place/e-01", {"lat": "39.9", "lon": "116.4"}, people["0601"].cookie, {"Origin": "https://evil.example"}).status == 403)


def puts(hall, me):
    m = me.get("/api/map").json()
    check("nothing is on it, and all is named", m["places"] == [] and m["outline"] is None and
          sorted((w["spot"], w["all"]) for w in m["without"]) == [("北门服务站", 3), ("城东街道", 4), ("示范区城东街道", 1), ("西街社区", 2)], m["without"])
    for bad in [{}, {"lat": "39.9"}, {"lat": 39.9, "lon": 116.4}, {"lat": "39.9", "lon": "116.4", "datum": "utm"}, {"lat": "39.9", "lon": "116.4", "more": 1},
                {"lat": "1" * 25, "lon": "116.4"}]:
        r = put(hall, me, "e-01", **bad)
        check("unreadable: %s" % bad, r.status == (422 if bad == {"lat": "39.9"} else 200 if not bad else 400), r.body)
    for lat, lon, reason in [("116.4", "39.9", "point-swapped"), ("48.8", "2.3", "point-outside"), ("39°54'", "116.4", "point-not-decimal"), ("", "116.4", "point-not-decimal")]:
        r = put(hall, me, "e-01", lat=lat, lon=lon)
        check("%s, %s: %s" % (lat, lon, reason), r.status == 422 and r.json()["reason"] == reason, r.body)
    for name in ["x-01", "nobody", "E-01", ""]:
        check("\"%s\" is none of the office's" % name, put(hall, me, name, lat="39.9", lon="116.4").status == 404)
    check("nothing was put there", hall.sql("SELECT count(*) FROM place_point")[0][0] == 0)
    r = put(hall, me, "e-01", lat="39.922699552216216", lon="116.41662724378733", datum="bd09")
    check("put there, moved back", r.status == 200 and r.json()["point"] == [39915000, 116404000], r.body)
    t = me.get("/api/terminal/e-02").json()
    check("its neighbour stands there too, and by whom is said", t["point"] == [39915000, 116404000] and t["point_by"] == "测试酉" and t["point_set"], t)
    check("another does not", me.get("/api/terminal/n-01").json()["point"] is None)
    check("written down", hall.sql("SELECT count(*) FROM audit WHERE action='place-set' AND who='0601' AND subject='e-01' AND reason='39.915000,116.404000 (bd09)'")[0][0] == 1)
    for name, lat, lon in [("n-01", "39.95", "116.40"), ("w-01", "39.90", "116.35")]:
        check("%s too" % name, put(hall, me, name, lat=lat, lon=lon).status == 200)


def shows(hall, me):
    hall.sql("UPDATE health SET report=replace(report, '\"catalogue\": 1', '\"catalogue\": 0') WHERE terminal='n-01'")
    m = me.get("/api/map").json()
    places = {p["spot"]: p for p in m["places"]}
    of = lambda spot: {s: n for s, n in zip(m["situations"], places[spot]["n"]) if n}
    check("three places, of this office alone", sorted(places) == ["北门服务站", "城东街道", "西街社区"] and of("西街社区") == {"out": 1, "new": 1}, (list(places), m["situations"]))
    check("how many stand how", of("城东街道") == {"silent": 1, "go": 1, "soon": 1, "good": 1} and of("北门服务站") == {"go": 1, "desk": 1, "good": 1}, m["places"])
    check("those that are not good by name, the worst first", [(x[0], m["situations"][x[2]], x[3]) for x in places["城东街道"]["need"]] ==
          [("e-03", "silent", "receipt-fault"), ("e-02", "go", "receipt-no-paper"), ("e-04", "soon", "ticket-paper-low")] and
          places["城东街道"]["need"][0][1] == "03 号机", places["城东街道"])
    check("a good one that has not the catalogue yet is pending", places["北门服务站"]["pending"] == 1 and places["城东街道"]["pending"] == 0, places)
    check("of all", m["all"] == 10 and dict(zip(m["situations"], m["counts"])) == {"silent": 2, "go": 2, "out": 1, "soon": 1, "desk": 1, "new": 1, "good": 2}, m["counts"])
    check("one place is not on it", [(w["spot"], w["one"]) for w in m["without"]] == [("示范区城东街道", "t-1")] and m["without_more"] == 0, m["without"])
    check("taken off", put(hall, me, "w-02").status == 200 and "西街社区" in [w["spot"] for w in me.get("/api/map").json()["without"]])
    check("once more it changes nothing", put(hall, me, "w-02").status == 200 and hall.sql("SELECT count(*) FROM audit WHERE action='place-forget'")[0][0] == 1)


def outlines(hall, me, people):
    ring = [[116, 39], [117, 39], [117, 40], [116, 40], [116, 39]]
    with open(hall.work + "/d.geojson", "w") as f:
        json.dump({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "<b>城东区</b>"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}]}, f, ensure_ascii=False)
    hall.ctl("place", "outline", hall.work + "/d.geojson", "--data", hall.data, "--office", "1103")
    name = me.get("/api/map").json()["outline"]
    r = me.get("/api/outline/" + name)
    etag = r.headers["ETag"]
    check("outlines, which a browser may keep", r.status == 200 and r.json()["districts"][0]["name"] == "<b>城东区</b>" and etag == '"%s"' % name and
          r.headers.get_all("Cache-Control") == ["private, max-age=31536000, immutable"], (r.headers, r.body))
    check("and nothing else of its headers is left out", "default-src 'none'" in r.headers["Content-Security-Policy"] and r.headers["X-Content-Type-Options"] == "nosniff")
    again = hall.ask("GET", "/api/outline/" + name, cookie=me.cookie, headers={"If-None-Match": etag})
    check("asked again nothing is sent", again.status == 304 and again.body == "" and again.headers["ETag"] == etag, again.headers)
    other = hall.ask("GET", "/api/outline/" + name, cookie=me.cookie, headers={"If-None-Match": '"x"'})
    check("but to whom has another", other.status == 200)
    check("what is asked for otherwise is kept nowhere", me.get("/api/map").headers.get_all("Cache-Control") == ["no-store"])
    for bad in ["0" * 32, "", "x", name + "0", "..%2f" + name[5:]]:
        check("\"%s\" is none" % bad[:6], me.get("/api/outline/" + bad).status == 404)
    hall.sql("UPDATE map_outline SET office=1104")
    check("nor is another office's", me.get("/api/outline/" + name).status == 404 and me.get("/api/map").json()["outline"] is None)


def many(hall, me):
    """Ten thousand terminals, each alone; all of them silent at last."""
    place = hall.sql("SELECT place FROM terminal WHERE terminal='n-01'")[0][0]
    hall.sql("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<9989) INSERT INTO terminal (office, terminal, place, added,"
             " registration) SELECT 1103, printf('m-%05d', i), replace(?, '北门', printf('%d 号', i)), 0, 1 FROM n", place)
    hall.sql("INSERT INTO health SELECT 1103, terminal, ?, (SELECT report FROM health WHERE terminal='n-01') FROM terminal WHERE terminal LIKE 'm-%'", hall.now)
    hall.name_zones()
    hall.sql("INSERT INTO place_point SELECT 1103, zone, '城东', terminal, 39000000 + (rowid * 7919) % 2000000, 116000000 + (rowid * 104729) % 2000000, 'x', 0"
             " FROM terminal_zone WHERE terminal LIKE 'm-%'")
    for what in ["well", "silent"]:
        began = time.monotonic()
        r = me.get("/api/map")
        print("# 10,000 places, %s: %.0f ms, %d kB" % (what, 1000 * (time.monotonic() - began), len(r.raw) // 1024))
        m = r.json()
        check("ten thousand places, %s" % what, r.status == 200 and len(m["places"]) == 9992 and m["all"] == 10000, (r.status, r.body[:300]))
        hall.sql("UPDATE health SET at=at-7200000")
    hall.sql("DELETE FROM place_point")
    m = me.get("/api/map").json()
    check("as many without: some are named, the others counted", len(m["without"]) == 40 and m["without_more"] == 9954, m["without_more"])


def main():
    hall = Hall(sys.argv[1], sys.argv[2])
    people = {x[0]: Person(hall, x[0], hire(hall, x)) for x in PEOPLE}
    hall.set_clock(1767574800000)
    for p in people.values():
        p.begin()
    hall.fleet()
    me = people["0601"]
    may_not(hall, people)
    puts(hall, me)
    shows(hall, me)
    outlines(hall, me, people)
    many(hall, me)
    code, log = hall.end()
    check("the hall ends well", code == 0 and "ERROR" not in log, log[-3000:])
    sys.exit(failed)


main()
