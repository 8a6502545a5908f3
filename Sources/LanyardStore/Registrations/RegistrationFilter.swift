package import LanyardDomain

/// Which registrations to list; what is nil or empty does not narrow the list.
package struct RegistrationFilter: Hashable, Sendable {
  package var state: RegistrationState?
  package var group: String?
  package var participation: Participation?
  /// Words that each must occur in the names, the organisation or the e-mail address.
  package var words: [String] = []
  /// Words that are each a whole word of the names.
  package var nameWords: [String] = []
  package var role: String?
  package var country: String?
  /// Words that each must occur in the organisation.
  package var organisation: [String] = []
  /// An e-mail address, compared without case.
  package var email: String?
  /// Whether only who has not come yet: whom no checkpoint has let in by a scan that stands.
  package var hasNotCome = false
  package var order = Order.made

  package init() {}

  /// In which order a list comes.
  package enum Order: Sendable {
    /// As they were made.
    case made
    /// By the name as a badge shows it, folded.
    case name
  }

  /// Whether it asks what only a person has.
  var asksOfPeople: Bool {
    !words.isEmpty || !nameWords.isEmpty || country != nil || !organisation.isEmpty || email != nil
  }
}
