import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardPortal

@Suite("The page of registrations")
struct ReviewTests {
  private static let list = "/\(SampleData.forum)/registrations"

  private static func state(_ portal: PortalHarness, _ registration: Registration) async throws -> RegistrationState {
    try await portal.server.store.registration(registration.id, of: SampleData.forum).state
  }

  @Test("Is there in every language for organisers, and for nobody else", arguments: Language.allCases)
  func languages(language: Language) async throws {
    try await PortalHarness.run { portal in
      for number in 1...3 { _ = try await portal.registered(number) }
      let browser = try await portal.browser(as: .organiser, language.tag)
      for path in [Self.list, "\(Self.list)?state=CONFIRMED&q=a", "\(Self.list)/duplicates"] {
        let answer = try await browser.get(path)
        #expect(answer.status == 200 && answer.header("Content-Language") == language.tag, "\(path)")
        #expect(answer.text.utf8.count < 50_000 && !answer.text.contains("{{"), "\(path)")
      }
      for role in [Role.desk, .viewer] {
        #expect(try await portal.browser(as: role).get(Self.list).status == 403)
      }
      #expect(try await portal.browser().get(Self.list).status == 303)
    }
  }

  @Test("Rejects those who were chosen with a reason, once, and says of whom it could not be done")
  func rejects() async throws {
    // One place, so that the others wait for a decision or a place.
    try await PortalHarness.run(capacity: 1) { portal in
      let people = [
        try await portal.registered(1), try await portal.registered(2), try await portal.registered(3),
      ]
      #expect(people.map(\.state) == [.confirmed, .waitlisted, .waitlisted])
      let browser = try await portal.browser(as: .organiser)
      func send(_ step: String, _ chosen: Registration?, _ fields: [String: String] = [:]) async throws -> Answer {
        var sent = ["step": step].merging(fields) { $1 }
        if let chosen { sent["chosen"] = "\(chosen.id) \(chosen.etag)" }
        return try await browser.post(Self.list, sent)
      }
      #expect(try await send("reject", people[2], ["reason": "Not\nthis <b>year</b>"]).status == 303)
      #expect(try await Self.state(portal, people[2]) == .rejected)
      // The etag is old now: nothing is done, and it says so.
      let again = try await send("approve", people[2])
      #expect(again.status == 409 && again.text.contains("role=\"alert\""))
      #expect(try await send("move-up", people[1]).status == 409)
      #expect(try await send("move-up", people[1], ["note": "speaks"]).status == 409)
      #expect(try await Self.state(portal, people[1]) == .waitlisted)
      #expect(try await send("approve", nil).text.contains("Nobody was chosen"))
      #expect(try await send("dance", people[1]).status == 404)
      let rejected = try await browser.get("\(Self.list)?state=REJECTED")
      #expect(rejected.text.contains(people[2].id) && !rejected.text.contains(people[1].id))
    }
  }

  @Test("Takes no decision that another site or browser sent")
  func sealed() async throws {
    try await PortalHarness.run(capacity: 1) { portal in
      let people = [try await portal.registered(1), try await portal.registered(2)]
      let browser = try await portal.browser(as: .organiser)
      let fields = ["step": "reject", "chosen": "\(people[1].id) \(people[1].etag)"]
      #expect(try await browser.postBare(Self.list, fields).status == 403)
      #expect(try await Self.state(portal, people[1]) == .waitlisted)
    }
  }

  @Test("Shows who may be registered twice")
  func duplicates() async throws {
    try await PortalHarness.run { portal in
      _ = try await portal.registered(3) { ($0.person.givenName, $0.person.familyName) = ("<b>Bo</b>", "Lind") }
      let browser = try await portal.browser(as: .organiser)
      let none = try await browser.get("\(Self.list)?q=lind")
      #expect(none.text.contains("&lt;b&gt;Bo&lt;/b&gt; Lind") && !none.text.contains("<b>Bo"))
      _ = try await portal.registered(4) {
        ($0.person.givenName, $0.person.familyName) = ("Bo", "Ek")
        $0.person.organisation = "One"
      }
      _ = try await portal.registered(5) {
        ($0.person.givenName, $0.person.familyName) = ("Ek", "Bo")
        $0.person.organisation = "one"
      }
      let found = try await browser.get("\(Self.list)/duplicates")
      #expect(found.text.contains("Same name and organisation") && found.text.contains("Bo Ek"))
    }
  }
}
