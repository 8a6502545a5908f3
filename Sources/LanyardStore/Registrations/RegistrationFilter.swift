package import LanyardDomain

/// Which registrations to list; what is nil or empty does not narrow the list.
package struct RegistrationFilter: Hashable, Sendable {
  package var state: RegistrationState?
  package var group: String?
  package var participation: Participation?
  /// Words that each must occur in the names, the organisation or the e-mail address.
  package var words: [String] = []

  package init() {}
}
