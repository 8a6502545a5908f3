/// The ids that an event has, with which conditions and colours of a design are compared.
package struct BadgeTerms: Hashable, Sendable {
  /// Of stakeholder groups.
  package let groups: [String]
  /// Of guest roles.
  package let roles: [String]
  /// Of checkpoints that badges name as zones.
  package let zones: [String]

  package init(groups: [String], roles: [String], zones: [String]) {
    self.groups = groups
    self.roles = roles
    self.zones = zones
  }
}
