import LanyardDomain
import Testing

@Suite("Cursors of a feed") struct FeedCursorTests {
  @Test("Are read as they were written", arguments: [0, 1, 4711, Int64.max])
  func text(sequence: Int64) {
    let feed = FeedCursor(store: "7f3a", sequence: sequence)
    #expect(FeedCursor(feed.text) == feed)
    let roster = RosterCursor(feed: feed, plan: 3)
    #expect(RosterCursor(roster.text) == roster && roster.text.hasPrefix(feed.text))
  }

  @Test(
    "Are none where the text is not whole",
    arguments: ["", ".", "..", "a", "a.", "a.b", "a.1.", "a.1.b", "a.1.2.3", "a.1 ", "a.99999999999999999999"]
  )
  func broken(text: String) {
    #expect(FeedCursor(text) == nil && RosterCursor(text) == nil)
  }

  @Test("Of one kind are not taken for those of the other") func kinds() {
    let feed = FeedCursor(store: "a", sequence: 1)
    #expect(RosterCursor(feed.text) == nil && FeedCursor(RosterCursor(feed: feed, plan: 2).text) == nil)
  }

  @Test("Go on only in their own data, and from what has happened") func taken() {
    let head = FeedCursor(store: "a", sequence: 5)
    #expect([0, 1, 5].allSatisfy { FeedCursor(store: "a", sequence: $0).isTaken(at: head) })
    #expect(![-1, 6, .max].contains { FeedCursor(store: "a", sequence: $0).isTaken(at: head) })
    #expect(!FeedCursor(store: "b", sequence: 1).isTaken(at: head))
  }
}
