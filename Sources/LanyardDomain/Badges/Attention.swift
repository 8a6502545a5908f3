/// What the operator should see to when the bearer of a badge comes.
package enum Attention: String, Sendable, CaseIterable {
  case none = "NONE"
  /// Needs help or an accessible way.
  case specialNeeds = "SPECIAL_NEEDS"
  /// A protocol guest, to be met and escorted.
  case escort = "ESCORT"
}

/// A badge's mark for the operators' attention.
package struct AttentionMark: Hashable, Sendable {
  /// The most characters of a note.
  package static let noteLimit = 200
  package static let none = AttentionMark(attention: .none, note: "")

  package let attention: Attention
  /// What to do, in the organiser's words; may be empty.
  package let note: String

  package init(attention: Attention, note: String) {
    self.attention = attention
    self.note = note
  }
}

/// What is to be changed of a mark; nil leaves it.
package struct AttentionChange: Hashable, Sendable {
  package var attention: Attention?
  package var note: String?

  package init(attention: Attention? = nil, note: String? = nil) {
    self.attention = attention
    self.note = note
  }

  /// The mark with the change made; a note stands also where nothing of the known kinds is to be seen to.
  package func applied(to mark: AttentionMark) -> AttentionMark {
    AttentionMark(attention: attention ?? mark.attention, note: note ?? mark.note)
  }
}
