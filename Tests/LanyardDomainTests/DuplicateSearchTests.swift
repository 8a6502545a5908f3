import LanyardDomain
import Testing

@testable import LanyardDomain

@Suite("Who may be registered twice")
struct DuplicateSearchTests {
  private static func registration(
    _ id: String,
    _ given: String,
    _ family: String,
    _ email: String,
    of organisation: String = "Nkabinde",
    _ state: RegistrationState = .confirmed
  ) -> Registration {
    var person = Person()
    (person.givenName, person.familyName, person.email, person.organisation) = (given, family, email, organisation)
    return Registration(
      id: id,
      event: "forum",
      state: state,
      details: RegistrationDetails(
        person: person,
        stakeholderGroup: "government",
        guestRole: "",
        participation: .onsite,
        days: [],
        answers: Answers()
      ),
      createdAt: Instant(microseconds: 0),
      updatedAt: Instant(microseconds: 0),
      revision: 1
    )
  }

  private static func found(_ registrations: Registration...) -> [String] {
    DuplicateSearch(registrations).groups().map { group in
      "\(group.kind.rawValue) \(group.registrations.map(\.id).joined(separator: " "))"
    }
  }

  @Test("The same name, in any order and without accents, and organisation, with other addresses")
  func samePerson() {
    #expect(
      Self.found(
        Self.registration("a", "José", "Ibáñez", "jose@one.example"),
        Self.registration("b", "Ibanez", "Jose", "j.ibanez@two.example", of: "NKABINDE"),
        Self.registration("c", "José", "Ibáñez", "jose@three.example", of: "Another"),
        Self.registration("d", "José", "Ibáñez", "ji@four.example")
      ) == ["SAME_PERSON a b d"]
    )
    // Nothing says that these are one.
    #expect(
      Self.found(
        Self.registration("a", "Wei", "Wang", "wang@one.example", of: ""),
        Self.registration("b", "Wei", "Wang", "wei@two.example", of: "")
      ) == []
    )
  }

  @Test(
    "An address with one typing error, and a name that fits",
    arguments: ["ana@exmple.org", "ana@example.ogr", "anna@example.org", "ama@example.org", "ANA@example.og"]
  )
  func typingErrors(address: String) {
    #expect(
      Self.found(
        Self.registration("a", "Ana", "Reyes", "ana@example.org", of: "One"),
        Self.registration("b", "Ana María", "Reyes", address, of: "Two"),
        Self.registration("c", "Bo", "Lind", address + "x", of: "Three")
      ) == ["SIMILAR_ADDRESS a b"]
    )
  }

  @Test("Two errors, another person, and who does not take part are none")
  func others() {
    #expect(
      Self.found(
        Self.registration("a", "Ana", "Reyes", "ana@example.org", of: "One"),
        Self.registration("b", "Ana", "Reyes", "anna@exmple.org", of: "Two"),
        Self.registration("c", "Bo", "Lind", "ama@example.org", of: "Three"),
        Self.registration("e", "Ana", "Lind", "ena@example.org", of: "Four"),
        Self.registration("d", "Ana", "Reyes", "an@example.org", of: "One", .cancelled)
      ) == []
    )
  }

  @Test("A pair is told once, by the stronger reason")
  func once() {
    #expect(
      Self.found(
        Self.registration("a", "Ana", "Reyes", "ana@example.org"),
        Self.registration("b", "Ana", "Reyes", "anna@example.org")
      ) == ["SAME_PERSON a b"]
    )
  }

  @Test("What is a typing error is the same both ways, and what is made with one is one")
  func generated() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        UInt8.random(in: 97...100, using: &generator)
      }
      var changed = text
      let place = Int.random(in: 0..<text.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: changed.remove(at: place)
      case 1: changed.insert(97, at: place)
      case 2: changed[place] = 98
      default: if place > 0 { changed.swapAt(place, place - 1) }
      }
      #expect(DuplicateSearch.isTypingError(text, changed) == (text != changed), "\(text) \(changed)")
      #expect(DuplicateSearch.isTypingError(changed, text) == (text != changed))
    }
  }
}
