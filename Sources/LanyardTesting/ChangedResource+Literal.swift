package import LanyardDomain

/// What a change is about, as a test writes it.
extension ChangedResource: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(recorded: text) }
}
