import HTTPTypes
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardPortal

@Suite("Registering on a page")
struct RegisterTests {
  private static let page = "/\(SampleData.forum)/register"
  private static let hostile = "\"\u{301} onfocus=alert(1) x='</textarea><script>alert(1)</script>&lt;"

  private static func filled(_ changes: [String: String] = [:]) -> [String: String] {
    [
      "given_name": "Nomalanga", "family_name": "Mdotshana", "email": "n.mdotshana@example.org", "country": "ZA",
      "organisation": "Nkabinde", "stakeholder_group": "Government", "participation": "ONSITE", "language": "en",
    ].merging(changes) { $1 }
  }

  @Test("Says all that is wrong at once, beside the field and on top, and loses nothing that was typed")
  func faults() async throws {
    try await PortalHarness.run { portal in
      let answer = try await portal.browser().post(
        Self.page,
        ["organisation": "مؤسسة", "email": "n@x", "position": "a+b&c=d"]
      )
      #expect(answer.status == 422)
      #expect(answer.text.contains("<title>Error: "))
      #expect(answer.text.contains("There are 4 problems"))
      for id in ["email", "given_name", "stakeholder_group-0", "participation-onsite"] {
        #expect(answer.text.contains("<li><a href=\"#\(id)\">"), "\(id)")
        #expect(answer.text.contains("id=\"\(id)\""))
      }
      #expect(answer.text.contains("aria-describedby=\"email-hint email-error\" aria-invalid=\"true\""))
      #expect(answer.text.contains("value=\"مؤسسة\"") && answer.text.contains("value=\"n@x\""))
      #expect(answer.text.contains("value=\"a+b&amp;c=d\""))
    }
  }

  @Test("Says what is wrong with a field too that the form does not show, and leads to lists where they are")
  func hiddenField() async throws {
    try await PortalHarness.run { portal in
      let answer = try await portal.browser().post(Self.page, Self.filled(["guest_role": "Minister", "country": "??"]))
      #expect(answer.status == 422)
      #expect(answer.text.contains("There are 2 problems"))
      #expect(answer.text.contains("href=\"#form\">Role: ") && answer.text.contains("href=\"#country\">Country"))
    }
  }

  @Test("Keeps hostile text in every field text", arguments: ["en", "ar"])
  func hostile(language: String) async throws {
    try await PortalHarness.run { portal in
      var fields = Self.filled()
      for field in TypedRegistration.fields { fields[field.name] = Self.hostile }
      let answer = try await portal.browser(language).post(Self.page, fields)
      #expect(answer.status == 422)
      #expect(!answer.text.contains("<script>alert"))
      // By bytes: a mark with a combining mark behind it is another character.
      let bytes = Array(answer.text.utf8)
      #expect(bytes.firstRange(of: Array("\"\u{301}".utf8)) == nil)
      // What was typed comes back as text.
      #expect(bytes.firstRange(of: Array("&quot;\u{301} onfocus=alert(1) x=&#39;&lt;/textarea&gt;".utf8)) != nil)
    }
  }

