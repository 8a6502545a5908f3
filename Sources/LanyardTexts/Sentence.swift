package import LanyardDomain

/// What a person is told: which sentence, and the facts in it. A `Phrasebook` makes the text.
package struct Sentence: Hashable, Sendable {
  package let key: Key
  /// By the name that stands for them, in braces, in the catalogues.
  package let facts: [String: Fact]

  package init(_ key: Key, _ facts: [String: Fact] = [:]) {
    self.key = key
    self.facts = facts
  }

  /// The facts whose number chooses the plural form; where a sentence has both, the first of them does.
  package static let inflectingFacts = ["count", "limit"]

  /// The number that chooses its plural form; nil where it has none.
  var inflecting: Int? {
    for name in Self.inflectingFacts {
      if case .count(let number) = facts[name] { return number }
    }
    return nil
  }

  /// One fact of a sentence.
  package indirect enum Fact: Hashable, Sendable {
    /// A name, a label or what somebody wrote, as it is.
    case text(String)
    /// How many; see `inflectingFacts`.
    case count(Int)
    /// A time of day by the clock of a place.
    case timeOfDay(Instant, VenueTime)
    /// A date with a time of day by the clock of a place.
    case moment(Instant, VenueTime)
    /// Names or labels.
    case list([String])
    /// Another sentence.
    case sentence(Sentence)
  }
}
