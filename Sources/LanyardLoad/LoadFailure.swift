/// Why a load test cannot be run, in words that say what to do.
package struct LoadFailure: Error, CustomStringConvertible {
  /// Who can do something about it.
  package enum Kind: Sendable {
    /// Whoever asked for what cannot be.
    case wrongUse
    /// Whoever named what is not there, as a server says it too.
    case notFound
    /// A server, a network or a machine that did not do its part.
    case unreachable
  }

  package let description: String
  package let kind: Kind

  package init(_ description: String, _ kind: Kind = .unreachable) {
    self.description = description
    self.kind = kind
  }
}
