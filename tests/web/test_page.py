#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The OrderSync authors
# SPDX-License-Identifier: MIT
"""The kitchen page by itself in Chromium, with tickets made up: what it shows, says and does at a tap."""

import contextlib
import json
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
sys.path[:0] = [os.path.join(HERE, "..", "lib"), HERE]
import tickets as made_up  # noqa: E402
from osy_browser import Browser  # noqa: E402
from osy_daemon import Daemon  # noqa: E402
from tap import case, equal, run  # noqa: E402
from tickets import change, done, lunch, ticket  # noqa: E402

PAGE = os.path.join(ROOT, "data", "web", "kitchen")
SIZES = ((800, 1280), (1280, 800), (1366, 768), (1920, 1080))
CARDS = "document.querySelectorAll('#grid .card').length"


class World:
    def __init__(self, daemon, browser):
        self.daemon, self.browser = daemon, browser

    @contextlib.contextmanager
    def page(self, tickets, size=(1280, 800), language="ko", armed=True, more=""):
        """The page with these tickets, its sound armed; no case may leave a fault of the page."""
        start = f"localStorage.setItem('osy.language', '{language}');" + more
        page = self.browser.page(*size, [made_up.script(tickets, more=start)])
        page.open(f"http://127.0.0.1:{self.daemon.port}/kitchen")
        page.wait("document.getElementById('connection-word').textContent.length > 0 && "
                  "!document.getElementById('connection').classList.contains('fault')")
        page.wait(f"{CARDS} > 0 || document.body.classList.contains('empty')")
        if armed:
            page.tap("#arm")
            page.wait("document.getElementById('arm').hidden")
        yield page
        equal(page.faults, [], "faults of the page")
        page.close()


def card(one):
    return f'#grid [data-ticket="{one["id"]}"]'


def row(line):
    return f'#grid [data-line="{line["line_id"]}"]'


def text(page, selector):
    return page.run(f"document.querySelector({json.dumps(selector)}).textContent")


def has_class(page, selector, name):
    return page.run(f"document.querySelector({json.dumps(selector)}).classList.contains('{name}')")


def asked(page, words):
    """How many requests had these words."""
    return page.run(f"window.fake.asked.filter((one) => one.includes({json.dumps(words)})).length")


def toasts(page):
    return page.run("[...document.querySelectorAll('.toast span')].map((one) => one.textContent)")


def still(page):
    """Past the moment in which no second ticket is bumped."""
    page.run("new Promise((done) => setTimeout(done, 450))")


@case
def words_of_both_languages(world):
    """Both languages have the same words with the same blanks, and every word that is used is there."""
    with world.page([]) as page:
        words = page.run("import('/kitchen/words.js').then((module) => module.words)")
    blanks = {language: {key: sorted(re.findall(r"\{(\w+)\}", value)) for key, value in said.items()}
              for language, said in words.items()}
    equal(blanks["ko"], blanks["en"], "keys and blanks")
    assert all(value.strip() for said in words.values() for value in said.values()), "an empty word"
    used = set()
    for name in os.listdir(PAGE):
        with open(os.path.join(PAGE, name), encoding="utf-8") as file:
            source = file.read()
        used |= set(re.findall(r"\bsay\('(\w+)'", source)) | set(re.findall(r'data-(?:say|name)="(\w+)"', source))
        used |= set(re.findall(r"(?:refuse|showPairing|button)\('(\w+)'", source))
    equal(sorted(used - set(words["ko"])), [], "words that are not there")
    dynamic = {"DINE_IN", "TAKEOUT", "DELIVERY", "language", "table", "tableName"}
    everything = "".join(open(os.path.join(PAGE, name), encoding="utf-8").read()
                         for name in os.listdir(PAGE) if name != "words.js")
    unused = [key for key in words["ko"] if key not in dynamic and not re.search(rf"\b{key}\b", everything)]
    equal(unused, [], "words that nobody says")


@case
def nothing_from_outside(world):
    """The page loads from its own server alone, and makes no markup of strings."""
    for name in os.listdir(PAGE):
        with open(os.path.join(PAGE, name), encoding="utf-8") as file:
            source = file.read()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc", source), name
        urls = set(re.findall(r"https?://[\w.:/-]+", source)) - {"http://www.w3.org/2000/svg"}
        equal(urls, set(), f"addresses in {name}")


