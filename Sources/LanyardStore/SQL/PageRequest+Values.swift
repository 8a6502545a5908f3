package import LanyardDomain

extension PageRequest {
  /// The keys after which the page begins, for a statement.
  package func values(from start: PageCursor.Key...) throws(InvalidInput) -> [any SQLValue] {
    try keys(from: start).map { key -> any SQLValue in
      switch key {
      case .number(let number): number
      case .text(let text): text
      }
    }
  }
}
