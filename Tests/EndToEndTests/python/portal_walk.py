"""Walks through the pages with a real browser, as participants do: see `Walk`.

    portal_walk.py LANYARD FOLDER [PICTURES]

LANYARD is the executable, FOLDER an empty folder for its data; pictures of the pages are kept in PICTURES where it is given.
Prints a line `ok NAME` for each part, and ends with 1 where one fails."""

import base64
import datetime
import email
import email.policy
import json
import pathlib
import re
import shutil
import ssl
import subprocess
import sys
import threading
import time
import zoneinfo

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATIENCE = 60
BASE = "https://pages.example.org"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
LANGUAGES = ["en", "fr", "es", "ar", "ru", "zh"]
ZONE = zoneinfo.ZoneInfo("Europe/Zurich")


def programme():
    """An event that is on now, with one place on site."""
    now = datetime.datetime.now(ZONE).replace(microsecond=0)
    today = now.date()

    def session(number, start, hours, **more):
        return {
            "code": f"S{number:03}", "title": f"Workshop {number} <b>&amp;</b>", "track": "Workshops", "room": "Room A",
            "start": start.isoformat(), "end": (start + datetime.timedelta(hours=hours)).isoformat(),
            "time_zone": "Europe/Zurich", "remote_participation": True, "sample": True,
            "stream": f"https://live.example.org/{number}", **more,
        }

    def at(days, hour):
        moment = datetime.datetime.combine(today + datetime.timedelta(days=days), datetime.time(hour), ZONE)
        return moment

    return {
        "events": [{
            "slug": "forum", "title": "Forum High-Level Event", "start_date": str(today - datetime.timedelta(days=1)),
            "end_date": str(today + datetime.timedelta(days=3)), "time_zone": "Europe/Zurich", "city": "Geneva",
            "country": "CH", "onsite_capacity": 1, "remote_participation": True,
            "registration_opens": (now - datetime.timedelta(days=9)).isoformat(),
            "tracks": ["Workshops"], "stakeholder_groups": ["Government", "Private Sector", "Academia",
            "Technical Community", "UN Agency", "Civil Society"], "rooms": [{"name": "Room A", "capacity": 400}],
            "entrances": [{"name": "Main entrance", "opens": "00:00", "closes": "24:00"}],
            "sessions": [
                session(1, now - datetime.timedelta(minutes=2), 1),
                session(2, at(2, 9), 1, booked_only=True, capacity=40), session(3, at(2, 14), 1),
            ],
        }]
    }