@case
def grid_of_pages(world):
    """Forty tickets: each stands on one page, whole, nothing scrolls, and a long one goes on in the next cell."""
    many = [ticket(100 + n, str(n + 1), n / 10, 30, *[made_up.line(f"음식 {n} {i}", 2, options=["곱빼기"]) for i in range(n % 9 + 1)])
            for n in range(40)]
    for size in SIZES:
        with world.page(many, size) as page:
            pages = int(text(page, "#page").split("/")[1])
            seen, lines = [], []
            for number in range(pages):
                page.wait(f"document.getElementById('page').textContent.startsWith('{number + 1} ')")
                equal(page.run("[...document.querySelectorAll('#grid .rows')].filter((one) => one.scrollHeight > one.clientHeight).length"),
                      0, f"cards too small on page {number + 1} at {size}")
                equal(page.run("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"),
                      True, f"nothing scrolls at {size}")
                seen += page.run("[...new Set([...document.querySelectorAll('#grid .card')].map((one) => one.dataset.ticket))]")
                lines += page.run("[...document.querySelectorAll('#grid .row')].map((one) => one.dataset.line)")
                if number < pages - 1:
                    page.key("PageDown")
            equal(len(seen), len(set(seen)), "a ticket on two pages")
            equal(set(seen), {one["id"] for one in many}, f"tickets at {size}")
            equal(sorted(lines), sorted(line["line_id"] for one in many for line in one["lines"]), "lines, each once")


@case
def strings_of_others(world):
    """Names, notes and options are shown as they are, whatever they hold."""
    naughty = ["<img src=x onerror=window.pwned=1>", "<script>window.pwned=1</script>", "'\"><svg onload=window.pwned=1>",
               "{{7*7}}", "javascript:window.pwned=1", "‮뒤집힘‬", "똠 햏 🍜", "<b>굵게</b>", "a" * 300]
    one = ticket(1, naughty[0], 1, 20, *[made_up.line(words, note=words, options=[words], allergens=[words],
                                                      changes=[change("CHANGED", 1, text=words)]) for words in naughty],
                 note=naughty[1], moved_from=[naughty[2]], changes=[change("MOVED", 0)])
    stations = json.dumps([{"id": one["station_id"], "name": naughty[0]}, {"id": "b", "name": naughty[1]}])
    with world.page([one], (1920, 1080), more=f"window.fake.stations = {stations};") as page:
        shown = page.run("[...document.querySelectorAll('#grid .row .name')].map((one) => one.textContent)")
        equal(sorted(shown), sorted(naughty), "names as they are")
        page.key("KeyH")
        page.wait("document.querySelectorAll('dialog .past').length > 0")
        equal(page.run("document.querySelectorAll('img, #grid script, dialog script, b:not(#arm b, .about b), [onload], [onerror]').length"), 0)
        equal(page.run("window.pwned === undefined"), True, "nothing ran")


@case
def ageing(world):
    """Soon at 70 % of the promise and late at all of it, each by words, shape and colour; the page with late ones tells."""
    young, soon, late = ticket(1, "1", 5, 10), ticket(2, "2", 7.5, 10), ticket(3, "3", 12, 10)
    with world.page([young, soon, late]) as page:
        levels = page.run(f"""import('/kitchen/age.js').then(({{ ageOf }}) => {{ const one = {json.dumps(ticket(1, "1", 0, 10))};
            const [from, to] = [one.timer_from, one.promised_at].map(Date.parse);
            return [.699, .7, .999, 1].map((part) => ageOf(one, from + part * (to - from)).level); }})""")
        equal(levels, ["fresh", "soon", "soon", "late"], "just before and at 70 % and 100 %")
        looks = {}
        for one, level, words in ((young, "fresh", r"\d:\d\d"), (soon, "soon", r"▲ \d:\d\d"), (late, "late", r"‼ \+\d분")):
            assert has_class(page, card(one), level), level
            assert re.fullmatch(words, text(page, card(one) + " .age")), text(page, card(one) + " .age")
            looks[level] = page.run(f"(() => {{ const style = getComputedStyle(document.querySelector('{card(one)} .head'));"
                                    f"return style.backgroundColor + getComputedStyle(document.querySelector('{card(one)}')).borderRadius; }})()")
        equal(len(set(looks.values())), 3, f"looks {looks}")
        page.wait("window.fake.asked.length > 0 && document.getElementById('stations').textContent.includes('‼ 1')")
    many = [ticket(n, str(n), 5 if n < 20 else 1, 30) for n in range(1, 20)]
    many[-1]["promised_at"] = made_up.moment(-1)
    many[-1]["timer_from"] = made_up.moment(-4)
    with world.page(many) as page:
        equal(text(page, "#late-page"), "3쪽에 늦은 주문 1")
        assert has_class(page, "#next", "alert"), "the button does not tell"


