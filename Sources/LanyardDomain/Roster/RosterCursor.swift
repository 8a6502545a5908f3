/// How far a lane has followed the roster: the feed, and the plan beside it, which has revisions of its own.
package struct RosterCursor: Hashable, Sendable {
  package let feed: FeedCursor
  /// Revision of the plan.
  package let plan: Int64

  package init(feed: FeedCursor, plan: Int64) {
    (self.feed, self.plan) = (feed, plan)
  }

  /// Reads a cursor that a lane kept; nil where the text is none, or one of before, so that the lane gets a snapshot.
  package init?(_ text: String) {
    guard let point = text.lastIndex(of: "."), let plan = Int64(text[text.index(after: point)...]),
      let feed = FeedCursor(text[..<point])
    else { return nil }
    self.init(feed: feed, plan: plan)
  }

  package var sequence: Int64 { feed.sequence }

  /// The cursor as lanes keep it.
  package var text: String { "\(feed.text).\(plan)" }
}
