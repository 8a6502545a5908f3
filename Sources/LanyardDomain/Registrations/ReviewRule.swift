/// Whose registrations wait for the organiser's decision.
package struct ReviewRule: Hashable, Sendable {
  package let stakeholderGroups: [String]
  package let guestRoles: [String]

  package init(stakeholderGroups: [String], guestRoles: [String]) {
    self.stakeholderGroups = stakeholderGroups
    self.guestRoles = guestRoles
  }

  /// Whether a registration of this group and role does; who has no role is empty there.
  package func applies(group: String, role: String) -> Bool {
    stakeholderGroups.contains(group) || (!role.isEmpty && guestRoles.contains(role))
  }
}

extension Event {
  package var review: ReviewRule {
    ReviewRule(stakeholderGroups: reviewedStakeholderGroups, guestRoles: reviewedGuestRoles)
  }
}