@case
def taps(world):
    """A line is done and undone by a tap; a header bumps on release, once, and the next card is not hit after it."""
    one, two = ticket(1, "1", 3, 20, made_up.line("라면"), done("김밥")), ticket(2, "2", 2, 20, made_up.line("순대"))
    with world.page([one, two]) as page:
        page.tap(row(one["lines"][0]))
        page.wait(f"window.fake.asked.includes('POST /api/v1/restaurants/me/kitchen/lines/{one['lines'][0]['line_id']}/make')")
        page.tap(row(one["lines"][1]))
        page.wait(f"window.fake.asked.includes('POST /api/v1/restaurants/me/kitchen/lines/{one['lines'][1]['line_id']}/unmake')")
        still(page)
        for _ in range(3):
            page.tap(card(one) + " .head")
        page.wait(f"!document.querySelector('{card(one)}')")
        page.tap("#grid .card .head")  # what came under the finger
        equal(asked(page, "/bump"), 1, "bumps")
        assert any("1번을 내보냈어요" in words for words in toasts(page)), toasts(page)
        still(page)
        page.tap(".toast button")
        page.wait(f"document.querySelector('{card(one)}')", what="the ticket is back")
        equal(asked(page, "/recall"), 1, "recalls")


@case
def changes_are_seen(world):
    """What was cancelled, added or moved stays marked, holds the ticket and sounds, until it was tapped."""
    one = ticket(1, "3", 2, 20, made_up.line("라면", 2))
    with world.page([one]) as page:
        page.wait("window.fake.socket !== null")
        changed = json.loads(json.dumps(one))
        changed["lines"].append(made_up.voided("김치전"))
        changed["lines"][0]["changes"] = [change("ADDED")]
        changed["table"]["number"], changed["moved_from"], changed["changes"] = "7", ["3"], [change("MOVED", 0, text="3→7")]
        changed["version"] = 2
        page.run(f"window.fake.push({json.dumps(changed)})")
        cancelled = changed["lines"][1]
        page.wait(f"document.querySelector('{row(cancelled)}')")
        assert "취소 — 눌러서 확인" in text(page, row(cancelled)), text(page, row(cancelled))
        assert "추가 +1" in text(page, row(changed["lines"][0])), text(page, row(changed["lines"][0]))
        equal(text(page, card(one) + " .place"), "3→7번")
        still(page)
        page.tap(card(one) + " .head")
        page.wait("document.querySelector('.toast')")
        equal((asked(page, "/bump"), toasts(page)), (0, ["바뀐 것을 먼저 눌러서 확인해 주세요"]))
        for selector in (row(cancelled), card(one) + " .moved"):
            page.tap(selector)
            still(page)  # what was looked at moves what is below it
        page.tap(row(changed["lines"][0]))
        page.wait("window.fake.asked.filter((one) => one.endsWith('/seen')).length === 3")
        ids = [cancelled["changes"][0]["id"], changed["changes"][0]["id"], changed["lines"][0]["changes"][0]["id"]]
        for number in ids:
            equal(asked(page, f"/changes/{number}/seen"), 1)
        page.wait("window.fake.asked.some((one) => one.includes('/make'))", what="what was added is done by the same tap")
        equal(asked(page, "/make"), 1, "how often it is done")


