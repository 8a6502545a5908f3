/// How far somebody has followed the feed of an event.
package struct FeedCursor: Hashable, Sendable {
  /// Names the data, so that a cursor is not taken for one of other data.
  package let store: String
  /// The store's key of the event, so that a cursor is not taken for one of another event.
  package let event: Int64
  /// The last number that is behind.
  package let sequence: Int64

  package init(store: String, event: Int64, sequence: Int64) {
    (self.store, self.event, self.sequence) = (store, event, sequence)
  }

  /// Reads a cursor that a client kept; nil where the text is none, or one of before, which does not name its event.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].hasPrefix(Self.eventMark), let event = Int64(parts[1].dropFirst()),
      let sequence = Int64(parts[2])
    else { return nil }
    self.init(store: String(parts[0]), event: event, sequence: sequence)
  }

  /// The same feed at another number.
  package func moved(to sequence: Int64) -> FeedCursor {
    FeedCursor(store: store, event: event, sequence: sequence)
  }

  /// Whether a feed that has come to `head` goes on from here: the cursor is of its data and event, and of what has
  /// happened.
  package func isTaken(at head: FeedCursor) -> Bool {
    store == head.store && event == head.event && 0 <= sequence && sequence <= head.sequence
  }

  /// The cursor as clients keep it.
  package var text: String { "\(store).\(Self.eventMark)\(event).\(sequence)" }

  /// Tells the event from the numbers of a roster's cursor of before, which named none.
  private static let eventMark = "e"
}
