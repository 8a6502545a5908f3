package import LanyardAPI
package import LanyardDomain

extension EventTerms {
  /// What an event calls its groups and roles.
  ///
  /// - Throws: `InvalidInput` where a language is not known to this version.
  package init(_ event: Lanyard_V1_Event) throws(InvalidInput) {
    self.init(
      groups: try event.groups(under: ""),
      roles: try event.roles(under: ""),
      language: try Language.stated(event.language, field: "language")
    )
  }
}

extension Lanyard_V1_Event {
  /// Its stakeholder groups.
  func groups(under prefix: String) throws(InvalidInput) -> [Term] {
    try [Term](stakeholderGroupTerms, else: stakeholderGroups, field: "\(prefix)stakeholder_group_terms")
  }

  /// Its guest roles.
  func roles(under prefix: String) throws(InvalidInput) -> [Term] {
    try [Term](guestRoleTerms, else: guestRoles, field: "\(prefix)guest_role_terms")
  }
}
