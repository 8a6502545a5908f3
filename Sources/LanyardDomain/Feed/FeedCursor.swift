/// How far somebody has followed the feed of an event.
package struct FeedCursor: Hashable, Sendable {
  /// Names the data, so that a cursor is not taken for one of other data.
  package let store: String
  /// The last number that is behind.
  package let sequence: Int64

  package init(store: String, sequence: Int64) {
    (self.store, self.sequence) = (store, sequence)
  }

  /// Reads a cursor that a client kept; nil where the text is none.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let sequence = Int64(parts[1]) else { return nil }
    self.init(store: String(parts[0]), sequence: sequence)
  }

  /// Whether a feed that has come to `head` goes on from here: the cursor is of its data, and of what has happened.
  package func isTaken(at head: FeedCursor) -> Bool {
    store == head.store && 0 <= sequence && sequence <= head.sequence
  }

  /// The cursor as clients keep it.
  package var text: String { "\(store).\(sequence)" }
}
