import LanyardDomain
import Testing

@Suite("Cursors of a feed") struct FeedCursorTests {
  @Test("Are read as they were written", arguments: [0, 1, 4711, Int64.max])
  func text(sequence: Int64) {
    let feed = FeedCursor(store: "7f3a", event: 12, sequence: sequence)
    #expect(FeedCursor(feed.text) == feed)
    let roster = RosterCursor(feed: feed, plan: 3)
    #expect(RosterCursor(roster.text) == roster && roster.text.hasPrefix(feed.text))
  }

  @Test(
    "Are none where the text is not whole",
    arguments: [
      "", ".", "..", "a", "a.", "a.b", "a.e1", "a.e1.", "a.e1.b", "a.e.1", "a.1.2", "a.e1.1.2.3", "a.e1.1 ",
      "a.e1.99999999999999999999",
    ]
  )
  func broken(text: String) {
    #expect(FeedCursor(text) == nil && RosterCursor(text) == nil)
  }

  @Test("Of one kind are not taken for those of the other") func kinds() {
    let feed = FeedCursor(store: "a", event: 1, sequence: 1)
    #expect(RosterCursor(feed.text) == nil && FeedCursor(RosterCursor(feed: feed, plan: 2).text) == nil)
  }

  @Test("Of before, which name no event, are none", arguments: ["7f3a.5", "7f3a.5.2", "7f3a.5.2.1"])
  func before(text: String) {
    #expect(FeedCursor(text) == nil && RosterCursor(text) == nil)
  }

  @Test("Go on only in their own data and event, and from what has happened") func taken() {
    let head = FeedCursor(store: "a", event: 1, sequence: 5)
    #expect([0, 1, 5].allSatisfy { head.moved(to: $0).isTaken(at: head) })
    #expect(![-1, 6, .max].contains { head.moved(to: $0).isTaken(at: head) })
    #expect(!FeedCursor(store: "b", event: 1, sequence: 1).isTaken(at: head))
    #expect(!FeedCursor(store: "a", event: 2, sequence: 1).isTaken(at: head))
  }
}
