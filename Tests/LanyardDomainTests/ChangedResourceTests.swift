import LanyardDomain
import Testing

@Suite("What a change is about") struct ChangedResourceTests {
  @Test(
    "Is what was recorded, also where this version does not know it",
    arguments: ["events/forum/registrations/r1", "tokens/0a", "store", "halls/1", ""]
  )
  func recorded(text: String) {
    let resource = ChangedResource(recorded: text)
    #expect(resource.description == text)
    #expect(resource.name == ResourceName(text))
  }

  @Test("Is refused by its field where somebody asks for what is no name") func asked() throws {
    #expect(try ChangedResource(asked: "store", field: "resource") == .store)
    #expect(try ChangedResource(asked: "tokens/0a", field: "resource") == .named(.token("0a")))
    for text in ["", "halls/1", "registrations/r1", "events/forum/badges/x"] {
      let refused = #expect(throws: InvalidInput.self) { try ChangedResource(asked: text, field: "resource") }
      #expect(refused?.violations.map(\.field) == ["resource"])
    }
  }
}
