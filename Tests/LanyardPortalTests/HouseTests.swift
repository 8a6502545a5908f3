import HTTPTypes
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import Testing

@testable import LanyardPortal

extension PortalHarness {
  /// A browser in which somebody signed in with a new token.
  func browser(as role: Role, event: String? = nil, _ language: String = "en") async throws -> Browser {
    let browser = browser(language)
    let token = try await server.token(role, event: event)
    let answer = try await browser.post("/sign-in", ["token": token.text])
    #expect(answer.status == 303)
    return browser
  }
}

@Suite("Signing in on the pages")
struct HouseTests {
  private static let forum = "/\(SampleData.forum)"
  private static let desk = "\(forum)/desk"

  @Test("Leads back to the page that was asked for, with a cookie that no script reads")
  func signIn() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser()
      let asked = try await browser.get("\(Self.desk)?q=a%20b&person=1")
      #expect(asked.status == 303)
      let form = try #require(asked.header("Location"))
      #expect(form.hasPrefix("/sign-in?to=%2F\(SampleData.forum)%2Fdesk%3Fq"))
      let token = try await portal.server.token(.desk)
      let page = try await browser.get(form)
      #expect(page.status == 200 && page.hidden("to")?.hasPrefix(Self.desk) == true)
      let answer = try await browser.post("/sign-in", ["token": " \(token.text) ", "to": Self.desk], from: form)
      #expect(answer.status == 303 && answer.header("Location") == Self.desk)
      let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("__Host-house=") })
      for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=43200"] { #expect(cookie.contains(part)) }
      // The secret is another than the token's.
      #expect(!cookie.contains(token.text))
      #expect(try await browser.get(Self.desk).status == 200)
    }
  }

  @Test("Refuses what is no token, leads to no other site, and says nothing of which tokens there are")
  func refused() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser()
      let revoked = try await portal.server.token(.desk)
      _ = try await portal.server.store.revokeToken(.test(portal.server.clock.now), revoked.id)
      for token in ["", "lanyard_x", revoked.text, "<script>alert(1)</script>"] {
        let answer = try await browser.post("/sign-in", ["token": token])
        #expect(answer.status == 403 && answer.text.contains("The token is not known here"))
        #expect(!answer.text.contains("<script>alert"))
      }
      let scanner = try await portal.server.token(.scanner)
      let device = try await browser.post("/sign-in", ["token": scanner.text])
      #expect(device.status == 403 && device.text.contains("for devices"))
      let token = try await portal.server.token(.desk, event: SampleData.forum)
      for path in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
        let answer = try await browser.post("/sign-in", ["token": token.text, "to": path])
        #expect(answer.header("Location") == Self.desk, "\(path)")
      }
    }
  }

  @Test("Takes a form from this browser alone, and so many tries a minute from one address")
  func guarded() async throws {
    try await PortalHarness.run { portal in
      let token = try await portal.server.token(.desk)
      let browser = portal.browser()
      _ = try await browser.get("/sign-in")
      let bare = try await browser.postBare("/sign-in", ["token": token.text])
      #expect(bare.status == 403 && browser.cookie("__Host-house") == nil)
      for _ in 0..<10 { _ = try await browser.post("/sign-in", ["token": "lanyard_0"]) }
      let late = try await browser.post("/sign-in", ["token": token.text])
      #expect(late.status == 429)
      portal.server.clock.advance(by: .seconds(61))
      #expect(try await browser.post("/sign-in", ["token": token.text]).status == 303)
    }
  }

  @Test("Ends when they sign out, when the token is revoked, and after twelve hours")
  func ends() async throws {
    try await PortalHarness.run { portal in
      let browser = try await portal.browser(as: .organiser)
      let secret = try #require(browser.cookie("__Host-house"))
      let out = try await browser.post("/sign-out", [:], from: "/sign-in")
      #expect(out.status == 303 && browser.cookie("__Host-house") == nil)
      // The secret opens nothing, wherever it was kept.
      let thief = portal.browser()
      while try await thief.get(Self.desk, headers: [.cookie: "__Host-house=\(secret)"]).status != 303 {
        await Task.yield()
      }

      let token = try await portal.server.token(.desk)
      let other = portal.browser()
      _ = try await other.post("/sign-in", ["token": token.text])
      #expect(try await other.get(Self.desk).status == 200)
      portal.server.clock.advance(by: SignIns.lifetime)
      #expect(try await other.get(Self.desk).status == 303)
      _ = try await other.post("/sign-in", ["token": token.text])
      _ = try await portal.server.store.revokeToken(.test(portal.server.clock.now), token.id)
      try await portal.untilSignedOut(other, Self.desk)
    }
  }

  @Test(
    "Opens the pages of one's role and event, and no others",
    arguments: [(Role.organiser, 200), (.desk, 200), (.viewer, 403)]
  )
  func roles(role: Role, status: Int) async throws {
    try await PortalHarness.run { portal in
      let browser = try await portal.browser(as: role)
      #expect(try await browser.get(Self.desk).status == status)
      #expect(try await browser.get("\(Self.desk)/badges").status == status)
      #expect(try await browser.get("/sign-in").text.contains("href=\"\(Self.desk)\"") == (status == 200))
      let elsewhere = try await portal.browser(as: role, event: "wsis20-ocp")
      #expect(try await elsewhere.get(Self.desk).status == 403)
      #expect(try await portal.browser().get(Self.desk).status == 303)
    }
  }
}

extension PortalHarness {
  /// Waits until a page asks to sign in: a good token is trusted for a moment.
  func untilSignedOut(_ browser: Browser, _ path: String) async throws {
    while try await browser.get(path).status != 303 { await Task.yield() }
  }
}
