/// Where a person stood at a moment, and the last passage before it.
package struct Standing: Hashable, Sendable {
  package let presences: [Presence]
  /// Nil where there was none, or where nobody needs it.
  package let last: LastPassage?

  package init(presences: [Presence], last: LastPassage? = nil) {
    self.presences = presences
    self.last = last
  }
}