@case
def keys(world):
    """Number keys select, Enter bumps, Space does the next line, R recalls, by their place on the keyboard."""
    some = [ticket(n, str(n), 5 - n, 20, made_up.line("라면")) for n in range(1, 4)]
    with world.page(some) as page:
        page.key("Digit2", "ㅂ")
        page.wait(f"document.querySelector('{card(some[1])}').classList.contains('selected')")
        page.key("Space")
        page.wait("window.fake.asked.some((one) => one.endsWith('/make'))")
        equal(asked(page, some[1]["lines"][0]["line_id"]), 1)
        still(page)
        page.key("Enter")
        page.wait(f"!document.querySelector('{card(some[1])}')")
        page.key("KeyR", "ㄱ")
        page.wait(f"document.querySelector('{card(some[1])}')", what="recalled")
        page.key("KeyH")
        page.wait("document.querySelector('dialog[open] input')")
        page.key("Digit1", "1")
        page.type("라면")
        page.key("Escape")
        page.wait("!document.querySelector('dialog')")
        equal(page.run("document.querySelectorAll('.selected').length <= 1"), True)


@case
def courses_and_stations(world):
    """A held course is dim, out of what to cook, and fired by its button; a station shows its own tickets."""
    held = [{"course": 1, "state": "FIRED"}, {"course": 2, "state": "HELD"}]
    one = ticket(1, "1", 2, 20, made_up.line("라면"), made_up.line("순대", 3, course=2), courses=held)
    other = ticket(2, "2", 1, 20, made_up.line("튀김", 2), station_id=made_up.STATIONS[1]["id"])
    with world.page([one, other], (1920, 1080)) as page:
        equal(text(page, "#dishes"), "튀김2라면1")
        assert "2코스 대기" in text(page, card(one)) and has_class(page, row(one["lines"][1]), "held")
        page.tap(card(one) + " .fire")
        page.wait(f"window.fake.asked.includes('POST /api/v1/restaurants/me/kitchen/orders/{one['order_id']}/fire')")
        page.tap("#stations .tab:nth-child(3)")
        page.wait(f"!document.querySelector('{card(one)}') && document.querySelector('{card(other)}')")
        equal(text(page, "#dishes"), "튀김2")
        page.tap("#dishes .dish")
        page.wait(f"document.querySelector('{card(other)}').classList.contains('lit')")


@case
def pressed_while_drawn(world):
    """What comes while a finger is down takes neither the station's tab, the dish nor the line from under it."""
    one = ticket(1, "1", 2, 20, made_up.line("라면"), made_up.line("김밥"))
    other = ticket(2, "2", 1, 20, made_up.line("튀김", 2), station_id=made_up.STATIONS[1]["id"])
    with world.page([one, other]) as page:
        def comes(number):
            new = ticket(number, str(number), 0, 20, made_up.line("튀김"), station_id=made_up.STATIONS[1]["id"])
            page.run(f"window.fake.push({json.dumps(new)})")
            page.wait(f"document.querySelector('{card(new)}')", what="the new order is shown")

        page.tap("#dishes .dish", lambda: comes(3))
        page.wait(f"document.querySelector('{card(other)}').classList.contains('lit')")
        equal(text(page, "#dishes"), "튀김3김밥1라면1")
        made = {**one, "version": one["version"] + 1, "lines": [{**one["lines"][0], "quantity_waiting": 0}, one["lines"][1]]}

        def elsewhere():
            page.run(f"window.fake.push({json.dumps(made)})")
            page.wait(f"document.querySelector('{row(made['lines'][0])}').classList.contains('done')")

        page.tap(row(one["lines"][1]), elsewhere)
        page.wait(f"window.fake.asked.includes('POST /api/v1/restaurants/me/kitchen/lines/{one['lines'][1]['line_id']}/make')")
        page.tap("#stations .tab:nth-child(3)", lambda: comes(4))
        page.wait(f"!document.querySelector('{card(one)}') && document.querySelector('{card(other)}')")
        equal(text(page, "#stations .tab:nth-child(3) .numeric"), "3")


