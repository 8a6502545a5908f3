import Foundation
package import LanyardDomain
package import LanyardTexts

/// For which server and event the scans of a journal are: known by the authority that vouches for the server, which no other
/// server shares, wherever it listens.
package struct JournalOrigin: Codable, Hashable, Sendable {
  /// Where the server was last.
  package let server: Endpoint
  /// PEM of the authority that the server's certificate comes from; nil is the system's.
  let authority: String?
  /// Slug of the event.
  package let event: String

  package init(server: Endpoint, authority: String?, event: String) {
    self.server = server
    self.authority = authority
    self.event = event
  }

  /// Nil where it is written in a way that this version does not know.
  init?(_ note: Data) {
    do {
      self = try JSONDecoder().decode(Self.self, from: note)
    } catch {
      return nil
    }
  }

  /// Whether both are of one event of one server. Its address says so only where one of them trusts whom the system trusts,
  /// who vouch for names.
  func isSame(as other: JournalOrigin) -> Bool {
    guard event == other.event else { return false }
    guard let authority, let theirs = other.authority else { return server == other.server }
    // Where an authority takes the place of another, a file holds both for a while.
    return !Self.certificates(authority).isDisjoint(with: Self.certificates(theirs))
  }

  /// The certificates of a PEM text, whatever stands around them and however their lines are broken.
  private static func certificates(_ pem: String) -> Set<String> {
    let parts = pem.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst()
    let bodies = parts.compactMap { $0.components(separatedBy: "-----END CERTIFICATE-----").first }
    return Set((bodies.isEmpty ? [pem] : bodies).map { $0.filter { !$0.isWhitespace } })
  }
}

/// A journal holds scans for another server or event, which must not be lost to it.
package struct BoundElsewhere: SpokenError {
  let path: String
  let origin: JournalOrigin?

  package var sentence: Sentence {
    guard let origin else { return Sentence(.laneBoundToUnknown, ["journal": .text(path)]) }
    let facts: [String: Sentence.Fact] = ["event": .text(origin.event), "server": .text("\(origin.server)")]
    return Sentence(.laneBoundElsewhere, facts.merging(["journal": .text(path)]) { $1 })
  }
}

extension LaneJournal {
  /// Binds the journal to the server and event that its scans are for, and to no other as long as it holds any. One that
  /// was another's and holds none forgets what it knew from there.
  ///
  /// - Throws: `BoundElsewhere` where it holds scans for another.
  package func bind(to origin: JournalOrigin) throws {
    let known = try self.origin()
    if let known, JournalOrigin(known)?.isSame(as: origin) != true {
      guard try waitingCount() == 0, try refused(limit: 1).isEmpty else {
        throw BoundElsewhere(path: path, origin: JournalOrigin(known))
      }
      try eraseRoster()
    }
    try bindAnew(to: origin)
  }

  /// Binds the journal to another server and event, with all that it holds: whoever does so knows that it is the same one.
  package func bindAnew(to origin: JournalOrigin) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try keepOrigin(encoder.encode(origin))
  }
}
