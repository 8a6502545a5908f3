import Foundation
import HTTPTypes
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import Testing

@testable import LanyardPortal

@Suite("One's own page")
struct OwnPageTests {
  private static let me = "/\(SampleData.forum)/me"

  private static func state(_ registration: Registration, _ portal: PortalHarness) async throws -> RegistrationState {
    try await portal.server.store.registration(registration.id, of: SampleData.forum).state
  }

  @Test("Takes a personal link for a cookie that no script reads, and out of the address bar")
  func signIn() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let link = try await portal.server.personalLink(of: registered.id)
      let browser = portal.browser()
      let answer = try await browser.get("\(Self.me)/\(link.text)")
      #expect(answer.status == 303 && answer.header("Location") == Self.me)
      let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("__Host-me-") })
      for property in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"] { #expect(cookie.contains(property)) }
      let page = try await browser.get(Self.me)
      #expect(page.status == 200 && page.header("Cache-Control") == "no-store")
      #expect(page.text.contains("<bdi>\(registered.details.person.displayName)</bdi>"))
      #expect(page.text.contains("Confirmed, on site"))
      #expect(!page.text.contains(link.text))
      #expect(page.text.utf8.count < 50_000)
    }
  }

  @Test("Leads who has no link to the place where it is sent again")
  func strangers() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser()
      for path in [Self.me, "\(Self.me)/change", "\(Self.me)/data.json", "\(Self.me)/cancel", "\(Self.me)/badge.pdf"] {
        let answer = try await browser.get(path)
        #expect(answer.status == 303 && answer.header("Location") == "/\(SampleData.forum)/link", "\(path)")
      }
      // One that is good no more, and what is none.
      for token in ["lanyard_0011223344556677_\(String(repeating: "0", count: 64))", "x", "a%0d%0ab"] {
        let answer = try await browser.get("\(Self.me)/\(token)")
        #expect(answer.status == 303, "\(token)")
        #expect(try await browser.get(Self.me).header("Location") == "/\(SampleData.forum)/link")
      }
    }
  }

  @Test("Shows the badge as a symbol with its quiet zone, and saves it as a file")
  func badge() async throws {
    try await PortalHarness.run { portal in
      let badge = try await withServerConnection(portal.server.access) { try await People($0).badge(1) }
      let registration = try ResourceName.registration(badge.registration, field: "registration").id
      let browser = try await portal.browser(of: registration)
      let page = try await browser.get(Self.me)
      #expect(page.text.contains("class=\"badge g1\"") && page.text.contains("viewBox=\"-4 -4 "))
      #expect(page.text.contains("data-worker=\"/assets/badge."))
      let file = try await browser.get("\(Self.me)/badge.pdf")
      #expect(file.status == 200 && file.text.hasPrefix("%PDF"))
    }
  }

  @Test("Asks before each step, and takes it after a press of the button alone")
  func steps() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let browser = try await portal.browser(of: registered.id)
      let asked = try await browser.get("\(Self.me)/cancel")
      #expect(asked.status == 200 && asked.text.contains("Your badge stops working"))
      #expect(try await Self.state(registered, portal) == .confirmed)
      // Without what ties the form to this browser nothing is done.
      #expect(try await browser.postBare("\(Self.me)/cancel", [:]).status == 200)
      #expect(try await Self.state(registered, portal) == .confirmed)
      #expect(try await browser.post("\(Self.me)/cancel", [:]).header("Location") == Self.me)
      #expect(try await Self.state(registered, portal) == .cancelled)
      #expect(try await browser.get(Self.me).text.contains("Bring my registration back"))
      #expect(try await browser.post("\(Self.me)/restore", [:]).header("Location") == Self.me)
      #expect(try await Self.state(registered, portal) == .confirmed)
      #expect(try await browser.post("\(Self.me)/remote", [:]).header("Location") == Self.me)
      #expect(try await browser.get(Self.me).text.contains("Confirmed, remote"))
    }
  }

  @Test("Says why a switch to on site is not done where no place is left")
  func noPlace() async throws {
    try await PortalHarness.run(capacity: 1) { portal in
      _ = try await portal.registered(1)
      let second = try await portal.registered(2) { $0.participation = .remote }
      let browser = try await portal.browser(of: second.id)
      let answer = try await browser.post("\(Self.me)/onsite", [:])
      #expect(answer.status == 409 && answer.text.contains("That was not done"))
      let third = try await portal.registered(3)
      let waiting = try await portal.browser(of: third.id).get(Self.me)
      #expect(waiting.text.contains("On the waiting list, number 1"))
    }
  }

  @Test("Changes what differs, and says what is wrong beside the field")
  func change() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let browser = try await portal.browser(of: registered.id)
      let form = try await browser.get("\(Self.me)/change")
      #expect(form.status == 200 && form.text.contains("value=\"Nº 1\"") && !form.text.contains("name=\"email\""))
      var fields = [
        "given_name": "محمد", "family_name": "<b>", "organisation": "Organisation", "stakeholder_group": "Government",
        "language": "fr",
      ]
      #expect(try await browser.post("\(Self.me)/change", fields).header("Location") == Self.me)
      #expect(try await browser.get(Self.me).text.contains("<bdi>محمد &lt;b&gt;</bdi>"))
      let stored = try await portal.server.store.registration(registered.id, of: SampleData.forum)
      #expect(stored.details.person.language == "fr" && stored.details.person.email == registered.details.person.email)
      (fields["given_name"], fields["family_name"]) = ("", "")
      let refused = try await browser.post("\(Self.me)/change", fields)
      #expect(refused.status == 422 && refused.text.contains("href=\"#given_name\""))
    }
  }

  @Test("Gives one's data to read and as a file, and erases them with the cookie")
  func data() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let browser = try await portal.browser(of: registered.id)
      let page = try await browser.get("\(Self.me)/data")
      #expect(page.status == 200 && page.text.contains("person1@example.org"))
      let file = try await browser.get("\(Self.me)/data.json")
      #expect(file.header("Content-Disposition")?.contains("attachment") == true)
      #expect(try JSONSerialization.jsonObject(with: Data(file.text.utf8)) is [String: Any])
      let erased = try await browser.post("\(Self.me)/erase", [:])
      #expect(erased.status == 303 && erased.header("Clear-Site-Data") != nil)
      #expect(browser.cookie("__Host-me-\(SampleData.forum)") == nil)
      let stored = try await portal.server.store.registration(registered.id, of: SampleData.forum)
      #expect(stored.erasedAt != nil)
    }
  }

  @Test("Forgets a person on a device when they say so")
  func leave() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let browser = try await portal.browser(of: registered.id)
      #expect(try await browser.post("\(Self.me)/leave", [:]).status == 303)
      #expect(browser.cookie("__Host-me-\(SampleData.forum)") == nil)
      #expect(try await Self.state(registered, portal) == .confirmed)
    }
  }

  @Test("Makes a calendar of sessions")
  func calendar() async throws {
    try await PortalHarness.run { portal in
      let registered = try await portal.registered(1)
      let browser = try await portal.browser(of: registered.id)
      let file = try await browser.get("\(Self.me)/sessions.ics?session=s001")
      #expect(file.header("Content-Type")?.hasPrefix("text/calendar") == true)
      #expect(file.text.hasPrefix("BEGIN:VCALENDAR") && file.text.contains("BEGIN:VEVENT"))
      #expect(try await !browser.get("\(Self.me)/sessions.ics").text.contains("BEGIN:VEVENT"))
    }
  }
}