@case
def sound_is_armed(world):
    """Until a tap the page says that it is silent; then each meaning has its own sound, and a new ticket rings until a tap."""
    with world.page([ticket(1, "1", 1, 20)], armed=False) as page:
        equal(page.run("document.getElementById('arm').hidden"), False)
        assert "소리 꺼짐" in text(page, "#sound"), text(page, "#sound")
        page.tap("#arm")
        page.wait("document.getElementById('arm').hidden && !document.getElementById('sound').classList.contains('fault')")
        made = page.run("""(async () => {
          const { Sound } = await import('/kitchen/sound.js');
          const sound = new Sound(); await sound.arm();
          const rate = 8000, tunes = {};
          for (const meaning of ['new', 'changed', 'cancelled', 'late', 'fault']) {
            const notes = [];
            const create = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () {
              const tone = create.call(this); notes.push(tone); return tone; };
            sound.play(meaning);
            AudioContext.prototype.createOscillator = create;
            tunes[meaning] = notes.map((tone) => tone.type + ' ' + Math.round(tone.frequency.value)).join();
          }
          return tunes; })()""")
        equal(len(set(made.values())), 5, f"tunes {made}")
        page.run("window.rings = 0; AudioContext.prototype.createOscillator = ((before) => function () { window.rings++;"
                 "return before.call(this); })(AudioContext.prototype.createOscillator)")
        page.run(f"window.fake.push({json.dumps(ticket(2, '2', 0, 20))})")
        page.wait("window.rings === 4", 8, "it rings twice")
        page.tap("#hint")
        before = page.run("window.rings")
        time.sleep(3.5)
        equal(page.run("window.rings"), before, "it rings on after a tap")


CONTRAST = """(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * x + .7152 * y + .0722 * z; };
  const behind = (element) => { for (let at = element; at; at = at.parentElement) {
    const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
    const striped = getComputedStyle(at).backgroundImage.includes('gradient');
    if (striped) return [68, 68, 70]; if (a > .5) return [r, g, b]; } return [36, 36, 36]; };
  const bad = [];
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.unseen, [hidden], .sprite, :disabled') || element.tagName === 'svg' || ![...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim())) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden' || !element.getClientRects().length) continue;
    let seen = 1; for (let at = element; at; at = at.parentElement) seen *= Number(getComputedStyle(at).opacity);
    const back = behind(element), fore = parse(style.color).slice(0, 3).map((v, i) => v * seen + back[i] * (1 - seen));
    const [a, b] = [light(fore), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) bad.push(`${element.className || element.id || element.tagName} "${element.textContent.slice(0, 20)}" ${ratio.toFixed(2)}`);
  }
  return bad; })()"""
SMALL = """[...document.querySelectorAll('button, input')].filter((one) => one.getClientRects().length && !one.closest('.unseen'))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 48 || box.height < 48; })
  .map((one) => `${one.id || one.className} ${one.textContent.slice(0, 12)}`)"""
CUT = """[...document.querySelectorAll('.head .number, .head .place, .head .mark, .head .age, .head .key, #bar h1, #clock, #foot button')]
  .filter((one) => one.getClientRects().length && (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 ||
    one.getBoundingClientRect().height > 76 || one.closest('.head') && one.getBoundingClientRect().height > 48))
  .map((one) => `${one.className || one.id} "${one.textContent}"`)"""
NAMELESS = """[...document.querySelectorAll('button, input, dialog, nav')].filter((one) => one.getClientRects().length && !one.closest('.unseen'))
  .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || (one.labels && one.labels.length)))
  .map((one) => one.outerHTML.slice(0, 80))"""


@case
def for_everybody(world):
    """At each size and in both languages: names on all that can be pressed, at least 48 px, text of contrast 4.5."""
    for size in SIZES:
        for language in ("ko", "en"):
            with world.page(lunch(), size, language) as page:
                for what, script in (("without a name", NAMELESS), ("too small", SMALL), ("too pale", CONTRAST), ("cut", CUT)):
                    equal(page.run(script), [], f"{what} at {size} in {language}")
                equal(page.run("document.documentElement.lang"), language)
                if size == SIZES[1]:
                    page.tap("#settings")
                    page.wait("document.querySelector('dialog[open]')")
                    for what, script in (("without a name", NAMELESS), ("too small", SMALL)):
                        equal(page.run(script), [], f"{what} in the settings in {language}")


@case
def nothing_to_cook(world):
    """An empty kitchen shows a clock that can be read from afar."""
    with world.page([]) as page:
        equal(text(page, "#nothing"), "만들 음식이 없어요")
        page.wait("/^\\d\\d:\\d\\d$/.test(document.getElementById('big-clock').textContent)")
        assert page.run("parseFloat(getComputedStyle(document.getElementById('big-clock')).fontSize)") >= 96


def main():
    with Daemon(sys.argv[1]) as daemon, Browser() as browser:
        daemon.setup()
        daemon.start()
        return run(World(daemon, browser))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
