package import LanyardDomain

/// Personal links, with which a participant reads and changes their own registration: only their hashes.
package protocol LinkStore: Sendable {
  /// Adds a link, and forgets those of the same registration that have run out; one more than
  /// `PersonalLinks.limit` ends the oldest.
  ///
  /// - Parameter endingOthers: Whether all others of the registration end.
  /// - Throws: `erased` where the person was, who has nothing to read any more.
  func addPersonalLink(_ act: Act, _ link: StoredPersonalLink, endingOthers: Bool) async throws(StoreError)
  /// Nil where there is none of this id, or it was ended.
  func personalLink(_ id: String) async throws(StoreError) -> StoredPersonalLink?
  /// Ends all links of a registration; returns how many there were.
  func endPersonalLinks(_ act: Act, of registration: String, event: String) async throws(StoreError) -> Int
}

extension LinkStore {
  /// Adds a link beside those that are valid.
  package func addPersonalLink(_ act: Act, _ link: StoredPersonalLink) async throws(StoreError) {
    try await addPersonalLink(act, link, endingOthers: false)
  }
}
