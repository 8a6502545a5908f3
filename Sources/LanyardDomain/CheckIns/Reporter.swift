/// Who reported a scan, or took one back.
package struct Reporter: Hashable, Sendable {
  /// What it calls with.
  package enum Kind: String, Sendable, CaseIterable {
    case device = "DEVICE"
    case token = "TOKEN"
    /// A personal link.
    case participant = "PARTICIPANT"
  }

  /// Nil where it was recorded before kinds were kept: a device or a token.
  package let kind: Kind?
  /// Of the device, the token or the registration.
  package let id: String

  package init(_ kind: Kind?, id: String) { (self.kind, self.id) = (kind, id) }

  /// Whether both are one: ids are of one kind each, and not every record has the kind.
  package func isSame(as other: Reporter) -> Bool { id == other.id }
}
