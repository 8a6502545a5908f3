/// One change as it is recorded: what happened to which resource, with what was before and after. Only the functions in
/// this folder make changes, each with the facts that `ChangeName` lists.
package struct Change: Hashable, Sendable {
  package let name: ChangeName
  /// Slug of the event that it belongs to; nil where it is of the whole installation.
  package let event: String?
  package let resource: ChangedResource
  /// Nil where there was nothing before.
  package let before: [String: Fact]?
  /// Nil where there is nothing any more.
  package let after: [String: Fact]?

  init(
    _ name: ChangeName,
    of event: String?,
    to resource: ChangedResource,
    before: [String: Fact]? = nil,
    after: [String: Fact]? = nil
  ) {
    let facts = Set((before ?? [:]).keys).union((after ?? [:]).keys)
    precondition(facts.isSubset(of: name.facts), "\(name.rawValue) carries facts that ChangeName does not list")
    self.name = name
    self.event = event
    self.resource = resource
    self.before = before
    self.after = after
  }

  /// A change of a resource of the contract.
  init(
    _ name: ChangeName,
    of event: String?,
    to resource: ResourceName,
    before: [String: Fact]? = nil,
    after: [String: Fact]? = nil
  ) {
    self.init(name, of: event, to: .named(resource), before: before, after: after)
  }

  /// A change with those facts alone that are not the same before and after.
  init(
    _ name: ChangeName,
    of event: String,
    to resource: ResourceName,
    from before: [String: Fact],
    to after: [String: Fact]
  ) {
    self.init(
      name,
      of: event,
      to: resource,
      before: before.filter { after[$0.key] != $0.value },
      after: after.filter { before[$0.key] != $0.value }
    )
  }
}
