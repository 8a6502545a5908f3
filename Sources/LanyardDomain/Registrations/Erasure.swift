/// What erasing who a registration is of leaves. Who they are, what they answered, what was noted about them, their
/// personal links and the fingerprint of what they asked for go in any case.
package struct Erasure: Hashable, Sendable {
  /// Nobody takes part with it any more.
  package let state: RegistrationState
  /// The badges as they are from then on, in the order in which they were given: none works, none has a mark.
  package let badges: [Badge]

  init(of state: RegistrationState, badges: [Badge]) {
    self.state = state.afterErasure
    self.badges = badges.map { badge in
      var left = badge
      left.state = badge.state.afterRevoking
      left.mark = .none
      return left
    }
  }

  /// Whether a note about somebody is kept: one that says nothing is none, and about who was erased nothing is kept.
  ///
  /// - Parameter author: Who wrote it, as they gave it; a note may say nothing else.
  package static func keepsNote(_ text: String, by author: String, isErased: Bool) -> Bool {
    !isErased && !(text.isEmpty && author.isEmpty)
  }

  /// What is kept of what stood on a badge: nothing where its bearer was erased, also while it was drawn.
  package static func kept(_ print: BadgePrinting, isErased: Bool) -> BadgePrinting {
    isErased ? BadgePrinting(serial: print.serial, face: nil) : print
  }
}
