/// Finds registrations that may be of one person, though their addresses differ. Pure; its work grows with how many there are, not
/// with their square.
package struct DuplicateSearch: Sendable {
  /// Why registrations may be of one person.
  package enum Kind: String, Spelled {
    /// The same name and organisation, and other addresses.
    case samePerson = "SAME_PERSON"
    /// Addresses that differ as by a typing error, and names of which one has all words of the other.
    case similarAddress = "SIMILAR_ADDRESS"
  }

  /// Registrations that may be of one person.
  package struct Group: Hashable, Sendable {
    package let kind: Kind
    /// The one that was made first first.
    package let registrations: [Registration]
  }

  private struct Candidate {
    let registration: Registration
    let names: Set<String>
    let address: [UInt8]

    /// Whether one of two names has all words of the other.
    func hasName(of other: Candidate) -> Bool {
      !names.isEmpty && !other.names.isEmpty && (names.isSubset(of: other.names) || names.isSuperset(of: other.names))
    }
  }

  private let candidates: [Candidate]

  /// - Parameter registrations: In the order in which they were made; those that are not live are of nobody who is there twice.
  package init(_ registrations: [Registration]) {
    candidates = registrations.filter { $0.state.isLive && $0.erasedAt == nil }.map { registration in
      let person = registration.details.person
      let names =
        person.givenName.isEmpty && person.familyName.isEmpty
        ? [person.badgeName] : [person.givenName, person.familyName]
      return Candidate(
        registration: registration,
        names: Set(names.flatMap { SearchText.words(of: $0) }),
        address: Array(SearchText.folded(person.email).utf8)
      )
    }
  }

  /// The groups, in the order of those who registered first.
  package func groups() -> [Group] {
    let same = samePeople()
    var known = Set<Set<Int>>(same.map { Set($0) })
    var groups = same.map { ($0, Kind.samePerson) }
    for pair in similarAddresses() where !same.contains(where: { Set($0).isSuperset(of: pair) }) {
      if known.insert(Set(pair)).inserted { groups.append((pair, .similarAddress)) }
    }
    return groups.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map { indices, kind in
      Group(kind: kind, registrations: indices.map { candidates[$0].registration })
    }
  }

  /// Of the same name, its words in any order, and the same organisation.
  private func samePeople() -> [[Int]] {
    var byPerson: [[String]: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() {
      let organisation = SearchText.folded(candidate.registration.details.person.organisation)
      // Two of one name, of whom it is not known where they come from, are often two.
      guard !organisation.isEmpty, !candidate.names.isEmpty else { continue }
      byPerson[[organisation] + candidate.names.sorted(), default: []].append(index)
    }
    return byPerson.values.filter { $0.count > 1 }
  }

  /// Pairs of addresses that one typing error makes of each other. Of such, both have a text in common that comes of leaving out at
  /// most one byte.
  private func similarAddresses() -> [[Int]] {
    var byRest: [[UInt8]: [Int]] = [:]
    for (index, candidate) in candidates.enumerated() {
      var rests: Set<[UInt8]> = [candidate.address]
      for position in candidate.address.indices {
        var rest = candidate.address
        rest.remove(at: position)
        rests.insert(rest)
      }
      for rest in rests { byRest[rest, default: []].append(index) }
    }
    var pairs: Set<[Int]> = []
    for indices in byRest.values where indices.count > 1 && indices.count <= Self.bucketLimit {
      for (place, first) in indices.enumerated() {
        for second in indices[(place + 1)...] {
          let (one, other) = (candidates[first], candidates[second])
          guard one.hasName(of: other), Self.isTypingError(one.address, other.address) else {
            continue
          }
          pairs.insert([first, second])
        }
      }
    }
    return Array(pairs)
  }

  /// Of more addresses than so many that differ in one place it says nothing: they are numbered.
  private static let bucketLimit = 50

  /// Whether two texts differ by one byte that is wrong, missing or too many, or by two that are swapped.
  static func isTypingError(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one != other, abs(one.count - other.count) <= 1 else { return false }
    let start = zip(one, other).prefix { $0 == $1 }.count
    let (rest, otherRest) = (one[start...], other[start...])
    if rest.count == otherRest.count {
      if rest.dropFirst().elementsEqual(otherRest.dropFirst()) { return true }
      return rest.count > 1 && rest.first == otherRest.dropFirst().first && otherRest.first == rest.dropFirst().first
        && rest.dropFirst(2).elementsEqual(otherRest.dropFirst(2))
    }
    let (long, short) = rest.count > otherRest.count ? (rest, otherRest) : (otherRest, rest)
    return long.dropFirst().elementsEqual(short)
  }
}