  @Test("Takes a form from this browser alone, and keeps what was typed in another")
  func seal() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser()
      _ = try await browser.get(Self.page)
      for seal in ["", "0", String(repeating: "0", count: 64)] {
        let answer = try await browser.postBare(Self.page, Self.filled(["seal": seal]))
        #expect(answer.status == 403 && answer.text.contains("value=\"Nomalanga\""))
      }
      let stranger = portal.browser()
      let form = try await browser.get(Self.page)
      let stolen = try await stranger.postBare(Self.page, Self.filled(["seal": form.hidden("seal") ?? ""]))
      #expect(stolen.status == 403)
      let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
      let foreign = try await browser.post(Self.page, Self.filled(), headers: [site: "cross-site"])
      #expect(foreign.status == 403)
      #expect(try await portal.pending().isEmpty)
    }
  }

  @Test("Makes one registration of a form that is sent twice, and leads on with a redirect")
  func twice() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser()
      let form = try await browser.get(Self.page)
      let sent = ["seal": form.hidden("seal") ?? "", "request": form.hidden("request") ?? ""]
      for _ in 1...2 {
        let answer = try await browser.postBare(Self.page, Self.filled(sent))
        #expect(answer.status == 303 && answer.header("Location") == "\(Self.page)/sent")
      }
      let made = try await portal.pending()
      #expect(made.map(\.state) == [.emailPending])
      #expect(made.first?.details.person.email == "n.mdotshana@example.org")
      // Who went back and mended the form sends another.
      let mended = try await browser.postBare(Self.page, Self.filled(sent.merging(["email": "n@example.org"]) { $1 }))
      #expect(mended.status == 303)
    }
  }

  @Test("Says the same of an address that is registered already")
  func known() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let answers = [
        try await portal.browser().post(Self.page, Self.filled()),
        try await portal.browser().post(Self.page, Self.filled(["email": registered.details.person.email])),
      ]
      #expect(Set(answers.map(\.status)) == [303])
      #expect(Set(answers.map { $0.header("Location") }) == ["\(Self.page)/sent"])
      #expect(Set(answers.map(\.text)).count == 1)
    }
  }

  @Test("Refuses more than a form can be, and says so")
  func tooLarge() async throws {
    try await PortalHarness.run { portal in
      let fields = Self.filled(["accessibility_needs": String(repeating: "a", count: 70_000)])
      let answer = try await portal.browser().post(Self.page, fields)
      #expect(answer.status == 413 && answer.text.contains("Go back and shorten it"))
      let long = try await portal.browser().post(
        Self.page,
        Self.filled(["organisation": String(repeating: "a", count: 300)])
      )
      #expect(long.status == 422 && long.text.contains("Organisation: is longer than 200 characters"))
    }
  }

  @Test("Keeps a form that comes too often, and says when to send it")
  func tooOften() async throws {
    try await PortalHarness.run(callsPerMinute: 1) { portal in
      let browser = portal.browser()
      #expect(try await browser.post(Self.page, Self.filled()).status == 303)
      let answer = try await browser.post(Self.page, Self.filled(["email": "other@example.org"]))
      #expect(answer.status == 429 && answer.text.contains("value=\"Nomalanga\""))
      #expect(answer.text.contains("class=\"errors\""))
      #expect(try await portal.pending().count == 1)
    }
  }

  @Test("Sends the way to a registration again, saying the same for every address")
  func lostLink() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let page = "/\(SampleData.forum)/link"
      for address in [registered.details.person.email, "nobody@example.org"] {
        let answer = try await portal.browser().post(page, ["email": address])
        #expect(answer.status == 303 && answer.header("Location") == "\(page)/sent")
      }
      let wrong = try await portal.browser().post(page, ["email": "nobody"])
      #expect(wrong.status == 422 && wrong.text.contains("value=\"nobody\""))
    }
  }

  @Test("Counts once the address is confirmed by a press, and leads to one's own page")
  func confirmed() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser("ar")
      #expect(try await browser.post(Self.page, Self.filled(["language": "ar"])).status == 303)
      let pending = try #require(try await portal.pending().first)
      let page = "/\(SampleData.forum)/verify/\(try await portal.token(of: pending))"
      #expect(try await browser.get(page).status == 200)
      #expect(try await portal.pending().count == 1)
      // In whatever browser mails are read, and once more by who presses twice.
      let other = portal.browser("en")
      for _ in 1...2 {
        let answer = try await other.post(page, [:])
        #expect(answer.status == 303 && answer.header("Location") == "/\(SampleData.forum)/me")
      }
      #expect(try await other.get("/\(SampleData.forum)/me").text.contains("Confirmed, on site"))
      #expect(try await browser.get("/\(SampleData.forum)/me").status == 303)
    }
  }

  @Test("Asks for a press before it confirms an address, since programs open links of mails too")
  func verify() async throws {
    try await PortalHarness.run { portal in
      let page = "/\(SampleData.forum)/verify/lanyard_0000"
      let asked = try await portal.browser().get(page)
      #expect(asked.status == 200 && asked.text.contains("<form method=\"post\""))
      let answer = try await portal.browser().post(page, [:])
      #expect(answer.status == 404 && answer.text.contains("This link is good no more"))
    }
  }
}
