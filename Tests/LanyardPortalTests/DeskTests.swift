import HTTPTypes
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardPortal

@Suite("The registration desk's page")
struct DeskTests {
  private static let desk = "/\(SampleData.forum)/desk"

  private static func walkIn(_ changes: [String: String] = [:]) -> [String: String] {
    [
      "given_name": "Nomalanga", "family_name": "Mdotshana", "email": "n.mdotshana@example.org", "country": "ZA",
      "organisation": "Nkabinde", "stakeholder_group": "Government",
    ].merging(changes) { $1 }
  }

  private static func path(_ registration: Registration, _ more: String = "") -> String {
    "\(desk)/people/\(registration.id)\(more)"
  }

  private static func page(_ registration: Registration) -> String { "\(desk)?person=\(registration.id)" }

  private static func registration(_ portal: PortalHarness, _ id: String) async throws -> Registration {
    try await portal.server.store.registration(id, of: SampleData.forum)
  }

  private static func badges(_ portal: PortalHarness, of registration: Registration) async throws -> [Badge] {
    try await portal.server.store.badges(
      of: SampleData.forum,
      registration: registration.id,
      PageRequest(size: 10)
    ).items
  }

  @Test("Is there in every language, with a person too, and small", arguments: Language.allCases)
  func languages(language: Language) async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1)
      let browser = try await portal.browser(as: .organiser, language.tag)
      _ = try await browser.post(Self.path(person), ["step": "issue", "etag": person.etag], from: Self.page(person))
      for path in [Self.desk, "\(Self.desk)?q=a", Self.page(person), "\(Self.desk)/badges", "/sign-in"] {
        let answer = try await browser.get(path)
        #expect(answer.status == 200, "\(path)")
        #expect(answer.header("Content-Language") == language.tag)
        #expect(answer.header("Cache-Control") == "no-store")
        #expect(answer.text.utf8.count < 50_000, "\(path) has \(answer.text.utf8.count) bytes")
        #expect(!answer.text.contains("{{") && !answer.text.contains("Optional("), "\(path)")
      }
    }
  }

  @Test("Finds people by words in any order, by address and by the code of a badge, and opens whom it finds alone")
  func finds() async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1) {
        ($0.person.givenName, $0.person.familyName, $0.person.email) = ("Ariadna", "Guzmán", "ariadna@example.org")
      }
      let browser = try await portal.browser(as: .desk)
      for query in ["guzman%20ariadna", "GUZ", "ariadna@example.org"] {
        let answer = try await browser.get("\(Self.desk)?q=\(query)")
        #expect(answer.text.contains("<h2 id=\"who\"><bdi>Ariadna Guzmán</bdi></h2>"), "\(query)")
        #expect(answer.text.contains("<b>1 person</b>"))
      }
      _ = try await browser.post(Self.path(person), ["step": "issue", "etag": person.etag], from: Self.page(person))
      let badge = try #require(try await Self.badges(portal, of: person).first)
      let scanned = try await browser.get("\(Self.desk)?q=\(badge.code)")
      #expect(scanned.text.contains("Ariadna Guzmán"))
      let nobody = try await browser.get("\(Self.desk)?q=zzzz")
      #expect(nobody.status == 200 && nobody.text.contains("Nobody found"))
      #expect(try await browser.get("\(Self.desk)?person=nobody").status == 404)
    }
  }

  @Test("Does what its buttons say, each signed as who signed in")
  func steps() async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1)
      let browser = try await portal.browser(as: .desk)
      func press(_ step: String, _ fields: [String: String] = [:]) async throws -> Int {
        let form = try await browser.get(Self.page(person))
        var sent = ["step": step, "etag": form.etag, "badge": form.hidden("badge") ?? ""]
        sent.merge(fields) { $1 }
        return try await browser.post(Self.path(person), sent, from: Self.page(person)).status
      }
      func states() async throws -> [BadgeState] { try await Self.badges(portal, of: person).map(\.state) }
      #expect(try await press("issue") == 303)
      #expect(try await press("hold") == 303)
      #expect(try await states() == [.held])
      #expect(try await press("release") == 303)
      #expect(try await press("replace") == 303)
      #expect(try await states() == [.replaced, .active])
      #expect(try await press("revoke", ["note": "lost in the <b>tram</b>"]) == 303)
      #expect(try await states() == [.replaced, .revoked])
      let revoked = try await browser.get(Self.page(person))
      #expect(revoked.text.contains("lost in the &lt;b&gt;tram&lt;/b&gt;"))
      #expect(revoked.text.contains("Badge revoked") && revoked.text.contains("Badge replaced"))
      #expect(try await press("remote") == 303)
      #expect(try await Self.registration(portal, person.id).details.participation == .remote)
      #expect(try await press("onsite") == 303)
      #expect(try await press("cancel") == 303)
      #expect(try await Self.registration(portal, person.id).state == .cancelled)
      #expect(try await press("restore") == 303)
      #expect(try await Self.registration(portal, person.id).state == .confirmed)
      #expect(try await press("dance") == 404)
      let signIn = try #require(try await portal.server.store.signIns().last)
      var filter = AuditFilter(event: SampleData.forum)
      filter.resource = .named(.registration(person.id, of: SampleData.forum))
      let trail = try await portal.server.store.auditEntries(filter, PageRequest(size: 50)).items
      #expect(trail.filter { $0.act.actor == .signIn(signIn.id, of: signIn.token) }.count == 4)
    }
  }

  @Test("Does nothing to who was changed meanwhile, and says who did it")
  func changedMeanwhile() async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1)
      let (first, second) = (try await portal.browser(as: .desk), try await portal.browser(as: .desk))
      let shown = try await first.get(Self.page(person)).etag
      let fields = ["step": "remote", "etag": shown]
      #expect(try await second.post(Self.path(person), fields, from: Self.page(person)).status == 303)
      let late = ["step": "cancel", "etag": shown]
      let answer = try await first.post(Self.path(person), late, from: Self.page(person))
      #expect(answer.status == 409 && answer.text.contains("Changed meanwhile by token"))
      #expect(try await Self.registration(portal, person.id).state == .confirmed)
      // The same press twice is one.
      #expect(try await second.post(Self.path(person), fields, from: Self.page(person)).status == 303)
    }
  }

  @Test("Prints a badge as a page that the browser shows, records it, and says so")
  func prints() async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1)
      let browser = try await portal.browser(as: .desk)
      let answer = try await browser.post(Self.path(person, "/print"), [:], from: Self.page(person))
      #expect(answer.status == 200 && answer.header("Content-Type") == "application/pdf")
      #expect(answer.header("Content-Disposition")?.hasPrefix("inline") == true)
      #expect(answer.header("Cache-Control") == "no-store")
      let runs = try await portal.server.store.printRuns(of: SampleData.forum, PageRequest(size: 10)).items
      #expect(runs.count == 1 && runs.first?.printedAt != nil)
      let page = try await browser.get(Self.page(person))
      #expect(page.text.contains("printed 2024-05-27") && page.text.contains("signed in as"))
      let phone = try await browser.get(Self.path(person, "/badge.png"))
      #expect(phone.status == 200 && phone.header("Content-Type") == "image/png")
    }
  }

  @Test("Registers who walks in once, however often the form is sent, with a badge")
  func walkIns() async throws {
    try await PortalHarness.run { portal in
      let browser = try await portal.browser(as: .desk)
      let wrong = try await browser.post(
        "\(Self.desk)/walk-in",
        Self.walkIn(["email": "n@x", "given_name": "", "family_name": ""]),
        from: Self.desk
      )
      #expect(wrong.status == 422 && wrong.text.contains("href=\"#walk-email\"") && wrong.text.contains("Nkabinde"))
      let request = try await browser.get(Self.desk).hidden("request") ?? ""
      var pages: Set<String> = []
      for _ in 0..<2 {
        let fields = Self.walkIn(["request": request, "identified": "yes"])
        let answer = try await browser.post("\(Self.desk)/walk-in", fields, from: Self.desk)
        #expect(answer.status == 303)
        pages.insert(answer.header("Location") ?? "")
      }
      #expect(pages.count == 1)
      let people = try await portal.server.store.registrations(
        of: SampleData.forum,
        matching: RegistrationFilter(),
        PageRequest(size: 10)
      ).page.items
      #expect(people.map(\.state) == [.confirmed] && people.first?.details.participation == .onsite)
      let page = try await browser.get(pages.first ?? "")
      // Printing is the next press of a key.
      #expect(page.text.contains("accesskey=\"p\" autofocus"))
      #expect(try await Self.badges(portal, of: people[0]).map(\.state) == [.active])
    }
  }

  @Test("Corrects a name, and keeps hostile text text")
  func corrects() async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1)
      let browser = try await portal.browser(as: .desk)
      let hostile = "\"><script>alert(1)</script>"
      func send(_ fields: [String: String]) async throws -> Answer {
        let before = try TypedRegistration(Lanyard_V1_Registration(try await Self.registration(portal, person.id)))
        var sent = ["etag": try await browser.get(Self.page(person)).etag]
        for field in DeskFields.correctable { sent[field.name] = before[field] }
        sent.merge(fields) { $1 }
        return try await browser.post(Self.path(person, "/details"), sent, from: Self.page(person))
      }
      #expect(try await send(["family_name": "Mdotshana", "organisation": hostile]).status == 303)
      let changed = try await Self.registration(portal, person.id)
      #expect(changed.details.person.familyName == "Mdotshana" && changed.details.person.organisation == hostile)
      let page = try await browser.get(Self.page(person))
      #expect(!page.text.contains("<script>alert") && page.text.contains("&lt;script&gt;"))
      let wrong = try await send(["email": "nowhere"])
      #expect(
        wrong.status == 422 && wrong.text.contains("href=\"#fix-email\"") && wrong.text.contains("value=\"nowhere\"")
      )
    }
  }

  @Test("Takes no form that another site or browser sent")
  func sealed() async throws {
    try await PortalHarness.run { portal in
      let person = try await portal.registered(1)
      let browser = try await portal.browser(as: .desk)
      let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
      for path in [
        Self.path(person), Self.path(person, "/details"), Self.path(person, "/print"), "\(Self.desk)/walk-in",
      ] {
        let fields = Self.walkIn(["step": "cancel", "etag": person.etag])
        #expect(try await browser.postBare(path, fields).status == 403, "\(path)")
        let foreign = try await browser.post(path, fields, from: Self.page(person), headers: [site: "cross-site"])
        #expect(foreign.status == 403, "\(path)")
      }
      #expect(try await Self.registration(portal, person.id) == person)
    }
  }

  @Test("Lists badges by where they stand")
  func badgeList() async throws {
    try await PortalHarness.run { portal in
      let people = [try await portal.registered(1), try await portal.registered(2)]
      let browser = try await portal.browser(as: .desk)
      for person in people {
        _ = try await browser.post(Self.path(person), ["step": "issue", "etag": person.etag], from: Self.page(person))
      }
      let badge = try #require(try await Self.badges(portal, of: people[0]).first)
      let name = ResourceName.badge(badge.serial, of: SampleData.forum).description
      _ = try await browser.post(Self.path(people[0]), ["step": "hold", "badge": name], from: Self.page(people[0]))
      let held = try await browser.get("\(Self.desk)/badges?state=HELD")
      #expect(held.text.contains(Self.page(people[0])) && !held.text.contains(Self.page(people[1])))
      let all = try await browser.get("\(Self.desk)/badges")
      #expect(all.text.contains(Self.page(people[0])) && all.text.contains(Self.page(people[1])))
    }
  }
}

