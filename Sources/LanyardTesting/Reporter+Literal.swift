package import LanyardDomain

/// A device of this id.
extension Reporter: ExpressibleByStringLiteral {
  package init(stringLiteral id: String) { self.init(.device, id: id) }
}
