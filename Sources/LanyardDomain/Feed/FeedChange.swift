/// A change, without who made it.
package struct FeedChange: Hashable, Sendable {
  /// As `ChangeName` lists it; a later version of the program may have others.
  package let name: String
  package let version: Int
  package let resource: ChangedResource
  /// JSON objects; nil where there was nothing before, or is nothing any more.
  package let before: String?
  package let after: String?

  package init(name: String, version: Int, resource: ChangedResource, before: String?, after: String?) {
    (self.name, self.version, self.resource) = (name, version, resource)
    (self.before, self.after) = (before, after)
  }
}