class Server:
    """A server on a folder, with a mail server beside it."""

    def __init__(self, lanyard, folder):
        self.lanyard, self.data, self.mails = lanyard, folder / "data", []
        self.arrived = threading.Condition()
        self.post = subprocess.Popen(
            [sys.executable, str(ROOT / "Tests/LanyardMailTests/python/mail_server.py"),
             json.dumps({"host": "127.0.0.1", "port": 0, "implicit": False, "hangs": False})],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = json.loads(self.post.stdout.readline())["port"]
        threading.Thread(target=self.receive, daemon=True).start()
        self.run("certs", "init")
        self.process = subprocess.Popen(
            [lanyard, "serve", "--data", self.data, "--grpc", "127.0.0.1:0", "--web", "127.0.0.1:0", "--web-address", BASE,
             "--mail-server", f"smtp://127.0.0.1:{port}", "--mail-from", "noreply@forum.example.org",
             "--public-calls-per-minute", "1000", "--certificate-refresh-seconds", "1", "--until-end-of-input"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(folder / "serve.log", "w"), text=True)
        line = self.process.stdout.readline()
        assert line, (folder / "serve.log").read_text()
        self.web = "https://" + json.loads(line)["web"].replace("127.0.0.1", "localhost")
        document = folder / "programme.json"
        document.write_text(json.dumps(programme()))
        self.run("event", "import", document)

    def run(self, *arguments, input=None, ok=True):
        done = subprocess.run([self.lanyard, *map(str, arguments), "--data", str(self.data)], input=input, text=True,
                              capture_output=True, timeout=PATIENCE)
        assert not ok or done.returncode == 0, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def receive(self):
        for line in self.post.stdout:
            with self.arrived:
                self.mails.append(json.loads(line))
                self.arrived.notify_all()

    def mail(self, address, pattern):
        """The address of a link in the newest mail to somebody, which it waits for; it is taken out."""
        with self.arrived:
            end = time.monotonic() + PATIENCE
            while True:
                for mail in reversed(self.mails):
                    if mail["to"] != [address]:
                        continue
                    message = email.message_from_bytes(base64.b64decode(mail["content"]), policy=email.policy.default)
                    text = message.get_body(("plain",)).get_content()
                    found = re.search(re.escape(BASE) + pattern, text)
                    if found:
                        self.mails.remove(mail)
                        return self.web + found.group(0)[len(BASE):], text
                assert self.arrived.wait(end - time.monotonic()), f"no mail to {address} with {pattern}"

    def stop(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.post.stdin.close()
        self.post.wait(PATIENCE)


class Walk:
    """Registers in English and in Arabic on a phone, with errors first; confirms from the mail; scans the badge; changes;
    switches to remote; joins a session; cancels, and sees the next one move up. Without scripts and by keyboard too. Looks at
    each page in every language, light and dark, on a phone and a desk."""

    def __init__(self, server, browser, pictures):
        self.server, self.browser, self.pictures, self.messages = server, browser, pictures, []
        self.axe = Axe()

    def context(self, language="en", size=PHONE, **more):
        return self.browser.new_context(locale=language, viewport=size, ignore_https_errors=True, **more)

    def page(self, context):
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        # Nothing that a page holds breaks its own rules; statuses of pages are looked at where they are expected.
        page.on("console", lambda message: message.type == "error" and not message.text.startswith("Failed to load")
                and self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        return page

    def look(self, page, name):
        """No fault that keeps people out, nothing to scroll sideways, nothing left open in a text."""
        found = [v for v in self.axe.run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, (name, [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found])
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (name, wide)
        text = page.inner_text("body")
        assert "{" not in text and "Optional(" not in text, (name, text)
        if self.pictures:
            page.screenshot(path=self.pictures / f"{name}.png", full_page=True)

    def register(self, page, given, family, address, way, organisation, name):
        """The form, with two errors first; ends on the page that says to look into one's mail."""
        page.goto(f"{self.server.web}/forum/register")
        page.fill("#given_name", given)
        page.fill("#family_name", family)
        page.fill("#organisation", organisation)
        page.fill("#email", address.replace("@", " at "))
        page.check(f"#participation-{way}")
        page.select_option("#country", "ZA")
        page.click("form[action$=register] button.go")
        page.wait_for_selector(".errors")
        assert page.locator(".errors li").count() == 2
        assert page.evaluate("document.activeElement.classList.contains('errors')")
        assert page.input_value("#given_name") == given and page.input_value("#organisation") == organisation
        assert page.is_checked(f"#participation-{way}") and page.input_value("#country") == "ZA"
        self.look(page, f"{name}-errors")
        page.locator(".errors li a").first.click()
        page.fill("#email", address)
        page.check("#stakeholder_group-0")
        page.click("form[action$=register] button.go")
        page.wait_for_url("**/register/sent")
        self.look(page, f"{name}-sent")

    def confirm(self, page, address):
        link, text = self.server.mail(address, r"/forum/verify/\S+")
        page.goto(link)
        assert page.url == link, "the link of a mail confirms nothing by itself"
        page.click("main button.go")
        page.wait_for_url("**/forum/me")
        return text

    def english(self):
        context = self.context()
        page = self.page(context)
        self.register(page, "Nomalanga", "Mdotshana", "n@example.org", "onsite", "Nkabinde", "register-en-phone")
        self.confirm(page, "n@example.org")
        assert "Confirmed, on site" in page.inner_text("main")
        self.server.run("badge", "issue", "--event", "forum", "--all")
        page.reload()
        self.look(page, "me-en-phone")
        self.scan(page)
        page.click("text=Change my details")
        page.fill("#family_name", "Mdotshana-Sibiya")
        self.look(page, "change-en-phone")
        page.click("form[action$=change] button.go")
        page.wait_for_url("**/forum/me")
        assert "Nomalanga Mdotshana-Sibiya" in page.inner_text(".badge")
        return context, page

    def scan(self, page):
        """The picture of the badge is read by a reader that was written elsewhere, and opens the door."""
        picture = self.server.data.parent / "badge.png"
        page.locator(".badge svg").screenshot(path=picture)
        code = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True).stdout
        said = self.server.run("scan", "--checkpoint", "Main entrance", "--json", input=code)
        answers = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        assert [a["answer"] for a in answers if "answer" in a] == ["ADMITTED"], said

    def arabic(self):
        """One more than there are places: on the waiting list."""
        context = self.context("ar")
        page = self.page(context)
        self.register(page, "محمد", "روحاني", "m@example.org", "onsite", "Lanyard LLC", "register-ar-phone")
        self.confirm(page, "m@example.org")
        assert page.get_attribute("html", "dir") == "rtl"
        assert "قائمة الانتظار" in page.inner_text("main")
        self.look(page, "me-ar-phone")
        return context, page

    def switch(self, first, second):
        """Who switches to remote gives the place to who waits, who gets a mail; then joins a session, and cancels."""
        first.click("text=Switch to remote")
        first.click("main form button")
        first.wait_for_url("**/forum/me")
        assert "Confirmed, remote" in first.inner_text("main")
        self.server.mail("m@example.org", r"/forum/me/\S+")
        second.reload()
        assert "قائمة الانتظار" not in second.inner_text("main .lead")
        first.click("section[aria-labelledby=live] button")
        first.wait_for_selector("[data-heartbeat]")
        assert first.get_attribute("main a.go", "href") == "https://live.example.org/1"
        self.look(first, "joined-en-phone")
        first.goto(f"{self.server.web}/forum/sessions/s002")
        first.click("button[value=book]")
        first.wait_for_selector("button[value=give-back]")
        self.look(first, "session-en-phone")
        first.goto(f"{self.server.web}/forum/me")
        self.look(first, "me-booked-en-phone")
        first.click("text=Cancel my registration")
        self.look(first, "cancel-en-phone")
        first.click("main form button")
        first.wait_for_url("**/forum/me")
        assert "Cancelled" in first.inner_text("main")
        first.click("text=Bring my registration back")
        first.click("main form button")
        first.wait_for_url("**/forum/me")

    def bare(self):
        """Without scripts all the same."""
        context = self.context(java_script_enabled=False)
        page = self.page(context)
        page.goto(f"{self.server.web}/forum/register")
        page.click("form[action$=register] button.go")
        assert page.locator(".errors li").count() == 4
        page.fill("#given_name", "Ana")
        page.fill("#email", "a@example.org")
        page.check("#participation-remote")
        page.check("#stakeholder_group-5")
        page.click("form[action$=register] button.go")
        assert page.url.endswith("/register/sent")
        self.confirm(page, "a@example.org")
        assert "Confirmed, remote" in page.inner_text("main")
        page.goto(f"{self.server.web}/forum/link")
        page.fill("#email", "a@example.org")
        page.click("main form button")
        assert page.url.endswith("/link/sent")
        page.click("nav[aria-label=Language] >> text=Français")
        assert page.get_attribute("html", "lang") == "fr"
        context.close()

    def keyboard(self):
        """Every control is reached and shows that it is."""
        page = self.page(self.context(size=DESK))
        page.goto(f"{self.server.web}/forum/register")
        seen = set()
        for _ in range(120):
            page.keyboard.press("Tab")
            here = page.evaluate("""() => { const e = document.activeElement
                const s = getComputedStyle(e)
                return [e.id || e.getAttribute('href') || e.textContent, s.outlineStyle !== 'none' && s.outlineWidth !== '0px'] }""")
            if here[0] in seen:
                break
            assert here[1], f"{here[0]} does not show the focus"
            seen.add(here[0])
        for field in ("#main", "given_name", "email", "country", "accessibility_needs", "photo_consent"):
            assert field in seen, (field, seen)
        page.goto(f"{self.server.web}/forum/link")
        page.focus("#email")
        page.keyboard.type("k@example.org")
        page.keyboard.press("Enter")
        page.wait_for_url("**/link/sent")
        page.context.close()

    def everywhere(self, own):
        """Each page in every language, light and dark, on a phone and a desk, and narrow."""
        link = next(c for c in own.cookies() if c["name"].startswith("__Host-me-"))
        paths = {"events": "/", "event": "/forum", "session": "/forum/sessions/s001", "register": "/forum/register",
                 "link": "/forum/link", "privacy": "/forum/privacy", "help": "/forum/help", "none": "/nowhere",
                 "me": "/forum/me", "change": "/forum/me/change", "data": "/forum/me/data", "erase": "/forum/me/erase"}
        for language in LANGUAGES:
            for scheme, size in (("light", PHONE), ("dark", DESK), ("dark", PHONE), ("light", DESK)):
                if language not in ("en", "ar") and (scheme, size) in (("dark", PHONE), ("light", DESK)):
                    continue
                context = self.context(language, size, color_scheme=scheme, timezone_id="America/Lima")
                context.add_cookies([link])
                page = self.page(context)
                for name, path in paths.items():
                    page.goto(self.server.web + path)
                    kind = "phone" if size == PHONE else "desk"
                    self.look(page, f"{name}-{language}-{kind}-{scheme}")
                    assert page.get_attribute("html", "lang") == language, (name, language)
                if scheme == "light":
                    page.set_viewport_size({"width": 320, "height": 640})
                    for path in ("/forum", "/forum/register", "/forum/me"):
                        page.goto(self.server.web + path)
                        wide = page.evaluate("document.documentElement.scrollWidth")
                        assert wide <= 320, (path, language, wide)
                context.close()

    def own_time(self):
        page = self.page(self.context(size=DESK, timezone_id="America/Lima"))
        page.goto(f"{self.server.web}/forum/sessions/s002")
        page.wait_for_selector(".yours")
        page.context.close()

    def certificate(self):
        """A new one is presented without a restart."""
        host, port = self.server.web.removeprefix("https://").split(":")
        before, end = ssl.get_server_certificate((host, int(port))), time.monotonic() + PATIENCE
        self.server.run("certs", "init")
        while ssl.get_server_certificate((host, int(port))) == before:
            assert time.monotonic() < end
            time.sleep(0.2)

    def offline(self, context, page):
        """The badge opens without a network, once seen."""
        page.goto(f"{self.server.web}/forum/me")
        page.wait_for_function("""async () => navigator.serviceWorker.controller !== null
            && await (await caches.open('badge-1')).match(location.pathname) !== undefined""")
        context.set_offline(True)
        page.goto(f"{self.server.web}/forum/me")
        assert page.locator(".badge svg").count() == 1
        page.wait_for_selector(".offline:not([hidden])")
        context.set_offline(False)


def main():
    lanyard, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    pictures = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    server = Server(lanyard, folder)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--ignore-certificate-errors"])
            walk = Walk(server, browser, pictures)
            own, first = walk.english()
            print("ok english", flush=True)
            other, second = walk.arabic()
            print("ok arabic", flush=True)
            walk.switch(first, second)
            print("ok switch", flush=True)
            for part in (walk.bare, walk.keyboard, walk.own_time, walk.certificate):
                part()
                print("ok", part.__name__, flush=True)
            server.run("badge", "issue", "--event", "forum", "--all")
            walk.offline(other, second)
            print("ok offline", flush=True)
            walk.everywhere(other)
            print("ok everywhere", flush=True)
            assert not walk.messages, walk.messages
            browser.close()
    finally:
        server.stop()


main()
