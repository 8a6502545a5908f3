extension AttentionMark {
  /// The mark as operators see it, with the needs that the event lists: who has some shows as needing help though nobody
  /// marked the badge.
  ///
  /// - Parameter needs: In the event's words; empty where there are none.
  package func showing(_ needs: String) -> AttentionMark {
    guard !needs.isEmpty else { return self }
    return AttentionMark(
      attention: attention == .none ? .specialNeeds : attention,
      note: note.isEmpty ? needs : "\(note) · \(needs)"
    )
  }
}

extension Event {
  /// Those of its listed needs that an answer names, in its own words and order with commas between them: the words of one
  /// stand in the answer together, compared as names are.
  package func listedNeeds(in answer: String) -> String {
    guard !answer.isEmpty else { return "" }
    return Self.needs(listedNeeds, in: answer)
  }

  /// The same of a list by itself.
  package static func needs(_ listed: [String], in answer: String) -> String {
    let said = " \(SearchText.folded(answer))"
    return listed.filter { need in
      let folded = SearchText.folded(need)
      guard !folded.isEmpty else { return false }
      // Where scripts part no words, one stands anywhere.
      let sought = SearchText.hasWholeLetter(folded) ? folded : " \(folded)"
      return said.utf8.contains(sought.utf8)
    }.joined(separator: ", ")
  }
}