@Suite("What the desk's buttons offer")
struct DeskStepTests {
  private static func offered(
    _ state: RegistrationState,
    _ badge: BadgeState?,
    _ participation: Participation = .onsite,
    organiser: Bool = false
  ) -> [DeskStep] {
    let now = DeskStep.Situation(
      state: state,
      participation: participation,
      badge: badge,
      allowsRemote: true,
      isOrganiser: organiser
    )
    return DeskStep.allCases.filter { $0.isOffered(in: now) }
  }

  @Test("Follows from where the registration and its badge stand")
  func situations() {
    #expect(Self.offered(.confirmed, nil) == [.issue, .remote, .cancel])
    #expect(Self.offered(.confirmed, .notActivated) == [.activate, .remote, .cancel, .revoke])
    #expect(Self.offered(.confirmed, .active) == [.replace, .hold, .remote, .cancel, .revoke])
    #expect(Self.offered(.confirmed, .held, .remote) == [.release, .onsite, .cancel, .revoke])
    #expect(Self.offered(.submitted, nil) == [.approve, .remote, .cancel])
    #expect(Self.offered(.cancelled, nil) == [.restore])
    #expect(Self.offered(.rejected, nil) == [])
    #expect(Self.offered(.rejected, nil, organiser: true) == [.restore])
  }
}

extension Answer {
  /// The etag in the first form of the page, as a browser sends it back.
  fileprivate var etag: String { (hidden("etag") ?? "").replacing("&quot;", with: "\"") }
}
