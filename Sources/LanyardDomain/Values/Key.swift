/// A store's key of a record of type `Record`: unique in that store, without meaning outside it.
package struct Key<Record>: Hashable, Sendable {
  package let rawValue: Int64

  package init(_ rawValue: Int64) {
    self.rawValue = rawValue
  }
}
