import Testing

@testable import LanyardDomain

@Suite("What tells of somebody who is erased")
struct PersonTracesTests {
  private static let traces: PersonTraces = {
    var details = RegistrationFixture.details()
    details.person.givenName = "Zoë"
    details.person.familyName = "Okonkwo"
    details.person.badgeName = "Countess Lovelace"
    details.person.email = "zoe@example.org"
    details.person.position = "Chair"
    return PersonTraces(of: details, notes: ["asked for the press office"])
  }()

  @Test(
    "Is whatever they are called, by whole words",
    arguments: [
      ("ask ZOE", true), ("Okonkwo's bag", true), ("the countess", true), ("lovelace", true), ("zoe@example.org", true),
      ("Chair of the board", false), ("the press office", false), ("Okonk", false), ("", false),
    ]
  )
  func named(note: String, isNamed: Bool) {
    #expect(Self.traces.areNamed(in: note) == isNamed)
  }

  @Test(
    "Is any beginning of a text of theirs",
    arguments: [("lovela", true), ("Chai", true), ("press", true), ("qwert", false)]
  )
  func beginnings(text: String, shows: Bool) {
    #expect(Self.traces.show(in: text) == shows)
  }
}
