/// The keys that sign badges, by what the rules on them go by.
package struct SigningKeys: Hashable, Sendable {
  package struct Key: Hashable, Sendable {
    package let id: UInt32
    package let createdAt: Instant
    package let isRetired: Bool

    package init(id: UInt32, createdAt: Instant, isRetired: Bool) {
      (self.id, self.createdAt, self.isRetired) = (id, createdAt, isRetired)
    }
  }

  /// Why a key is not retired.
  package enum Refusal: Error, Hashable {
    case unknown
    /// It signs new badges.
    case signs
    /// So many badges that work were signed with it.
    case inUse(badges: Int)
  }

  /// The oldest first.
  private let keys: [Key]

  package init(_ keys: some Sequence<Key>) {
    self.keys = keys.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }

  /// The one that signs: the newest that is not retired, so that of two servers that made one at once both sign with the same
  /// as soon as they have heard. Nil where none is left.
  package var signing: UInt32? { keys.last { !$0.isRetired }?.id }

  /// When a key is made that is the newest from then on, whatever the clock says meanwhile.
  package func moment(ofNextAt now: Instant) -> Instant {
    keys.last.map { max(now, $0.createdAt + .microseconds(1)) } ?? now
  }

  /// Decides whether a key is retired.
  ///
  /// - Parameter working: How many badges that work were signed with it.
  /// - Returns: Whether there is something to do: it may be retired already.
  package func retires(_ id: UInt32, working: Int) throws(Refusal) -> Bool {
    guard let key = keys.first(where: { $0.id == id }) else { throw .unknown }
    guard !key.isRetired else { return false }
    guard signing != id else { throw .signs }
    guard working == 0 else { throw .inUse(badges: working) }
    return true
  }
}

extension Badge {
  /// Whether it works or may work again, so that the key which signed it is needed: it counts, has not run out, and is of no event
  /// that is archived.
  package func needsKey(of registration: RegistrationState, at now: Instant, isArchived: Bool) -> Bool {
    counts(of: registration) && now < validity.upperBound && !isArchived
  }
}
